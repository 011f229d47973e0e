import { defineFact, given, known, type Reading } from "../fact.ts";

/** What is deployed in a cluster. */
export type ClusterServices = { readonly services: readonly string[] };

/** The services of the cluster, asked for only where the configuration names none. */
export const clusterServices = defineFact("clusterServices", {
  kind: "cluster",
  calls: ["ecs:ListServices"],
  absentOn: ["ClusterNotFoundException"],

  subjects: ({ config }) => [config.cluster],

  ask: ({ aws, subject }) => aws.ecs.ListServices({ cluster: subject, maxResults: 100 }),

  read: ({ serviceArns }): Reading<ClusterServices> =>
    known({ services: given(serviceArns, "serviceArns").map((arn) => arn.split("/").at(-1) ?? arn) }),
});
