import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { vpc } from "../../fixtures/ohmycoins/names.ts";
import { publicAddresses } from "./public-addresses.ts";

const addresses = (state: unknown) => (state as { value: { addresses: readonly string[] } }).value.addresses;

test("reads the addresses of NAT gateways and of the load balancer, once each", async () => {
  const { readings } = await reading(publicAddresses);
  expect(addresses(readings[vpc])).toEqual(["13.210.40.17", "13.210.41.17", "13.210.42.17", "54.66.10.21", "54.66.11.21", "54.66.12.21"]);
});

test("takes a gateway's further addresses along, and leaves out private ones and those of tasks", async () => {
  const { readings } = await reading(publicAddresses, ({ ec2 }) => {
    const [one] = ec2.networkInterfaces;
    const further = ["13.210.40.17", "13.210.40.18"].map((PublicIp) => ({ Association: { PublicIp } }));
    Object.assign(one ?? {}, {
      Association: { PublicIp: "13.210.40.17" },
      PrivateIpAddresses: [...further, { PrivateIpAddress: "10.0.1.4" }],
    });
    const task = { VpcId: vpc, Description: "arn:aws:ecs:ap-southeast-2:220711411889:attachment/1", Association: { PublicIp: "3.3.3.3" } };
    ec2.networkInterfaces = [...(one ? [one] : []), task, { VpcId: vpc, Description: "RDSNetworkInterface" }];
  });
  expect(addresses(readings[vpc])).toEqual(["13.210.40.17", "13.210.40.18"]);
});
