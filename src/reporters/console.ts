import type { Report, ReportedFinding, Status } from "../report.ts";
import { defineReporter, type Place } from "../reporter.ts";
import { type Paint, paintFor } from "./text/paint.ts";
import { quoteIn } from "./text/quote.ts";
import { sinceLines } from "./text/since.ts";
import { type Gap, type Root, sorted } from "./text/sorted.ts";
import { stationsOf } from "./text/stations.ts";
import { allVisible } from "./text/visible.ts";
import {
  counted,
  countsOf,
  coverageOf,
  deployAgain,
  effortOf,
  leftOpen,
  listed,
  meaning,
  placeOf,
  reasonOf,
  signs,
  type Told,
  termsOf,
} from "./text/words.ts";
import { wrap } from "./text/wrap.ts";

type Sheet = Place & { readonly paint: Paint };
type Lines = readonly string[];

const verdictColours = { GO: "green", "NO-GO": "red", HOLD: "yellow" } as const;
const colours = { pass: "green", fail: "red", pending: "yellow", unknown: "magenta", skip: "dim" } as const;

/** The verdict first, then what to do about it, then the countdown. Reads well from 60 columns on, with or without colour. */
export default defineReporter((raw, place) => {
  const report = allVisible(raw);
  const sheet: Sheet = { ...place, width: Math.max(place.width, 40), paint: paintFor(place.colour) };
  const { causes, moving, warnings, alsoFailing, alsoMoving, gaps, waived } = sorted(report);

  const sections = [
    verdict(report, sheet),
    section(counted(causes.length, "root cause"), causes, rootCause, sheet),
    section("Still moving", moving, rootCause, sheet),
    section(counted(warnings.length, "warning"), warnings, rootCause, sheet),
    section("Failing as well", alsoFailing, failing, sheet),
    section("Moving as well", alsoMoving, pending, sheet),
    section("Not known", gaps, gap, sheet),
    section("Waived", waived, waiver, sheet),
    countdown(report, sheet),
    summary(report, sheet),
    runbook(report, sheet),
  ];
  return `${sections.flatMap((lines) => (lines.length > 0 ? [...lines, ""] : [])).join("\n")}`;
});

function verdict(report: Report, { width, paint }: Sheet): Lines {
  const place = [report.scene, ...placeOf(report.deployment)];
  const colour = verdictColours[report.verdict];
  const banner = `━━━ ${report.verdict} ${"━".repeat(Math.max(width - report.verdict.length - 5, 3))}`;
  const lines = wrap(`${report.deployment.name} ${meaning(report)}.`, width).map((line) => paint("bold", line));
  const aside = [place.join(" · "), ...sinceLines(report)].flatMap((line) => wrap(line, width));
  return [paint(["bold", colour], banner), ...lines, ...aside.map((line) => paint("dim", line))];
}

function section<T>(title: string, items: readonly T[], lines: (item: T, sheet: Sheet) => Lines, sheet: Sheet): Lines {
  const blocks = items.map((item) => lines(item, sheet));
  // Commands need room around them.
  const gap = blocks.some((block) => block.length > 3) ? [""] : [];
  return items.length > 0
    ? [sheet.paint("bold", title.toUpperCase()), ...blocks.flatMap((block, n) => (n > 0 ? [...gap, ...block] : block))]
    : [];
}

function rootCause({ of, says, alike, explains, chain, recheck, fix, afterwards }: Root, sheet: Sheet): Lines {
  const { width, paint } = sheet;
  const more = [
    ...(alike.length > 0 ? wrap(`and ${alike.length} more alike: ${listed(alike)}`, width, "  ") : []),
    ...(explains.length > 0 ? wrap(`explains ${explains.length}: ${listed(explains)}`, width, "  ") : []),
    ...(chain.length > 2 ? wrap(`one by the other: ${chain.map(checkOf).join(" → ")}`, width, "  ") : []),
  ].map((line) => paint("dim", line));
  const again = recheck.length > 1 ? wrap(`Then asked again: ${recheck.join(", ")}.`, width, "  ").map((line) => paint("dim", line)) : [];
  return [
    ...sentence(of.status, says, of.check.id, sheet),
    ...more,
    ...seen(of, sheet),
    ...quote(of, sheet),
    ...remedy(fix, sheet),
    ...(afterwards.length > 0 ? remedy({ do: deployAgain, run: afterwards }, sheet) : []),
    ...again,
  ];
}

/** The end of what the container wrote, since that is where it says what it died of. */
function quote(of: Told, { width, paint }: Sheet): Lines {
  const words = quoteIn(of);
  if (!words) return [];
  const lines = words.lines.slice(-5).map((line) => paint("dim", `  │ ${line.length > width - 4 ? `${line.slice(0, width - 5)}…` : line}`));
  return [...wrap(`last words of ${words.of}:`, width, "  "), ...lines];
}

const checkOf = (finding: string) => finding.slice(0, finding.indexOf("/"));

const failing = (finding: Told, sheet: Sheet): Lines => [...pending(finding, sheet), ...remedy(finding.fix, sheet)];

function pending(finding: Told, sheet: Sheet): Lines {
  const { status, subject, says, check } = finding;
  return [...sentence(status, `${subject} ${says}`, `${check.id}, ${check.severity}`, sheet), ...evidence(finding, sheet)];
}

