import { defineCheck, fail, pass, sh, skip } from "../src/check.ts";
import { fargateQuotas, kindsOf } from "../src/facts/fargate-quotas.ts";
import { services } from "../src/facts/services.ts";
import { taskDefinitions } from "../src/facts/task-definitions.ts";

export default defineCheck({
  title: "The account's quota lets all tasks run",
  why: "Raising a quota takes AWS hours, and until then part of the tasks does not start.",
  severity: { "pre-scale-up": "blocker", "post-deploy": "warning", "sign-off": "warning" },
  about: fargateQuotas,
  needs: [services, taskDefinitions],
  breaks: "starting",
  none: skip("no service runs on Fargate"),

  evaluate({ code, kind, vcpus }, facts, { config }) {
    // Tasks of a service that is spread over both kinds may go to either: nothing is proven of them.
    const counted = facts.services.all().filter((service) => kindsOf(service).join() === kind);
    const wanted = counted.map((service) => {
      const tasks = service.desired || (config.services[service.name]?.desiredCount ?? 0);
      const { cpu } = service.taskDefinition === null ? { cpu: 0 } : facts.taskDefinitions.get(service.taskDefinition);
      return { service: service.name, tasks, vcpus: cpu === null ? null : (tasks * cpu) / 1024 };
    });
    if (counted.length === 0) return skip("counts no service's tasks for certain");
    const total = wanted.reduce((sum, one) => sum + (one.vcpus ?? 0), 0);
    const evidence = { quota: vcpus, wanted: total, services: wanted };

    if (total > vcpus) {
      const request = sh`aws service-quotas request-service-quota-increase --service-code fargate --quota-code ${code} --desired-value ${Math.ceil(total * 2)}`;
      return fail(
        `lets ${vcpus} vCPUs run on Fargate ${kind}, and the services want ${total}`,
        evidence,
        { do: "Ask AWS for a higher quota, and wait until it is granted.", run: [request] },
        "vcpu-quota-exceeded",
      );
    }
    if (wanted.some((one) => one.vcpus === null))
      return skip("cannot be compared: a task definition does not say how much processor it takes");
    return pass(`lets ${vcpus} vCPUs run, and the services want ${total}`, evidence);
  },
});
