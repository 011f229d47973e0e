import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type EmbeddedAws, type ServeOptions, serve } from "../fixtures/aws.ts";
import { ohmycoins } from "../fixtures/ohmycoins.ts";
import type { Action } from "./aws.ts";
import { type Connection, connect } from "./connect.ts";

const open: { close(): unknown }[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function connected(
  options: ServeOptions = {},
  change: Partial<ReturnType<typeof ohmycoins>> = {},
): Promise<Connection & { aws: EmbeddedAws }> {
  const aws = await serve({ world: { ...ohmycoins(), ...change } }, options);
  const connection = connect({ region: "ap-southeast-2", endpoint: aws.url });
  open.push(aws, connection);
  return { ...connection, aws };
}

beforeEach(() => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "example");
});

const describe = { cluster: "ohmycoins-prod-cluster", services: ["ohmycoins-prod-backend"] };

test("a call is answered, and accounted for", async () => {
  const { port, calls } = await connected();
  expect(await port("ecs:DescribeServices", describe)).toMatchObject({ services: [{ serviceName: "ohmycoins-prod-backend" }] });
  expect(calls()).toMatchObject({ "ecs:DescribeServices": { count: 1, retries: 0, throttled: 0 } });
});

test("a call that is not on the list never leaves", async () => {
  const { port, aws } = await connected();
  await expect(port("ecs:UpdateService" as Action, { service: "x", desiredCount: 0 })).rejects.toThrow("not among the calls");
  expect(aws.calls).toEqual([]);
});

test("pages are followed to the end", async () => {
  const { port, aws } = await connected({ pageSize: 1 });
  const { taskArns } = (await port("ecs:ListTasks", { ...describe, serviceName: "ohmycoins-prod-backend" })) as { taskArns: string[] };
  expect(taskArns).toHaveLength(2);
  expect(aws.calls.length).toBeGreaterThan(1);
  const first = (await port(
    "ecs:ListTasks",
    { ...describe, serviceName: "ohmycoins-prod-backend" },
    { firstPage: true },
  )) as typeof describe;
  expect(first).toMatchObject({ taskArns: [expect.any(String)], nextToken: expect.any(String) });
});

test.each([
  ["throttled twice", { kind: "throttle", times: 2 }, { retries: 2, throttled: 2 }],
  ["a failure of AWS's own", { kind: "error500", times: 1 }, { retries: 1, throttled: 0 }],
  ["a reset", { kind: "reset", times: 1 }, { retries: 1, throttled: 0 }],
  ["an answer that was cut short", { kind: "truncate", times: 1 }, { retries: 1, throttled: 0 }],
  ["an answer that was cut short and looks whole", { kind: "truncate", times: 1, unnoticed: true }, { retries: 1, throttled: 0 }],
] as const)("%s is asked again, and seen in the ledger alone", async (_, fault, entry) => {
  const { port, calls } = await connected({ faults: { "ecs:DescribeServices": fault } });
  expect(await port("ecs:DescribeServices", describe)).toMatchObject({ services: [{ status: "ACTIVE" }] });
  expect(calls()).toMatchObject({ "ecs:DescribeServices": { count: 1, ...entry } });
});

test("a refusal is not asked again, and keeps AWS's name", async () => {
  const { port, calls } = await connected({ faults: { "*": { kind: "deny" } } });
  await expect(port("ecs:DescribeServices", describe)).rejects.toMatchObject({ name: "AccessDeniedException" });
  await expect(port("elasticloadbalancing:DescribeTargetGroups", {})).rejects.toMatchObject({ name: "AccessDenied" });
  expect(calls()).toMatchObject({ "ecs:DescribeServices": { count: 1, retries: 0 } });
});

test("an answer that cannot be read is told without being quoted", async () => {
  const { port } = await connected({ faults: { "*": { kind: "truncate", unnoticed: true } } });
  const failing = port("secretsmanager:GetSecretValue", { SecretId: "ohmycoins-prod-app-secrets" });
  await expect(failing).rejects.toMatchObject({ name: "UnreadableAnswer", message: "AWS's answer could not be read" });
});

test("a call that hangs ends with the signal, by its reason", async () => {
  const { port } = await connected({ faults: { "*": { kind: "hang" } } });
  const limit = new AbortController();
  const asking = port("ecs:DescribeServices", describe, { signal: limit.signal });
  setTimeout(() => limit.abort(new DOMException("time ran out", "TimeoutError")), 100);
  await expect(asking).rejects.toMatchObject({ name: "TimeoutError", message: "time ran out" });
});

test("nobody there is told by the network's own name", async () => {
  const connection = connect({ region: "ap-southeast-2", endpoint: "http://127.0.0.1:2" });
  open.push(connection);
  await expect(connection.port("sts:GetCallerIdentity", {})).rejects.toMatchObject({ name: "ECONNREFUSED" });
});

test("credentials are looked up once for all services", async () => {
  const folder = mkdtempSync(join(tmpdir(), "seaworthy-"));
  const credentials = JSON.stringify({ Version: 1, AccessKeyId: "AKIAEXAMPLE", SecretAccessKey: "example" });
  writeFileSync(join(folder, "print.sh"), `echo once >> ${folder}/times\necho '${credentials}'\n`);
  writeFileSync(join(folder, "config"), `[profile counted]\ncredential_process = sh ${folder}/print.sh\n`);
  vi.stubEnv("AWS_CONFIG_FILE", join(folder, "config"));
  vi.stubEnv("AWS_ACCESS_KEY_ID", undefined);

  const { aws } = await connected();
  const { port, close } = connect({ region: "ap-southeast-2", endpoint: aws.url, profile: "counted" });
  await Promise.all([port("sts:GetCallerIdentity", {}), port("ecs:ListServices", { cluster: describe.cluster })]);
  close();
  expect(readFileSync(join(folder, "times"), "utf8")).toBe("once\n");
});
