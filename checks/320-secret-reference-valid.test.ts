import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import { reference, secretArn } from "../fixtures/references.ts";
import { taskDefinition } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import type { Check } from "../src/check.ts";
import check from "./320-secret-reference-valid.ts";
import resolves from "./330-secret-reference-resolves.ts";
import lasting from "./335-secret-reference-lasting.ts";

const subject = "reference:ohmycoins-prod-backend:2/backend/POSTGRES_PASSWORD";

/** The password is asked for in another way: what is found of that reference. */
async function asking(valueFrom: (arn: string) => string, of: Check = check) {
  const found = await inspect(of, (world) => {
    reference(world, "POSTGRES_PASSWORD").valueFrom = valueFrom(secretArn(world));
  });
  return found.find((one) => one.subject === subject);
}

/** The backend's only container, in its newest revision. */
const container = (world: World) => taskDefinition(world, "ohmycoins-prod-backend").containerDefinitions?.[0] ?? {};

test("passes for each of the ten references", async () => {
  const found = await inspect(check);
  expect(found).toHaveLength(10);
  expect(new Set(found.map(({ status }) => status))).toEqual(new Set(["pass"]));
});

test.each([
  ["without the two colons at its end", (arn: string) => `${arn}:POSTGRES_PASSWORD`, /^has 3 segments .* where ECS takes 2 or 5/],
  ["with a colon too many", (arn: string) => `${arn}:POSTGRES_PASSWORD::::`, /^has 7 segments/],
  ["of another service", () => "arn:aws:s3:::bucket/passwords", /^names s3/],
])("fails for a reference %s", async (_, valueFrom, says) => {
  expect(await asking(valueFrom)).toMatchObject({
    status: "fail",
    says: expect.stringMatching(says) as string,
    cause: "secret-format-invalid",
  });
});

test("fails when the secret was created again, and tells both ARNs", async () => {
  const found = await asking((arn) => `${arn.replace("-Xk3T9q", "-OLDABC")}:POSTGRES_PASSWORD::`);
  expect(found).toMatchObject({ status: "fail", cause: "secret-not-found" });
  expect(found?.says).toMatch(/^names .*-OLDABC, under which there is no secret: it is .*-Xk3T9q$/);
  expect(found?.fix?.do).toContain("-Xk3T9q:POSTGRES_PASSWORD::");
});

test.each([
  ["region", "ap-southeast-2", "us-east-1", "names a secret in us-east-1, and the tasks run in ap-southeast-2", "us-east-1"],
  ["partition", "arn:aws:", "arn:aws-cn:", "names a secret in aws-cn, and the tasks run in aws", "aws-cn"],
])("fails for a secret of another %s", async (_, here, there, says, shown) => {
  expect(await asking((arn) => arn.replace(here, there))).toMatchObject({ status: "fail", says, evidence: { there: shown } });
});

test("judges what log drivers and registries are given as well", async () => {
  const found = await inspect(check, (world) => {
    const one = container(world);
    one.repositoryCredentials = { credentialsParameter: `${secretArn(world)}:LOGIN::` };
    one.logConfiguration = { logDriver: "splunk", secretOptions: [{ name: "splunk-token", valueFrom: `${secretArn(world)}:TOKEN` }] };
  });
  const failing = found.filter(({ status }) => status === "fail").map((one) => one.subject.split("/").at(-1));
  expect(failing).toEqual(["repositoryCredentials", "splunk-token"]);
});

test("skips where the secret is not there at all: that is not the reference's fault", async () => {
  const found = await inspect(check, (world) => {
    world.secretsmanager.secrets = [];
  });
  expect(new Set(found.map(({ status }) => status))).toEqual(new Set(["skip"]));
});

test("skips where nothing refers to a secret", async () => {
  const found = await inspect(check, (world) => {
    container(world).secrets = [];
  });
  expect(found).toMatchObject([{ subject: "deployment:ohmycoins-prod", status: "skip" }]);
});

test("answers alone for a reference that leads nowhere", async () => {
  const drifted = (arn: string) => arn.replace("-Xk3T9q", "-OLDABC");
  expect([await asking(drifted, resolves), await asking(drifted, lasting)]).toMatchObject([{ status: "skip" }, { status: "skip" }]);
});

test("is not fooled by a partial ARN, which AWS resolves", async () => {
  expect(await asking((arn) => `${arn.slice(0, -7)}:POSTGRES_PASSWORD::`)).toMatchObject({ status: "pass" });
});

test("is not fooled by another partition that fits the region", async () => {
  const found = await inspect(check, (world) => {
    const text = JSON.stringify([world.ecs, world.secretsmanager])
      .replaceAll("arn:aws:", "arn:aws-cn:")
      .replaceAll("ap-southeast-2", "cn-north-1");
    const dates = (_: string, value: unknown) => (typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value) ? new Date(value) : value);
    Object.assign(world, { partition: "aws-cn", region: "cn-north-1" });
    [world.ecs, world.secretsmanager] = JSON.parse(text, dates) as [World["ecs"], World["secretsmanager"]];
  });
  expect(found).toHaveLength(10);
  expect(new Set(found.map(({ status }) => status))).toEqual(new Set(["pass"]));
});

test("is not fooled by a refusal: whether the ARN leads anywhere is then unknown", async () => {
  const found = await inspect(check, () => {}, { denied: ["secretsmanager:DescribeSecret"] });
  expect(new Set(found.map(({ status }) => status))).toEqual(new Set(["unknown"]));
});
