import { toJSONSchema } from "zod/mini";
import type { $ZodType } from "zod/v4/core";

/** As much of JSON Schema as zod writes of the two documents. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | false;
  readonly required?: readonly string[];
}

/** One key of an object. */
export interface Member {
  readonly key: string;
  readonly schema: Schema;
  readonly required: boolean;
}

/** The JSON Schema of a document as it is written by hand or by a program. */
export const schemaOf = (schema: $ZodType): Schema => toJSONSchema(schema, { io: "input" }) as Schema;

/** The keys of an object, in the order in which its schema has them. */
export const membersOf = ({ properties = {}, required = [] }: Schema): readonly Member[] =>
  Object.entries(properties).map(([key, schema]) => ({ key, schema, required: required.includes(key) }));

/** The object whose keys are worth a table of their own: itself, what a list or a record holds, or what stands beside null. */
export function objectIn(schema: Schema): Schema | undefined {
  if (schema.properties) return schema;
  const inner = [schema.items, schema.additionalProperties || undefined, ...(schema.anyOf ?? [])];
  return inner.flatMap((one) => (one ? [objectIn(one)] : [])).find((one) => one !== undefined);
}

const patterns: readonly (readonly [string, string])[] = [
  ["ms|s|m|h", "duration, such as `2s`"],
  ["\\d{12}", "twelve digits, in quotes"],
  ["\\d{4}-", "date, such as `2026-12-31`"],
  ["https?:", "URL"],
  ["^\\/.*", "path"],
];

/** A type as a person would say it. */
export function typeOf(schema: Schema): string {
  const { type, items, additionalProperties, prefixItems, pattern = "" } = schema;
  if (Array.isArray(type)) return eitherOf(type.map((one) => ({ ...schema, type: one })));
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.enum) return schema.enum.map((one) => `\`${one}\``).join(", ");
  if (schema.anyOf) return eitherOf(schema.anyOf);
  if (prefixItems) return `[${prefixItems.map(typeOf).join(", ")}]`;
  if (type === "array") return `list of ${plural(items)}`;
  if (type === "object" && additionalProperties) return byName(additionalProperties);
  if (type === "object") return isPlain(schema) ? `{ ${Object.keys(schema.properties ?? {}).join(", ")} }` : "object";
  if (type === "integer") return numberIn("whole number", schema);
  if (type === "number") return numberIn("number", schema);
  if (type === "boolean") return "`true` or `false`";
  if (type === "string") return patterns.find(([part]) => pattern.includes(part))?.[1] ?? "text";
  return "anything";
}

function eitherOf(options: readonly Schema[]): string {
  const some = options.filter(({ type }) => type !== "null");
  // JSON is itself in all its forms, of which zod names each.
  if (some.length > 3) return "anything";
  const types = [...some.map(typeOf), ...(some.length < options.length ? ["null"] : [])];
  return types.join(", or ");
}

const byName = (schema: Schema) => (schema.anyOf ? `by name: ${typeOf(schema)}` : `${plural(schema)} by name`);

function plural(schema: Schema | undefined): string {
  if (!schema || typeOf(schema) === "anything") return "anything";
  const one = typeOf(schema);
  return one === "object" ? "objects" : one === "text" ? "texts" : one;
}

/** Whether the names of an object's keys say all there is to say of them. */
export const isPlain = ({ properties = {} }: Schema): boolean =>
  Object.values(properties).every((one) => one.description === undefined && !objectIn(one));

function numberIn(what: string, { minimum, maximum = Number.MAX_SAFE_INTEGER }: Schema): string {
  if (minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER) return what;
  return maximum < Number.MAX_SAFE_INTEGER ? `${what}, ${minimum} to ${maximum}` : `${what} from ${minimum}`;
}
