import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import rolling from "../../fixtures/incidents/deployment-stuck.ts";
import noValue from "../../fixtures/incidents/secret-without-value.ts";
import { play } from "../../fixtures/play.ts";
import { rest, rollOut, service, tasksOf } from "../../fixtures/verbs.ts";
import { check, finding, reportOf, snapshotOf, story } from "../../test/cli/reports.ts";
import inTotoReading from "../../test/reporters/in-toto.ts";
import { formatSnapshot } from "../snapshot.ts";
import inToto from "./in-toto.ts";

const place = { width: 100, colour: false, verbose: false };
const statementOf = (...[report, snapshot]: [Parameters<typeof inToto>[0], Parameters<typeof inToto>[2]]) =>
  JSON.parse(inToto(report, place, snapshot) as string);
const told = async (incident: Parameters<typeof play>[0]) => {
  const { report, snapshot } = await play(incident);
  return { report, snapshot, statement: statementOf(report, snapshot) };
};

const expectValid = (statement: unknown) => expect(inTotoReading.problems(JSON.stringify(statement))).toEqual([]);

test("says of the digests that serve that they passed", async () => {
  const { statement, snapshot, report } = await told({});
  expectValid(statement);
  expect(statement.subject).toEqual([
    {
      name: "220711411889.dkr.ecr.ap-southeast-2.amazonaws.com/ohmycoins/backend",
      digest: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    },
    {
      name: "220711411889.dkr.ecr.ap-southeast-2.amazonaws.com/ohmycoins/frontend",
      digest: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    },
  ]);
  const running = Object.values(snapshot.facts["tasks"]?.readings ?? {});
  for (const { digest } of statement.subject) expect(JSON.stringify(running)).toContain(`sha256:${digest.sha256}`);
  expect(statement.predicate).toMatchObject({ result: "PASSED", failedTests: [], seaworthy: { verdict: "GO", notAsked: [] } });
  expect(statement.predicate.passedTests).toContain("secret-current-version/secret:ohmycoins-prod-app-secrets");
  expect(statement.predicate.passedTests).toHaveLength(report.counts.pass);
});

test("names by their digests the configuration that was judged and the snapshot that was taken, as anybody can compute them", async () => {
  const { statement, snapshot } = await told({});
  const file = JSON.parse(formatSnapshot(snapshot));
  expect(statement.predicate.configuration).toEqual([
    { name: "inferred", digest: { sha256: createHash("sha256").update(JSON.stringify(file.config)).digest("hex") } },
    { name: "snapshot", digest: { sha256: file.sha256 } },
  ]);
});

test("says where it ran, and which file it was judged by", () => {
  const origin = {
    by: "erin",
    commit: "abc",
    url: "HTTPS://CI.example.com/runs/7",
    configuration: { file: "seaworthy.config.yaml", lines: {} },
  };
  const report = reportOf([check(110, "account-expected", [finding("account-expected", "caller:caller")])], {
    origin,
    verdict: "GO",
    exitCode: 0,
  });
  const statement = statementOf(report, snapshotOf(report));
  expectValid(statement);
  expect(statement.predicate.url).toBe("https://ci.example.com/runs/7");
  expect(statement.predicate.configuration[0].name).toBe("seaworthy.config.yaml");
  expect(statementOf({ ...report, origin: { ...origin, url: "build 7" } }, snapshotOf(report)).predicate).not.toHaveProperty("url");
});

test("NO-GO has failed, with what failed and what mends it", async () => {
  const { statement } = await told(noValue);
  expectValid(statement);
  expect(statement.predicate.result).toBe("FAILED");
  expect(statement.predicate.failedTests).toContain("secret-current-version/secret:ohmycoins-prod-app-secrets");
  expect(statement.predicate.passedTests).not.toContain("secret-current-version/secret:ohmycoins-prod-app-secrets");
  expect(statement.predicate.seaworthy.rootCauses[0]).toMatchObject({
    finding: "secret-current-version/secret:ohmycoins-prod-app-secrets",
    fix: { run: [expect.stringContaining("put-secret-value")] },
  });
});

