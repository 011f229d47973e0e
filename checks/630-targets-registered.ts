import { afterwards, defineCheck, type Fix, fail, pass, pending, sh, skip } from "../src/check.ts";
import { isDeploying, primaryOf, services } from "../src/facts/services.ts";
import { attachmentsTo, pairOf, targetGroupName } from "../src/facts/target-groups.ts";
import { isDraining, type Target, targetHealth } from "../src/facts/target-health.ts";
import { type RunningTask, tasks } from "../src/facts/tasks.ts";

export default defineCheck({
  title: "Every task is registered as a target, and nothing else is",
  why: "Users are sent to targets: a task that is none serves nobody, and a stranger among them serves something else.",
  severity: { "post-deploy": "blocker", "sign-off": "blocker" },
  about: targetHealth,
  needs: [services, tasks, targetHealth],
  breaks: true,
  symptom: ["service-exists", "service-steady", "deployment-landed", "tasks-on-revision", "tasks-survive", "load-balancer-wired"],
  none: skip("no service is behind a load balancer"),

  evaluate({ arn, services: names, targets }, facts, { now }) {
    const behind = names.map((name) => facts.services.get(name));
    if (behind.every(({ desired }) => desired === 0)) return skip("is at rest: nothing is to run behind it");
    const { first, others } = pairOf(arn, behind);
    if (first !== arn) return skip(`is judged together with ${targetGroupName(first)}, the other of its pair`);

    const all = [{ arn, targets }, ...others.map((other) => facts.targetHealth.get(other))];
    const registered = all.flatMap((group) => group.targets.map((target) => ({ ...target, group: group.arn })));
    const staying = registered.filter((target) => !isDraining(target));
    const known = names.map((name) => facts.tasks.get(name));
    const running = known.flatMap((one) => one.running);
    const ports = attachmentsTo(arn, behind).map(({ port }) => port);
    const strangers = staying.filter((target) => isStranger(target, running, ports));
    const wanted = behind.reduce((sum, service) => sum + service.desired * attachmentsTo(arn, [service]).length, 0);
    const evidence = {
      desired: wanted,
      running: running.length,
      targets: staying.map(placeOf),
      draining: registered.length - staying.length,
    };
    const registering = staying.some(({ reason }) => reason === "Elb.RegistrationInProgress");
    if (strangers.length === 0 && staying.length === wanted && !registering)
      return pass(`has a target for each of its ${wanted} tasks`, evidence);

    const who = strangers.map(placeOf).join(", ");
    const says = who ? `sends users to ${who}, where no task of ${names.join(" or ")} runs` : countOf(staying.length, wanted);
    // ECS sets about registering a task before it says that it runs, and deregisters it a moment after it was told to stop.
    const patience = Math.max(120, ...behind.map(({ grace }) => grace ?? 0));
    const starting = staying.length < wanted && running.some(({ startedAt }) => isWithin(patience, startedAt, now));
    const stopping = strangers.length > 0 && known.some(({ stopped }) => stopped.some(({ stoppedAt }) => isWithin(60, stoppedAt, now)));
    const before = running.filter(({ deployment }) => !behind.some((service) => primaryOf(service)?.id === deployment));
    const own = staying.filter(({ id }) => !before.some(({ addresses }) => addresses.includes(id)));
    // What is too many is what ran before, and goes when the deployment ends.
    if (behind.every(isDeploying) && own.length === wanted && strangers.length === 0 && !registering)
      return afterwards(pending(`${says} so far`, evidence));
    if (registering || starting || stopping || running.length > wanted || behind.some(isDeploying))
      return pending(`${says} so far`, evidence);

    if (who) return fail(says, evidence, deregister(strangers), "target-group-misconfigured");
    return fail(says, evidence, running.length < wanted ? readEvents(names) : registerAnew(names));
  },
});

function countOf(targets: number, tasks: number): string {
  if (targets === 0) return "has no target registered";
  return targets < tasks ? `has ${targets} of ${tasks} targets registered` : `has ${targets} targets registered for ${tasks} tasks`;
}

const placeOf = ({ id, port }: Pick<Target, "id" | "port">) => `${id}:${port}`;

const isWithin = (seconds: number, at: string | null, now: Date) => at === null || now.getTime() - Date.parse(at) < seconds * 1000;

/** Only addresses can be compared: instances, and tasks without an address of their own, are counted. */
function isStranger({ id, port }: Target, running: readonly RunningTask[], ports: readonly number[]): boolean {
  const addresses = running.flatMap((task) => task.addresses);
  if (!/^[\d.]+$/.test(id) || (running.length > 0 && addresses.length === 0)) return false;
  return !addresses.includes(id) || !ports.includes(port);
}

const deregister = (strangers: readonly (Target & { group: string })[]): Fix => ({
  do: "Take the strangers off.",
  run: strangers.map(({ group, id, port }) => sh`aws elbv2 deregister-targets --target-group-arn ${group} --targets Id=${id},Port=${port}`),
});

const readEvents = (names: readonly string[]): Fix => ({
  do: "Read why tasks stop before they are registered.",
  run: names.map((name) => sh`aws ecs describe-services --services ${name} --query ${"services[0].events[:5]"}`),
});

const registerAnew = (names: readonly string[]): Fix => ({
  do: "Deploy anew, so that every task is registered.",
  run: names.map((name) => sh`aws ecs update-service --service ${name} --force-new-deployment`),
});
