import { Mistake } from "../mistake.ts";
import { isObject, objects, type Values } from "./json.ts";
import { type Meant, nothingMeant, together } from "./meant.ts";
import { hintsIn } from "./terraform-outputs.ts";
import { meantBy } from "./terraform-resources.ts";

/** What Terraform means to be there, by the JSON that it shows. Throws a Mistake for what is none; takes nothing that Terraform calls sensitive. */
export function readTerraform(text: string, file: string): Meant {
  const content = parsed(text);
  if (!isObject(content)) throw unreadable(`${file} is no JSON object`);
  const { planned_values: planned, values, format_version: format, backend, resources } = content;
  if (isObject(backend) && isObject(backend["config"])) return lockOf(backend["type"], backend["config"]);
  if (Array.isArray(resources)) throw unreadable(`${file} is a state as Terraform stores it, with every sensitive value in it`);
  // Without any resource there is nothing but the version.
  if (typeof format === "string") return ofRoot(planned ?? values ?? {});
  if (!Object.values(content).every(isOutput)) throw unreadable(`${file} is nothing that Terraform shows as JSON`);
  return hintsIn(content);
}

const unreadable = (message: string) =>
  new Mistake(message, "Give it what one of these prints: terraform show -json, terraform show -json PLAN, terraform output -json");

const isOutput = (value: unknown) => isObject(value) && "value" in value && typeof value["sensitive"] === "boolean";

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function ofRoot(values: unknown): Meant {
  if (!isObject(values)) return nothingMeant;
  const { root_module: root, outputs } = values;
  return together([meantBy(resourcesOf(root)), isObject(outputs) ? hintsIn(outputs) : nothingMeant]);
}

/** A resource that Terraform manages, by what may be said of it. */
export interface Resource {
  readonly type: string;
  readonly values: Values;
}

function resourcesOf(module: unknown): readonly Resource[] {
  if (!isObject(module)) return [];
  const { resources, child_modules: children } = module;
  return [
    ...objects(resources).flatMap(({ mode, type, values, sensitive_values: sensitive }) =>
      mode === "managed" && typeof type === "string" && isObject(values) ? { type, values: plain(values, sensitive) } : [],
    ),
    ...objects(children).flatMap(resourcesOf),
  ];
}

/** The values without those that are marked as sensitive, however deep. */
function plain(values: Values, sensitive: unknown): Values {
  if (sensitive === true) return {};
  if (!isObject(sensitive)) return values;
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]): [string, unknown][] => {
      const mark = sensitive[key];
      if (mark === true || (Array.isArray(mark) && mark.length > 0 && JSON.stringify(mark).includes("true"))) return [];
      return [[key, isObject(value) ? plain(value, mark) : value]];
    }),
  );
}

function lockOf(type: unknown, { bucket, key, dynamodb_table: table }: Values): Meant {
  if (type !== "s3" || typeof bucket !== "string" || typeof key !== "string") return nothingMeant;
  return { ...nothingMeant, lock: { state: `${bucket}/${key}`, ...(typeof table === "string" && { lockTable: table }) } };
}
