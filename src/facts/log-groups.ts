import { absent, defineFact, given, known, type Reading } from "../fact.ts";
import { logGroupOf, taskDefinitions } from "./task-definitions.ts";

/** A log group; its retention is null where it keeps everything for ever. */
export type LogGroup = {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  readonly retentionDays: number | null;
  readonly createdAt: string | null;
};

/** The log groups that containers write to by awslogs. */
export const logGroups = defineFact("logGroups", {
  kind: "log-group",
  calls: ["logs:DescribeLogGroups"],
  needs: [taskDefinitions],
  batch: 50,

  subjects: ({ facts }) =>
    facts.taskDefinitions.all().flatMap(({ arn, containers }) => containers.flatMap((one) => logGroupOf(arn, one) ?? [])),

  async ask({ aws, subjects }) {
    const regions = [...Map.groupBy(subjects, regionOf)].map(async ([region, arns]) => {
      const calls = prefixesOf(arns.map(logGroupName)).map((logGroupNamePrefix) =>
        aws.logs.DescribeLogGroups({ logGroupNamePrefix }, { region }),
      );
      return [region, (await Promise.all(calls)).flatMap(({ logGroups = [] }) => logGroups)] as const;
    });
    return new Map(await Promise.all(regions));
  },

  // AWS checks the right to describe groups against all of them, and only the task definitions tell in which region.
  resources: (_config, arn) => ({ "logs:DescribeLogGroups": [arn("logs", "log-group:*").replace(/:logs:[^:]*:/, ":logs:*:")] }),

  read(regions, { subject }): Reading<LogGroup> {
    const name = logGroupName(subject);
    // A prefix finds longer names too.
    const group = given(regions.get(regionOf(subject)), "answer").find(({ logGroupName }) => logGroupName === name);
    if (!group) return absent("there is no log group of that name");
    const { retentionInDays, creationTime } = group;
    const createdAt = creationTime === undefined ? null : new Date(creationTime).toISOString();
    return known({ name, arn: subject, region: regionOf(subject), retentionDays: retentionInDays ?? null, createdAt });
  },

  name: logGroupName,
});

/** The name in a log group's ARN. */
export function logGroupName(arn: string): string {
  return arn.slice(arn.indexOf(":log-group:") + ":log-group:".length);
}

/** The region in a log group's ARN. */
export const regionOf = (arn: string): string => arn.split(":")[3] ?? "";

/** What to look for groups of these names by: what they begin with together, unless that is a folder, which may hold any number of others. */
export function prefixesOf(names: readonly string[]): readonly string[] {
  const [first = ""] = names;
  let shared = first;
  while (!names.every((name) => name.startsWith(shared))) shared = shared.slice(0, -1);
  return /(^|\/)$/.test(shared) ? names : [shared];
}
