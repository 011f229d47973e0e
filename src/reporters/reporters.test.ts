import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { snapshotOf, story } from "../../test/cli/reports.ts";
import { loadReporter, reporterNames } from "../discover.ts";
import type { Report } from "../report.ts";
import type { Place } from "../reporter.ts";
import { visible } from "./text/visible.ts";
import { told } from "./text/words.ts";

const names = await reporterNames();
const reporters = await Promise.all(
  names.map(async (name) => {
    const reporter = await loadReporter(name);
    return [name, (report: Report, place: Place) => reporter(report, place, snapshotOf(report))] as const;
  }),
);
const place: Place = { width: 100, colour: false, verbose: false };

/** Names that AWS would refuse, and that a snapshot which somebody else made may hold. */
const hostile = [
  "a|b",
  "<script>alert(1)</script>",
  "a]]>b]]>c",
  "two\nlines\r\n",
  "\u001b[2J\u001b]0;title\u0007",
  "nul\u0000byte",
  "`code` and ```fence```",
  "&amp;\"quotes'",
  "\u202eright-to-left",
  "zero\u200bwidth",
  "half\ud800character",
  "back\\slash",
  "[link](http://x)",
  "# heading",
  "ünïcödé 漢字 🚀",
] as const;

test("the four reporters are there", () => {
  expect(names).toEqual(["console", "json", "junit", "markdown"]);
});

for (const [name, reporter] of reporters) {
  test.for(hostile)(`${name} lets no control character of a name through: %j`, async (hostile) => {
    for (const verbose of [false, true]) {
      const text = await reporter(story(hostile), { ...place, verbose });
      // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/);
      if (name !== "json") expect(text).not.toMatch(/[\u200b\u202e]/);
      expect(text.isWellFormed()).toBe(true);
    }
  });

  test(`${name} mentions each finding that is no pass, by its check and its subject`, async () => {
    const report = story();
    const flat = (await reporter(report, place)).replaceAll(/\s+/g, " ");
    for (const { check, subject, status } of told(report)) {
      if (status === "pass" || status === "skip") continue;
      expect(flat).toContain(check.id);
      expect(flat).toContain(subject);
    }
  });

  test(`${name} says the verdict and the command that mends it`, async () => {
    const text = await reporter(story(), place);
    expect(text).toContain("NO-GO");
    expect(text).toContain("aws secretsmanager put-secret-value");
  });

  test(`${name} says the same of the same report`, async () => {
    expect(await reporter(story(), place)).toBe(await reporter(story(), place));
  });
}

test("only the console is coloured, and without its colours it is the same", async () => {
  for (const [name, reporter] of reporters) {
    const [plain, coloured] = await Promise.all([reporter(story(), place), reporter(story(), { ...place, colour: true })]);
    expect(stripVTControlCharacters(coloured)).toBe(plain);
    expect(coloured === plain).toBe(name !== "console");
  }
});

test("what cannot be seen is written out", () => {
  expect(visible("a\u001b[1m\nb\u202e")).toBe("a\\e[1m\\nb\\u202e");
  expect(visible("ünïcödé 漢字 🚀")).toBe("ünïcödé 漢字 🚀");
});
