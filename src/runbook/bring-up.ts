import { sh } from "../check.ts";
import type { Config } from "../config.ts";
import { toDatabase, untilAvailable } from "../diagnosis/database-commands.ts";
import type { ValueOf } from "../fact.ts";
import type { Database } from "../facts/database-types.ts";
import type { scalableTargets } from "../facts/scalable-targets.ts";
import { primaryOf, type Service } from "../facts/services.ts";
import type { Snapshot } from "../gather.ts";
import { list, type Step, step } from "./step.ts";

/** Starts the databases that are stopped, and waits until each that does not serve yet does. */
export function started(all: readonly Database[]): readonly Step[] {
  const down = all.filter(({ condition }) => condition !== "serving");
  if (down.length === 0) return [];
  const starts = down.flatMap((one) => {
    if (one.condition !== "stopped") return [];
    const first = one.status === "stopping" ? ", once it has stopped" : "";
    const itself = one.restartsAt ? ` If nobody does, AWS starts it by itself at ${one.restartsAt}, seven days after it was stopped.` : "";
    return [step(`Start the database ${one.name}${first}.${itself}`, [toDatabase("start", one)], "1 min")];
  });
  return [...starts, serving(down)];
}

/** Waits until databases serve. */
export function serving(down: readonly Database[]): Step {
  const are = down.length > 1 ? "are" : "is";
  return step(`Wait until ${list(down.map(({ name }) => name))} ${are} available.`, down.map(untilAvailable), "5-10 min");
}

type Goal = { readonly service: Service; readonly count: number; readonly isGuess: boolean };

/** Scales each service that has fewer tasks than it is to have, all side by side, and waits until they are steady. */
export function scaled(all: readonly Service[], config: Config, scaling: Snapshot["facts"][string] | undefined): readonly Step[] {
  const goals = all.map((service) => goalOf(service, config, scaling));
  const low = goals.filter(({ service, count }) => service.desired < count);
  const short = goals.filter(({ service, count }) => service.running < Math.max(count, service.desired));
  const stuck = short.filter((goal) => !low.includes(goal) && hasGivenUp(goal.service)).map(({ service }) => service.name);
  const moving = short.map(({ service }) => service.name);
  return [
    ...(low.length > 0 ? [raised(low)] : []),
    ...(stuck.length > 0 ? [anew(stuck)] : []),
    ...(moving.length > 0 ? [steady(moving)] : []),
  ];
}

/** How many tasks a service is to have: as configured, or as many as auto-scaling keeps at the least; else one. */
function goalOf(service: Service, config: Config, scaling: Snapshot["facts"][string] | undefined): Goal {
  // Daemons run on every instance, whatever is wanted.
  if (service.scheduling === "DAEMON") return { service, count: service.desired, isGuess: false };
  const target = scaling?.readings[service.name];
  const least = target?.state === "known" ? (target.value as ValueOf<typeof scalableTargets>).min : 0;
  const stated = config.services[service.name]?.desiredCount;
  if (stated !== undefined) return { service, count: stated, isGuess: false };
  const known = Math.max(least, service.desired);
  return { service, count: Math.max(known, 1), isGuess: known === 0 };
}

function raised(low: readonly Goal[]): Step {
  const namesOf = (goals: readonly Goal[]) => list(goals.map(({ service }) => service.name));
  const guesses = low.filter(({ isGuess }) => isGuess);
  const forced = low.filter(({ service }) => hasGivenUp(service));
  const guess = guesses.length > 0 ? ` Nothing says how many tasks ${namesOf(guesses)} should have; 1 is the least.` : "";
  const anew = forced.length > 0 ? ` ECS gave up on the last deployment of ${namesOf(forced)}, which takes a new one.` : "";
  const counts = list(low.map(({ service, count }) => `${service.name} to ${count === 1 ? "1 task" : `${count} tasks`}`));
  const run = low.map(({ service, count }) => {
    const line = sh`aws ecs update-service --service ${service.name} --desired-count ${count}`;
    return hasGivenUp(service) ? `${line} --force-new-deployment` : line;
  });
  return step(`Scale ${counts}.${guess}${anew}`, run, "1 min");
}

function anew(names: readonly string[]): Step {
  const run = names.map((name) => sh`aws ecs update-service --service ${name} --force-new-deployment`);
  return step(`Deploy ${list(names)} anew: ECS gave up on the last deployment, and starts no task by itself.`, run, "1 min");
}

const hasGivenUp = (service: Service) => primaryOf(service)?.rollout === "FAILED";

function steady(names: readonly string[]): Step {
  // ECS describes ten services at once.
  const tens = Array.from({ length: Math.ceil(names.length / 10) }, (_, n) => names.slice(n * 10, (n + 1) * 10));
  const run = tens.map((some) => `aws ecs wait services-stable --services ${some.map((name) => sh`${name}`).join(" ")}`);
  return step(`Wait until ${list(names)} ${names.length > 1 ? "are" : "is"} steady.`, run, "3-10 min");
}
