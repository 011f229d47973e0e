import { defineCheck, each, type Finding, fail, on, pass, pending, sh, skip } from "../src/check.ts";
import { isDeploying, services } from "../src/facts/services.ts";
import { isDraining, type Target, targetHealth, targetSubject } from "../src/facts/target-health.ts";

export default defineCheck({
  title: "Every target is healthy",
  why: "A task that runs but gets no traffic serves nobody.",
  severity: { "post-deploy": "blocker", "sign-off": "blocker" },
  about: targetHealth,
  needs: [services],
  breaks: true,
  symptom: "running",
  none: skip("no service is behind a load balancer"),

  evaluate({ arn, services: names, targets }, facts, { name: group }) {
    const behind = names.map((name) => facts.services.get(name));
    if (behind.every(({ desired }) => desired === 0)) return skip("is at rest: nothing is to run behind it");
    const deploying = behind.some(isDeploying);

    return each(
      targets.filter((target) => !isDraining(target)),
      {
        // How many there must be is another question, which is asked of both of a pair.
        none: () => skip("has no target that could be healthy"),

        some(target) {
          const { state, reason, description, zone } = target;
          const about = (finding: Finding) => on(targetSubject(group, target), finding);
          const evidence = { state, reason, description, zone };
          if (state === "healthy") return about(pass("is healthy", evidence));
          // A slow start is unhealthy before it is healthy.
          if (state === "initial" || (state === "unhealthy" && deploying)) return about(pending(`is ${state} so far`, evidence));

          const { cause, remedy } = diagnosis(target);
          const why = description ?? reason;
          const run = [
            sh`aws elbv2 describe-target-groups --target-group-arns ${arn} --query ${"TargetGroups[0].[HealthCheckProtocol,HealthCheckPort,HealthCheckPath,Matcher]"}`,
            sh`aws elbv2 describe-target-health --target-group-arn ${arn}`,
          ];
          return about(fail(why ? `is ${state}: ${why}` : `is ${state}`, evidence, { do: remedy, run }, cause));
        },
      },
    );
  },
});

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html#target-health-reason-codes */
function diagnosis({ state, reason, description }: Target): { readonly cause: string; readonly remedy: string } {
  if (state === "unused")
    return {
      cause: "target-group-misconfigured",
      remedy: "Enable the target's zone on the load balancer, and let a listener lead to its group.",
    };
  if (reason === "Elb.InternalError")
    return { cause: "platform-internal-error", remedy: "Look at the AWS Health Dashboard, then ask again." };
  // AWS tells of codes under more than one reason.
  if (reason === "Target.ResponseCodeMismatch" || /codes?: \[/.test(description ?? ""))
    return {
      cause: "elb-healthcheck-failed-status",
      remedy: "Make the container answer the health check's path with a status that it accepts.",
    };
  if (reason === "Target.Timeout")
    return {
      cause: "elb-healthcheck-timeout",
      remedy: "Let the load balancer through the tasks' security group, and make the container answer in time.",
    };
  return { cause: "elb-healthcheck-failed", remedy: "Make the container listen on the health check's port, on all addresses." };
}
