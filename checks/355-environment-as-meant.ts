import { defineCheck, fail, pass, skip } from "../src/check.ts";
import { registerAndDeploy } from "../src/diagnosis/fixes.ts";
import { services } from "../src/facts/services.ts";
import { storeAt } from "../src/facts/store-hosts.ts";
import { type Container, taskDefinitions } from "../src/facts/task-definitions.ts";

export default defineCheck({
  title: "Every service has the plain environment that is meant for it",
  why: "A service that writes to the wrong database looks perfectly healthy while it loses somebody's data.",
  severity: "blocker",
  about: taskDefinitions,
  needs: [services],
  breaks: true,
  none: skip("no service is on a task definition"),

  evaluate({ arn, family, containers }, facts, { config }) {
    const on = facts.services.all().flatMap(({ name, taskDefinition }) => (taskDefinition === arn ? [name] : []));
    if (on.length === 0) return skip("is no service's deployed revision");

    const stated = on.flatMap((name) => Object.entries(config.services[name]?.environment ?? {}));
    const hosts = containers.flatMap((container) =>
      Object.entries(container.hosts).map(([variable, host]) => ({
        at: `${container.name}/${variable}`,
        host,
        store: storeAt(host, config),
      })),
    );
    const judged = hosts.filter(({ store }) => store !== undefined);
    const unread = stated.filter(
      ([variable]) => containers.some(({ environmentFiles }) => environmentFiles) && !isSet(variable, containers),
    );
    const faults = [
      ...judged.filter(({ store }) => store === null).map(({ at, host }) => `${at} is ${host}, which the configuration does not name`),
      ...stated.filter((one) => !unread.includes(one)).flatMap(([variable, value]) => faultsOf(variable, value, containers)),
    ];

    const evidence = {
      services: on,
      hosts: judged.map(({ at, host }) => `${at}=${host}`),
      stated: stated.map(([variable]) => variable),
    };
    if (faults.length > 0)
      return fail(
        `is not set as meant: ${faults.join("; ")}`,
        { ...evidence, faults },
        {
          do: "Register a revision with the environment that is meant, and deploy it.",
          run: registerAndDeploy(family, on),
        },
      );
    if (unread.length > 0)
      return skip(`takes its environment from files too, which may set ${unread.map(([variable]) => variable).join(", ")}`);
    if (judged.length + stated.length === 0) return skip("has no plain environment that anything is stated about");
    return pass("has the plain environment that is meant", evidence);
  },
});

const isSet = (variable: string, containers: readonly Container[]) =>
  containers.some(({ essential, settings }) => essential && Object.hasOwn(settings, variable));

function faultsOf(variable: string, value: string, containers: readonly Container[]): readonly string[] {
  if (!isSet(variable, containers)) return [`${variable} is not set, where ${JSON.stringify(value)} is meant`];
  const differing = containers.filter(({ settings }) => Object.hasOwn(settings, variable) && settings[variable] !== value);
  return differing.map(
    ({ name, settings }) => `${name}/${variable} is ${JSON.stringify(settings[variable])}, where ${JSON.stringify(value)} is meant`,
  );
}
