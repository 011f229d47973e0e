/**
 * What a `valueFrom` asks for, by the ECS agent's own grammar: a secret's ARN has two or five segments after the account, of which the
 * last three are the JSON key, the staging label and the version id, each of which may be empty.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 * @see https://github.com/aws/amazon-ecs-agent/blob/master/agent/taskresource/asmsecret/asmsecret.go
 */
export type Target =
  | {
      readonly to: "secret";
      /** What Secrets Manager is asked for: the ARN without key, stage and version; or a name, where only a name was given. */
      readonly id: string;
      readonly partition: string | null;
      readonly region: string | null;
      readonly account: string | null;
      /** The name, with the suffix that AWS adds where it is a full ARN. */
      readonly resource: string;
      /** Empty strings stand for what is left to the default. */
      readonly key: string;
      readonly stage: string;
      readonly version: string;
    }
  | { readonly to: "parameter"; readonly id: string; readonly region: string | null }
  | { readonly to: "nothing"; readonly why: string };

/** Reads a `valueFrom` of a container's or a log driver's secrets. */
export function targetOf(valueFrom: string): Target {
  if (!valueFrom.startsWith("arn:")) return { to: "parameter", id: valueFrom, region: null };
  const [, partition = "", service, region = "", account = "", type, ...rest] = valueFrom.split(":");

  if (service === "ssm") {
    return type?.startsWith("parameter/") ? { to: "parameter", id: valueFrom, region } : { to: "nothing", why: "is no ARN of a parameter" };
  }
  if (service !== "secretsmanager")
    return { to: "nothing", why: `names ${service || "no service"}, where ECS reads Secrets Manager and SSM alone` };
  if (type !== "secret") return { to: "nothing", why: "is no ARN of a secret" };

  const [resource = "", key = "", stage = "", version = ""] = rest;
  if (rest.length !== 1 && rest.length !== 4)
    return {
      to: "nothing",
      why: `has ${rest.length + 1} segments after the account where ECS takes 2 or 5: secret:NAME or secret:NAME:KEY:STAGE:VERSION`,
    };
  return {
    to: "secret",
    id: ["arn", partition, service, region, account, type, resource].join(":"),
    partition,
    region,
    account,
    resource,
    key,
    stage,
    version,
  };
}

/**
 * Reads the `credentialsParameter` of a private registry, which takes a secret as a whole: its ARN or its name.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RepositoryCredentials.html
 */
export function credentialsOf(parameter: string): Target {
  if (parameter.startsWith("arn:")) {
    const target = targetOf(parameter);
    if (target.to === "nothing" || (target.to === "secret" && target.id === parameter)) return target;
    return { to: "nothing", why: "is not the ARN of a secret as a whole, which is all that credentials of a registry can be" };
  }
  const whole = { partition: null, region: null, account: null, key: "", stage: "", version: "" };
  return { to: "secret", id: parameter, resource: parameter, ...whole };
}

/** Writes the `valueFrom` that asks for this part of the secret of that ARN. */
export function valueFromOf(arn: string, { key, stage, version }: { key: string; stage: string; version: string }): string {
  return key || stage || version ? [arn, key, stage, version].join(":") : arn;
}

/** What Secrets Manager adds to a name to make a full ARN. It takes any ARN with such an end for a full one. */
export const suffix = /-[A-Za-z0-9]{6}$/;

/** Whether a reference's resource can mean the secret of this name: the name itself, or with a suffix such as AWS adds. */
export function canMean(resource: string, name: string): boolean {
  return resource === name || (resource.startsWith(`${name}-`) && suffix.test(resource) && resource.length === name.length + 7);
}
