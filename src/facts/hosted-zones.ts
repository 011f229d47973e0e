import { defineFact, given, known, type Reading } from "../fact.ts";
import { configuredHosts } from "./dns-names.ts";

/** A zone of Route 53, its name without the final dot. One that holds nothing but its own SOA and NS records is empty. */
export type HostedZone = { readonly id: string; readonly name: string; readonly private: boolean; readonly empty: boolean };

/** The hosted zones of this account: one subject for all. Nothing is asked where no service has a host. */
export const hostedZones = defineFact("hostedZones", {
  kind: "dns",
  calls: ["route53:ListHostedZones"],

  subjects: ({ config }) => (configuredHosts(config).length > 0 ? ["route53"] : []),

  ask: ({ aws }) => aws.route53.ListHostedZones({}),

  read: ({ HostedZones }): Reading<{ readonly zones: readonly HostedZone[] }> =>
    known({
      zones: given(HostedZones, "HostedZones").map(({ Id, Name, Config, ResourceRecordSetCount }) => ({
        id: given(Id, "Id").replace("/hostedzone/", ""),
        name: given(Name, "Name").toLowerCase().replace(/\.$/, ""),
        private: Config?.PrivateZone ?? false,
        empty: ResourceRecordSetCount !== undefined && ResourceRecordSetCount <= 2,
      })),
    }),
});