test("HOLD has failed: neither what is still moving nor what nobody could find out has passed", async () => {
  const moving = await told(rolling);
  expect(moving.statement.predicate).toMatchObject({ result: "FAILED", seaworthy: { verdict: "HOLD" } });
  expect(moving.statement.predicate.failedTests).toContain("deployment-landed/deployment:ohmycoins-prod-backend");
  const denied = await told({ denied: ["ecs:DescribeTasks"] });
  expect(denied.statement.predicate).toMatchObject({ result: "FAILED", seaworthy: { verdict: "HOLD" } });
  expectValid(denied.statement);
});

test("a failing warning is a warning, one that somebody accepted passes as a warned test, and nothing is in two lists", () => {
  const silent = finding("alarm-notifies", "alarm:cpu", {
    status: "fail",
    says: "has no ALARM action",
    fix: { do: "Give it one.", run: [] },
  });
  const waiver = { reason: "Known.", owner: "platform@example.org", expires: "2026-12-31" };
  const dead = finding("service-steady", "service:a", { status: "fail", says: "runs 0 of 2 tasks", waiver });
  const go = { verdict: "GO", exitCode: 0 } as const;
  const fine = check(110, "account-expected", [finding("account-expected", "caller:caller")]);
  const warned = reportOf([fine, check(850, "alarm-notifies", [silent], { severity: "warning" })], go);
  expect(statementOf(warned, snapshotOf(warned)).predicate).toMatchObject({ result: "WARNED", warnedTests: [silent.id], failedTests: [] });
  const accepted = reportOf([fine, check(520, "service-steady", [dead])], go);
  expect(statementOf(accepted, snapshotOf(accepted)).predicate).toMatchObject({
    result: "PASSED",
    warnedTests: [dead.id],
    failedTests: [],
  });
  const { passedTests, warnedTests, failedTests, seaworthy } = statementOf(story(), snapshotOf(story())).predicate;
  const all = [...passedTests, ...warnedTests, ...failedTests, ...seaworthy.skippedTests];
  expect(all.toSorted()).toEqual(
    story()
      .checks.flatMap(({ findings }) => findings.map(({ id }) => id))
      .toSorted(),
  );
});

test("is not fooled by a run that asked one question alone, or that was interrupted", () => {
  const fine = check(110, "account-expected", [finding("account-expected", "caller:caller")]);
  const go = { verdict: "GO", exitCode: 0 } as const;
  const narrow = reportOf([fine], { ...go, notAsked: ["secret-exists"] });
  expect(statementOf(narrow, snapshotOf(narrow)).predicate).toMatchObject({ result: "WARNED", seaworthy: { notAsked: ["secret-exists"] } });
  const cut = reportOf([fine], { ...go, interrupted: true });
  expect(statementOf(cut, snapshotOf(cut)).predicate.result).toBe("FAILED");
});

test("while two images of one repository serve, names each by its digest, and a digest that many tasks run once", async () => {
  const { statement } = await told({
    change(world) {
      rollOut(world, "ohmycoins-prod-backend");
      const [task] = tasksOf(world, service(world, "ohmycoins-prod-backend"));
      for (const container of task?.containers ?? []) container.imageDigest = `sha256:${"ab".repeat(32)}`;
    },
  });
  expectValid(statement);
  const names = statement.subject.map(({ name }: { name: string }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toContain(`220711411889.dkr.ecr.ap-southeast-2.amazonaws.com/ohmycoins/backend@sha256:${"ab".repeat(32)}`);
  expect(names).toHaveLength(3);
});

test("where nothing is known to serve it is about the snapshot alone, and never about an image", async () => {
  const { report, snapshot } = await play({ change: rest, scene: "sign-off" });
  const statement = statementOf(report, snapshot);
  expectValid(statement);
  expect(statement.subject).toEqual([{ name: "snapshot:ohmycoins-prod", digest: { sha256: report.snapshot } }]);
});
