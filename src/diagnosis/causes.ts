/** Everything that a message of ECS, ELB, ECR, Secrets Manager, SSM or the agent can be about, by id, each in a sentence. */
export const causes = {
  "secret-no-current-version":
    "The secret exists but the version asked for (AWSCURRENT, a label or a VersionId) has no value: it was created and never populated.",
  "secret-json-key-missing": "The secret was read, but the JSON key named in valueFrom is not in it.",
  "secret-not-found": "The secret named in the task definition does not exist in that Region/account, or is scheduled for deletion.",
  "secret-format-invalid":
    "The reference (valueFrom ARN/name) or the stored value has the wrong form: bad ARN shape, illegal name, value that is not valid JSON.",
  "secret-access-denied":
    "The execution role may not read the secret or parameter (secretsmanager:GetSecretValue / ssm:GetParameters denied).",
  "kms-decrypt-denied": "The secret or parameter is under a KMS key the role may not use (kms:Decrypt denied, key missing or disabled).",
  "secrets-unreachable-network":
    "The task cannot reach Secrets Manager or SSM in time: no NAT/route/endpoint/private DNS, or a closed security group.",
  "ssm-parameter-missing": "A Parameter Store name in the task definition does not exist (invalid parameters).",
  "env-file-unreadable": "An environmentFiles object in S3 could not be read: missing, forbidden, or S3 unreachable.",
  "image-not-found": "The repository, tag or digest in the task definition does not exist (manifest unknown, not found, 404).",
  "image-pull-denied":
    "The registry refused the pull: ECR permission or repository policy missing, private repository without credentials, 401/403.",
  "image-pull-rate-limited": "The registry's pull quota is used up (Docker Hub or public ECR toomanyrequests, 429).",
  "image-registry-unreachable": "The task cannot reach the registry, ECR API or S3 layer store: timeout, no such host, no route.",
  "image-platform-mismatch":
    "The image has no variant this platform can run: wrong CPU architecture, or a format the runtime cannot unpack (exec format error included).",
  "disk-full": "No disk space for image layers or for the container: instance volume or Fargate ephemeral storage used up.",
  "log-group-missing": "The CloudWatch log group named in the task definition does not exist.",
  "log-driver-access-denied": "The role has no right (or no credentials) to create the log group/stream the driver asks for.",
  "logs-unreachable-network": "The task cannot reach CloudWatch Logs: no NAT/route/endpoint, or a closed security group.",
  "efs-mount-failed":
    "An EFS volume could not be mounted: DNS/mount target missing, NFS blocked, access denied, directory absent, ownership refused.",
  "container-oom": "The container was killed for exceeding its memory limit.",
  "app-crash-exit": "An essential container exited by itself (non-zero code, signal, or a clean exit 0 that a service must not do).",
  "bad-entrypoint": "The command or entrypoint cannot be executed: file missing, not on PATH, or not executable.",
  "invalid-task-configuration":
    "The task or service definition itself is not valid or not runnable here: CPU/memory pair, launch type, log options, mounts, devices, missing revision.",
  "container-healthcheck-failed": "The container's own health check command failed.",
  "elb-healthcheck-failed-status": "The load balancer reached the target but got an HTTP status outside the success codes.",
  "elb-healthcheck-timeout": "The load balancer's health check got no answer in time: security group, port or a slow app.",
  "elb-healthcheck-failed": "Load balancer health checks failed and the message does not say how (no status, no timeout).",
  "target-group-misconfigured":
    "Target group/load balancer wiring is wrong: no listener, AZ not enabled, target group or target missing, IP unusable.",
  "insufficient-cpu-memory": "No instance in the cluster has enough CPU, memory or GPU left for the task.",
  "no-container-instances": "The cluster or capacity provider has no registered container instances.",
  "placement-constraint-unmet": "No instance has an attribute the task needs (driver, plugin, network mode, IAM-role support, subnet).",
  "host-port-conflict": "The fixed host port the task needs is taken on every candidate instance.",
  "agent-disconnected": "The ECS agent on the chosen instance is not connected or never started.",
  "fargate-capacity-unavailable": "AWS has no Fargate, Spot or managed-instance capacity for the request right now in those zones.",
  "vcpu-quota-exceeded": "An account or cluster quota is reached: vCPUs, task count, task size, Spot instance count, provisioning tasks.",
  "eni-or-ip-exhausted": "No free IP address in the subnet, or no free network-interface slot on the instance.",
  "eni-provisioning-failed":
    "The task's network interface could not be created, tagged, attached or configured for another reason (timeout, tag policy, plugin error).",
  "api-throttled": "An AWS API call behind the scheduler or the agent was rate limited.",
  "deployment-config-blocked": "The scheduler may neither stop nor start tasks under the deployment settings or task protection.",
  "role-assume-failed":
    "A role ECS needs cannot be assumed, passed or used: trust policy, iam:PassRole, missing role, broken service-role permissions.",
  "platform-internal-error":
    "The container runtime, agent or AWS control plane failed internally, or the reason says nothing more (docker timeouts, Internal error, volume driver faults).",
  "spot-interrupted": "Spot capacity was reclaimed.",
  "host-terminated": "The host under the task was stopped, terminated or retired, including Fargate maintenance.",
  "circuit-breaker-rollback":
    "SYMPTOM: the deployment failed, keeps failing or was rolled back (circuit breaker, alarm, tasks fail to start); the cause is in the tasks.",
  "scaled-in": "BENIGN: the scheduler stopped the task because the desired count went down.",
  "deployment-replaced": "BENIGN: the scheduler stopped the task because a deployment replaced it.",
  "user-stopped": "BENIGN: a person or API call stopped the task or forced its instance out.",
  "benign-steady-state": "BENIGN: normal progress: steady state, started, registered, draining, scaling, initial health checking.",
} as const satisfies Readonly<Record<string, string>>;

export type CauseId = keyof typeof causes;

/** What no one has to mend: the service at its work, or what somebody asked for. */
export const isBenign = (cause: CauseId | "undetermined"): boolean => cause !== "undetermined" && causes[cause].startsWith("BENIGN: ");

/** The sentence of a cause, without the mark of its kind. */
export const sentenceOf = (cause: CauseId): string => causes[cause].replace(/^(BENIGN|SYMPTOM): /, "");
