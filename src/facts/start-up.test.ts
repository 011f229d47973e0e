import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { taskDefinition } from "../../fixtures/verbs.ts";
import type { World } from "../../fixtures/world.ts";
import { destinationsOf, fetchesItself } from "./start-up.ts";
import { taskDefinitions } from "./task-definitions.ts";

const backend = "ohmycoins-prod-backend:2";

async function wanted(change: (world: World) => void = () => {}) {
  const found = (await reading(taskDefinitions, change)).readings[backend];
  if (found?.state !== "known") throw new Error(`not known: ${found?.why}`);
  return destinationsOf(found.value).map(({ name, region }) => (region === "ap-southeast-2" ? name : `${name} (${region})`));
}

const container = (world: World, more: object) => void Object.assign(taskDefinition(world, backend).containerDefinitions?.[0] ?? {}, more);

test("a task needs its secrets, its image with the layers, and its logs", async () => {
  expect(await wanted()).toEqual(["Secrets Manager", "ECR's API", "ECR's registry", "S3", "CloudWatch Logs"]);
});

test.each([
  [
    "parameters alone",
    { secrets: [{ name: "A", valueFrom: "a-parameter" }] },
    ["Parameter Store", "ECR's API", "ECR's registry", "S3", "CloudWatch Logs"],
  ],
  ["no secret and no awslogs", { secrets: [], logConfiguration: { logDriver: "awsfirelens" } }, ["ECR's API", "ECR's registry", "S3"]],
  ["an image of Docker Hub", { image: "nginx:1.27" }, ["Secrets Manager", "docker.io", "CloudWatch Logs"]],
  ["an image of a registry of its own", { image: "registry.internal:5000/backend:1" }, ["Secrets Manager", "CloudWatch Logs"]],
  [
    "an image of another region",
    { image: "220711411889.dkr.ecr.us-east-1.amazonaws.com/backend:1", secrets: [], logConfiguration: undefined },
    ["ECR's API in us-east-1 (us-east-1)", "ECR's registry in us-east-1 (us-east-1)", "S3 in us-east-1 (us-east-1)"],
  ],
])("with %s it needs no more than that", async (_what, more, names) => {
  expect(await wanted((world) => container(world, more))).toEqual(names);
});

test("on Fargate tasks fetch for themselves, on instances those do", () => {
  const network = { subnets: ["subnet-1"], securityGroups: [], publicIp: false };
  expect(fetchesItself({ launchType: "FARGATE", capacityProviders: [], network })).toBe(true);
  expect(fetchesItself({ launchType: null, capacityProviders: ["FARGATE", "FARGATE_SPOT"], network })).toBe(true);
  expect(fetchesItself({ launchType: null, capacityProviders: ["own-instances"], network })).toBe(false);
  expect(fetchesItself({ launchType: "EC2", capacityProviders: [], network })).toBe(false);
  expect(fetchesItself({ launchType: "EC2", capacityProviders: [], network: null })).toBe(false);
});
