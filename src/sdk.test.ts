import { DescribeServicesCommand, ECSClient, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { expect, test } from "vitest";
import { serve } from "../fixtures/aws.ts";
import { ohmycoins } from "../fixtures/ohmycoins.ts";
import { guard, type SdkClient } from "./sdk.ts";

test("a command that is not on the list leaves by no way, not even by the SDK's own client", async () => {
  const aws = await serve({ world: ohmycoins() });
  const credentials = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "example" };
  const client = new ECSClient({ region: "ap-southeast-2", endpoint: aws.url, credentials });
  guard(client as unknown as SdkClient, ["DescribeServices"]);

  await expect(client.send(new UpdateServiceCommand({ service: "web", desiredCount: 0 }))).rejects.toThrow("not among the calls");
  expect(aws.calls).toEqual([]);
  const described = await client.send(
    new DescribeServicesCommand({ cluster: "ohmycoins-prod-cluster", services: ["ohmycoins-prod-backend"] }),
  );
  expect(described.services).toHaveLength(1);
  client.destroy();
  await aws.close();
});
