import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { expect, test } from "vitest";
import { backend } from "../../fixtures/backend.ts";
import { type Change, reading } from "../../fixtures/inspect.ts";
import type { Known } from "../fact.ts";
import type { Target } from "./references.ts";
import { services } from "./services.ts";
import { needsOf } from "./start-needs.ts";
import { taskDefinitions } from "./task-definitions.ts";

const known = <T>(all: Readonly<Record<string, unknown>>) => Object.values(all).map((one) => (one as Known<T>).value);
const idOf = (target: Target) => ("id" in target ? target.id : null);

/** What the backend's tasks need, as "action resource". */
async function needed(change: Change = () => {}) {
  const definitions = await reading(taskDefinitions, change);
  const running = await reading(services, change);
  const definition = definitions.readings["ohmycoins-prod-backend:2"] as never as Known<Parameters<typeof needsOf>[0]>;
  return needsOf(definition.value, known(running.readings), idOf).map(({ action, resource }) => `${action} ${resource}`);
}

const container =
  (change: (one: ContainerDefinition) => void): Change =>
  (world) => {
    for (const { family, containerDefinitions } of world.ecs.taskDefinitions) if (family === backend) containerDefinitions?.forEach(change);
  };
const place = "ap-southeast-2:220711411889";
const secret = `secretsmanager:GetSecretValue arn:aws:secretsmanager:${place}:secret:ohmycoins-prod-app-secrets-Xk3T9q`;
const stream = `arn:aws:logs:${place}:log-group:/ecs/ohmycoins-prod-backend:log-stream`;
const zeros = "0".repeat(32);

test("a task on Fargate reads its secrets, pulls its image and writes its logs", async () => {
  const repository = `arn:aws:ecr:${place}:repository/ohmycoins/backend`;
  expect(await needed()).toEqual([
    secret,
    "ecr:GetAuthorizationToken *",
    `ecr:BatchGetImage ${repository}`,
    `ecr:GetDownloadUrlForLayer ${repository}`,
    `logs:CreateLogStream ${stream}:backend/backend/${zeros}`,
    `logs:PutLogEvents ${stream}:backend/backend/${zeros}`,
  ]);
});

test("an image of another registry needs nothing, and one of another account's ECR needs it there", async () => {
  const from = (image: string) => container((one) => void Object.assign(one, { image }));
  expect(await needed(from("public.ecr.aws/nginx/nginx:1.29"))).not.toContainEqual(expect.stringContaining("ecr:"));
  expect(await needed(from("111122223333.dkr.ecr.us-east-1.amazonaws.com/shared/app:1"))).toContain(
    "ecr:BatchGetImage arn:aws:ecr:us-east-1:111122223333:repository/shared/app",
  );
});

test("parameters are named by name, by path, by version and by ARN", async () => {
  const names = ["plain", "/a/path", "/a/versioned:3", `arn:aws:ssm:${place}:parameter/by/arn:label`];
  const found = await needed(
    container((one) => void Object.assign(one, { secrets: names.map((valueFrom, n) => ({ name: `P${n}`, valueFrom })) })),
  );
  expect(found.filter((need) => need.startsWith("ssm:"))).toEqual(
    ["plain", "a/path", "a/versioned", "by/arn"].map((name) => `ssm:GetParameters arn:aws:ssm:${place}:parameter/${name}`),
  );
});

test("a log driver may create its group, elsewhere, and other drivers need nothing", async () => {
  const options = {
    "awslogs-group": "/ecs/new",
    "awslogs-region": "eu-west-1",
    "awslogs-create-group": "true",
    "awslogs-stream-prefix": "p",
  };
  const created = await needed(container((one) => void Object.assign(one, { logConfiguration: { logDriver: "awslogs", options } })));
  expect(created).toContain(`logs:CreateLogGroup arn:aws:logs:eu-west-1:220711411889:log-group:/ecs/new:log-stream:p/backend/${zeros}`);
  const routed = await needed(container((one) => void Object.assign(one, { logConfiguration: { logDriver: "awsfirelens", options: {} } })));
  expect(routed).not.toContainEqual(expect.stringContaining("logs:"));
});

test("on EC2 the instance may do the rest, and not where a capacity provider of Fargate is used", async () => {
  const on =
    (change: object): Change =>
    (world) => {
      for (const one of world.ecs.services) {
        delete one.launchType;
        Object.assign(one, change);
      }
    };
  expect(await needed(on({ launchType: "EC2" }))).toEqual([secret]);
  expect(await needed(on({ capacityProviderStrategy: [{ capacityProvider: "instances", weight: 1 }] }))).toEqual([secret]);
  expect(await needed(on({ capacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT", weight: 1 }] }))).toHaveLength(6);
});
