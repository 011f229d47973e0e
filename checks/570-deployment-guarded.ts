import { defineCheck, fail, pass, sh, skip } from "../src/check.ts";
import { deploymentAlarms } from "../src/facts/deployment-alarms.ts";
import { type Service, services } from "../src/facts/services.ts";

export default defineCheck({
  title: "Every deployment that fails is rolled back by itself",
  why: "A release that cannot start is tried again and again, until somebody looks; with a way back the old one serves on, and nobody is woken.",
  severity: { "pre-scale-up": "advice", "post-deploy": "advice", "sign-off": "warning" },
  about: services,
  needs: [deploymentAlarms],
  none: skip("there is no service"),

  evaluate({ controller, strategy, circuitBreaker, ...service }, facts, { name }) {
    const alarms = service.deploymentAlarms;
    if (strategy === null) return skip(`is not ECS's own to roll out: its controller is ${controller}`);
    const gone = (alarms?.names ?? []).filter((alarm) => facts.deploymentAlarms.find(alarm) === null);
    const evidence = { strategy, circuitBreaker, alarms, missing: gone };
    const faults = [
      // Another strategy than a rolling one keeps the old tasks until the new ones are proven, and goes back to them by itself.
      ...(strategy === "ROLLING" ? openings(circuitBreaker) : []),
      ...(alarms && !alarms.enabled ? [`has its deployment alarms off: ${alarms.names.join(", ")}`] : []),
      ...(gone.length > 0 ? [`watches alarms that do not exist: ${gone.join(", ")}`] : []),
    ];
    if (faults.length > 0) return fail(faults.join("; "), evidence, guarded(name, alarms, gone));
    if (strategy !== "ROLLING" && !alarms) return skip(`goes back by itself: its deployments are ${strategy}`);
    return pass(`goes back by itself${alarms ? `, or when ${alarms.names.join(" or ")} goes off` : ""}`, evidence);
  },
});

function openings({ enabled, rollback }: Service["circuitBreaker"]): readonly string[] {
  if (!enabled) return ["has no deployment circuit breaker"];
  return rollback ? [] : ["has a deployment circuit breaker that does not roll back"];
}

/** ECS takes the alarms as a whole: those that are there are named again. */
function guarded(name: string, alarms: Service["deploymentAlarms"], gone: readonly string[]) {
  const left = (alarms?.names ?? []).filter((alarm) => !gone.includes(alarm));
  const watched = alarms ? `,alarms={alarmNames=[${left.join(",")}],enable=${left.length > 0},rollback=true}` : "";
  const configuration = `deploymentCircuitBreaker={enable=true,rollback=true}${watched}`;
  return {
    do: `Let deployments roll back${gone.length > 0 ? "; create the alarms that are missing, or name others" : ""}.`,
    run: [sh`aws ecs update-service --service ${name} --deployment-configuration ${configuration}`],
  };
}
