import type { Json } from "../fact.ts";
import { isOurs, type Stack } from "./dimensions.ts";
import { dimensionOf } from "./metrics.ts";

/** A metric that a widget draws. `region` and `account` are null where they are the dashboard's own. */
export type Drawn = {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: { readonly [name: string]: string };
  readonly region: string | null;
  readonly account: string | null;
};

type Properties = { readonly [name: string]: Json | undefined };

/**
 * Reads the body of a dashboard, as far as it is about metrics.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function drawnIn(body: Json) {
  const { widgets: all, variables } = properties(body);
  const widgets = list(all).map(properties);
  const graphs = widgets.filter(({ type }) => type === "metric" || type === "explorer" || type === "alarm");
  const moving = list(variables).flatMap((one) => [properties(one)["property"], properties(one)["pattern"]].filter(isText));
  const rows = graphs.flatMap(rowsOf);
  const named = rows.flatMap((row) => (typeof row === "object" ? [row] : []));
  const still = named.filter((one) => !isMoved(one, moving));
  const computed = still.length < named.length || rows.includes("found");
  return { widgets: widgets.length, graphs: graphs.length, drawn: still, computed };
}

/** What dimensions name: things of the stack, things that are not, and one of these that something of the stack has taken the place of. */
export function shownIn(drawn: readonly Drawn[], stack: Stack) {
  const told = drawn.flatMap(({ dimensions }) =>
    Object.entries(dimensions).map(([name, value]) => ({ value, ours: isOurs(name, value, stack) })),
  );
  const namesOf = (ours: boolean) => [...new Set(told.flatMap((one) => (one.ours === ours ? [one.value] : [])))].sort();
  const foreign = namesOf(false);
  const gone = foreign.find((one) => one.includes("/") && successors(stack).some((ours) => isReplaced(one, ours))) ?? null;
  return { own: namesOf(true), foreign, gone };
}

const successors = ({ groups }: Stack) => groups().flatMap(({ arn, loadBalancers }) => [arn, ...loadBalancers].map(dimensionOf));

/** Whether both have one name and AWS has given them different ids. */
function isReplaced(dimension: string, successor: string): boolean {
  const [[kind, name, id], [otherKind, otherName, otherId]] = [dimension.split("/"), successor.split("/")];
  return kind === otherKind && name === otherName && id !== otherId;
}

/** Each row of a widget's metrics: what it names, or that it is `found` as it is drawn, or reckoned from other rows and `none` by itself. */
function rowsOf({ type, properties: all }: Properties): readonly (Drawn | "found" | "none")[] {
  const { metrics, region, accountId } = properties(all);
  // An explorer looks by tags, and an alarm knows itself what it watches.
  if (type !== "metric" || metrics === undefined) return ["found"];
  let above: readonly string[] = [];
  return list(metrics).map((row) => {
    const cells = list(row);
    const options = properties(cells.find((cell) => typeof cell === "object" && !Array.isArray(cell)));
    const words = inFull(cells.filter(isText), above);
    if (words.length < 2) return searches.test(text(options["expression"]) ?? "SEARCH") ? "found" : "none";
    above = words;
    const [namespace = "", metric = "", ...pairs] = words;
    const dimensions = Object.fromEntries(pairs.flatMap((name, n) => (n % 2 === 0 ? [[name, pairs[n + 1] ?? ""]] : [])));
    return { namespace, metric, dimensions, region: text(options["region"] ?? region), account: text(options["accountId"] ?? accountId) };
  });
}

/** The expressions that bring in metrics which no row names. */
const searches = /\b(SEARCH|SELECT|INSIGHT_RULE_METRIC|LAMBDA|DB_PERF_INSIGHTS|SERVICE_QUOTA)\b/i;

/** A row without its shorthand: `.` is what stands above it, `...` as much of that as is left over. */
function inFull(cells: readonly string[], above: readonly string[]): readonly string[] {
  const rest = above.length - (cells.length - 1);
  const spread = cells.flatMap((cell, n) => (cell === "..." ? above.slice(n, n + rest) : [cell]));
  return spread.map((cell, n) => (cell === "." ? (above[n] ?? cell) : cell));
}

/** Whether a variable of the dashboard puts something else in the place of a dimension. */
const isMoved = ({ dimensions }: Drawn, moving: readonly string[]): boolean =>
  Object.entries(dimensions).some(([name, value]) => moving.some((word) => name === word || value.includes(word)));

const isText = (value: Json | undefined): value is string => typeof value === "string";
const text = (value: Json | undefined): string | null => (isText(value) ? value : null);
const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);
const properties = (value: Json | undefined): Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Properties) : {};
