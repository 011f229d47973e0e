import { suffix } from "../facts/references.ts";
import { storeNamed } from "../facts/store-hosts.ts";
import type { Values } from "./json.ts";
import { type Meant, nothingMeant } from "./meant.ts";

const storeHost = /[\w.-]+\.(?:rds|cache)\.[\w-]*\.?amazonaws\.com(?:\.cn)?/i;

/** What the outputs name by a host or an ARN. A sensitive one is not looked at. */
export function hintsIn(outputs: Values): Meant {
  const texts = Object.values(outputs).flatMap((output) => {
    const { sensitive, value } = output as Values;
    return sensitive === true ? [] : textsIn(value);
  });
  const stores = texts.flatMap((text) => storeHost.exec(text) ?? []).flatMap((host) => storeNamed(host) ?? []);
  const named = (arn: RegExp) => texts.flatMap((text) => arn.exec(text)?.[1] ?? []);
  return {
    ...nothingMeant,
    hints: {
      secrets: named(/^arn:[\w-]+:secretsmanager:[\w-]+:\d+:secret:([^:]+)$/).map((name) => name.replace(suffix, "")),
      alarms: named(/^arn:[\w-]+:cloudwatch:[\w-]+:\d+:alarm:(.+)$/),
      databases: stores.flatMap(({ kind, name }) => (kind === "database" ? name : [])),
      caches: stores.flatMap(({ kind, name }) => (kind === "cache" ? name : [])),
      dashboards: named(/^arn:[\w-]+:cloudwatch::\d+:dashboard\/(.+)$/),
    },
  };
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
