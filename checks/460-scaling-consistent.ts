import { defineCheck, fail, pass, presence, sh, skip } from "../src/check.ts";
import { resourceId, scalableTargets } from "../src/facts/scalable-targets.ts";
import { services } from "../src/facts/services.ts";

export default defineCheck({
  title: "Auto-scaling admits the desired count",
  why: "Auto-scaling that contradicts the plan changes the number of tasks at night, when nobody is looking.",
  severity: "warning",
  about: presence(scalableTargets),
  needs: [services],
  none: skip("the configuration names no service"),

  evaluate(target, facts, { config, name }) {
    if (target.state === "absent") return skip("has no auto-scaling");
    const { min, max, suspended } = target.value;
    if (suspended.in && suspended.out && suspended.scheduled)
      return skip("has its auto-scaling suspended, which then leaves the count alone");

    const { desired } = facts.services.get(name);
    const configured = config.services[name]?.desiredCount ?? desired;
    if (configured === 0) return skip("is at rest, and the configuration does not say how many tasks it is to run");
    // At rest nothing is changed by itself: a policy sees no metric, and the minimum is restored only where an alarm asks for more.
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-stepscaling.html
    const least = desired === 0 ? configured : desired;
    const most = Math.max(desired, configured);
    const evidence = { min, max, desired, configured, suspended };
    const register = (minimum: number, maximum: number) =>
      sh`aws application-autoscaling register-scalable-target --service-namespace ecs --scalable-dimension ecs:service:DesiredCount --resource-id ${resourceId(config.cluster, name)} --min-capacity ${minimum} --max-capacity ${maximum}`;

    if (max < most)
      return fail(`may have ${max} tasks at the most by its auto-scaling, and is to have ${most}`, evidence, {
        do: "Raise the maximum of its auto-scaling.",
        run: [register(Math.min(min, most), most)],
      });
    if (min > least)
      return fail(`must have ${min} tasks at least by its auto-scaling, and is to have ${least}`, evidence, {
        do: "Lower the minimum of its auto-scaling, or ask for as many tasks.",
        run: [register(least, max)],
      });
    return pass(`is kept between ${min} and ${max} tasks`, evidence);
  },
});
