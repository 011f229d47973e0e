import type { Failure, ServiceDeploymentBrief, ServiceRevision } from "@aws-sdk/client-ecs";
import { defineFact, given, InvalidAnswer, known, type Link, oneOf, type Reading } from "../fact.ts";
import { namesOr } from "./services.ts";
import { taskDefinitionName } from "./task-definitions.ts";

const statuses = [
  "PENDING",
  "IN_PROGRESS",
  "SUCCESSFUL",
  "STOPPED",
  "STOP_REQUESTED",
  "ROLLBACK_REQUESTED",
  "ROLLBACK_IN_PROGRESS",
  "ROLLBACK_SUCCESSFUL",
  "ROLLBACK_FAILED",
] as const;

/** One attempt to bring a service to a revision. Task definitions are `family:revision`, null where AWS no longer has the service revision. */
export type ServiceDeployment = {
  readonly arn: string;
  readonly status: (typeof statuses)[number];
  readonly reason: string | null;
  readonly createdAt: string;
  readonly finishedAt: string | null;
  readonly target: string | null;
  readonly rollback: { readonly reason: string | null; readonly to: string | null } | null;
};

/** The last service deployment; null where there has been none in the 90 days that ECS keeps, or since October 2024. */
export type LastDeployment = { readonly service: string; readonly last: ServiceDeployment | null };

/** The newest service deployment of each service, by the service's name. */
export const serviceDeployments = defineFact("serviceDeployments", {
  kind: "deployment",
  calls: ["ecs:ListServiceDeployments", "ecs:DescribeServiceDeployments", "ecs:DescribeServiceRevisions"],
  // Two revisions for each, of which AWS describes 20 at once.
  batch: 10,
  volatile: true,
  absentOn: ["ServiceNotFoundException", "ClusterNotFoundException"],

  subjects: ({ config }) => Object.keys(config.services),

  async ask({ aws: { ecs }, subjects, config: { cluster } }) {
    const newest = await Promise.all(
      subjects.map(async (service) => {
        const { serviceDeployments = [] } = await ecs.ListServiceDeployments({ cluster, service }, { firstPage: true });
        return [service, newestOf(serviceDeployments)] as const;
      }),
    );
    const arns = newest.flatMap(([, one]) => (one ? [given(one.serviceDeploymentArn, "serviceDeploymentArn")] : []));
    if (arns.length === 0) return { newest: new Map(newest), deployments: [], revisions: [], failures: [] };

    const { serviceDeployments: deployments = [], failures = [] } = await ecs.DescribeServiceDeployments({ serviceDeploymentArns: arns });
    const wanted = deployments.flatMap(({ targetServiceRevision, rollback }) => [targetServiceRevision?.arn, rollback?.serviceRevisionArn]);
    const serviceRevisionArns = [...new Set(wanted.filter((arn) => arn !== undefined))];
    const revised = serviceRevisionArns.length > 0 ? await ecs.DescribeServiceRevisions({ serviceRevisionArns }) : {};
    const revisions = revised.serviceRevisions ?? [];
    return { newest: new Map(newest), deployments, revisions, failures: [...failures, ...(revised.failures ?? [])] };
  },

  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
  resources({ cluster, services }, arn) {
    const of = (kind: string, parts: string) => namesOr(services, "*").map((name) => arn("ecs", `${kind}/${cluster}/${name}${parts}`));
    return {
      "ecs:ListServiceDeployments": of("service", ""),
      "ecs:DescribeServiceDeployments": of("service-deployment", "/*"),
      "ecs:DescribeServiceRevisions": of("service-revision", "/*"),
    };
  },

  read({ newest, deployments, revisions, failures }, { subject }): Reading<LastDeployment> {
    const listed = newest.get(subject);
    if (!listed) return known({ service: subject, last: null });
    const arn = given(listed.serviceDeploymentArn, "serviceDeploymentArn");
    const one = deployments.find(({ serviceDeploymentArn }) => serviceDeploymentArn === arn);
    if (!one)
      throw new InvalidAnswer(`AWS listed a service deployment and did not describe it: ${failureOf(arn, failures) ?? "no reason given"}`);

    const { rollback } = one;
    const to = (revision: string | undefined) => (revision === undefined ? null : definitionOf(revision, revisions, failures));
    return known({
      service: subject,
      last: {
        arn,
        status: oneOf(one.status, statuses),
        reason: one.statusReason ?? null,
        createdAt: given(one.createdAt, "createdAt").toISOString(),
        finishedAt: one.finishedAt?.toISOString() ?? null,
        target: to(one.targetServiceRevision?.arn),
        rollback: rollback ? { reason: rollback.reason ?? null, to: to(rollback.serviceRevisionArn) } : null,
      },
    });
  },

  links: ({ last }, name): Link[] => [
    [`service:${name}`, `deployment:${name}`],
    ...(last?.target ? [[`deployment:${name}`, `task-definition:${last.target}`] as const] : []),
  ],
});

// AWS promises no order.
function newestOf(briefs: readonly ServiceDeploymentBrief[]): ServiceDeploymentBrief | undefined {
  return briefs.toSorted((a, b) => given(b.createdAt, "createdAt").getTime() - given(a.createdAt, "createdAt").getTime())[0];
}

const failureOf = (arn: string, failures: readonly Failure[]) => failures.find((failure) => failure.arn === arn)?.reason;

function definitionOf(arn: string, revisions: readonly ServiceRevision[], failures: readonly Failure[]): string | null {
  const revision = revisions.find(({ serviceRevisionArn }) => serviceRevisionArn === arn);
  if (revision) return taskDefinitionName(given(revision.taskDefinition, "taskDefinition"));
  if (failureOf(arn, failures) === "MISSING") return null;
  throw new InvalidAnswer(`AWS did not describe a service revision: ${failureOf(arn, failures) ?? "no reason given"}`);
}
