import type { Config } from "./config.ts";
import type { Arn, Fact } from "./fact.ts";

/** One statement of an IAM policy. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: object;
}

/** AWS answers these to everybody. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
const free: readonly string[] = ["sts:GetCallerIdentity"];

/** A statement for each set of resources of a service, and one for all that IAM or the configuration leaves at `*`: a policy has to be short. */
export function statementsOf(facts: readonly Fact[], config: Config): readonly Statement[] {
  const wanted = facts.flatMap((fact) => {
    const narrowed = fact.resources?.(config, arnsIn(config)) ?? {};
    return [...fact.calls, ...fact.alsoNeeds].map((action) => ({ action, resources: narrowed[action] ?? ["*"] }));
  });
  const asked = Map.groupBy(
    wanted.filter(({ action }) => !free.includes(action)),
    ({ action }) => action,
  );
  const grants = [...asked]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([action, uses]) => ({ action, resources: union(uses) }))
    // Of nothing, nothing is asked.
    .filter(({ resources }) => resources.length > 0);
  const alike = Map.groupBy(grants, ({ action, resources }) =>
    resources[0] === "*" ? "*" : `${serviceOf(action)} ${resources.join(" ")}`,
  );
  const taken = new Map<string, number>();
  return [...alike.values()].map((group) => {
    const [{ action, resources } = { action: "", resources: [] }] = group;
    const service = resources[0] === "*" ? "" : serviceOf(action);
    const count = (taken.get(service) ?? 0) + 1;
    taken.set(service, count);
    return {
      Sid: `Read${capital(service)}${count === 1 ? "" : count}`,
      Effect: "Allow",
      Action: group.map((one) => one.action),
      Resource: resources.length === 1 && resources[0] !== undefined ? resources[0] : resources,
      ...(action === "kms:Decrypt" ? { Condition: { StringLike: { "kms:ViaService": usersOfKeys(facts) } } } : {}),
    };
  });
}

/** Everything, as soon as one use needs everything. */
function union(uses: readonly { readonly resources: readonly string[] }[]): readonly string[] {
  const all = [...new Set(uses.flatMap(({ resources }) => resources))].sort();
  return all.includes("*") ? ["*"] : all;
}

/** The services that use a key on the caller's behalf. https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html */
function usersOfKeys(facts: readonly Fact[]): readonly string[] {
  const withKeys = facts.filter(({ alsoNeeds }) => alsoNeeds.includes("kms:Decrypt"));
  return [...new Set(withKeys.flatMap(({ calls }) => calls.map(serviceOf)))].map((service) => `${service}.*.amazonaws.com`);
}

const serviceOf = (action: string) => action.slice(0, action.indexOf(":"));

const capital = (word: string) => word.replaceAll(/(?:^|\W)(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Global services have no region in their ARNs, nor has S3 an account. */
function arnsIn({ account = "*", region = "*" }: Config): Arn {
  const partition = region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  const regionless = ["iam", "route53", "s3"];
  const accountless = ["route53", "s3"];
  return (service, resource) =>
    `arn:${partition}:${service}:${regionless.includes(service) ? "" : region}:${accountless.includes(service) ? "" : account}:${resource}`;
}
