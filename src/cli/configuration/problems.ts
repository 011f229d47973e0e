import type { Stated } from "../../config.ts";
import { nearest } from "../../mistake.ts";
import type { Path, Wrong } from "./source.ts";

/** One thing that the schema finds wrong, as zod tells it; of a union, what each of its members finds. */
interface Issue {
  readonly code?: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
  readonly values?: readonly unknown[];
  readonly expected?: string;
  readonly errors?: readonly (readonly Issue[])[];
}
type Checked =
  | { readonly success: true; readonly data: Stated }
  | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } };

/** Everything that is wrong with a configuration: unknown keys, wrong types, and names of what does not exist. */
export async function problemsOf(checked: Checked, value: unknown, checkIds: readonly string[]): Promise<readonly Wrong[]> {
  if (checked.success) return misnamed(checked.data, checkIds);
  const { keysAt } = await import("./keys.ts");
  return checked.error.issues.flatMap((issue) => wrongs(deepest(issue), value, keysAt));
}

function wrongs(issue: Issue, value: unknown, keysAt: (path: Path) => readonly string[]): readonly Wrong[] {
  const path = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
  if (issue.code === "unrecognized_keys") {
    const valid = keysAt(path);
    return (issue.keys ?? []).map((key) => ({
      path: [...path, key],
      at: "key",
      says: `"${key}" is no key here`,
      remedy: words(key, valid),
    }));
  }
  const found = valueAt(value, path);
  if (found === undefined)
    return [
      {
        path: path.slice(0, -1),
        at: "key",
        says: `"${path.at(-1)}" is missing${path.length > 1 ? ` in ${path.slice(0, -1).join(".")}` : ""}`,
      },
    ];
  if (issue.values) {
    const valid = issue.values.map(String);
    return [{ path, at: "value", says: `${path.join(".")} cannot be ${shown(found)}`, remedy: words(String(found), valid) }];
  }
  const expected =
    issue.code === "invalid_type"
      ? `expected ${article(issue.expected ?? "value")}`
      : issue.message.replace(/^[A-Z]/, (first) => first.toLowerCase());
  return [{ path, at: "value", says: `${path.join(".") || "the configuration"} is ${shown(found)}: ${expected}` }];
}

/** Of a union, the complaint of the member that went furthest into the value. */
function deepest(issue: Issue): Issue {
  const [first] = (issue.errors ?? [])
    .flat()
    .map((inner) => deepest({ ...inner, path: [...issue.path, ...inner.path] }))
    .toSorted((a, b) => b.path.length - a.path.length || Number(Boolean(b.keys)) - Number(Boolean(a.keys)));
  return first ?? issue;
}

function misnamed(
  { waivers = [], severity = {}, signOff, secrets = {}, endpoints = {}, services, attestations = [] }: Stated,
  checkIds: readonly string[],
): readonly Wrong[] {
  const oneOf =
    (valid: readonly string[], kind: string) =>
    (name: string, path: Path, at: Wrong["at"] = "value"): readonly Wrong[] =>
      valid.includes(name) ? [] : [{ path, at, says: `no ${kind} is called "${name}"`, remedy: words(name, valid) }];
  const check = oneOf(checkIds, "check");
  const known = Object.keys(services);
  // Where none is stated they are found in the cluster, and any name may be right.
  const service = known.length > 0 ? oneOf(known, "service of this configuration") : () => [];
  return [
    ...waivers.flatMap((waiver, n) => check(waiver.check, ["waivers", n, "check"])),
    ...Object.keys(severity).flatMap((id) => check(id, ["severity", id], "key")),
    // An attestation that nobody has given yet is no mistake: its criterion stays open.
    ...(signOff?.criteria ?? []).flatMap(({ checks = [] }, n) =>
      checks.flatMap((id, m) => check(id, ["signOff", "criteria", n, "checks", m])),
    ),
    ...attestations.flatMap(({ on, expires }, n): readonly Wrong[] =>
      expires < on
        ? [{ path: ["attestations", n, "expires"], at: "value", says: `it expires on ${expires}, before it was given on ${on}` }]
        : [],
    ),
    ...Object.entries(secrets).flatMap(([name, { injectedInto = [] }]) =>
      injectedInto.flatMap((one, n) => service(one, ["secrets", name, "injectedInto", n])),
    ),
    ...Object.entries(endpoints).flatMap(([name, endpoint]) =>
      endpoint.service === undefined ? [] : service(endpoint.service, ["endpoints", name, "service"]),
    ),
  ];
}

/** The word that was probably meant, and all that may stand there. */
export function words(word: string, valid: readonly string[]): string {
  const meant = nearest(word, valid);
  const all = valid.length > 0 ? `Valid: ${valid.join(", ")}` : "Nothing is valid here";
  return meant === undefined ? all : `Did you mean "${meant}"? ${all}`;
}

const article = (type: string) => `${/^[aeiou]/.test(type) ? "an" : "a"} ${type}`;

function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? "an object" : JSON.stringify(value);
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (whole, step) => (typeof whole === "object" && whole !== null ? (whole as Record<string | number, unknown>)[step] : undefined),
    value,
  );
}
