import type { Deployment as SdkDeployment, Service as SdkService } from "@aws-sdk/client-ecs";
import { absent, defineFact, given, known, type Link, oneOf, type Reading, unknown } from "../fact.ts";

/** A deployment that ECS itself rolls out. `rollout` is null where another controller does it. Times are ISO 8601. */
export type Deployment = {
  readonly id: string;
  readonly status: "PRIMARY" | "ACTIVE" | "INACTIVE";
  readonly rollout: "COMPLETED" | "FAILED" | "IN_PROGRESS" | null;
  readonly rolloutReason: string | null;
  readonly taskDefinition: string;
  readonly desired: number;
  readonly running: number;
  readonly failed: number;
  readonly createdAt: string;
  readonly updatedAt: string;
};

/** Where a service registers its tasks. */
export type Attachment = {
  readonly targetGroup: string;
  /** The other one of a blue/green pair. */
  readonly alternate: string | null;
  readonly container: string;
  readonly port: number;
};

/** The subnets and security groups of a service's tasks. Without security groups it is the default one of the VPC. */
export type Network = { readonly subnets: readonly string[]; readonly securityGroups: readonly string[]; readonly publicIp: boolean };

/** A service as it is deployed. Counts are tasks; `taskDefinition` and target groups are ARNs. */
export type Service = {
  readonly name: string;
  readonly arn: string;
  readonly status: "ACTIVE" | "DRAINING";
  readonly controller: "ECS" | "CODE_DEPLOY" | "EXTERNAL";
  readonly scheduling: "REPLICA" | "DAEMON";
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  /** Null where an external controller has not made a task set yet. */
  readonly taskDefinition: string | null;
  readonly deployments: readonly Deployment[];
  readonly attachments: readonly Attachment[];
  /** What ECS places the tasks on; null where capacity providers decide it. */
  readonly launchType: "FARGATE" | "EC2" | "EXTERNAL" | "MANAGED_INSTANCES" | null;
  readonly capacityProviders: readonly string[];
  /** Where tasks with network interfaces of their own get them; null in the other network modes. */
  readonly network: Network | null;
  /** How a deployment takes the place of the one before; null where that is not ECS's own to do. */
  readonly strategy: "ROLLING" | "BLUE_GREEN" | "LINEAR" | "CANARY" | null;
  readonly circuitBreaker: { readonly enabled: boolean; readonly rollback: boolean };
  /** Alarms that end a deployment; null where none do. */
  readonly deploymentAlarms: { readonly names: readonly string[]; readonly enabled: boolean; readonly rollback: boolean } | null;
  /** How many tasks a rolling deployment may have at once, as a percentage of those that are wanted. */
  readonly maximumPercent: number;
  /** How long a new task may fail health checks, in seconds. */
  readonly grace: number | null;
  /** Newest first, 30 at the most. */
  readonly events: readonly { readonly at: string; readonly message: string }[];
};

/** The services that the configuration names. */
export const services = defineFact("services", {
  kind: "service",
  calls: ["ecs:DescribeServices"],
  batch: 10,
  volatile: true,
  absentOn: ["ClusterNotFoundException"],

  subjects: ({ config }) => Object.keys(config.services),

  ask: ({ aws, subjects, config }) => aws.ecs.DescribeServices({ cluster: config.cluster, services: subjects }),

  read({ services = [], failures = [] }, { subject }): Reading<Service> {
    const service = services.find(({ serviceName }) => serviceName === subject);
    const failure = failures.find(({ arn }) => arn === subject || arn?.endsWith(`/${subject}`));
    if (failure?.reason === "MISSING") return absent("there is no such service in the cluster");
    if (!service) return unknown("invalid", failure?.reason ?? "AWS answered and did not mention it");
    // ECS goes on describing a deleted service for a while.
    if (service.status === "INACTIVE") return absent("the service was deleted");
    return known(read(service, subject));
  },

  links: ({ taskDefinition, deployments, attachments, network }, name) => [
    // It lands when its tasks are well, which `tasks` links to it by this id.
    ...deployments.filter(({ status }) => status === "PRIMARY").map(({ id }): Link => [`deployment:${name}`, `rollout:${id}`]),
    // Whether there is room for the tasks still to start.
    ...["service", "deployment"].map((kind): Link => [`${kind}:${name}`, `room:${name}`]),
    ...(network?.subnets ?? []).map((subnet): Link => [`service:${name}`, `subnet:${subnet}`]),
    ...(network?.securityGroups ?? []).map((group): Link => [`service:${name}`, `security-group:${group}`]),
    ...revisionsOf({ taskDefinition, deployments }).map((revision): Link => [`service:${name}`, `task-definition:${revision}`]),
    ...attachments.map(({ targetGroup }): Link => [`target-group:${targetGroup}`, `service:${name}`]),
    // What its users get leans on the group even where the group is not there to say so.
    ...attachments.map(({ targetGroup }): Link => [`traffic:${name}`, `target-group:${targetGroup}`]),
  ],

  resources: ({ cluster, services }, arn) => ({
    "ecs:DescribeServices": namesOr(services, "*").map((name) => arn("ecs", `service/${cluster}/${name}`)),
  }),

  identity: ({ desired, deployments }) => ({ desired, deployments: deployments.map(({ id }) => id).sort() }),
});

/** The names in a section, or what stands for them where it is to be found out which there are. */
export const namesOr = (section: object, anything: string): readonly string[] => {
  const names = Object.keys(section);
  return names.length > 0 ? names : [anything];
};

