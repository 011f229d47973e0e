import { block, generated, paragraphs, table } from "./markdown.ts";

/** One way in which the process ends. */
export interface ExitCode {
  readonly code: string;
  readonly means: string;
  /** What to do then. */
  readonly next: string;
  /** A command that ends so, on any machine; none where it takes a crash or a signal. */
  readonly shown?: string;
}

/** Every way in which the process ends; README.md has the same table. */
export const exitCodes: readonly ExitCode[] = [
  {
    code: "0",
    means: "GO (warnings allowed unless `--strict`)",
    next: "Go on.",
    shown: "npx seaworthy demo healthy --exit-code",
  },
  {
    code: "1",
    means: "a crash of seaworthy itself; a verdict is never 1",
    next: "Run it again with `--verbose`, and report what it says.",
  },
  {
    code: "2",
    means: "usage, configuration or waiver-file error; a Node that is too old; no check matched",
    next: "Correct what stderr names. Nothing was judged, or a report could not be written.",
    shown: "npx seaworthy gate --only secret-exist",
  },
  {
    code: "3",
    means: "NO-GO",
    next: "Mend the root cause; the report has the command.",
    shown: "npx seaworthy demo secret-without-value --exit-code",
  },
  {
    code: "4",
    means: "GO with warnings under `--strict`",
    next: "Mend the warnings, or [waive](configuration.md#waivers) them.",
    shown: "npx seaworthy demo newer-revision-waiting --exit-code --strict",
  },
  {
    code: "5",
    means: "HOLD: a blocking question could not be answered, or was still moving when time ran out",
    next: "Look at what is open: a permission that is missing (`npx seaworthy policy`), or a deployment that takes longer than `--wait`. It is no failure yet, and no GO.",
    shown: "npx seaworthy demo deployment-stuck --exit-code",
  },
  {
    code: "130, 143",
    means: "interrupted by SIGINT, SIGTERM; every requested report is written whole, with what was not finished marked so",
    next: "Nothing is wrong with the deployment: nobody knows.",
  },
];

/** The rows of the table, as README.md and this page have them. */
export const exitCodeTable = (): string =>
  table(
    ["code", "meaning"],
    exitCodes.map(({ code, means }) => [code, means]),
  );

/** The page of the exit codes. */
export function exitCodesPage(): string {
  const shown = exitCodes.flatMap(({ code, shown: command }) => (command ? [`${command.padEnd(68)}# exits ${code}`] : []));
  return paragraphs(
    "# The exit codes",
    "`seaworthy gate`, `checklist` and `sign-off` end with one of these, and never with another. They are what a pipeline acts on.",
    exitCodeTable(),
    "The verdict is decided in this order: a blocker that fails and is not waived is NO-GO; else a blocker that is unknown or pending is HOLD;\nelse, where no blocker passed at all, HOLD; else GO. Warnings and advice decide nothing, but for `--strict`.",
    "## What to do then",
    table(
      ["code", "what to do"],
      exitCodes.map(({ code, next }) => [code, next]),
    ),
    "## See each of them",
    "On the embedded AWS, with nothing to configure:",
    block("sh", shown.join("\n")),
    "## In a script",
    block("sh", script),
    "With `--fail-on new` the code is by [regressions](recipes/history.md) alone; the verdict in the report is what it is.",
    "`demo` ends with 0 when the verdict is the one that its world must get, and with the gate's code under `--exit-code`. `init` ends with 2\nwhere a file is there already, and with 5 where what is deployed could not be listed. All other commands end with 0, with 2 or, by a crash or\na signal, as above.",
    generated,
  );
}

const script = `npx seaworthy gate --wait 10m && code=0 || code=$?
case $code in
  0) echo "carry on" ;;
  3) echo "roll back" ;;
  5) echo "nobody knows yet: ask again, or ask somebody" ;;
  *) echo "seaworthy could not judge it" ;;
esac`;
