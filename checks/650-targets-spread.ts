import { defineCheck, fail, pass, pending, sh, skip } from "../src/check.ts";
import { loadBalancers } from "../src/facts/load-balancers.ts";
import { isDeploying, services } from "../src/facts/services.ts";
import { pairOf, targetGroupName, targetGroups } from "../src/facts/target-groups.ts";
import { isDraining, type Target, targetHealth } from "../src/facts/target-health.ts";
import { type RunningTask, tasks } from "../src/facts/tasks.ts";

export default defineCheck({
  title: "Healthy targets stand in two zones, and the load balancer in all of theirs",
  why: "When a zone fails, users keep the service only if some of it stands elsewhere.",
  severity: { "post-deploy": "warning", "sign-off": "warning" },
  about: targetHealth,
  needs: [services, tasks, targetGroups, loadBalancers, targetHealth],
  symptom: ["subnets-spread"],
  none: skip("no service is behind a load balancer"),

  evaluate({ arn, services: names, targets }, facts) {
    const behind = names.map((service) => facts.services.get(service));
    const wanted = behind.reduce((sum, { desired }) => sum + desired, 0);
    if (wanted === 0) return skip("is at rest: nothing is to run behind it");
    if (wanted === 1) return skip("is for one task, which cannot stand in two zones");
    const { first, others } = pairOf(arn, behind);
    if (first !== arn) return skip(`is judged together with ${targetGroupName(first)}, the other of its pair`);

    const staying = [...targets, ...others.flatMap((other) => facts.targetHealth.get(other).targets)].filter((one) => !isDraining(one));
    const running = names.flatMap((service) => facts.tasks.get(service).running);
    const zonesOf = (some: readonly Target[]) => [...new Set(some.flatMap((target) => zoneOf(target, running)))].sort();
    const [zones, all] = [zonesOf(staying.filter(({ state }) => state === "healthy")), zonesOf(staying)];
    const balancers = facts.targetGroups.get(arn).loadBalancers.map((balancer) => facts.loadBalancers.get(balancer));
    const evidence = { healthyIn: zones, targetsIn: all, loadBalancers: balancers.map((one) => `${one.name}: ${one.zones.join(", ")}`) };

    for (const balancer of balancers) {
      const look = sh`aws elbv2 describe-load-balancers --load-balancer-arns ${balancer.arn}`;
      const shut = all.filter((zone) => !balancer.zones.includes(zone));
      if (shut.length > 0)
        return fail(`has targets in ${shut.join(" and ")}, where ${balancer.name} does not stand`, evidence, {
          do: `Enable ${shut.join(" and ")} on ${balancer.name}.`,
          run: [
            sh`aws ec2 describe-subnets --filters ${`Name=vpc-id,Values=${balancer.vpc}`} ${`Name=availability-zone,Values=${shut}`}`,
            look,
          ],
        });
      if (balancer.state === "active_impaired") {
        const why = balancer.stateReason ?? "AWS does not say why";
        return fail(`is behind ${balancer.name}, which is impaired: ${why}`, evidence, { do: "Mend what the reason names.", run: [look] });
      }
    }
    if (zones.length >= 2) return pass(`has healthy targets in ${zones.join(" and ")}`, evidence);
    if (behind.some(isDeploying) || staying.some(({ state }) => state === "initial"))
      return pending("has no healthy targets in two zones so far", evidence);
    if (staying.length < 2 || staying.some(({ state }) => state !== "healthy"))
      return skip("has too few healthy targets to stand in two zones");
    return fail(`has all its targets in ${zones.join() || "no known zone"}`, evidence, {
      do: "Let ECS place the tasks in at least two zones, and deploy anew.",
      run: names.map((one) => sh`aws ecs update-service --service ${one} --availability-zone-rebalancing ENABLED --force-new-deployment`),
    });
  },
});

/** The zone that a target says, else that of its task; of an instance, those of all the tasks. */
function zoneOf({ id, zone }: Target, running: readonly RunningTask[]): readonly string[] {
  if (zone !== null) return [zone];
  const own = running.filter(({ addresses }) => addresses.length === 0 || addresses.includes(id));
  return own.flatMap((task) => task.zone ?? []);
}
