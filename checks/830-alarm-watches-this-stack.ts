import { defineCheck, fail, pass, sh, skip } from "../src/check.ts";
import { alarms } from "../src/facts/alarms.ts";
import { caches } from "../src/facts/caches.ts";
import { databases } from "../src/facts/databases.ts";
import { aimOf, isJudged } from "../src/facts/dimensions.ts";
import { services } from "../src/facts/services.ts";
import { targetGroups } from "../src/facts/target-groups.ts";

/** A fact as this check sees it. */
type View<T> = { find(name: string): T | null; all(): readonly T[] };

export default defineCheck({
  title: "Every alarm watches something of this stack",
  why: "An alarm on a load balancer that was replaced last month stays green through every outage.",
  severity: { "pre-scale-up": "warning", "post-deploy": "warning", "sign-off": "blocker" },
  about: alarms,
  needs: [services, targetGroups, databases, caches],
  none: skip("the configuration names no alarm"),

  evaluate(alarm, facts, { config, name }) {
    if (alarm.type === "composite") return skip("is made of other alarms, which are asked themselves");
    const account = alarm.arn.split(":")[4] ?? null;
    const judged = alarm.watches.filter((one) => isJudged(one) && (one.account ?? account) === account);
    if (judged.length === 0) return skip("watches no metric whose dimensions are known here");

    // The target group of a service that is not there may well be this stack's: then no list of them is whole.
    const isWhole = () => Object.keys(config.services).every((service) => facts.services.find(service) !== null);
    const stack = {
      config,
      groups: () => (isWhole() ? facts.targetGroups.all() : []),
      databases: () => allOf(facts.databases, config.databases),
      caches: () => allOf(facts.caches, config.caches),
    };
    const dimensions = judged.map((one) => one.dimensions);
    const names: string[] = [];
    for (const watched of judged) {
      const aim = aimOf(watched, stack);
      if ("names" in aim) names.push(...aim.names);
      else {
        const look = sh`aws cloudwatch describe-alarms --alarm-names ${name}`;
        return fail(aim.flaw, { metric: watched.metric, dimensions }, { do: aim.remedy, run: [look] });
      }
    }
    if (names.length === 0) return skip("names nothing that the configuration knows");
    return pass(`watches ${[...new Set(names)].join(" and ")}`, { dimensions });
  },
});

/** All that are configured; null where one of them is not there, whose instances nobody can tell. */
const allOf = <T>(view: View<T>, configured: object): readonly T[] | null =>
  Object.keys(configured).every((name) => view.find(name) !== null) ? view.all() : null;
