import { expect, test } from "vitest";
import crash from "../../../fixtures/incidents/application-crashes.ts";
import { play } from "../../../fixtures/play.ts";
import console from "../console.ts";
import markdown from "../markdown.ts";
import { quoteIn } from "./quote.ts";

const { report } = await play(crash);
const place = { width: 100, colour: false, verbose: false };

test("the console shows the last five lines under the root cause, and a page all of them", async () => {
  const shown = await console(report, place);
  expect(shown).toMatch(/ {2}last words of backend of task \w+:\n( {2}│ .*\n){5} {2}→ Read the application's last words/);
  expect(shown).toContain('  │     server.login("apikey", "[masked: a value of the secret]")\n');
  expect(shown).toContain("  │ ERROR:    Application startup failed. Exiting.\n");
  expect(shown).not.toContain("Traceback");
  const page = await markdown(report);
  expect(page).toMatch(/```\nINFO: .*Started server process[\s\S]*\nTraceback [\s\S]*Exiting\.\n```/);
});

test("of several tasks the newest is quoted, and what is no list of lines is no quote", () => {
  const words = { task: "1", container: "app", lines: ["bye"] };
  expect(quoteIn({ evidence: { lastWords: [words, { ...words, task: "2" }] } })).toEqual({ of: "app of task 1", lines: ["bye"] });
  for (const lastWords of ["were not read: no", [], null, [{ task: "1" }]]) expect(quoteIn({ evidence: { lastWords } })).toBeNull();
  expect(quoteIn({ evidence: {} })).toBeNull();
});
