import { expect, test } from "vitest";
import { type Change, inspect } from "../fixtures/inspect.ts";
import { rest, service, taskDefinition } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import check from "./450-quota-sufficient.ts";

const backend = "ohmycoins-prod-backend";
const asked = (change: Change = () => {}) => inspect(check, change, { scene: "pre-scale-up" });
const quota = (world: World, value: number) => {
  for (const one of world.servicequotas.quotas) one.Value = value;
};
const providers = (world: World, ...names: readonly string[]) => {
  for (const one of world.ecs.services) {
    delete one.launchType;
    one.capacityProviderStrategy = names.map((capacityProvider) => ({ capacityProvider, weight: 1 }));
  }
};

test("passes when the quota covers what the services want", async () => {
  expect(await asked()).toMatchObject([{ subject: "quota:fargate-vcpus", status: "pass", evidence: { quota: 64, wanted: 3 } }]);
});

test("fails when it does not, and counts at rest what the configuration is going to want", async () => {
  const short: Change = (world) => {
    rest(world);
    quota(world, 2.5);
  };
  expect(await asked(short)).toMatchObject([
    {
      status: "fail",
      says: "lets 2.5 vCPUs run on Fargate On-Demand, and the services want 3",
      cause: "vcpu-quota-exceeded",
      fix: {
        run: [
          "aws service-quotas request-service-quota-increase --region ap-southeast-2 --service-code fargate --quota-code L-3032A538 --desired-value 6",
        ],
      },
    },
  ]);
  expect(await asked((world) => quota(world, 3))).toMatchObject([{ status: "pass" }]);
});

test("skips where nothing runs on Fargate", async () => {
  const instances: Change = ({ ecs }) => {
    for (const one of ecs.services) one.launchType = "EC2";
  };
  expect(await asked(instances)).toMatchObject([{ status: "skip", says: "no service runs on Fargate" }]);
  expect(await asked((world) => providers(world, "my-instances"))).toMatchObject([{ status: "skip", says: "no service runs on Fargate" }]);
});

test("AWS's default counts where the account has no quota of its own", async () => {
  const change =
    (desired: number): Change =>
    (world) => {
      world.servicequotas.quotas = [];
      service(world, backend).desiredCount = desired;
    };
  expect(await asked(change(5))).toMatchObject([{ status: "pass", evidence: { quota: 6, wanted: 6 } }]);
  expect(await asked(change(6))).toMatchObject([{ status: "fail" }]);
});

test("Spot counts for itself, and tasks that may go to either count for nothing", async () => {
  expect(await asked((world) => providers(world, "FARGATE_SPOT"))).toMatchObject([
    { subject: "quota:fargate-spot-vcpus", status: "pass", evidence: { wanted: 3 } },
  ]);
  const mixed: Change = (world) => {
    providers(world, "FARGATE", "FARGATE_SPOT");
    quota(world, 1);
  };
  expect((await asked(mixed)).map(({ subject, status }) => [subject, status])).toEqual([
    ["quota:fargate-vcpus", "skip"],
    ["quota:fargate-spot-vcpus", "skip"],
  ]);
});

test("is not fooled by a task definition that does not say what it takes", async () => {
  const silent: Change = (world) => void delete taskDefinition(world, backend).cpu;
  expect(await asked(silent)).toMatchObject([{ status: "skip" }]);
});
