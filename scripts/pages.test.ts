import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pages } from "./pages.ts";

const folder = join(import.meta.dirname, "../docs/checks");

test("the pages are those that the checks and incidents make: npm run docs", async () => {
  const made = await pages();
  expect(readdirSync(folder).sort()).toEqual([...made.keys()].sort());
  for (const [file, text] of made) expect(readFileSync(join(folder, file), "utf8"), file).toBe(text);
});
