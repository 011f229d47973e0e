import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import type { Config } from "../config.ts";
import { defineFact, given, known, type Link, oneOf, type Reading } from "../fact.ts";
import { credentialsOf, type Target, targetOf } from "./references.ts";
import { revisionsOf, services } from "./services.ts";
import { storeAt } from "./store-hosts.ts";

/** What a container asks of Secrets Manager or SSM. */
export type Reference = {
  /** Unique in the task definition: `container/variable`. */
  readonly name: string;
  readonly container: string;
  /** The environment variable, the log driver's option, or `repositoryCredentials`. */
  readonly variable: string;
  readonly use: "environment" | "log" | "registry";
  readonly essential: boolean;
  readonly valueFrom: string;
  readonly target: Target;
};

/** A container, without what its plain environment holds, which may be secret: only what the configuration asks about, and hosts. */
export type Container = {
  readonly name: string;
  readonly image: string;
  readonly essential: boolean;
  readonly healthCheck: boolean;
  readonly ports: readonly {
    readonly port: number;
    readonly protocol: "tcp" | "udp";
    readonly appProtocol: "http" | "http2" | "grpc" | null;
  }[];
  /** Where its output goes; null where that is not said. */
  readonly log: Log | null;
  readonly variables: readonly string[];
  /** Whether files in S3 add to the plain environment, which nobody but the container reads. */
  readonly environmentFiles: boolean;
  /** The plain settings that the configuration states, as they are. */
  readonly settings: { readonly [variable: string]: string };
  /** Hosts of databases and caches of AWS that the plain environment names, by variable. */
  readonly hosts: { readonly [variable: string]: string };
};

/** A log configuration. `group`, `region` and the streams' `prefix` are those of the awslogs driver; `creates` where it makes the group itself. */
export type Log = {
  readonly driver: string;
  readonly group: string | null;
  readonly region: string | null;
  readonly prefix: string | null;
  readonly creates: boolean;
};

/** What a task runs on, in the words of ECS. */
export type Platform = { readonly os: string; readonly architecture: "X86_64" | "ARM64" };

/** One revision of a task definition. */
export type TaskDefinition = {
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  readonly status: "ACTIVE" | "INACTIVE" | "DELETE_IN_PROGRESS";
  readonly networkMode: string | null;
  readonly registeredAt: string | null;
  /** CPU units (1024 are a vCPU) and MiB of the whole task; null where only its containers say. */
  readonly cpu: number | null;
  readonly memory: number | null;
  readonly platform: Platform;
  /** ARNs of the role that ECS starts the tasks with, and of the one that they have themselves. */
  readonly executionRole: string | null;
  readonly taskRole: string | null;
  readonly containers: readonly Container[];
  readonly references: readonly Reference[];
  /** The configured databases and caches whose hosts its containers name, as subjects. */
  readonly stores: readonly string[];
};

/** The revisions that the services run or are about to run. */
export const taskDefinitions = defineFact("taskDefinitions", {
  kind: "task-definition",
  calls: ["ecs:DescribeTaskDefinition"],
  needs: [services],
  absentOn: ["ClientException: Unable to describe task definition"],

  subjects: ({ facts }) => facts.services.all().flatMap(revisionsOf),

  ask: ({ aws, subject }) => aws.ecs.DescribeTaskDefinition({ taskDefinition: subject }),

  hides({ taskDefinition }, hide) {
    const plain = (taskDefinition?.containerDefinitions ?? []).flatMap(({ environment = [] }) => environment);
    for (const { name = "", value = "" } of plain) if (soundsSecret.test(name) || holdsPassword.test(value)) hide(value);
  },

  read({ taskDefinition }, { config }): Reading<TaskDefinition> {
    const definition = given(taskDefinition, "taskDefinition");
    const { containerDefinitions, taskDefinitionArn, family, revision, status, networkMode, registeredAt } = definition;
    const containers = given(containerDefinitions, "containerDefinitions");
    const stated = new Set(Object.values(config.services).flatMap(({ environment = {} }) => Object.keys(environment)));
    const read = containers.map((container) => containerOf(container, stated));
    return known({
      arn: given(taskDefinitionArn, "taskDefinitionArn"),
      family: given(family, "family"),
      revision: given(revision, "revision"),
      status: oneOf(status, ["ACTIVE", "INACTIVE", "DELETE_IN_PROGRESS"]),
      networkMode: networkMode ?? null,
      registeredAt: registeredAt?.toISOString() ?? null,
      cpu: sizeOf(definition.cpu),
      memory: sizeOf(definition.memory),
      platform: {
        os: definition.runtimePlatform?.operatingSystemFamily ?? "LINUX",
        architecture: oneOf(definition.runtimePlatform?.cpuArchitecture ?? "X86_64", ["X86_64", "ARM64"]),
      },
      executionRole: definition.executionRoleArn ?? null,
      taskRole: definition.taskRoleArn ?? null,
      containers: read,
      references: containers.flatMap(referencesOf),
      stores: storesOf(read, config),
    });
  },

  name: taskDefinitionName,

  links: ({ arn, references, stores, containers, executionRole, taskRole }, name) => [
    ...references.flatMap((reference): Link[] => {
      const subject = referenceSubject(name, reference);
      const { target } = reference;
      const below = target.to === "secret" ? `secret:${target.id}` : target.to === "parameter" ? `parameter:${target.id}` : null;
      return [[`task-definition:${name}`, subject], ...(below ? [[subject, below] as const] : [])];
    }),
    ...stores.map((store): Link => [`task-definition:${name}`, store]),
    ...[executionRole, taskRole].flatMap((role): Link[] => (role === null ? [] : [[`task-definition:${name}`, `role:${role}`]])),
    ...containers.flatMap((container): Link[] => {
      const group = logGroupOf(arn, container);
      return [`image:${container.image}`, ...(group ? [`log-group:${group}`] : [])].map((below) => [`task-definition:${name}`, below]);
    }),
  ],
});

