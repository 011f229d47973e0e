import type { DnsRecord, ZoneAnswer } from "../facts/dns-records.ts";

/** Where one record set leads: here, provably elsewhere, or where nobody can tell from its name alone. */
export type Lead = { readonly leads: "here" | "elsewhere" | "undecided"; readonly to: string; readonly why: string };

/** The names of load balancers as DNS has them; with `dualstack.` before them they lead to the same. */
export const balancerName = (name: string) =>
  name
    .toLowerCase()
    .replace(/\.$/, "")
    .replace(/^dualstack\./, "");

/** Where a host leads by what one zone says, for each record that decides it; none where it has no record. */
export function leadsOf({ records }: ZoneAnswer, host: string, balancers: readonly string[]): readonly Lead[] {
  const follow = (name: string, path: readonly string[]): readonly Lead[] =>
    serving(records.filter((one) => one.name === name)).flatMap(({ to, alias, type }) =>
      to.flatMap((next): readonly Lead[] => {
        if (!alias && type !== "CNAME") return [{ leads: "undecided", to: next, why: "an address that no record ties to a load balancer" }];
        if (!records.some((one) => one.name === next) || path.includes(next)) return [leadOf(next, balancers)];
        return follow(next, [...path, next]);
      }),
    );
  return follow(host, [host]);
}

/** Of weighted records those that weigh nothing serve nobody, as long as another one weighs more. */
const serving = (all: readonly DnsRecord[]) =>
  all.some(({ weight }) => weight !== null && weight > 0) ? all.filter(({ weight }) => weight !== 0) : all;

function leadOf(to: string, balancers: readonly string[]): Lead {
  const name = balancerName(to);
  if (balancers.includes(name)) return { leads: "here", to, why: "this load balancer" };
  // https://docs.aws.amazon.com/general/latest/gr/elb.html: Application Load Balancers have the region before "elb".
  if (/\.[a-z0-9-]+\.elb\.amazonaws\.com(\.cn)?$/.test(name)) return { leads: "elsewhere", to, why: "another load balancer" };
  if (/\.elb\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/.test(name))
    return { leads: "undecided", to, why: "a Network Load Balancer, which may stand before this one" };
  if (/\.cloudfront\.(net|cn)$/.test(name)) return { leads: "undecided", to, why: "CloudFront, which may stand before this load balancer" };
  if (/\.awsglobalaccelerator\.com$/.test(name))
    return { leads: "undecided", to, why: "Global Accelerator, which may stand before this load balancer" };
  return { leads: "undecided", to, why: "a name that is not in this account's zones" };
}
