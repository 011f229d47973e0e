import { type Fix, sh } from "../../check.ts";
import type { CauseId } from "../causes.ts";
import type { About } from "./about.ts";

type Done = Fix & { readonly run: readonly string[] };
type Recipe = (about: About) => readonly [sentence: string, ...run: readonly (string | undefined)[]];

/** A command, where the message names what goes into it. */
const of = (name: string | undefined, command: (name: string) => string) => (name ? command(name) : undefined);

const again = ({ service }: About) => of(service, (name) => sh`aws ecs update-service --service ${name} --force-new-deployment`);
const events = ({ service }: About) =>
  of(service, (name) => sh`aws ecs describe-services --services ${name} --query 'services[0].events[:10]'`);
const stopped = ({ task, service }: About) =>
  of(task, (name) => sh`aws ecs describe-tasks --tasks ${name}`) ??
  of(service, (name) => sh`aws ecs list-tasks --service-name ${name} --desired-status STOPPED`);
const keys = ({ secret }: About) => of(secret, (name) => sh`aws secretsmanager describe-secret --secret-id ${name}`);
const policies = ({ role }: About) => of(role, (name) => sh`aws iam list-role-policies --role-name ${name.split("/").at(-1) ?? name}`);
const lastWords = ({ logGroup }: About) => of(logGroup, (name) => sh`aws logs tail ${name} --since 1h`);
const endpoints = (service: string) =>
  sh`aws ec2 describe-vpc-endpoints --filters Name=service-name,Values=${`com.amazonaws.*.${service}`}`;
const health = ({ targetGroup }: About) =>
  of(
    targetGroup,
    (name) =>
      sh`aws elbv2 describe-target-groups --names ${name}` +
      " --query 'TargetGroups[0].TargetGroupArn' --output text" +
      " | xargs aws elbv2 describe-target-health --target-group-arn",
  );
const repository = ({ image }: About) => {
  const [, name, tag] = /\.amazonaws\.com(?:\.cn)?\/([\w./-]+)(?::([\w.-]+))?/.exec(image ?? "") ?? [];
  if (!name) return undefined;
  return tag
    ? sh`aws ecr describe-images --repository-name ${name} --image-ids ${`imageTag=${tag}`}`
    : sh`aws ecr describe-images --repository-name ${name}`;
};
const named = (what: string, name: string | undefined) => (name ? `${what} ${name}` : `the ${what}`);

