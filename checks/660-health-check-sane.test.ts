import type { TargetGroup } from "@aws-sdk/client-elastic-load-balancing-v2";
import { expect, test } from "vitest";
import { type Change, inspect } from "../fixtures/inspect.ts";
import { rest, service, targetGroup } from "../fixtures/verbs.ts";
import check from "./660-health-check-sane.ts";

const backend = "ohmycoins-prod-backend";
const group = `${backend}-tg`;

const found = async (change?: Change) => (await inspect(check, change)).find(({ subject }) => subject === `target-group:${group}`);
const having = (settings: Partial<TargetGroup>) => found((world) => void Object.assign(targetGroup(world, group), settings));
const grace = (seconds: number | undefined) =>
  found((world) => {
    service(world, backend).healthCheckGracePeriodSeconds = seconds;
  });

test("passes when the health check is as it should be, at rest too", async () => {
  expect(await found()).toMatchObject({
    status: "pass",
    evidence: { path: "/api/v1/utils/health-check/", statuses: "200", secondsToHealthy: 60 },
  });
  expect(await found(rest)).toMatchObject({ status: "pass" });
});

test.each<[Partial<TargetGroup>, string, string]>([
  [{ HealthCheckEnabled: false }, "has its health check off", "--health-check-enabled"],
  [
    { HealthCheckPath: "/" },
    "asks for /, where /api/v1/utils/health-check/ is configured",
    "--health-check-path /api/v1/utils/health-check/",
  ],
  [{ HealthCheckPort: "9000" }, "asks port 9000, where traffic goes to another", "--health-check-port traffic-port"],
  [{ HealthCheckProtocol: "HTTPS" }, "asks by HTTPS, where traffic goes by HTTP", "--health-check-protocol HTTP"],
  [{ Matcher: { HttpCode: "200,404" } }, "takes status 404 for healthy", "--matcher HttpCode=200-399"],
  [{ Matcher: { HttpCode: "200-499" } }, "takes status 200-499 for healthy", "--matcher HttpCode=200-399"],
])("fails with %j", async (settings, says, flag) => {
  const wrong = await having(settings);
  expect(wrong).toMatchObject({ status: "fail", says });
  expect(wrong?.fix?.run[0]).toMatch(/^aws elbv2 modify-target-group /);
  expect(wrong?.fix?.run[0]).toContain(flag);
});

test("fails when tasks get less grace than it takes them to be found healthy", async () => {
  const hasty = await grace(30);
  expect(hasty).toMatchObject({ status: "fail", says: `gives ${backend} 30 s of grace, where it takes 60 s to be found healthy` });
  expect(hasty?.fix?.run).toEqual([expect.stringContaining(`--service ${backend} --health-check-grace-period-seconds 60`)]);
  expect(await grace(undefined)).toMatchObject({ status: "fail", says: expect.stringContaining("gives ohmycoins-prod-backend 0 s") });
  expect(await grace(60)).toMatchObject({ status: "pass" });
});

test("says all that is wrong at once", async () => {
  const much = await having({ HealthCheckPath: "/", Matcher: { HttpCode: "200-404" } });
  expect(much).toMatchObject({ status: "fail", says: expect.stringMatching(/^asks for .*; takes status 200-404/) });
});

test("skips where no service is behind a load balancer", async () => {
  const alone = await inspect(check, ({ ecs }) => {
    for (const one of ecs.services) one.loadBalancers = [];
  });
  expect(alone).toMatchObject([{ subject: "deployment:ohmycoins-prod", status: "skip" }]);
});

test("is not fooled into alarm by what is as good: several statuses, the traffic's port by number, bytes asked by HTTP or by connecting", async () => {
  expect(await having({ Matcher: { HttpCode: "200,204,301-302" } })).toMatchObject({ status: "pass" });
  expect(await having({ HealthCheckPort: "8000" })).toMatchObject({ status: "pass" });
  expect(await having({ Protocol: "TCP", ProtocolVersion: undefined })).toMatchObject({ status: "pass" });
  const connecting = { Protocol: "TCP", HealthCheckProtocol: "TCP", HealthCheckPath: undefined, Matcher: undefined } as const;
  expect(await having(connecting)).toMatchObject({ status: "pass" });
  expect(
    await having({ ProtocolVersion: "GRPC", HealthCheckPath: "/grpc.health.v1.Health/Check", Matcher: { GrpcCode: "12" } }),
  ).toMatchObject({
    status: "pass",
  });
});
