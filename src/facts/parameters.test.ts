import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { reference } from "../../fixtures/references.ts";
import type { World } from "../../fixtures/world.ts";
import { parameters } from "./parameters.ts";

const arn = "arn:aws:ssm:ap-southeast-2:220711411889:parameter";

function stored(world: World, Name: string) {
  const ARN = `${arn}/${Name.replace(/^\//, "")}`;
  world.ssm.parameters.push({ Name, ARN, Type: "SecureString", Value: `v4lue of ${Name}`, Version: 3 });
}

const refer = (world: World, ids: readonly string[]) =>
  ["SMTP_HOST", "SMTP_USER", "SMTP_PORT", "SMTP_TLS", "SMTP_SSL"].slice(0, ids.length).forEach((variable, at) => {
    reference(world, variable).valueFrom = ids[at] ?? "";
  });

test("parameters are found by name, by ARN and with a version, and nothing of their values is kept", async () => {
  const { readings } = await reading(parameters, (world) => {
    stored(world, "/app/host");
    stored(world, "user");
    refer(world, ["/app/host", `${arn}/app/host`, `${arn}/user`, "/app/host:3"]);
  });
  const value = { elsewhere: null, type: "SecureString", version: 3 };
  expect(Object.keys(readings).sort()).toEqual(["/app/host", "/app/host:3", "user"]);
  for (const [name, one] of Object.entries(readings)) expect(one).toMatchObject({ state: "known", value: { ...value, name } });
  expect(JSON.stringify(readings)).not.toContain("v4lue");
});

test("one that does not exist is absent, and so is a version of it that does not", async () => {
  const { readings } = await reading(parameters, (world) => {
    stored(world, "/app/host");
    refer(world, ["/app/host", "/app/user", "/app/host:4", `${arn}/app/port`]);
  });
  const states = Object.fromEntries(Object.entries(readings).map(([name, { state }]) => [name, state]));
  expect(states).toEqual({ "/app/host": "known", "/app/user": "absent", "/app/host:4": "absent", "/app/port": "absent" });
});

test("one of another region is not asked about here", async () => {
  const { readings } = await reading(parameters, (world) => refer(world, ["arn:aws:ssm:us-east-1:220711411889:parameter/app/host"]), {
    denied: ["ssm:GetParameters"],
  });
  expect(readings).toMatchObject({ "/app/host": { state: "known", value: { elsewhere: "us-east-1" } } });
});

test("a refusal is no absence", async () => {
  const { readings } = await reading(parameters, (world) => refer(world, ["/app/host"]), { denied: ["ssm:GetParameters"] });
  expect(readings["/app/host"]).toMatchObject({ state: "unknown", kind: "denied", action: "ssm:GetParameters" });
});

test("a deployment without parameters makes no call", async () => {
  const { readings } = await reading(parameters, () => {}, { denied: ["ssm:GetParameters"] });
  expect(readings).toEqual({});
});
