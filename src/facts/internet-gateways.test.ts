import type { InternetGatewayAttachment } from "@aws-sdk/client-ec2";
import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { vpc } from "../../fixtures/ohmycoins/names.ts";
import { internetGateways } from "./internet-gateways.ts";

const attached = async (attachment: InternetGatewayAttachment) => {
  const { readings } = await reading(internetGateways, ({ ec2 }) => {
    for (const one of ec2.internetGateways) one.Attachments = [attachment];
  });
  return readings[vpc];
};

test("one is attached in either of AWS's words for it", async () => {
  const value = [expect.stringMatching(/^igw-/)];
  expect(await attached({ VpcId: vpc, State: "available" as never })).toMatchObject({ state: "known", value });
  expect(await attached({ VpcId: vpc, State: "attached" })).toMatchObject({ state: "known", value });
});

test("one that is being taken away is none, nor is another network's", async () => {
  expect(await attached({ VpcId: vpc, State: "detaching" })).toMatchObject({ state: "known", value: [] });
  expect(await attached({ VpcId: "vpc-0other", State: "attached" })).toMatchObject({ state: "known", value: [] });
});
