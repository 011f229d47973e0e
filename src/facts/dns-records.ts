import type { ResourceRecordSet } from "@aws-sdk/client-route-53";
import { defineFact, given, InvalidAnswer, known, type Link, type Reading } from "../fact.ts";
import { between, configuredHosts, plainName, within } from "./dns-names.ts";
import { type HostedZone, hostedZones } from "./hosted-zones.ts";

/** A record that decides where a host leads; `to` are names, or addresses where it is no alias. `weight` is null where none is stated. */
export type DnsRecord = {
  readonly name: string;
  readonly type: string;
  readonly alias: boolean;
  readonly to: readonly string[];
  readonly weight: number | null;
};

/** What one zone says of a host: the records in the order in which they lead on, or that it leaves the host to other name servers. */
export type ZoneAnswer = {
  readonly zone: string;
  readonly zoneId: string;
  readonly private: boolean;
  readonly empty: boolean;
  readonly delegated: string | null;
  readonly records: readonly DnsRecord[];
};

/** Where a host leads, by each zone of this account that holds it most closely; `endpoints` are those whose URL names it. */
export type HostRecords = { readonly host: string; readonly endpoints: readonly string[]; readonly answers: readonly ZoneAnswer[] };

/** What the hosted zones of this account say of the hosts that services must have. */
export const dnsRecords = defineFact("dnsRecords", {
  kind: "host",
  calls: ["route53:ListResourceRecordSets"],
  needs: [hostedZones],
  resources: (_, arn) => ({ "route53:ListResourceRecordSets": [arn("route53", "hostedzone/*")] }),

  subjects: ({ config }) => configuredHosts(config),

  async ask({ aws, subject, facts }): Promise<readonly ZoneAnswer[]> {
    const at: Lookup = async ({ id }, name) => {
      const start = { HostedZoneId: id, StartRecordName: name };
      const { ResourceRecordSets, IsTruncated } = await aws.route53.ListResourceRecordSets(start, { firstPage: true });
      const sets = given(ResourceRecordSets, "ResourceRecordSets").map((set) => ({ ...set, name: plainName(given(set.Name, "Name")) }));
      if (IsTruncated && sets.every((set) => set.name === name)) throw new InvalidAnswer(`${name} has more records than were read`);
      return sets.filter((set) => set.name === name);
    };
    const zones = closest(facts.hostedZones.get("route53").zones, subject);
    return Promise.all(zones.map((zone) => answerOf(zone, subject, at)));
  },

  read(answers, { subject, config }): Reading<HostRecords> {
    const named = Object.entries(config.endpoints).filter(([, { url }]) => new URL(url).hostname.toLowerCase() === subject);
    return known({ host: subject, endpoints: named.map(([name]) => name), answers });
  },

  links: ({ endpoints, host }) => endpoints.map((name): Link => [`endpoint:${name}`, `host:${host}`]),
});

type RecordSet = ResourceRecordSet & { readonly name: string };
type Lookup = (zone: HostedZone, name: string) => Promise<readonly RecordSet[]>;

/** Of the public zones, and of the private ones, those that hold the most of a name: all that are called alike. */
function closest(zones: readonly HostedZone[], host: string): readonly HostedZone[] {
  return [false, true].flatMap((secret) => {
    const holding = zones.filter((zone) => zone.private === secret && within(host, zone.name));
    const longest = Math.max(...holding.map(({ name }) => name.length));
    return holding.filter(({ name }) => name.length === longest);
  });
}

const hops = 5;

async function answerOf(zone: HostedZone, host: string, at: Lookup): Promise<ZoneAnswer> {
  const { id: zoneId, name, private: secret, empty } = zone;
  const said = { zone: name, zoneId, private: secret, empty };
  const records: DnsRecord[] = [];
  const asked = [host];
  for (const one of asked) {
    const { sets, delegated } = await setsOf(zone, one, at);
    if (delegated !== null && one === host) return { ...said, delegated, records: [] };
    const found = sets.map((set) => recordOf(set, one));
    records.push(...found);
    // Names that lead on within the zone are followed; those that lead out of it are the check's business.
    const further = found.flatMap(({ to, type, alias }) => (alias || type === "CNAME" ? to : [])).filter((next) => within(next, name));
    asked.push(...further.filter((next) => asked.length < hops && !asked.includes(next)));
  }
  return { ...said, delegated: null, records };
}

const leading = (sets: readonly RecordSet[]) => sets.filter(({ Type }) => Type === "A" || Type === "AAAA" || Type === "CNAME");

/** The records of a name, else of the wildcards above it; and the name between it and the zone that is left to other name servers. */
async function setsOf(zone: HostedZone, name: string, at: Lookup): Promise<{ sets: readonly RecordSet[]; delegated: string | null }> {
  const own = await at(zone, name);
  const above = between(name, zone.name);
  const leaves = (sets: readonly RecordSet[]) => sets.some(({ Type }) => Type === "NS");
  if (name !== zone.name && leaves(own)) return { sets: [], delegated: name };
  const parents = await Promise.all(above.map(async (one) => [one, await at(zone, one)] as const));
  const delegated = parents.find(([, sets]) => leaves(sets))?.[0] ?? null;
  // A wildcard counts only for names that have no record at all: https://www.rfc-editor.org/rfc/rfc4592#section-2.2.1
  if (delegated !== null || own.length > 0 || name === zone.name) return { sets: leading(own), delegated };
  for (const one of [...above, zone.name]) {
    const wild = await at(zone, `*.${one}`);
    if (wild.length > 0) return { sets: leading(wild), delegated };
  }
  return { sets: [], delegated };
}

function recordOf({ Type, AliasTarget, ResourceRecords = [], Weight }: RecordSet, name: string): DnsRecord {
  const to = AliasTarget ? [given(AliasTarget.DNSName, "DNSName")] : ResourceRecords.map(({ Value }) => given(Value, "Value"));
  return { name, type: given(Type, "Type"), alias: AliasTarget !== undefined, to: to.map(plainName), weight: Weight ?? null };
}
