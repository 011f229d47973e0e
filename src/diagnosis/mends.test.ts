import { describe, expect, test } from "vitest";
import tasksSurvive from "../../checks/560-tasks-survive.ts";
import eventsClean from "../../checks/580-events-clean.ts";
import { backend, pushImage } from "../../fixtures/backend.ts";
import { inspect } from "../../fixtures/inspect.ts";
import { crashed, noImage, noKey, noLogGroup, noParameter, noRegistryAuth } from "../../fixtures/last-words.ts";
import { currentVersion, gaveUp, minutesAgo, secret, service, taskDefinition, tasksDie } from "../../fixtures/verbs.ts";
import type { World } from "../../fixtures/world.ts";
import { type Change, mendOf } from "./mends.ts";

const failure = (cause: string | null) => ({ at: "2026-01-18T03:58:00.000Z", cause });
const before: Change = { of: "before", at: "2026-01-18T03:50:00.000Z" };
const later = (kind: string): Change => ({ of: kind, at: "2026-01-18T03:59:00.000Z" });

describe("what may have mended a failure", () => {
  test.each([
    ["secret-json-key-missing", "secret"],
    ["secret-no-current-version", "secret"],
    ["ssm-parameter-missing", "parameter"],
    ["image-not-found", "image"],
    ["image-platform-mismatch", "image"],
    ["container-oom", "image"],
    ["log-group-missing", "log-group"],
    ["role-assume-failed", undefined],
    ["secrets-unreachable-network", undefined],
    ["image-pull-denied", undefined],
  ])("%s: %s", (cause, kind) => {
    expect(mendOf(failure(cause), (asked) => [before, later(asked)])?.of).toBe(kind);
  });

  test("of a crash, and of what nobody has a name for, is the newest change of all", () => {
    const changes = (kind: string): readonly Change[] =>
      kind === "image" ? [{ of: "image", at: "2026-01-18T03:59:30.000Z" }] : [later(kind)];
    expect(mendOf(failure("app-crash-exit"), changes)?.of).toBe("image");
    expect(mendOf(failure(null), changes)?.of).toBe("image");
  });

  test("is not asked of what cannot have", () => {
    const asked: string[] = [];
    mendOf(failure("image-not-found"), (kind) => {
      asked.push(kind);
      return [];
    });
    expect(asked).toEqual(["image"]);
  });
});

/** The backend's tasks died two minutes ago and ECS gave up; what they died of is mended after that, or was never broken. */
const mended = (reason: string, mend: (world: World) => void, exitCode?: number) => (world: World) => {
  tasksDie(world, backend, reason, exitCode);
  gaveUp(world, backend);
  const one = service(world, backend);
  one.events = one.events?.filter(({ message }) => !/deployment failed|unable to consistently/.test(message ?? "")) ?? [];
  mend(world);
};
const container = (world: World) => taskDefinition(world, `${backend}:2`).containerDefinitions?.[0] ?? {};

const push = (world: World, minutes: number) => {
  container(world).image = pushImage(world, "sprint-2.12");
  for (const { images } of world.ecr.repositories)
    for (const image of images) if (image.imageTags?.includes("sprint-2.12")) image.imagePushedAt = minutesAgo(world, minutes);
};

const mends: readonly [of: string, reason: string, mend: (world: World, minutes: number) => void, exitCode?: number][] = [
  [
    "secret:ohmycoins-prod-app-secrets",
    noKey("POSTGRES_PASSWORD"),
    (world, minutes) => {
      const one = secret(world, "ohmycoins-prod-app-secrets");
      one.LastChangedDate = currentVersion(one).created = minutesAgo(world, minutes);
    },
  ],
  ["image:ohmycoins/backend:sprint-2.12", noImage("ohmycoins/backend:sprint-2.12"), push],
  ["image:ohmycoins/backend:sprint-2.12", crashed, push, 1],
  [
    "parameter:/app/password",
    noParameter("/app/password"),
    (world, minutes) => {
      container(world).secrets?.push({ name: "APP_PASSWORD", valueFrom: "/app/password" });
      const LastModifiedDate = minutesAgo(world, minutes);
      world.ssm.parameters.push({ Name: "/app/password", Type: "String", Value: "", Version: 1, LastModifiedDate });
    },
  ],
  [
    "log-group:/ecs/ohmycoins-prod-backend",
    noLogGroup,
    (world, minutes) => {
      const group = world.logs.groups.find(({ logGroupName }) => logGroupName === "/ecs/ohmycoins-prod-backend");
      if (group) group.creationTime = minutesAgo(world, minutes).getTime();
    },
  ],
];

describe.each(mends)("a change of %s", (of, reason, mend, exitCode) => {
  const look = async (minutes: number) => {
    const world = mended(reason, (one) => mend(one, minutes), exitCode);
    return { tasks: (await inspect(tasksSurvive, world))[0], events: (await inspect(eventsClean, world))[0] };
  };

  test("after the last death makes it stale: a new deployment is missing", async () => {
    const { tasks, events } = await look(1);
    expect(tasks).toMatchObject({ status: "skip" });
    expect(tasks?.says).toContain(
      `before ${of} was changed at 2026-01-18T03:59:00.000Z, and nothing has run since: force a new deployment`,
    );
    expect(events).toMatchObject({ status: "pass" });
  });

  test("before it mends nothing", async () => {
    expect((await look(30)).tasks).toMatchObject({ status: "fail" });
  });
});

test("a failure to do with a role stays open: AWS does not tell when a role or its policies were last changed", async () => {
  const everything = (world: World) => {
    for (const [, , mend] of mends) mend(world, 1);
  };
  const [found] = await inspect(tasksSurvive, mended(noRegistryAuth("AccessDeniedException: not authorized"), everything));
  expect(found).toMatchObject({ status: "fail" });
});
