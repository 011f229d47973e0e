import { type Config, complete } from "../config.ts";
import { factsOf, plan } from "../countdown.ts";
import { loadChecks } from "../discover.ts";
import type { Fact } from "../fact.ts";
import { withNeeds } from "../gather.ts";
import { stages } from "../infer.ts";
import { Mistake } from "../mistake.ts";
import { plannedIds } from "../planned.ts";
import { configure, nearestFile } from "./configuration.ts";
import { everywhere } from "./gather.ts";
import type { Options } from "./options.ts";
import { print, say } from "./output.ts";
import { checkWords } from "./settings.ts";

/** One statement of an IAM policy. */
interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: object;
}

/** AWS answers these to everybody. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
const free: readonly string[] = ["sts:GetCallerIdentity"];
const ofOneSecret: readonly string[] = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"];

/** Prints the least policy under which the chosen checks can be asked, in every scene. */
export async function policy(options: Options): Promise<number> {
  const checks = await loadChecks();
  const { only = [], skip = [] } = options;
  checkWords([...only, ...skip], checks);
  const config = await configurationOf(options, [...checks.map(({ id }) => id), ...plannedIds]);
  const countdown = plan(everywhere(checks), { scene: "post-deploy", severity: {}, only, skip });
  if (countdown.checks.length === 0) throw new Mistake("No check matched: nothing would be asked", "See which there are: seaworthy list");

  const facts = withNeeds([...factsOf(countdown.checks), ...stages(config).flat()]);
  await print(`${JSON.stringify({ Version: "2012-10-17", Statement: statementsOf(facts, config) }, null, 2)}\n`);
  if (secretsOf(config)) say("Only the configured secrets may be read: add any others that the task definitions refer to.");
  return 0;
}

/** The configuration where there is one; else one of which everything is inferred. */
async function configurationOf(options: Options, checkIds: readonly string[]): Promise<Config> {
  const directory = process.cwd();
  const named = options.config ?? options.cluster ?? (await nearestFile(directory));
  const anything = complete({ deployment: "any", cluster: "any", services: {} });
  if (named === undefined) return { ...anything, inferred: ["services", "secrets", "endpoints", "alarms"] };
  return (await configure(options, { directory, environment: process.env, checkIds })).config;
}

/** One statement for each service, by its IAM prefix; one for the secrets where it is known which; and keys only by way of their service. */
export function statementsOf(facts: readonly Fact[], config: Config): readonly Statement[] {
  const actions = facts.flatMap(({ calls, alsoNeeds }) => [...calls, ...alsoNeeds]).filter((action) => !free.includes(action));
  const sorted = [...new Set(actions)].sort();
  const secrets = secretsOf(config);
  const narrow = sorted.filter((action) => secrets && ofOneSecret.includes(action));
  const wide = Map.groupBy(
    sorted.filter((action) => !narrow.includes(action)),
    prefixOf,
  );
  const statements = [...wide].map(([service, own]) => ({
    ...statement(`Read${capital(service)}`, own, "*"),
    ...(service === "kms" ? { Condition: { StringLike: { "kms:ViaService": usersOfKeys(facts) } } } : {}),
  }));
  return secrets && narrow.length > 0 ? [...statements, statement("ReadSecrets", narrow, secrets)] : statements;
}

/** The services that use a key on the caller's behalf. https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html */
function usersOfKeys(facts: readonly Fact[]): readonly string[] {
  const withKeys = facts.filter(({ alsoNeeds }) => alsoNeeds.some((action) => prefixOf(action) === "kms"));
  return [...new Set(withKeys.flatMap(({ calls }) => calls.map(prefixOf)))].map((service) => `${service}.*.amazonaws.com`);
}

const prefixOf = (action: string) => action.slice(0, action.indexOf(":"));

const statement = (Sid: string, Action: readonly string[], Resource: Statement["Resource"]): Statement => ({
  ...{ Sid, Effect: "Allow", Action, Resource },
});

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1).replaceAll(/\W/g, "");

/** The ARNs of the configured secrets, whose last six characters AWS chose. */
function secretsOf({ secrets, account, region }: Config): readonly string[] | undefined {
  const names = Object.keys(secrets);
  if (names.length === 0 || !account || !region) return undefined;
  const partition = region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  return names.map((name) => `arn:${partition}:secretsmanager:${region}:${account}:secret:${name}-??????`);
}
