import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import { service } from "../fixtures/verbs.ts";
import check from "./510-service-exists.ts";

const backend = "ohmycoins-prod-backend";

test("passes when every service is ACTIVE", async () => {
  expect(await inspect(check)).toMatchObject([
    { status: "pass", subject: `service:${backend}` },
    { status: "pass", subject: "service:ohmycoins-prod-frontend" },
  ]);
});

test("fails when the cluster has no such service", async () => {
  const found = await inspect(check, (_world, config) => {
    config.services = { "ohmycoins-prod-bakend": {} };
  });
  expect(found).toMatchObject([
    { status: "fail", subject: "service:ohmycoins-prod-bakend", says: "does not exist in ohmycoins-prod-cluster" },
  ]);
});

test("fails when the configuration names no service at all, before scaling up as well", async () => {
  for (const scene of ["post-deploy", "pre-scale-up"] as const) {
    const found = await inspect(
      check,
      (_world, config) => {
        config.services = {};
      },
      { scene },
    );
    expect(found).toMatchObject([{ status: "fail", subject: "deployment:ohmycoins-prod" }]);
  }
});

test("fails when the cluster does not exist", async () => {
  const found = await inspect(check, (_world, config) => {
    config.cluster = "ohmycoins-staging-cluster";
  });
  expect(found.map(({ status }) => status)).toEqual(["fail", "fail"]);
});

test("is not fooled by a service that is still listed while it is deleted, nor by one that was deleted already", async () => {
  const [draining] = await inspect(check, (world) => {
    service(world, backend).status = "DRAINING";
  });
  const [deleted] = await inspect(check, (world) => {
    service(world, backend).status = "INACTIVE";
  });
  expect(draining).toMatchObject({ status: "fail", says: "is being deleted" });
  expect(deleted).toMatchObject({ status: "fail", evidence: { answer: "the service was deleted" } });
});

test("does not take a refusal for absence", async () => {
  const found = await inspect(check, () => {}, { denied: ["ecs:DescribeServices"] });
  expect(found).toMatchObject([{ status: "unknown", because: { kind: "denied", action: "ecs:DescribeServices" } }, { status: "unknown" }]);
});