function gap({ because, findings }: Gap, sheet: Sheet): Lines {
  const open = wrap(`leaves open ${leftOpen(findings)}`, sheet.width, "  ");
  return [...sentence("unknown", reasonOf(because), undefined, sheet), ...open.map((line) => sheet.paint("dim", line))];
}

/** Accepted, and no less of a failure. */
function waiver(finding: Told, sheet: Sheet): Lines {
  const { status, subject, says, waiver, check, fix } = finding;
  const terms = waiver ? wrap(`waived ${termsOf(waiver)}`, sheet.width, "  ") : [];
  return [...sentence(status, `${subject} ${says}`, check.id, sheet), ...terms, ...evidence(finding, sheet), ...remedy(fix, sheet)];
}

function sentence(status: Status, says: string, aside: string | undefined, { width, paint }: Sheet): Lines {
  const [first = "", ...rest] = wrap(aside ? `${says} (${aside})` : says, width, `${signs[status]} `);
  return [paint(["bold", colours[status]], first.slice(0, 1)) + first.slice(1), ...rest];
}

/** Commands stand on lines of their own and are never broken, so that they can be copied. */
function remedy(fix: ReportedFinding["fix"], { width, paint }: Sheet): Lines {
  if (!fix) return [];
  const run = fix.run.map((line) => `    ${paint("cyan", line)}`);
  return [...wrap(fix.do, width, "  → "), ...run];
}

/** What a root cause rests on: all of it, or as much as a few lines hold. */
function seen(of: Told, sheet: Sheet): Lines {
  if (sheet.verbose) return evidence(of, sheet);
  const entries = Object.entries(of.evidence).filter(
    ([name]) => name !== "askedAt" && name !== "calls" && !(name === "lastWords" && quoteIn(of)),
  );
  const shown = entries.map(([name, value]) => `${name} ${shortened(JSON.stringify(value), 80)}`);
  const lines = shown.length > 0 ? wrap(`seen: ${shown.join("; ")}`, sheet.width, "  ") : [];
  return lines.slice(0, 3).map((line) => sheet.paint("dim", line));
}

const shortened = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

function evidence({ evidence }: ReportedFinding, { width, verbose, paint }: Sheet): Lines {
  if (!verbose) return [];
  const entries = Object.entries(evidence).flatMap(([name, value]) => wrap(`${name} ${JSON.stringify(value)}`, width, "    "));
  return entries.map((line) => paint("dim", line));
}

function countdown({ checks }: Report, sheet: Sheet): Lines {
  const { width, verbose, paint } = sheet;
  const all = checks.flatMap((check) => [
    ...sentence(check.status, check.title, `${check.order} ${check.id}, ${check.severity}`, sheet),
    ...check.findings.flatMap((finding) => [
      ...wrap(`${signs[finding.status]} ${finding.subject} ${finding.says}`, width, "  ", "    "),
      ...evidence(finding, sheet),
    ]),
  ]);
  const stations = stationsOf(checks).flatMap(({ label, name, checks }) => {
    const of = (status: Status) => checks.filter((check) => check.status === status);
    // Where much is open, its names stand above.
    const isNamed = (status: Status) => status === "fail" || ((status === "unknown" || status === "pending") && of(status).length <= 3);
    const marks = (["pass", "skip", "fail", "unknown", "pending"] as const).flatMap((status) => {
      const named = isNamed(status) ? of(status).map(({ id }) => id) : [`${of(status).length}`].filter((count) => count !== "0");
      return named.map((what) => [status, what] as const);
    });
    // Held together by spaces at which lines do not break.
    const items = marks.map(([status, what]) => `\u00a0${signs[status]}\u00a0${what}`);
    const lines = wrap(items.join(" "), width, `${label} ${name.padEnd(16)} `).map((line) => line.replaceAll("\u00a0", " "));
    return lines.map((line) => coloured(line, paint));
  });
  return [paint("bold", "COUNTDOWN"), ...(verbose ? all : stations)];
}

const coloured = (line: string, paint: Paint) =>
  Object.entries(signs).reduce((text, [status, sign]) => text.replaceAll(sign, paint(colours[status as Status], sign)), line);

function summary(report: Report, { width, paint }: Sheet): Lines {
  const { notAsked } = report;
  const left = notAsked.length > 0 ? [`Not asked: ${notAsked.join(", ")}.`] : [];
  const lines = [`${countsOf(report)}. ${coverageOf(report)}.`, ...left, `${effortOf(report)}, exit code ${report.exitCode}.`];
  return lines.flatMap((line) => wrap(line, width)).map((line) => paint("dim", line));
}

/** At a sign-off it is part of the page that people sign. */
function runbook({ scene, runbook }: Report, { width, paint }: Sheet): Lines {
  const steps = (scene === "sign-off" ? [] : (runbook ?? [])).flatMap(({ do: does, run, takes }, n) => [
    ...wrap(`${does} (${takes})`, width, `${n + 1}. `),
    ...run.map((line) => `    ${paint("cyan", line)}`),
  ]);
  return steps.length > 0 ? [paint("bold", "RUNBOOK"), ...steps] : [];
}
