import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { fargateQuotas, kindsOf } from "./fargate-quotas.ts";

test("reads the account's own quota, and AWS's default where it has none", async () => {
  const own = await reading(fargateQuotas);
  expect(own.readings).toMatchObject({ "fargate-vcpus": { state: "known", value: { kind: "On-Demand", vcpus: 64 } } });
  expect(own.links).toContainEqual(["service:ohmycoins-prod-backend", "quota:fargate-vcpus"]);
  const unraised = await reading(fargateQuotas, ({ servicequotas }) => {
    servicequotas.quotas = [];
  });
  expect(unraised.readings["fargate-vcpus"]).toMatchObject({ state: "known", value: { vcpus: 6 } });
});

test("a refusal is no default", async () => {
  const { readings } = await reading(fargateQuotas, () => {}, { denied: ["servicequotas:GetServiceQuota"] });
  expect(readings["fargate-vcpus"]).toMatchObject({ state: "unknown", action: "servicequotas:GetServiceQuota" });
});

test.each([
  ["FARGATE" as const, [], ["On-Demand"]],
  ["EC2" as const, [], []],
  [null, ["FARGATE"], ["On-Demand"]],
  [null, ["FARGATE_SPOT", "FARGATE"], ["On-Demand", "Spot"]],
  [null, ["my-instances"], []],
])("launch type %s and providers %j count as %j", (launchType, capacityProviders, kinds) => {
  expect(kindsOf({ launchType, capacityProviders })).toEqual(kinds);
});