/** The task definitions that a service runs or is about to run, by ARN. */
export function revisionsOf({ taskDefinition, deployments }: Pick<Service, "taskDefinition" | "deployments">): readonly string[] {
  return [...new Set([...(taskDefinition ? [taskDefinition] : []), ...deployments.map((deployment) => deployment.taskDefinition)])];
}

/** Of the services, those that run or are about to run a task definition, by its ARN. */
export const servicesOn = (services: readonly Service[], taskDefinition: string): readonly Service[] =>
  services.filter((service) => revisionsOf(service).includes(taskDefinition));

/** The deployment that is meant to stay. Null under another controller than ECS. */
export const primaryOf = ({ deployments }: Pick<Service, "deployments">): Deployment | null =>
  deployments.find(({ status }) => status === "PRIMARY") ?? null;

/** Whether a deployment is still on its way. */
export const isDeploying = (service: Pick<Service, "deployments">): boolean => primaryOf(service)?.rollout === "IN_PROGRESS";

function read(service: SdkService, name: string): Service {
  const taskSet = service.taskSets?.find(({ status }) => status === "PRIMARY");
  const balancers = taskSet?.loadBalancers ?? service.loadBalancers ?? [];
  return {
    name,
    arn: given(service.serviceArn, "serviceArn"),
    status: oneOf(service.status, ["ACTIVE", "DRAINING"]),
    controller: oneOf(service.deploymentController?.type ?? "ECS", ["ECS", "CODE_DEPLOY", "EXTERNAL"]),
    scheduling: oneOf(service.schedulingStrategy ?? "REPLICA", ["REPLICA", "DAEMON"]),
    desired: given(service.desiredCount, "desiredCount"),
    running: given(service.runningCount, "runningCount"),
    pending: service.pendingCount ?? 0,
    taskDefinition: taskSet?.taskDefinition ?? service.taskDefinition ?? null,
    deployments: (service.deployments ?? []).map(deployment),
    attachments: balancers.flatMap(({ targetGroupArn, containerName, containerPort, advancedConfiguration }) =>
      // A Classic Load Balancer has a name and no target group.
      targetGroupArn
        ? [
            {
              targetGroup: targetGroupArn,
              alternate: advancedConfiguration?.alternateTargetGroupArn ?? null,
              container: given(containerName, "containerName"),
              port: given(containerPort, "containerPort"),
            },
          ]
        : [],
    ),
    ...placement(service),
    // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html: 100 for daemons, else 200
    maximumPercent: service.deploymentConfiguration?.maximumPercent ?? (service.schedulingStrategy === "DAEMON" ? 100 : 200),
    grace: service.healthCheckGracePeriodSeconds ?? null,
    events: (service.events ?? []).slice(0, 30).map(({ createdAt, message }) => ({
      at: given(createdAt, "event time").toISOString(),
      message: given(message, "event message"),
    })),
  };
}

function placement(
  service: SdkService,
): Pick<Service, "launchType" | "capacityProviders" | "network" | "strategy" | "circuitBreaker" | "deploymentAlarms"> {
  const taskSet = service.taskSets?.find(({ status }) => status === "PRIMARY");
  const launchType = taskSet?.launchType ?? service.launchType;
  const { subnets = [], securityGroups = [], assignPublicIp } = (taskSet ?? service).networkConfiguration?.awsvpcConfiguration ?? {};
  const { deploymentCircuitBreaker: breaker, alarms, strategy } = service.deploymentConfiguration ?? {};
  const isOwn = (service.deploymentController?.type ?? "ECS") === "ECS";
  return {
    launchType: launchType === undefined ? null : oneOf(launchType, ["FARGATE", "EC2", "EXTERNAL", "MANAGED_INSTANCES"]),
    capacityProviders: ((taskSet ?? service).capacityProviderStrategy ?? []).map(({ capacityProvider }) =>
      given(capacityProvider, "capacityProvider"),
    ),
    network: subnets.length === 0 ? null : { subnets, securityGroups, publicIp: assignPublicIp === "ENABLED" },
    // Services from before there was a choice are rolled out.
    strategy: isOwn ? oneOf(strategy ?? "ROLLING", ["ROLLING", "BLUE_GREEN", "LINEAR", "CANARY"]) : null,
    circuitBreaker: { enabled: breaker?.enable ?? false, rollback: breaker?.rollback ?? false },
    deploymentAlarms:
      alarms === undefined || !alarms.alarmNames?.length
        ? null
        : { names: alarms.alarmNames, enabled: alarms.enable ?? false, rollback: alarms.rollback ?? false },
  };
}

function deployment(one: SdkDeployment): Deployment {
  return {
    id: given(one.id, "deployment id"),
    status: oneOf(one.status, ["PRIMARY", "ACTIVE", "INACTIVE"]),
    rollout: one.rolloutState === undefined ? null : oneOf(one.rolloutState, ["COMPLETED", "FAILED", "IN_PROGRESS"]),
    rolloutReason: one.rolloutStateReason ?? null,
    taskDefinition: given(one.taskDefinition, "taskDefinition"),
    desired: given(one.desiredCount, "desiredCount"),
    running: given(one.runningCount, "runningCount"),
    failed: one.failedTasks ?? 0,
    createdAt: given(one.createdAt, "createdAt").toISOString(),
    updatedAt: given(one.updatedAt, "updatedAt").toISOString(),
  };
}
