import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import { groupOf, place, taskSubnets } from "../fixtures/network.ts";
import { service } from "../fixtures/verbs.ts";
import check from "./405-subnets-exist.ts";

const backend = "ohmycoins-prod-backend";
const of = (subject: string, found: Awaited<ReturnType<typeof inspect>>) => found.find((one) => one.subject === subject);

test("passes when everything that the services name is there", async () => {
  expect(await inspect(check)).toMatchObject([
    { subject: `service:${backend}`, status: "pass", says: "stands in 3 subnets of one network" },
    { subject: "service:ohmycoins-prod-frontend", status: "pass" },
  ]);
});

test("fails for the subnet that is gone, and says how the service does without it", async () => {
  const found = await inspect(check, (world) => place(world, backend, { subnets: [...taskSubnets.slice(0, 1), "subnet-0gone"] }));
  expect(of("subnet:subnet-0gone", found)).toMatchObject({ status: "fail", says: "does not exist" });
  expect(of("subnet:subnet-0gone", found)?.fix?.run).toEqual([
    `aws ecs update-service --cluster ohmycoins-prod-cluster --region ap-southeast-2 --service ${backend} --network-configuration 'awsvpcConfiguration={subnets=[${taskSubnets[0]}],securityGroups=[${groupOf(backend)}],assignPublicIp=DISABLED}'`,
  ]);
  expect(of(`service:${backend}`, found)).toMatchObject({ status: "skip" });
});

test("fails for the security group that is gone", async () => {
  const found = await inspect(check, (world) => place(world, backend, { securityGroups: [groupOf(backend), "sg-0gone"] }));
  expect(of("security-group:sg-0gone", found)).toMatchObject({ status: "fail", says: expect.stringMatching(/^does not exist in vpc-/) });
});

test("skips a service whose tasks use the network of their instances", async () => {
  const found = await inspect(check, (world) => {
    delete service(world, backend).networkConfiguration;
  });
  expect(of(`service:${backend}`, found)).toMatchObject({ status: "skip" });
});

test("is not fooled by a network that is shared, whose owner's groups are not shown", async () => {
  const found = await inspect(check, (world) => {
    for (const subnet of world.ec2.subnets) subnet.OwnerId = "999988887777";
    place(world, backend, { securityGroups: ["sg-0theirs"] });
  });
  expect(of("security-group:sg-0theirs", found)).toMatchObject({ status: "skip" });
});

test("takes a refusal for no absence", async () => {
  const found = await inspect(check, () => {}, { denied: ["ec2:DescribeSubnets"] });
  expect(found.map(({ status }) => status)).toEqual(["unknown", "unknown"]);
});
