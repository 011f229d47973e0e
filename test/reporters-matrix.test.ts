import { readdir } from "node:fs/promises";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import type { Report, ReportedFinding } from "../src/report.ts";
import type { Place } from "../src/reporter.ts";
import { visible } from "../src/reporters/text/visible.ts";
import { loadReporter, reporterNames } from "../src/reporters.ts";
import { check, finding, reportOf, snapshotOf, story } from "./cli/reports.ts";
import { fc, property } from "./property.ts";
import type { Reading } from "./reporters/reading.ts";

// Every reporter that is discovered, on everything that a finding can be. How a text is read back stands in test/reporters, for those that
// say more than words: a reporter that is added is in the matrix without a line here.

const folder = new URL("./reporters/", import.meta.url);
const readings = new Map(
  await Promise.all(
    (await readdir(folder)).map(async (file) => {
      const { default: reading = {} } = (await import(new URL(file, folder).href)) as { default?: Reading };
      return [file.replace(/\.ts$/, ""), reading] as const;
    }),
  ),
);
const reporters = await Promise.all(
  (await reporterNames()).map(async (name) => ({ name, render: await loadReporter(name), reading: readings.get(name) ?? {} })),
);
type Subject = (typeof reporters)[number];

const place: Place = { width: 100, colour: false, verbose: false };
const told = async ({ render }: Subject, report: Report, more: Partial<Place> = {}) =>
  render(report, { ...place, ...more }, snapshotOf(report));

const severities = ["blocker", "warning", "advice"] as const;
const kinds = ["denied", "throttled", "timeout", "network", "moved", "invalid", "internal", "unasked"] as const;
const waiver = { reason: "Agreed in the sprint.", owner: "platform@example.org", expires: "2026-12-31" };
const states: readonly { readonly name: string; readonly of: Partial<ReportedFinding> }[] = [
  { name: "pass", of: { status: "pass" } },
  { name: "fail", of: { status: "fail", says: "is broken", fix: { do: "Mend it.", run: ["aws ecs mend"] } } },
  { name: "pending", of: { status: "pending", says: "is under way" } },
  { name: "skip", of: { status: "skip", says: "is not there to be asked" } },
  ...kinds.map((kind) => {
    const because = { kind, action: "ecs:DescribeServices", why: `it was ${kind}` };
    return { name: `unknown ${kind}`, of: { status: "unknown" as const, says: `cannot be judged: it was ${kind}`, because } };
  }),
];

const cells = states.flatMap(({ name, of }) =>
  severities.flatMap((severity) =>
    [null, waiver].map((waived) => ({
      name: `${name}, ${severity}${waived ? ", waived" : ""}`,
      severity,
      finding: { ...of, waiver: waived },
    })),
  ),
);

/** A report of one finding that passes, and the one that it is about. */
function reportAbout(about: Partial<ReportedFinding>, severity: (typeof severities)[number], subject = "service:front"): Report {
  const one = finding("service-steady", subject, about);
  const fails = one.status === "fail" || one.status === "pending";
  const root = { cause: null, alike: [], explains: [], chain: [one.id], recheck: [], afterwards: [], fix: one.fix };
  const verdicts = { fail: ["NO-GO", 3], unknown: ["HOLD", 5], pending: ["HOLD", 5], pass: ["GO", 0], skip: ["GO", 0] } as const;
  const [verdict, exitCode] = severity === "blocker" && !one.waiver ? verdicts[one.status] : verdicts.pass;
  const rootCauses = fails && !one.waiver ? [{ ...root, finding: one.id, says: `${one.subject} ${one.says}` }] : [];
  const checks = [
    check(110, "account-expected", [finding("account-expected", "caller:caller")]),
    check(520, "service-steady", [one], { severity }),
  ];
  const { because } = one;
  return reportOf(checks, { verdict, exitCode, rootCauses, unknowns: because ? [{ fact: `services/${subject}`, ...because }] : [] });
}

/** Whatever a text says of a report that its format can be asked for. */
function agrees({ reading }: Subject, text: string, report: Report): void {
  expect(reading.problems?.(text) ?? []).toEqual([]);
  if (reading.counted && reading.expected) expect(reading.counted(text)).toEqual(reading.expected(report));
}

const flat = (text: string) => text.replaceAll(/\s+/g, " ");
const plainOf = ({ reading }: Subject, text: string) => flat(reading.plain?.(text) ?? text);

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
  "::error::annotated %0A 100%",
  "ünïcödé 漢字 🚀",
];

// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/;

