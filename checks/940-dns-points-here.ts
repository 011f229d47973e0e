import { defineCheck, type Finding, fail, pass, sh, skip } from "../src/check.ts";
import { balancerName, type Lead, leadsOf } from "../src/diagnosis/dns.ts";
import { dnsRecords, type ZoneAnswer } from "../src/facts/dns-records.ts";
import { loadBalancers } from "../src/facts/load-balancers.ts";
import { targetGroups } from "../src/facts/target-groups.ts";

export default defineCheck({
  title: "Every configured host leads to its load balancer",
  why: "Users follow the name: if it leads to what was there before, they never see what was deployed.",
  severity: "warning",
  about: dnsRecords,
  needs: [targetGroups, loadBalancers],
  breaks: true,
  none: skip("no service has a host that must lead to it"),

  evaluate({ host, answers }, facts, { config }) {
    const owners = Object.entries(config.services).filter(([, service]) => service.host?.toLowerCase().replace(/\.$/, "") === host);
    const groups = facts.targetGroups.all().filter(({ services }) => owners.some(([name]) => services.includes(name)));
    const arns = groups.flatMap((group) => group.loadBalancers);
    const balancers = facts.loadBalancers.all().filter(({ arn, dns }) => dns !== null && arns.includes(arn));
    if (balancers.length === 0) return skip("belongs to a service that is behind no load balancer");
    const names = balancers.flatMap(({ dns }) => dns ?? []).map(balancerName);

    // Who is outside does not see private zones.
    const inside = balancers.every(({ scheme }) => scheme === "internal");
    const found = answers.map((answer) => ({ answer, leads: leadsOf(answer, host, names) }));
    const here = found.find(({ leads }) => leads.some((one) => one.leads === "here"));
    if (here) return pass(`leads to ${balancers.map(({ name }) => name).join(" or ")}`, evidenceOf(here.answer, here.leads));
    const asked = found.filter(({ answer }) => answer.private === inside);
    const [first] = asked;
    if (!first) return skip(`is in no ${inside ? "private" : "public"} hosted zone of this account`);
    const open = asked.map(undecided).find((why) => why !== null);
    if (open) return skip(open);
    return astray(host, first.answer, first.leads, names[0] ?? "");
  },
});

function undecided({ answer, leads }: { answer: ZoneAnswer; leads: readonly Lead[] }): string | null {
  if (answer.delegated !== null) return `is left to other name servers, by the NS record of ${answer.delegated} in ${answer.zone}`;
  if (answer.empty) return `is in ${answer.zone}, a hosted zone without a record of its own, which cannot be the one that is in use`;
  const open = leads.find((one) => one.leads === "undecided");
  return open ? `leads to ${open.to}: ${open.why}` : null;
}

const evidenceOf = ({ zone, zoneId, records }: ZoneAnswer, leads: readonly Lead[]) => ({
  zone,
  zoneId,
  records,
  leads: leads.map(({ to }) => to),
});

function astray(host: string, answer: ZoneAnswer, leads: readonly Lead[], name: string): Finding {
  const { zone, zoneId } = answer;
  const others = [...new Set(leads.map(({ to }) => to))].join(" and ");
  const says = leads.length > 0 ? `leads to ${others}, and not to ${name}` : `has no record in the hosted zone ${zone}`;
  return fail(says, evidenceOf(answer, leads), {
    do: `Let an alias record for ${host} lead to dualstack.${name}.`,
    run: [
      sh`aws route53 list-resource-record-sets --hosted-zone-id ${zoneId} --start-record-name ${host} --max-items 5`,
      sh`aws route53 change-resource-record-sets --hosted-zone-id ${zoneId} --change-batch file://${host}.json`,
    ],
  });
}
