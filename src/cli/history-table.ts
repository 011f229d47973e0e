import { paintFor } from "../reporters/text/paint.ts";
import { minuteOf } from "../reporters/text/runs.ts";
import { allVisible } from "../reporters/text/visible.ts";
import { counted, placeOf, signs } from "../reporters/text/words.ts";
import { wrap } from "../reporters/text/wrap.ts";
import { isAlike, type ToldRun } from "./told-runs.ts";

const colours = { GO: "green", "NO-GO": "red", HOLD: "yellow" } as const;

/** Where it is shown, and the file that it is about. */
export interface Sheet {
  readonly file: string;
  readonly width: number;
  readonly colour: boolean;
}

/** The runs as JSON, `seaworthy.history/1`. */
export const historyJson = (runs: readonly ToldRun[], { file }: Sheet): string =>
  `${JSON.stringify({ schema: "seaworthy.history/1", file, runs }, null, 2)}\n`;

/** A table for each deployment and the trend of each scene, for terminals from 60 columns on. */
export function historyTable(raw: readonly ToldRun[], sheet: Sheet): string {
  const [runs, { file, width, colour }] = [allVisible(raw), sheet];
  const paint = paintFor(colour);
  const nothing = `No run has been kept in ${allVisible(file)} yet: gate, checklist and sign-off keep theirs from now on.`;
  if (runs.length === 0) return `${wrap(nothing, width).join("\n")}\n`;

  const deployments = Map.groupBy(runs, ({ deployment, account, region, cluster }) =>
    [deployment, ...placeOf({ account, region, cluster })].join(" · "),
  );
  const blocks = [...deployments].map(([heading, own]) => [
    ...wrap(heading, width).map((line) => paint("bold", line)),
    ...table(own, sheet),
    ...trends(own).flatMap((line) => wrap(line, width)),
  ]);
  const stars = runs.some(({ interrupted }) => interrupted) ? "; * interrupted" : "";
  const legend = `${signs.fail} failing, ${signs.unknown} unknown or pending; + new and − fixed since the run before in the same scene${stars}`;
  return `${[...blocks, wrap(legend, width)].map((lines) => `${lines.join("\n")}\n`).join("\n")}`;
}

function table(runs: readonly ToldRun[], sheet: Sheet): readonly string[] {
  const paint = paintFor(sheet.colour);
  const isNarrow = sheet.width < 76;
  const head = ["run", "when, UTC", "scene", "verdict", signs.fail, signs.unknown, "+ −", "commit"];
  const rows = runs.map((run) => [
    `${run.id}`,
    // The year is left out where there is no room for it.
    minuteOf(run.startedAt).slice(isNarrow ? 5 : 0, -1),
    run.scene,
    `${run.verdict}${run.interrupted ? "*" : ""}`,
    `${run.failing}`,
    `${run.open}`,
    run.changes ? `+${run.changes.new} −${run.changes.fixed}` : "",
    run.commit?.slice(0, 7) ?? "",
  ]);
  const widths = head.map((_, n) => Math.max(...[head, ...rows].map((row) => row[n]?.length ?? 0)));
  const cell = (text: string, n: number) => (/^\d+$/.test(text) ? text.padStart(widths[n] ?? 0) : text.padEnd(widths[n] ?? 0));
  const line = (cells: readonly string[]) =>
    cells
      .map(cell)
      .join(isNarrow ? " " : "  ")
      .trimEnd();
  const lines = runs.map(({ verdict }, n) => line(rows[n] ?? []).replace(verdict, (word) => paint(colours[verdict], word)));
  return [paint("dim", line(head)), ...lines];
}

/** For how long each scene has come to what it comes to now. */
function trends(runs: readonly ToldRun[]): readonly string[] {
  const whole = runs.filter(({ interrupted }) => !interrupted);
  return [...Map.groupBy(whole, ({ scene }) => scene)].flatMap(([scene, [last, ...earlier]]) => {
    if (!last || !earlier.some((one) => isAlike(one, last))) return [];
    const own = [last, ...earlier];
    const streak = own.findIndex(({ verdict }) => verdict !== last.verdict);
    const same = streak === -1 ? own : own.slice(0, streak);
    const since = minuteOf(same.at(-1)?.startedAt ?? last.startedAt);
    const go = own.filter(({ verdict }) => verdict === "GO").length;
    return [`${scene}: ${last.verdict} since ${since} (${counted(same.length, "run")}); ${go} of the last ${own.length} were GO.`];
  });
}
