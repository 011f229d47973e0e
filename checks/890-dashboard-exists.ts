import { defineCheck, fail, pass, presence, sh, skip } from "../src/check.ts";
import { caller } from "../src/facts/caller.ts";
import { dashboards } from "../src/facts/dashboards.ts";
import { services } from "../src/facts/services.ts";
import { targetGroups } from "../src/facts/target-groups.ts";
import { type Drawn, shownIn } from "../src/facts/widgets.ts";

export default defineCheck({
  title: "Every dashboard shows this stack",
  why: "Whoever is called at night opens the dashboard first; an empty one costs the minutes that count.",
  severity: "warning",
  about: presence(dashboards),
  needs: [caller, services, targetGroups],
  none: skip("the configuration names no dashboard"),

  evaluate(dashboard, facts, { config, name }) {
    if (dashboard.state === "absent") {
      const list = sh`aws cloudwatch list-dashboards --dashboard-name-prefix ${config.deployment}`;
      return fail("does not exist", { found: false }, { do: "Create the dashboard, or name the one that there is.", run: [list] });
    }
    const { widgets, graphs, drawn, computed } = dashboard.value;
    const run = [sh`aws cloudwatch get-dashboard --dashboard-name ${name}`];
    if (graphs === 0) {
      const remedy = "Give it graphs of the load balancer, the services, the database and the cache.";
      return fail("shows no metric", { widgets, graphs }, { do: remedy, run });
    }

    const isHere = ({ region, account }: Drawn) =>
      [null, config.region ?? region].includes(region) && (account === null || account === facts.caller.get("caller").account);
    // The target group of a service that is not there may well be this stack's: then no list of them is whole.
    const isWhole = () => Object.keys(config.services).every((service) => facts.services.find(service) !== null);
    const groups = () => (isWhole() ? facts.targetGroups.all() : []);
    const { own, foreign, gone } = shownIn(drawn.filter(isHere), { config, groups });
    const evidence = { graphs, own, foreign };

    if (gone !== null) return fail(`still draws ${gone}, which is gone`, evidence, { do: "Let it draw what has taken that place.", run });
    if (own.length > 0) return pass(`shows ${own.join(", ")}`, evidence);
    if (foreign.length === 0 || computed || !drawn.every(isHere)) return skip("names nothing by which it could be judged");
    const fix = { do: "Let it draw this stack's load balancer, services, database and cache.", run };
    return fail(`shows nothing of this stack, but ${foreign.join(", ")}`, evidence, fix);
  },
});
