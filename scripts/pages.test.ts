import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pages } from "./pages.ts";
import { samples } from "./samples.ts";

const root = join(import.meta.dirname, "..");

test.each([
  ["docs/checks", pages],
  ["reports/sample", samples],
])("%s is what the checks and incidents make: npm run docs", async (folder, make) => {
  const made = await make();
  expect(readdirSync(join(root, folder)).sort()).toEqual([...made.keys()].sort());
  for (const [file, text] of made) expect(readFileSync(join(root, folder, file), "utf8"), file).toBe(text);
});