/** A task definition's ARN as findings name it: `family:revision`. */
export function taskDefinitionName(arn: string): string {
  return arn.split("/").at(-1) ?? arn;
}

/** The family of a task definition, by its ARN or name. */
export const familyOf = (arn: string): string => taskDefinitionName(arn).replace(/:\d+$/, "");

/** The ARN of the log group that a container of a task definition writes to; null where it is not written to CloudWatch Logs by awslogs. */
export function logGroupOf(taskDefinition: string, { log }: Pick<Container, "log">): string | null {
  if (!log?.group) return null;
  const [, partition, , region, account] = taskDefinition.split(":");
  return `arn:${partition}:logs:${log.region ?? region}:${account}:log-group:${log.group}`;
}

/** How findings name a reference. */
const referenceSubject = (taskDefinition: string, { name }: Pick<Reference, "name">) => `reference:${taskDefinition}/${name}`;

/** How plain variables are called that should not be plain, and what a URL among them looks like. */
const soundsSecret = /pass(word|wd|phrase)?$|pwd|secret|token|api_?key|private_?key|access_?key|credential/i;
const holdsPassword = /:\/\/[^\s:/@]*:[^\s@]+@/;

function storesOf(containers: readonly Container[], config: Config): readonly string[] {
  const stores = containers.flatMap(({ hosts }) => Object.values(hosts).flatMap((host) => storeAt(host, config) ?? []));
  return [...new Set(stores.map(({ kind, name }) => `${kind}:${name}`))];
}

const dataStore = /[\w.-]+\.(?:rds|cache)\.[\w-]*\.?amazonaws\.com(?:\.cn)?/i;

function containerOf(container: ContainerDefinition, stated: ReadonlySet<string>): Container {
  const environment = (container.environment ?? []).flatMap(({ name, value }) =>
    name === undefined ? [] : [[name, value ?? ""] as const],
  );
  return {
    name: given(container.name, "container name"),
    image: given(container.image, "image"),
    essential: container.essential ?? true,
    healthCheck: container.healthCheck !== undefined && container.healthCheck.command?.[0] !== "NONE",
    ports: (container.portMappings ?? []).flatMap(({ containerPort, protocol, appProtocol }) =>
      containerPort === undefined
        ? []
        : [
            {
              port: containerPort,
              protocol: oneOf(protocol ?? "tcp", ["tcp", "udp"]),
              appProtocol: appProtocol === undefined ? null : oneOf(appProtocol, ["http", "http2", "grpc"]),
            },
          ],
    ),
    log: logOf(container),
    variables: environment.map(([variable]) => variable),
    environmentFiles: (container.environmentFiles ?? []).length > 0,
    settings: Object.fromEntries(environment.filter(([variable]) => stated.has(variable))),
    hosts: Object.fromEntries(
      environment.flatMap(([variable, value]) => {
        const host = dataStore.exec(value)?.[0];
        return host === undefined ? [] : [[variable, host.toLowerCase()]];
      }),
    ),
  };
}

function logOf({ logConfiguration }: ContainerDefinition): Log | null {
  if (!logConfiguration) return null;
  const { logDriver, options = {} } = logConfiguration;
  const driver = given(logDriver, "logDriver");
  const isAwslogs = driver === "awslogs";
  return {
    driver,
    group: (isAwslogs && options["awslogs-group"]) || null,
    region: (isAwslogs && options["awslogs-region"]) || null,
    prefix: (isAwslogs && options["awslogs-stream-prefix"]) || null,
    creates: isAwslogs && options["awslogs-create-group"] === "true",
  };
}

// ECS takes "1 vCPU" and "2 GB" too, and tells them in units.
const sizeOf = (units: string | undefined): number | null => (units === undefined || !/^\d+$/.test(units) ? null : Number(units));

/** What a container asks for, of all that it can: variables, options of its log driver, and the credentials of its registry. */
export function referencesOf(container: ContainerDefinition): readonly Reference[] {
  const of = (use: Reference["use"], variable: string, valueFrom: string, target: Target): Reference => {
    const name = given(container.name, "container name");
    return { name: `${name}/${variable}`, container: name, variable, use, essential: container.essential ?? true, valueFrom, target };
  };
  const secrets = (use: "environment" | "log", list: ContainerDefinition["secrets"] = []) =>
    list.map(({ name, valueFrom }) =>
      of(use, given(name, "secret name"), given(valueFrom, "valueFrom"), targetOf(given(valueFrom, "valueFrom"))),
    );
  const credentials = container.repositoryCredentials?.credentialsParameter;

  return [
    ...secrets("environment", container.secrets),
    ...secrets("log", container.logConfiguration?.secretOptions),
    ...(credentials ? [of("registry", "repositoryCredentials", credentials, credentialsOf(credentials))] : []),
  ];
}
