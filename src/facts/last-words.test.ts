import { expect, test } from "vitest";
import { backend } from "../../fixtures/backend.ts";
import { reading } from "../../fixtures/inspect.ts";
import { crashed, noRegistryAuth } from "../../fixtures/last-words.ts";
import { secretValueOf, wrote } from "../../fixtures/log-streams.ts";
import { secret, taskDefinition, tasksDie } from "../../fixtures/verbs.ts";
import type { World } from "../../fixtures/world.ts";
import { lastWords } from "./last-words.ts";

const app = "ohmycoins-prod-app-secrets";
const died = (lines: readonly string[]) => (world: World) => {
  tasksDie(world, backend, crashed, 1);
  wrote(world, backend, lines);
};
const linesOf = async (change: (world: World) => void) =>
  Object.values((await reading(lastWords, change)).readings).map((one) => (one.state === "known" ? one.value.lines : one.state));

test("while nobody has died, or no container has run, nothing is asked", async () => {
  expect((await reading(lastWords)).readings).toEqual({});
  expect(await linesOf((world) => tasksDie(world, backend, noRegistryAuth("no")))).toEqual([]);
});

test("the last twenty lines of each task that died by itself, without colours, each at most 300 characters long", async () => {
  const lines = Array.from({ length: 30 }, (_, n) => `\u001b[31mline ${n}\u001b[0m ${"x ".repeat(n === 29 ? 400 : 0)}`);
  const words = await linesOf(died(lines));
  expect(words).toHaveLength(2);
  for (const one of words) {
    expect(one).toHaveLength(20);
    expect(one[0]).toBe("line 10");
    expect(one[19]).toHaveLength(300);
  }
});

test("what the secret holds is masked, and what only looks like a credential", async () => {
  const [words] = await linesOf((world) =>
    died([`password is ${secretValueOf(world, app, "SMTP_PASSWORD")}`, "redis://:hunter2@cache:6379", "\u001b[1mpwd\u001b[0m=x1"])(world),
  );
  expect(words).toEqual([
    "password is [masked: a value of the secret]",
    "redis://:[masked: a password]@cache:6379",
    "pwd=[masked: a credential]",
  ]);
});

test("a value is masked where colours or unseen signs part it in two, or where a plain variable holds it", async () => {
  const [words] = await linesOf((world) => {
    const [container] = taskDefinition(world, "ohmycoins-prod-backend:2").containerDefinitions ?? [];
    container?.environment?.push({ name: "API_TOKEN", value: "plain-and-open" });
    const value = secretValueOf(world, app, "SMTP_PASSWORD");
    died([`${value.slice(0, 3)}\u001b[31m\u200b${value.slice(3)}`, "plain-and-open", "x".repeat(290) + value])(world);
  });
  const masked = "[masked: a value of the secret]";
  expect(words).toEqual([masked, masked, `${"x".repeat(290)}${masked.slice(0, 10)}`]);
});

test("while the values are not known, the words are not read", async () => {
  const { readings } = await reading(lastWords, died(["hunter2"]), { denied: ["secretsmanager:GetSecretValue"] });
  expect(Object.values(readings)).toMatchObject([
    { state: "unknown", kind: "denied" },
    { state: "unknown", kind: "denied" },
  ]);
  const gone = await linesOf((world) => {
    died(["the secret is gone"])(world);
    secret(world, app).versions = [];
  });
  expect(gone).toEqual([["the secret is gone"], ["the secret is gone"]]);
});

test("it is a container of the definition that is listened to, and not one that AWS has put beside it", async () => {
  const beside = (world: World) => {
    died(["bye"])(world);
    for (const task of world.ecs.tasks.filter(({ stopCode }) => stopCode === "EssentialContainerExited"))
      task.containers?.unshift({ name: "aws-guardduty-agent-5ab1", lastStatus: "STOPPED", exitCode: 1 });
  };
  expect(await linesOf(beside)).toEqual([["bye"], ["bye"]]);
  const alone = (world: World) => {
    beside(world);
    for (const { containers } of world.ecs.tasks) containers?.splice(1);
  };
  expect(await linesOf(alone)).toEqual([]);
});

test("no stream, no group and no permission are no words", async () => {
  expect(await linesOf((world) => tasksDie(world, backend, crashed, 1))).toEqual(["absent", "absent"]);
  expect(
    await linesOf((world) => {
      died(["bye"])(world);
      world.logs.groups = [];
    }),
  ).toEqual(["absent", "absent"]);
  const { readings } = await reading(lastWords, died(["bye"]), { denied: ["logs:GetLogEvents"] });
  expect(Object.values(readings)[0]).toMatchObject({ state: "unknown", kind: "denied", action: "logs:GetLogEvents" });
});

test("of many dead, the three newest are asked, and none that writes elsewhere", async () => {
  const many = (world: World) => {
    died(["bye"])(world);
    const [task] = world.ecs.tasks.filter(({ lastStatus }) => lastStatus === "STOPPED");
    for (const n of [1, 2, 3]) world.ecs.tasks.push({ ...structuredClone(task), taskArn: `${task?.taskArn?.slice(0, -2)}0${n}` });
  };
  expect(await linesOf(many)).toHaveLength(3);
  const elsewhere = await linesOf((world) => {
    for (const one of taskDefinition(world, "ohmycoins-prod-backend:2").containerDefinitions ?? [])
      one.logConfiguration = { logDriver: "awsfirelens", options: {} };
    tasksDie(world, backend, crashed, 1);
  });
  expect(elsewhere).toEqual([]);
});
