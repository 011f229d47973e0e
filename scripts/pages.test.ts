import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pages } from "./pages.ts";
import { references } from "./reference.ts";
import { samples } from "./samples.ts";

const root = join(import.meta.dirname, "..");

/** The files that are not as they would be written, each with the first line that differs: the whole of one may be a megabyte. */
function stale(folder: string, made: ReadonlyMap<string, string>): readonly string[] {
  return [...made].flatMap(([file, text]) => {
    const [has, wants] = [readFileSync(join(root, folder, file), "utf8").split("\n"), text.split("\n")];
    const line = wants.findIndex((one, n) => one !== has[n]);
    if (line < 0 && has.length === wants.length) return [];
    return [`${folder}/${file}:${line + 1} has ${has[line]?.slice(0, 200)}, and not ${wants[line]?.slice(0, 200)}`];
  });
}

test.each([
  ["docs/checks", pages],
  ["reports/sample", samples],
])(
  "%s is what the checks and incidents make: npm run docs",
  async (folder, make) => {
    const made = await make();
    const files = readdirSync(join(root, folder), { withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.map(({ name }) => name).sort()).toEqual([...made.keys()].sort());
    expect(stale(folder, made)).toEqual([]);
  },
  120_000,
);

test("the pages of reference are what the schemas, the help and the exit codes make: npm run docs", async () => {
  expect(stale("docs", await references())).toEqual([]);
});

test("every key of a configuration, and every command and option, is told of in a sentence", async () => {
  const made = await references();
  const bare = ["configuration.md", "commands.md"].flatMap((file) => [...(made.get(file) ?? "").matchAll(/^\| [^|]+ \| +\|.*/gm)]);
  expect(bare.map(([row]) => row)).toEqual([]);
});
