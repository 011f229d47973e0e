import { toJSONSchema } from "zod/mini";
import { configSchema } from "../../config.ts";
import type { Path } from "./source.ts";

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

/** The keys that a configuration may have at a path. Loaded only once something is wrong. */
export function keysAt(path: Path): readonly string[] {
  const schemas = path.reduce<readonly Schema[]>(
    (found, step) => found.flatMap(branches).flatMap((one) => within(one, step)),
    [toJSONSchema(configSchema) as Schema],
  );
  return schemas.flatMap(branches).flatMap(({ properties = {} }) => Object.keys(properties));
}

const branches = (schema: Schema): readonly Schema[] => schema.anyOf ?? [schema];

function within({ properties, additionalProperties, items }: Schema, step: string | number): readonly Schema[] {
  const found = typeof step === "number" ? items : (properties?.[step] ?? additionalProperties);
  return typeof found === "object" ? [found] : [];
}
