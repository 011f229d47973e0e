import { placeOf } from "./ecr-places.ts";
import type { Target } from "./references.ts";
import { type Service, servicesOn } from "./services.ts";
import { type Container, logGroupOf, type TaskDefinition } from "./task-definitions.ts";

/** Something that ECS does with the execution role before a task runs, to which ARN, and what that is to people. */
export type Need = { readonly action: string; readonly resource: string; readonly of: string };

/**
 * What a task definition's execution role has to be allowed. On EC2 the instance's own role may pull images and write logs.
 * `BatchCheckLayerAvailability`, which AWS's own policy allows too, is for pushing.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-ecs-iam-role-overview.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/ECR_on_ECS.html
 */
export function needsOf(
  definition: TaskDefinition,
  services: readonly Service[],
  secretArn: (target: Target) => string | null,
): readonly Need[] {
  const referred = definition.references.flatMap(({ target }) => referredTo(target, definition.arn, secretArn));
  const managed = servicesOn(services, definition.arn).some(isManaged);
  const needs = managed
    ? [...referred, ...definition.containers.flatMap((one) => [...pulled(one, definition), ...logged(one, definition)])]
    : referred;
  return [...new Map(needs.map((need) => [`${need.action} ${need.resource}`, need])).values()];
}

/** Whether no instance of the account stands under the tasks, whose role could be used instead. */
const isManaged = ({ launchType, capacityProviders }: Service) =>
  launchType === "FARGATE" || launchType === "EXTERNAL" || capacityProviders.some((one) => /^FARGATE(_SPOT)?$/.test(one));

function referredTo(target: Target, definition: string, secretArn: (target: Target) => string | null): readonly Need[] {
  const [, partition, , region, account] = definition.split(":");
  if (target.to === "nothing") return [];
  if (target.to === "secret") {
    const resource = secretArn(target);
    return resource === null ? [] : [{ action: "secretsmanager:GetSecretValue", resource, of: `secret ${target.resource}` }];
  }
  // Behind its name a parameter may say which version is meant.
  const resource = target.id.startsWith("arn:")
    ? target.id.split(":").slice(0, 6).join(":")
    : `arn:${partition}:ssm:${region}:${account}:parameter/${target.id.replace(/^\//, "").replace(/:.*/, "")}`;
  return [{ action: "ssm:GetParameters", resource, of: `parameter ${target.id}` }];
}

function pulled({ image }: Container, { arn }: TaskDefinition): readonly Need[] {
  const place = placeOf(image);
  if (!place) return [];
  const of = `image ${place.repository}`;
  const resource = `arn:${arn.split(":")[1]}:ecr:${place.region}:${place.registry}:repository/${place.repository}`;
  return [
    { action: "ecr:GetAuthorizationToken", resource: "*", of },
    ...["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"].map((action) => ({ action, resource, of })),
  ];
}

function logged(container: Container, { arn }: TaskDefinition): readonly Need[] {
  const group = logGroupOf(arn, container);
  const { log, name } = container;
  if (group === null || log === null) return [];
  // A stream is PREFIX/CONTAINER/TASK, or the container's id.
  const stream = log.prefix === null ? "0".repeat(64) : `${log.prefix}/${name}/${"0".repeat(32)}`;
  const actions = [...(log.creates ? ["logs:CreateLogGroup"] : []), "logs:CreateLogStream", "logs:PutLogEvents"];
  return actions.map((action) => ({ action, resource: `${group}:log-stream:${stream}`, of: `log group ${log.group}` }));
}