describe.each(reporters)("$name", (reporter) => {
  test.each(cells)("$name: mentions it, and agrees on the counts", async ({ finding: about, severity }) => {
    const report = reportAbout(about, severity);
    const text = await told(reporter, report);
    agrees(reporter, text, report);
    if (about.status === "pass" || about.status === "skip") return;
    expect(plainOf(reporter, text)).toContain("service:front");
    expect(plainOf(reporter, text)).toMatch(/service-steady|is broken|is under way|it was [a-z]+/);
  });

  test.each(hostile)("the name %j breaks nothing", async (name) => {
    for (const verbose of [false, true]) {
      const text = await told(reporter, story(name), { verbose });
      expect(text).not.toMatch(control);
      if (reporter.name !== "json") expect(text).not.toMatch(/[\u200b\u202e]/);
      expect(text.isWellFormed()).toBe(true);
      agrees(reporter, text, story(name));
    }
    const report = reportAbout({ status: "fail", says: "is broken" }, "blocker", `service:${name}`);
    const text = await told(reporter, report);
    agrees(reporter, text, report);
    if (reporter.reading.plain) expect(plainOf(reporter, text)).toContain(flat(visible(name)));
  });

  test.each(["x", "a ", "|<]]>\u0000"])("a name of a mebibyte of %j breaks nothing", async (piece) => {
    const report = reportAbout(
      { status: "fail", says: "is broken" },
      "blocker",
      `service:${piece.repeat(Math.ceil(2 ** 20 / piece.length))}`,
    );
    const text = await told(reporter, report);
    expect(text).not.toMatch(control);
    agrees(reporter, text, report);
  });

  property.prop([fc.string({ unit: "binary", maxLength: 60 }), fc.constantFrom(...cells)], { numRuns: 40 })(
    "no name and no sentence breaks anything",
    async (name, { finding: about, severity }) => {
      const report = reportAbout({ ...about, says: `is ${name}` }, severity, `service:${name}`);
      const text = await told(reporter, report);
      expect(text).not.toMatch(control);
      agrees(reporter, text, report);
    },
  );

  test("five thousand findings are all told, or the worst of them", async () => {
    const report = manyFindings(5000);
    const text = await told(reporter, report);
    agrees(reporter, text, report);
    expect(plainOf(reporter, text)).toContain("service:the-worst");
  });

  test("the verdict is said, and the same of the same report", async () => {
    const text = await told(reporter, story());
    expect(plainOf(reporter, text)).toContain("NO-GO");
    expect(await told(reporter, story())).toBe(text);
  });
});

/** One failing blocker, last of all, among so many warnings, gaps and passes. */
function manyFindings(count: number): Report {
  const denied = { kind: "denied", action: "ecs:DescribeTasks", why: "not authorized to perform: ecs:DescribeTasks" } as const;
  const one = (n: number) => {
    const fix = {
      do: `Give alarm-${n} an action.`,
      run: [`aws cloudwatch put-metric-alarm --alarm-name alarm-${n} --alarm-actions topic`],
    };
    if (n % 5 < 3) return finding("alarm-notifies", `alarm:alarm-${n}`, { status: "fail", says: "has no ALARM action", fix });
    if (n % 5 === 3) return finding("alarm-notifies", `alarm:alarm-${n}`, { status: "unknown", says: "cannot be judged", because: denied });
    return finding("alarm-notifies", `alarm:alarm-${n}`);
  };
  const worst = finding("service-steady", "service:the-worst", { status: "fail", says: "runs 0 of 2 tasks" });
  const alarms = Array.from({ length: count }, (_, n) => one(n));
  const checks = [check(510, "alarm-notifies", alarms, { severity: "warning" }), check(520, "service-steady", [worst])];
  const [first = worst, ...alike] = alarms.filter(({ status }) => status === "fail");
  const blank = { cause: null, explains: [], chain: [], recheck: [], afterwards: [], fix: null };
  const rootCauses = [
    { ...blank, finding: worst.id, says: `${worst.subject} ${worst.says}`, alike: [] },
    { ...blank, finding: first.id, says: `${first.subject} ${first.says}`, alike: alike.map(({ id }) => id), fix: first.fix },
  ];
  return reportOf(checks, { rootCauses });
}

test("only the console is coloured, and without its colours it is the same", async () => {
  for (const reporter of reporters) {
    const [plain, coloured] = await Promise.all([told(reporter, story()), told(reporter, story(), { colour: true })]);
    expect(stripVTControlCharacters(coloured)).toBe(plain);
    expect(coloured === plain).toBe(reporter.name !== "console");
  }
});

test("every reading is of a reporter that there is", () => {
  const names = reporters.map(({ name }) => name);
  expect([...readings.keys()].filter((name) => !names.includes(name))).toEqual(["reading"]);
});
