import { secrets } from "../../facts/secrets.ts";
import { services } from "../../facts/services.ts";
import { taskDefinitions } from "../../facts/task-definitions.ts";
import { type Material, namesOf, notFound, oneOf, type Part } from "../part.ts";
import { secretName } from "../terraform-resources.ts";

/** The secrets, the keys that are asked of them, and who is given all of these. */
export function secretsPart(material: Material): Part {
  const { config, meant } = material;
  const names = [
    ...new Set([...namesOf(config.secrets), ...meant.secrets, ...meant.hints.secrets.filter((name) => oneOf(material, secrets, name))]),
  ].sort();
  const written = names.map((name) => {
    const { keys = [], injectedInto = [] } = config.secrets[name] ?? {};
    const planned = plannedKeys(material, name).filter((key) => !keys.includes(key));
    const isNew = keys.length + injectedInto.length === 0;
    const value = {
      ...(keys.length + planned.length > 0 && { keys: [...keys, ...planned] }),
      ...(injectedInto.length > 0 && { injectedInto }),
    };
    const remarks = [
      ...(isNew && planned.length === 0 ? ["No task definition that is deployed asks for it as a whole or by key."] : []),
      ...(planned.length > 0 ? [`Asked for by Terraform's task definition and not by what is deployed: ${planned.join(", ")}.`] : []),
    ];
    return [name, { value, remarks }] as const;
  });
  return {
    key: "secrets",
    about: "The keys that each must hold, and the services whose task definition must inject every one of them.",
    value: written.length === 0 ? undefined : Object.fromEntries(written.map(([name, { value }]) => [name, value])),
    remarks: Object.fromEntries(written.map(([name, { remarks }]) => [name, remarks])),
    notes: notFound(material, "secrets"),
  };
}

/** The keys that a newer revision asks for, which Terraform has and the services do not run. */
function plannedKeys(material: Material, name: string): readonly string[] {
  const running = allRevisions(material);
  const asked = material.meant.asked.filter(({ secret }) => secret === name || secretName(secret) === name);
  const newer = asked.filter(({ family, revision }) => {
    const deployed = running.get(family);
    return deployed !== undefined && (revision === null || revision > deployed);
  });
  return [...new Set(newer.map(({ key }) => key))];
}

/** The revision that runs, by family. */
function allRevisions(material: Material): ReadonlyMap<string, number> {
  const definitions = namesOf(material.config.services).flatMap((name) => {
    const { taskDefinition } = oneOf(material, services, name) ?? {};
    return taskDefinition ? (oneOf(material, taskDefinitions, taskDefinition) ?? []) : [];
  });
  return new Map(definitions.map(({ family, revision }) => [family, revision]));
}
