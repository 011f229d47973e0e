import { describe, expect, test } from "vitest";
import { loadIncidents } from "../fixtures/incidents.ts";
import { play } from "../fixtures/play.ts";
import { reference, secretArn } from "../fixtures/references.ts";
import { secret, secretValues } from "../fixtures/verbs.ts";

// "It did not contain json key POSTGRES_PASSWORD, but it is there": each reason why that can be, and what tells it from the others.

const incidents = await loadIncidents();
const told = async (name: string) => {
  const incident = incidents.find((one) => one.name === name);
  if (!incident) throw new Error(`there is no incident ${name}`);
  const { report } = await play(incident);
  const [root, ...others] = report.rootCauses;
  const finding = report.checks.flatMap(({ findings }) => findings).find(({ id }) => id === root?.finding);
  return { verdict: report.verdict, root, others, evidence: finding?.evidence ?? {} };
};

const current = { held: expect.arrayContaining(["POSTGRES_PASSWORD"]) as unknown, created: "2026-01-17T02:00:00.000Z" };
const lacking = expect.not.arrayContaining(["POSTGRES_PASSWORD"]) as unknown;
const text = (part: string | RegExp) => expect.stringMatching(part) as unknown;
const newRevision =
  /^In a new revision of the task definition, let backend\/POSTGRES_PASSWORD be valueFrom \S+-Xk3T9q:POSTGRES_PASSWORD::, and deploy it\.$/;
const rewrite = [
  "aws ecs describe-task-definition --region ap-southeast-2 --task-definition ohmycoins-prod-backend:3 --query taskDefinition | jq 'del(.taskDefinitionArn, .revision, .status, .requiresAttributes, .compatibilities, .registeredAt, .registeredBy, .deregisteredAt)' > ohmycoins-prod-backend.json",
  "aws ecs register-task-definition --region ap-southeast-2 --cli-input-json file://ohmycoins-prod-backend.json",
  "aws ecs update-service --cluster ohmycoins-prod-cluster --region ap-southeast-2 --service ohmycoins-prod-backend --task-definition ohmycoins-prod-backend",
];
const put =
  "aws secretsmanager put-secret-value --region ap-southeast-2 --secret-id ohmycoins-prod-app-secrets --secret-string file://secret.json";
const update = "aws ecs update-service --cluster ohmycoins-prod-cluster --region ap-southeast-2 --service ohmycoins-prod-backend";

