import { readFile } from "node:fs/promises";
import { type Changes, changesBetween } from "../changes.ts";
import { Mistake } from "../mistake.ts";
import { type EarlierReport, parseReport } from "../report-file.ts";
import { diffText } from "./diff-text.ts";
import { terminal } from "./history.ts";
import { type HistoryPlace, historyPlace, runCalled } from "./history-place.ts";
import type { Options } from "./options.ts";
import { print, say } from "./output.ts";
import { meant } from "./settings.ts";

/** A report, and the words by which it was named. */
export interface Side {
  readonly called: string;
  readonly report: EarlierReport;
}

/** The comparison as a document, `seaworthy.diff/1`. */
const diffJson = (before: Side, after: Side, changes: Changes): string => {
  const side = ({ called, report: { deployment, scene, verdict, startedAt, origin } }: Side) => ({
    ...{ called, deployment, scene, verdict, startedAt, commit: origin.commit },
  });
  return `${JSON.stringify({ schema: "seaworthy.diff/1", before: side(before), after: side(after), ...changes }, null, 2)}\n`;
};

const formats = { console: diffText, json: diffJson } as const;

/** Prints what differs between two reports, of files or of the history. Throws a Mistake where they cannot be compared. */
export async function diff(words: readonly [string, string], options: Options): Promise<number> {
  const { reporter = ["console"] } = options;
  const format = Object.entries(formats).find(([name]) => name === reporter.join());
  if (!format) throw new Mistake(`A comparison cannot be told as "${reporter.join()}"`, meant(reporter.join(), Object.keys(formats)));
  const [before, after] = await sidesOf(words, options);
  const elsewhere = differingPlace(before, after);
  if (elsewhere) throw new Mistake(`These are different deployments: ${elsewhere}`, "Compare reports of one deployment");
  for (const line of doubts(before, after)) say(`warning: ${line}`);
  await print(format[1](before, after, changesBetween(before.report, after.report), terminal(options)));
  return 0;
}

/** In what they are not of one deployment, which may have been renamed; what is not known of one of them is no difference. */
function differingPlace(one: Side, other: Side): string | undefined {
  const [here, there] = [one.report.deployment, other.report.deployment];
  const what = (["account", "region", "cluster"] as const).find(
    (key) => here[key] !== null && there[key] !== null && here[key] !== there[key],
  );
  return what && `${one.called} is of ${what} ${here[what]}, and ${other.called} of ${there[what]}`;
}

/** What makes a comparison worth less than it looks. */
function doubts({ called: one, report: before }: Side, { called: other, report: after }: Side): readonly string[] {
  const [older, younger] = [before.startedAt, after.startedAt];
  const lines = [
    before.scene === after.scene ? "" : `${one} is of a ${before.scene}, and ${other} of a ${after.scene}: they ask and weigh differently`,
    older > younger ? `${one} is younger than ${other}: what is new here is older` : "",
    before.interrupted ? `${one} was interrupted: what it had not asked yet is unknown` : "",
    after.interrupted ? `${other} was interrupted: what it had not asked yet is unknown` : "",
  ];
  return lines.filter((line) => line !== "");
}

const isKept = (word: string) => /^(\d+|last|last-go)$/.test(word);

const isRelative = (word: string) => word === "last" || word === "last-go";

async function sidesOf([a, b]: readonly [string, string], options: Options): Promise<readonly [Side, Side]> {
  const place = isKept(a) || isKept(b) ? await historyPlace(options) : undefined;
  // `last` and `last-go` are of the scene of what they are compared with, and it is `last` that decides where both are such.
  const first = await sideOf(isRelative(a) ? b : a, place);
  const second = await sideOf(isRelative(a) ? a : b, place, first.report.scene);
  place?.history?.close();
  return isRelative(a) ? [second, first] : [first, second];
}

async function sideOf(word: string, place: HistoryPlace | undefined, scene?: EarlierReport["scene"]): Promise<Side> {
  if (!place || !isKept(word)) return { called: word, report: parseReport(await textOf(word), word) };
  const { id } = runCalled(word, place, scene);
  return { called: `run ${id}`, report: parseReport(place.history?.report(id) ?? "", `run ${id} in ${place.file}`) };
}

const textOf = (file: string): Promise<string> =>
  readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new Mistake(
      `${file} cannot be read: ${error.code}`,
      "Name two reports of --reporter json:FILE, or runs that seaworthy history lists, or last and last-go",
    );
  });
