import { defineCheck, type Fix, fail, on, pass, sh, skip } from "../src/check.ts";
import { endOf, fixOf, leading } from "../src/diagnosis/routes.ts";
import { type Route, type Rule, routeOf, routeSubject, ruleText, shareOf } from "../src/facts/routing.ts";
import { rules } from "../src/facts/rules.ts";
import { services } from "../src/facts/services.ts";
import { groupsOf, targetGroups } from "../src/facts/target-groups.ts";

export default defineCheck({
  title: "Every configured host and path leads to its service",
  why: "A service can be in perfect health while its users get another one, or an error page.",
  severity: "blocker",
  about: services,
  needs: [targetGroups, rules],
  breaks: true,
  none: skip("the configuration names no service"),

  evaluate(service, facts, { name, config }) {
    const { host, path = "/", port: stated } = config.services[name] ?? {};
    const own = groupsOf(service);
    if (host === undefined) {
      // Where hosts are found in the rules, there is none only once all rules are known.
      if (config.inferred.includes("routes") && own.length > 0) facts.rules.all();
      return skip("has no host that must lead to it");
    }
    const subject = routeSubject({ host, path, port: stated });
    if (own.length === 0) return on(subject, fail(`leads nowhere: ${name} is behind no load balancer`, { host, path }, attaching(name)));

    const attached = facts.targetGroups.all().filter(({ arn }) => own.includes(arn));
    const balancers = [...new Set(attached.flatMap(({ loadBalancers }) => loadBalancers))];
    const ways = balancers.map((balancer) => {
      const entrances = facts.rules.all().filter(({ loadBalancer }) => loadBalancer === balancer);
      const port = stated ?? (entrances.some((one) => one.port === 443) ? 443 : 80);
      return { balancer, ...routeOf({ host, path, port }, entrances) };
    });
    const reaches = (rule: Rule | undefined) => rule !== undefined && shareOf(own, rule) > 0;
    const perhaps = ({ steps }: Route) => steps.flatMap(({ undecided }) => undecided).filter(reaches);
    const way = ways.find(({ steps }) => reaches(steps.at(-1)?.rule)) ?? ways.find((one) => perhaps(one).length > 0) ?? ways[0];
    const groups = own.map((arn) => `target-group:${arn}`);
    if (!way) return on(subject, skip("leads nowhere while no target group of its service is attached to a load balancer"), groups);

    const { steps } = way;
    const last = steps.at(-1);
    const leansOn = [...groups, ...steps.map(({ at }) => `listener:${at.name}`), `load-balancer:${way.balancer}`];
    const evidence = { way: steps.map(({ at, rule }) => `${at.name}, ${ruleText(rule)}: ${rule.action.type}`) };

    if (last && reaches(last.rule)) {
      const share = shareOf(own, last.rule);
      return on(subject, pass(leading(steps, share, own), { ...evidence, share }), leansOn);
    }
    if (perhaps(way).length > 0) {
      const by = perhaps(way).map(ruleText).join(" or ");
      return on(subject, skip(`leads to ${name} only by ${by}, which host and path alone do not decide`), leansOn);
    }
    return on(subject, fail(endOf(way, own), evidence, fixOf(way, own, host), "target-group-misconfigured"), leansOn);
  },
});

const attaching = (service: string): Fix => ({
  do: "Let the service register its tasks with a target group.",
  run: [sh`aws ecs update-service --service ${service} --load-balancers file://load-balancers.json`],
});
