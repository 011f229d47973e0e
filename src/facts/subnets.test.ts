import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { place, taskSubnets } from "../../fixtures/network.ts";
import { vpc } from "../../fixtures/ohmycoins/names.ts";
import { subnets } from "./subnets.ts";

const backend = "ohmycoins-prod-backend";

test("reads the subnets of all services, each once", async () => {
  const { readings } = await reading(subnets);
  expect(Object.keys(readings)).toEqual(taskSubnets.toSorted());
  expect(readings[taskSubnets[0] ?? ""]).toMatchObject({
    state: "known",
    value: { vpc, zone: "ap-southeast-2a", cidr: "10.0.11.0/24", ipv6: null, free: 244, owner: "220711411889", publicOnLaunch: false },
  });
});

test("one that is gone is absent, and the others are known", async () => {
  const { readings } = await reading(subnets, (world) => place(world, backend, { subnets: [...taskSubnets, "subnet-0gone"] }));
  expect(readings["subnet-0gone"]).toMatchObject({ state: "absent" });
  expect(Object.values(readings).filter(({ state }) => state === "known")).toHaveLength(3);
});

test("one of IPv6 alone has no addresses to count", async () => {
  const { readings } = await reading(subnets, ({ ec2 }) => {
    for (const one of ec2.subnets)
      Object.assign(one, {
        CidrBlock: undefined,
        AvailableIpAddressCount: 0,
        Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock: "2406:da1c:123:4500::/64", Ipv6CidrBlockState: { State: "associated" } }],
      });
  });
  expect(readings[taskSubnets[0] ?? ""]).toMatchObject({ value: { cidr: null, ipv6: "2406:da1c:123:4500::/64", free: null } });
});

test("services without a network of their own name none, and a refusal is no absence", async () => {
  const none = await reading(subnets, ({ ecs }) => {
    for (const service of ecs.services) delete service.networkConfiguration;
  });
  expect(none.readings).toEqual({});
  const refused = await reading(subnets, () => {}, { denied: ["ec2:DescribeSubnets"] });
  expect(Object.values(refused.readings)).toMatchObject(Array(3).fill({ state: "unknown", kind: "denied" }));
});