const recipes: Readonly<Record<CauseId | "undetermined", Recipe>> = {
  "secret-no-current-version": (about) => [
    `Put a value into ${named("secret", about.secret)}, then force a new deployment.`,
    of(about.secret, (id) => sh`aws secretsmanager put-secret-value --secret-id ${id} --secret-string file://value.json`),
    again(about),
  ],
  "secret-json-key-missing": (about) => [
    `Put the key ${about.key ?? "that is asked for"} into ${named("secret", about.secret)}, or name one that is there in the task definition, then force a new deployment.`,
    keys(about),
    again(about),
  ],
  "secret-not-found": (about) => [
    `Correct the reference to ${named("secret", about.secret)} in the task definition, or create it in the task's region.`,
    keys(about) ?? "aws secretsmanager list-secrets --query 'SecretList[].ARN'",
  ],
  "secret-format-invalid": (about) => [
    "Store the value as a JSON object, and write the reference as ARN:KEY:: with all of its colons.",
    keys(about),
  ],
  "secret-access-denied": (about) => [
    `Allow ${about.action ?? "secretsmanager:GetSecretValue and ssm:GetParameters"} to ${about.role ? `role ${about.role}` : "the execution role"} on ${about.secret ?? about.parameter ?? "what it reads"}.`,
    policies(about),
  ],
  "kms-decrypt-denied": (about) => [
    `Allow kms:Decrypt to ${about.role ? `role ${about.role}` : "the execution role"}, in its policies and in the policy of the key${about.kmsKey ? ` ${about.kmsKey}` : ""}.`,
    of(about.kmsKey, (key) => sh`aws kms describe-key --key-id ${key}`) ?? keys(about),
  ],
  "secrets-unreachable-network": () => [
    "Give the task's subnet a way to Secrets Manager and SSM: a NAT gateway, a public address, or interface endpoints that its security group may reach on 443.",
    endpoints("secretsmanager"),
    endpoints("ssm"),
  ],
  "ssm-parameter-missing": (about) => [
    `Create ${named("parameter", about.parameter)}, or correct its name in the task definition.`,
    of(about.parameter, (name) => sh`aws ssm get-parameters --names ${name} --query InvalidParameters`),
  ],
  "env-file-unreadable": (about) => [
    `Put the environment file where the task definition says, and allow s3:GetObject on it to ${about.role ? `role ${about.role}` : "the execution role"}.`,
    policies(about),
  ],
  "image-not-found": (about) => [
    `Push ${about.image ? `image ${about.image}` : "the image"}, or name one that is there in the task definition.`,
    repository(about),
  ],
  "image-pull-denied": (about) => [
    `Allow ${about.role ? `role ${about.role}` : "the execution role"} to pull ${about.image ?? "the image"}, or give the task definition the credentials of the private registry.`,
    policies(about),
    repository(about),
  ],
  "image-pull-rate-limited": () => [
    "Pull the image through an ECR pull-through cache, or with the credentials of an account.",
    "aws ecr describe-pull-through-cache-rules",
  ],
  "image-registry-unreachable": (about) => [
    `Give the task's subnet a way to ${about.host ?? "the registry"}: a NAT gateway, a public address, or endpoints for ecr.api, ecr.dkr and S3.`,
    endpoints("ecr.api"),
    endpoints("ecr.dkr"),
    endpoints("s3"),
  ],
  "image-platform-mismatch": (about) => [
    "Build the image for the platform of the task definition, or set its runtimePlatform to what the image is built for.",
    of(about.image, (image) => sh`docker buildx imagetools inspect ${image}`),
  ],
  "disk-full": () => ["Give the task more ephemeral storage, or free the disk of the instance: a smaller image helps both."],
  "log-group-missing": (about) => [
    `Create ${named("log group", about.logGroup)}, or set awslogs-create-group in the task definition.`,
    of(about.logGroup, (name) => sh`aws logs create-log-group --log-group-name ${name}`),
  ],
  "log-driver-access-denied": (about) => [
    `Allow ${about.action ?? "logs:CreateLogStream and logs:PutLogEvents"} to ${about.role ? `role ${about.role}` : "the execution role"}${about.logGroup ? ` on log group ${about.logGroup}` : ""}.`,
    policies(about),
  ],
  "logs-unreachable-network": () => [
    "Give the task's subnet a way to CloudWatch Logs: a NAT gateway, a public address, or an interface endpoint for logs that its security group may reach on 443.",
    endpoints("logs"),
  ],
  "efs-mount-failed": (about) => [
    `Give ${named("file system", about.fileSystem)} a mount target in the task's subnet that admits NFS (2049) from the task, and the folder that is mounted.`,
    of(about.fileSystem, (id) => sh`aws efs describe-mount-targets --file-system-id ${id}`),
  ],
  "container-oom": (about) => [
    "Give the container more memory in a new revision of the task definition, or mend its leak.",
    stopped(about),
  ],
  "app-crash-exit": (about) => [
    "Read the application's last words, mend what they name, and deploy it again.",
    lastWords(about),
    stopped(about),
  ],
  "bad-entrypoint": ({ program }) => [
    `Correct the command or entrypoint: ${program ?? "the program"} has to be in the image, on its PATH, and executable.`,
  ],
  "invalid-task-configuration": () => ["Correct what the message names, in a new revision of the task definition or in the service."],
  "container-healthcheck-failed": (about) => [
    "Run the health check's command in the container, and mend it or give the container longer to start.",
    stopped(about),
  ],
  "elb-healthcheck-failed-status": (about) => [
    `Make the health check's path answer with a success code${about.status ? ` instead of ${about.status}` : ""}, or correct the path or the codes of ${named("target group", about.targetGroup)}.`,
    health(about),
  ],
  "elb-healthcheck-timeout": (about) => [
    `Let the load balancer reach the container${about.port ? ` on port ${about.port}` : ""}: its security group has to admit it, and the application to listen on that port and answer in time.`,
    health(about),
  ],
  "elb-healthcheck-failed": (about) => [
    `Find out in ${named("target group", about.targetGroup)} why the health checks fail, and mend that.`,
    health(about),
    stopped(about),
  ],
  "target-group-misconfigured": (about) => [
    `Attach ${named("target group", about.targetGroup)} to a listener of a load balancer that is enabled in the zones of the targets.`,
    health(about),
  ],
  "insufficient-cpu-memory": (about) => [
    "Add instances to the cluster, or ask for less CPU, memory or GPU in the task definition.",
    events(about),
  ],
  "no-container-instances": (about) => [
    `Register instances with the cluster${about.capacityProvider ? `, through capacity provider ${about.capacityProvider}` : ""}.`,
    "aws ecs list-container-instances",
  ],
  "placement-constraint-unmet": (about) => [
    "Add an instance with the attribute that the task requires, or drop the requirement.",
    of(
      about.instance,
      (id) => sh`aws ecs describe-container-instances --container-instances ${id} --query 'containerInstances[].attributes'`,
    ),
  ],
  "host-port-conflict": (about) => [
    `Map ${about.port ? `port ${about.port}` : "the port"} dynamically (hostPort 0), or run at most one such task per instance.`,
  ],
  "agent-disconnected": (about) => [
    "Restart the ECS agent on the instance, or replace the instance.",
    of(
      about.instance,
      (id) => sh`aws ecs describe-container-instances --container-instances ${id} --query 'containerInstances[].agentConnected'`,
    ),
  ],
  "fargate-capacity-unavailable": (about) => [
    "Try again later, or let the service use more Availability Zones, or on-demand capacity beside Spot.",
    events(about),
  ],
  "vcpu-quota-exceeded": () => [
    "Ask for a higher quota, or run fewer or smaller tasks.",
    "aws service-quotas list-service-quotas --service-code fargate",
  ],
  "eni-or-ip-exhausted": (about) => [
    `Free addresses in ${named("subnet", about.subnet)} or add a larger one, or use instances with network interfaces to spare.`,
    of(about.subnet, (id) => sh`aws ec2 describe-subnets --subnet-ids ${id} --query 'Subnets[].AvailableIpAddressCount'`),
  ],
  "eni-provisioning-failed": (about) => [
    "Try again, and if it comes back mend what keeps the network interface from being made: a tag policy, a missing right, a sick instance.",
    of(about.subnet, (id) => sh`aws ec2 describe-subnets --subnet-ids ${id}`),
  ],
  "api-throttled": (about) => [
    "Wait for the calls to go through again, start fewer tasks at a time, or ask for a higher rate.",
    events(about),
  ],
  "deployment-config-blocked": (about) => [
    "Let the deployment stop or start at least one task: change minimumHealthyPercent or maximumPercent, or end the protection of tasks.",
    of(about.service, (name) => sh`aws ecs describe-services --services ${name} --query 'services[0].deploymentConfiguration'`),
  ],
  "role-assume-failed": (about) => [
    `Correct ${about.role ? `role ${about.role}` : "the role"}: it has to exist, to trust ECS, and whoever deploys needs iam:PassRole for it.`,
    of(about.role, (name) => sh`aws iam get-role --role-name ${name.split("/").at(-1) ?? name}`),
  ],
  "platform-internal-error": (about) => ["Try again, and replace the instance or ask AWS if it comes back.", again(about)],
  "spot-interrupted": () => [
    "Leave it to the service to start another task, and keep a base of on-demand capacity for what must not stop.",
  ],
  "host-terminated": () => ["Leave it to the service to start another task elsewhere, and run more than one of it."],
  "circuit-breaker-rollback": (about) =>
    about.trigger
      ? [
          "Look at the alarms of the deployment: one of them stopped it, and what it watches is what to mend.",
          "aws cloudwatch describe-alarms --state-value ALARM",
        ]
      : [
          "Find out why the tasks of the deployment died, and mend that.",
          stopped({ ...(about.service ? { service: about.service } : {}) }),
          events(about),
        ],
  "scaled-in": () => ["Do nothing: fewer tasks were wanted."],
  "deployment-replaced": () => ["Do nothing: a deployment replaced the task."],
  "user-stopped": () => ["Do nothing, or ask whoever stopped it."],
  "benign-steady-state": () => ["Do nothing: this is the service at its work."],
  undetermined: (about) => ["Get the whole message, from the stopped task and from its containers.", stopped(about), events(about)],
};

/** What to do about a cause: one imperative sentence, and the commands that the message has the names for. */
export function fixFor(cause: CauseId | "undetermined", about: About): Done {
  const [sentence, ...run] = recipes[cause](about);
  return { do: sentence, run: run.filter((command) => command !== undefined) };
}
