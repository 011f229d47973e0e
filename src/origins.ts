import type { Explainable } from "./causes.ts";

/** What happens only to tasks that have started, by the ids of the list of causes: all that it takes to start was there. */
const afterStarting: ReadonlySet<string> = new Set([
  "app-crash-exit",
  "container-oom",
  "container-healthcheck-failed",
  "elb-healthcheck-failed",
  "elb-healthcheck-failed-status",
  "elb-healthcheck-timeout",
]);

const network = ["subnet", "security-group", "nat-gateway", "network-acl"];
const readable = ["secret", "reference", "parameter"];

/** The kinds of things that lead to what is put down to a cause, where not all of them do. */
const origins: { readonly [cause: string]: readonly string[] } = {
  "secret-no-current-version": readable,
  "secret-json-key-missing": readable,
  "secret-not-found": readable,
  "secret-format-invalid": readable,
  "ssm-parameter-missing": readable,
  "secret-access-denied": [...readable, "role"],
  "kms-decrypt-denied": [...readable, "role"],
  "secrets-unreachable-network": [...readable, ...network],
  "image-not-found": ["image"],
  "image-pull-denied": ["image", "role"],
  "image-registry-unreachable": ["image", ...network],
  "image-platform-mismatch": ["image"],
  "log-group-missing": ["log-group"],
  "log-driver-access-denied": ["log-group", "role"],
  "logs-unreachable-network": network,
  "role-assume-failed": ["role"],
  "container-oom": [],
  "eni-or-ip-exhausted": ["room", "quota", ...network],
  "vcpu-quota-exceeded": ["quota"],
};

/** The kinds of things that tasks need. What leans on them, such as a service, passes on whatever it meets. */
const grounds: ReadonlySet<string> = new Set([...Object.values(origins).flat(), "database", "cache"]);

/** Whether a failure can have led to another one, by the nature of both. */
export function canLeadTo(cause: Explainable, { symptom, cause: told }: Explainable): boolean {
  if (symptom === false || (typeof symptom === "object" && !symptom.includes(cause.check))) return false;
  if (typeof symptom === "object") return true;
  if (cause.breaks === false) return false;
  if (cause.breaks === "starting" && (symptom === "running" || (told !== null && afterStarting.has(told)))) return false;
  const from = told === null ? undefined : origins[told];
  return from === undefined || !isGround(cause) || from.includes(kindOf(cause));
}

/** Whether a finding is about something that tasks need, and not about what becomes of them. */
export const isGround = (finding: Pick<Explainable, "subject">): boolean => grounds.has(kindOf(finding));

const kindOf = ({ subject }: Pick<Explainable, "subject">) => subject.slice(0, subject.indexOf(":"));
