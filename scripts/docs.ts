import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { loadIncidents } from "../fixtures/incidents.ts";
import { play } from "../fixtures/play.ts";
import { loadReporter } from "../src/reporters.ts";
import { pages } from "./pages.ts";
import { pictureOf } from "./picture.ts";
import { references } from "./reference.ts";
import { samples } from "./samples.ts";

const root = join(import.meta.dirname, "..");

/** Makes a folder hold these files and no others; folders in it are left alone. */
async function fill(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (entry.isFile() && !files.has(entry.name)) await rm(join(folder, entry.name));
  for (const [file, text] of files) await writeFile(join(folder, file), text);
}

await fill(join(root, "docs/checks"), await pages());
for (const [file, text] of await references()) await writeFile(join(root, "docs", file), text);
await fill(join(root, "reports/sample"), await samples());

const story = (await loadIncidents()).find(({ name }) => name === "secret-without-value");
const [{ report, snapshot }, console] = await Promise.all([play(story ?? {}, { wire: true }), loadReporter("console")]);
const text = await console(report, { width: 100, colour: true, verbose: false }, snapshot);
// The last line tells how long it took, which would be another picture each time.
await writeFile(join(root, "docs/verdict.svg"), pictureOf(text.trimEnd().split("\n").slice(0, -1).join("\n")));
