import { expect, test } from "vitest";
import type { NamedCheck } from "../../src/check.ts";
import { after, frame, type State } from "../../src/cli/progress/frames.ts";
import { watch } from "../../src/cli/progress.ts";
import { plan } from "../../src/countdown.ts";
import { loadChecks } from "../../src/discover.ts";
import type { Progress } from "../../src/wait.ts";
import { story } from "./reports.ts";

const checks: readonly NamedCheck[] = await loadChecks();
const shown = { countdown: plan(checks, { scene: "post-deploy", severity: {} }), title: "shop, post-deploy" };
const snapshot = { takenAt: "2026-11-20T10:00:00.000Z", facts: {} };

const events: readonly Progress[] = [
  { type: "asking", round: 1, facts: ["services", "secrets"] },
  { type: "read", fact: "services" },
  { type: "judged", round: 1, snapshot, judgement: { ...story(), verdict: "HOLD", exitCode: 5 } },
  { type: "waiting", pending: ["targets-healthy/target-group:backend-tg"], left: 588_000 },
];

const start: State = { read: new Set(), statuses: new Map(), waiting: undefined };
const drawn = (count: number, width = 60) => {
  const state = events.slice(0, count).reduce<State>((so, event) => after(so, event, 12_000), start);
  return frame(shown, state, { now: 12_000, started: 0 }, { width, colour: false });
};

test("stations light up as their facts come in, then as they are judged", () => {
  expect(drawn(1)).toMatch(/· 5xx services +0 of \d+ facts/);
  expect(drawn(2)).toMatch(/· 5xx services +1 of \d+ facts/);
  expect(drawn(3)).toMatch(/✖ 5xx services +✖ 1/);
});

test("it says what is waited for, and for how long", () => {
  expect(drawn(4, 120)).toContain("0:12 waiting, at most 9:48 more, for 1 thing: targets-healthy of target-group:backend-tg");
});

test.for([40, 60, 120])("no line is wider than %i columns", (width) => {
  for (const count of [0, 1, 2, 3, 4])
    expect(
      drawn(count, width)
        .split("\n")
        .filter((line) => line.length > width),
    ).toEqual([]);
});

test("without a terminal it is plain lines with the time, and a name cannot break one", async () => {
  const written: string[] = [];
  const watcher = await watch(
    { ...shown, title: "shop\u001b[2J\n" },
    { colour: false, ci: false },
    { write: (text) => written.push(text) },
  );
  for (const event of events) watcher.on(event);
  watcher.end();
  const lines = written.join("").trimEnd().split("\n");
  expect(lines.map((line) => line.replace(/^\d\d:\d\d:\d\dZ /, ""))).toEqual([
    "shop\\e[2J\\n",
    "round 1: asking for 2 kinds of facts",
    "round 1: HOLD, 1 passed, 3 failed, 1 pending, 1 unknown, 1 skipped, 1 waived",
    "waiting, at most 9:48 more: targets-healthy of target-group:backend-tg",
  ]);
});

test("quiet, it is nothing; in CI plain lines even on a terminal", async () => {
  const written: string[] = [];
  const screen = { isTTY: true, columns: 80, write: (text: string) => written.push(text) };
  const quiet = await watch(shown, { quiet: true, colour: false, ci: false }, screen);
  for (const event of events) quiet.on(event);
  expect(written).toEqual([]);
  (await watch(shown, { colour: false, ci: true }, screen)).end();
  expect(written.join("")).toMatch(/^\d\d:\d\d:\d\dZ shop, post-deploy\n$/);
});
