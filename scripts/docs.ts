import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { loadIncidents } from "../fixtures/incidents.ts";
import { play } from "../fixtures/play.ts";
import { loadReporter } from "../src/discover.ts";
import { pages } from "./pages.ts";
import { pictureOf } from "./picture.ts";
import { samples } from "./samples.ts";

const root = join(import.meta.dirname, "..");

/** Makes a folder hold these files and no others. */
async function fill(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const file of await readdir(folder)) if (!files.has(file)) await rm(join(folder, file));
  for (const [file, text] of files) await writeFile(join(folder, file), text);
}

await fill(join(root, "docs/checks"), await pages());
await fill(join(root, "reports/sample"), await samples());

const story = (await loadIncidents()).find(({ name }) => name === "secret-without-value");
const [{ report, snapshot }, console] = await Promise.all([play(story ?? {}, { wire: true }), loadReporter("console")]);
const text = await console(report, { width: 100, colour: true, verbose: false }, snapshot);
// The last line tells how long it took, which would be another picture each time.
await writeFile(join(root, "docs/verdict.svg"), pictureOf(text.trimEnd().split("\n").slice(0, -1).join("\n")));
