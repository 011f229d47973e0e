import { mkdir, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Writes a file whole or not at all; folders are made as needed. A device or a pipe is written to, never replaced. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const there = await stat(path).catch(() => undefined);
  if (there && !there.isFile()) return writeFile(path, text);
  const target = there ? await realpath(path) : path;
  await makeFolder(dirname(target));
  const beside = join(dirname(target), `.${basename(target)}.${process.pid}`);
  try {
    await writeFile(beside, text, { flag: "wx", ...(there ? { mode: there.mode } : {}) });
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/** Makes a folder and those above it. Node's own recursive mkdir never returns where a folder cannot be made, as in /proc. */
export async function makeFolder(folder: string): Promise<void> {
  if (await stat(folder).catch(() => undefined)) return;
  await makeFolder(dirname(folder));
  await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
}

/** Prints to stdout, or another stream, to the last byte. A reader that went away, such as `head`, is no error. */
export function print(text: string, stream: NodeJS.WriteStream = process.stdout): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => (error && !goneAway(error) ? reject(error) : resolve()));
  });
}

/** Says one thing on stderr, for whoever watches. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Lets a reader of stdout or stderr go away before all is said; `print` tells of every other error. */
export function survivePipes(): void {
  process.stdout.on("error", () => {});
  process.stderr.on("error", () => {});
}

const goneAway = (error: NodeJS.ErrnoException) => error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED";