describe.each([
  {
    incident: "reference-pinned-to-old-version",
    says: /is pinned to version \S+, a version older than AWSCURRENT, which lacks the json key POSTGRES_PASSWORD; AWSCURRENT has/,
    evidence: { stages: ["AWSPREVIOUS"], created: "2026-01-10T04:00:00.000Z", held: lacking, heldBy: ["AWSCURRENT"], current },
    fix: newRevision,
    run: rewrite,
  },
  {
    incident: "reference-pinned-to-previous-stage",
    says: /is pinned to AWSPREVIOUS, a version older than AWSCURRENT, which lacks the json key POSTGRES_PASSWORD; AWSCURRENT has/,
    evidence: { stages: ["AWSPREVIOUS"], created: "2026-01-10T04:00:00.000Z", held: lacking, heldBy: ["AWSCURRENT"], current },
    fix: newRevision,
    run: rewrite,
  },
  {
    incident: "reference-to-another-secret",
    says: /POSTGRES_PASSWORD comes from \S+:secret:ohmycoins-staging-app-secrets-\S+:POSTGRES_PASSWORD::$/,
    evidence: {
      others: [
        {
          key: "POSTGRES_PASSWORD",
          valueFrom: text("ohmycoins-staging-app-secrets-Qw8vLm:POSTGRES_PASSWORD::$"),
          from: text("ohmycoins-staging-app-secrets"),
          meant: "ohmycoins-prod-app-secrets",
          meantHolds: true,
        },
      ],
    },
    fix: /POSTGRES_PASSWORD from \S+:secret:ohmycoins-prod-app-secrets-Xk3T9q:POSTGRES_PASSWORD::\.$/,
    run: rewrite,
  },
  {
    incident: "reference-other-region-without-key",
    says: /names a secret in us-east-1, where POSTGRES_PASSWORD is asked for, and the tasks run in ap-southeast-2$/,
    evidence: { there: "us-east-1", here: "ap-southeast-2", key: "POSTGRES_PASSWORD", namesake: "ohmycoins-prod-app-secrets" },
    fix: /let backend\/POSTGRES_PASSWORD name ohmycoins-prod-app-secrets of ap-southeast-2, and deploy it\.$/,
    run: rewrite,
  },
  {
    incident: "secret-key-case",
    says: /lacks POSTGRES_PASSWORD, for which "postgres_password" was probably meant$/,
    evidence: { missing: ["POSTGRES_PASSWORD"], near: { POSTGRES_PASSWORD: "postgres_password" }, created: "2026-01-18T03:40:00.000Z" },
    fix: /renames "postgres_password" to POSTGRES_PASSWORD/,
    run: [put],
  },
  {
    incident: "secret-key-trailing-space",
    says: /lacks POSTGRES_PASSWORD, for which "POSTGRES_PASSWORD " was probably meant$/,
    evidence: { missing: ["POSTGRES_PASSWORD"], near: { POSTGRES_PASSWORD: "POSTGRES_PASSWORD " } },
    fix: /renames "POSTGRES_PASSWORD " to POSTGRES_PASSWORD/,
    run: [put],
  },
  {
    incident: "reference-key-case",
    says: /reads AWSCURRENT, which lacks the json key postgres_password; "POSTGRES_PASSWORD" was probably meant$/,
    evidence: {
      valueFrom: text(":postgres_password::$"),
      near: "POSTGRES_PASSWORD",
      held: expect.arrayContaining(["POSTGRES_PASSWORD"]) as unknown,
    },
    fix: newRevision,
    run: rewrite,
  },
  {
    incident: "secret-json-inside-value",
    says: /lacks POSTGRES_PASSWORD, which stands inside "DATABASE", where ECS does not look$/,
    evidence: { missing: ["POSTGRES_PASSWORD"], inside: { POSTGRES_PASSWORD: "DATABASE" } },
    fix: /takes POSTGRES_PASSWORD out of "DATABASE"/,
    run: [put],
  },
  {
    incident: "secret-mended-without-redeploying",
    says: /its tasks died at 2026-01-18T03:58:00.000Z, before secret:ohmycoins-prod-app-secrets was changed at 2026-01-18T04:00:00.000Z, and nothing has run since: .*json key POSTGRES_PASSWORD$/,
    evidence: {
      failedAt: "2026-01-18T03:58:00.000Z",
      message: text("did not contain json key POSTGRES_PASSWORD$"),
      mended: { of: "secret:ohmycoins-prod-app-secrets", at: "2026-01-18T04:00:00.000Z" },
    },
    fix: /^Force a new deployment: /,
    run: [`${update} --force-new-deployment`],
  },
  {
    incident: "older-revision-runs",
    says: /reads AWSCURRENT, which lacks the json key POSTGRESS_PASSWORD; ohmycoins-prod-backend:3, which is newer, asks for what is there$/,
    evidence: {
      valueFrom: text(":POSTGRESS_PASSWORD::$"),
      runs: "ohmycoins-prod-backend:2",
      services: ["ohmycoins-prod-backend"],
      newest: "ohmycoins-prod-backend:3",
      newestAsks: text(":POSTGRES_PASSWORD::$"),
    },
    fix: "Deploy the newest revision, ohmycoins-prod-backend:3, which has it right.",
    run: [`${update} --task-definition ohmycoins-prod-backend:3`],
  },
])("$incident", ({ incident, says, evidence, fix, run }) => {
  test("is one root cause, told with the evidence that decides it and the one thing to do", async () => {
    const found = await told(incident);
    expect(found).toMatchObject({ verdict: "NO-GO", others: [], evidence });
    expect(found.root?.says).toMatch(says);
    expect(found.root?.fix?.do).toMatch(fix);
    expect(found.root?.fix?.run).toEqual(run);
  });
});

test("what a pinned version lacks is a fault of its own beside what the current one lacks", async () => {
  const name = "ohmycoins-prod-app-secrets";
  const { report } = await play({
    change(world) {
      const [, before] = secret(world, name).versions;
      if (before) before.SecretString = '{"SECRET_KEY":"s"}';
      secretValues(world, name, (values) => delete values["SMTP_HOST"]);
      reference(world, "POSTGRES_PASSWORD").valueFrom = `${secretArn(world)}:POSTGRES_PASSWORD:AWSPREVIOUS:`;
    },
  });
  expect(report.rootCauses.map(({ finding }) => finding).sort()).toEqual([
    `secret-keys-present/secret:${name}`,
    "secret-reference-resolves/reference:ohmycoins-prod-backend:2/backend/POSTGRES_PASSWORD",
  ]);
});
