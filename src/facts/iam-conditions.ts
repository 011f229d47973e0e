import type { Json } from "../fact.ts";

/** What can be said of a permission: "maybe" where it hangs on what only AWS knows. */
export type Answer = "yes" | "no" | "maybe";

/** What a request holds under the condition keys that are known of it: one value or any of several; none at all where the list is empty. */
export type RequestContext = { readonly [key: string]: string | readonly string[] };

/** All must be so for it to be so. */
export const weakest = (answers: readonly Answer[]): Answer =>
  answers.includes("no") ? "no" : answers.includes("maybe") ? "maybe" : "yes";

/** It suffices that one is so. */
export const strongest = (answers: readonly Answer[]): Answer =>
  answers.includes("yes") ? "yes" : answers.includes("maybe") ? "maybe" : "no";

/** The members of an object; none of anything else. */
export const entries = (value: Json | undefined): readonly (readonly [string, Json])[] =>
  value && typeof value === "object" && !Array.isArray(value) ? Object.entries(value) : [];

/** One value or a list of them, as texts. */
export const strings = (value: Json | undefined): readonly string[] => [value ?? []].flat().map(String);

/**
 * Whether a text is what a pattern says, in which * and ? stand for anything unless `literal`. Where a context is given, policy variables
 * are filled in from it; one that is not known may come to anything.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function like(pattern: string, text: string, context?: RequestContext, literal = false): Answer {
  let open = false;
  const valued = (variable: string): string => {
    const [, key = "", fallback] = /^\$\{\s*([^,}]*?)\s*(?:,\s*'([^']*)'\s*)?\}$/.exec(variable) ?? [];
    if (/^[*?$]$/.test(key)) return quoted(key);
    const values = held(context ?? {}, key);
    if (values?.length === 0) return fallback === undefined ? nothing : quoted(fallback);
    if (values?.length === 1) return quoted(values[0] ?? "");
    open = true;
    return ".*";
  };
  const plain = literal ? quoted : wild;
  const parts = context ? pattern.split(/(\$\{[^}]*\})/) : [pattern];
  const source = parts.map((part, index) => (index % 2 === 1 ? valued(part) : plain(part))).join("");
  if (!new RegExp(`^${source}$`, "s").test(text)) return "no";
  return open ? "maybe" : "yes";
}

const nothing = "(?!)";
const quoted = (text: string) => text.replace(/[.+^${}()|[\]\\*?]/g, "\\$&");
const wild = (text: string) => quoted(text).replaceAll("\\*", ".*").replaceAll("\\?", ".");

/** What a request holds under a key, whose case does not matter; undefined where that is not known. */
function held(context: RequestContext, key: string): readonly string[] | undefined {
  const found = Object.keys(context).find((one) => one.toLowerCase() === key.toLowerCase());
  return found === undefined ? undefined : [context[found] ?? []].flat();
}

/**
 * Whether a request meets a statement's conditions: all operators, and all their keys.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function meets(condition: Json | undefined, context: RequestContext, variables: boolean): Answer {
  const one = ([operator, keys]: readonly [string, Json]) =>
    entries(keys).map(([key, wanted]) => conditionOf(operator, held(context, key), strings(wanted), variables ? context : undefined));
  return weakest(entries(condition).flatMap(one));
}

const form = /^(?:(ForAnyValue|ForAllValues):)?(String|Arn|Bool|Null)(Not)?(Equals|Like)?(IgnoreCase)?(IfExists)?$/i;

function conditionOf(
  operator: string,
  values: readonly string[] | undefined,
  wanted: readonly string[],
  context: RequestContext | undefined,
): Answer {
  const [known, quantifier = "", type = "", negative, likeness, ignoreCase, ifExists] = form.exec(operator.toLowerCase()) ?? [];
  if (!known || !values) return "maybe";
  if (type === "null") return wanted.includes(String(values.length === 0)) ? "yes" : "no";
  const fold = (text: string) => (ignoreCase || type === "bool" ? text.toLowerCase() : text);
  const literal = type !== "arn" && likeness !== "like";
  const matches = (value: string, one: string) =>
    type === "arn" ? arnLike(one, value, context) : like(fold(one), fold(value), context, literal);
  const each = values.map((value) => {
    const answer = strongest(wanted.map((one) => matches(value, one)));
    return negative ? not(answer) : answer;
  });
  // A key that the request does not have is no match, so that what is said with Not holds of it.
  if (each.length === 0) return ifExists || quantifier === "forallvalues" || (negative && !quantifier) ? "yes" : "no";
  if (quantifier) return quantifier === "forallvalues" ? weakest(each) : strongest(each);
  // Several values of a key that has only one are what it may be.
  return each.every((answer) => answer === each[0]) ? (each[0] ?? "maybe") : "maybe";
}

const not = (answer: Answer): Answer => (answer === "maybe" ? "maybe" : answer === "yes" ? "no" : "yes");

/** Each of the six parts of an ARN for itself: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN */
function arnLike(pattern: string, text: string, context?: RequestContext): Answer {
  const [patterns, texts] = [sixParts(pattern), sixParts(text)];
  if (patterns.length !== texts.length) return "no";
  return weakest(patterns.map((part, index) => like(part, texts[index] ?? "", context)));
}

function sixParts(arn: string): readonly string[] {
  const parts = arn.split(/:(?![^{]*\})/);
  return [...parts.slice(0, 5), ...(parts.length > 5 ? [parts.slice(5).join(":")] : [])];
}
