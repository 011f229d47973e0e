import { expect, test } from "vitest";
import { backend } from "../../../fixtures/backend.ts";
import { loadWorlds } from "../../../fixtures/demo.ts";
import { play } from "../../../fixtures/play.ts";
import { snapshotOf, story } from "../../../test/cli/reports.ts";
import { happenings } from "./events.ts";
import { rendered } from "./markup.ts";
import { timelineOf } from "./timeline.ts";

const worlds = await loadWorlds();
const played = (name: string) => play(worlds.find((one) => one.name === name) ?? {});

test("deployments, deaths of tasks and changes of the secret are told in order", async () => {
  const all = happenings((await played("secret-without-value")).snapshot);
  expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).toSorted());
  expect(all.filter(({ row }) => row === `service ${backend}`).map(({ what }) => what)).toEqual(["deployment", "death", "death"]);
  expect(all).toContainEqual(expect.objectContaining({ what: "change", says: "last changed, and without any version" }));
});

test("a version of a secret is told by when it was made", async () => {
  const all = happenings((await played("healthy")).snapshot);
  expect(all).toContainEqual(
    expect.objectContaining({ what: "version", says: expect.stringMatching(/^version \S+ \(AWSCURRENT\) was made$/) }),
  );
});

test("a deployment that is not over is drawn open, up to the judging", async () => {
  const { report, snapshot } = await played("deployment-stuck");
  const text = rendered(timelineOf(snapshot, report));
  expect(text).toContain('class="deployment open"');
  expect(text).toContain("deployment of ohmycoins-prod-backend:2: in progress");
});

test("a task that was stopped on purpose has not died", () => {
  const report = story();
  const task = { id: "1", taskDefinition: "a:1", deployment: null, startedAt: null, stoppedAt: "2026-11-20T09:00:00.000Z", containers: [] };
  const stopped = [
    { ...task, stopCode: "UserInitiated", reason: "scaled down" },
    { ...task, id: "3", stopCode: "ServiceSchedulerInitiated", reason: null },
    {
      ...task,
      id: "2",
      stopCode: "EssentialContainerExited",
      reason: null,
      containers: [{ name: "app", exitCode: 137, reason: "OutOfMemoryError" }],
    },
  ];
  const reading = { state: "known" as const, at: "2026-11-20T10:00:00.000Z", value: { service: "app", running: [], stopped } };
  const tasks = { kind: "service", readings: { app: reading }, names: {}, missing: [], links: [] };
  const all = happenings({ ...snapshotOf(report), facts: { tasks } });
  expect(all.map(({ what, says }) => [what, says])).toEqual([
    ["stop", "task 1 stopped: UserInitiated: scaled down"],
    ["stop", "task 3 stopped: ServiceSchedulerInitiated"],
    ["death", "task 2 stopped: EssentialContainerExited: app exit code 137, OutOfMemoryError"],
  ]);
});

test("without readings there is no timeline", () => {
  expect(timelineOf(snapshotOf(story()), story())).toBeNull();
});
