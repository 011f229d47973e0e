import type { Action as SdkAction } from "@aws-sdk/client-elastic-load-balancing-v2";
import { given, InvalidAnswer, oneOf } from "../fact.ts";
import type { Protocol } from "./target-groups.ts";

/** What a rule asks of a request. Of headers and queries `values` are the names alone, and of queries only those that have one. */
export type Condition = {
  readonly field: "host-header" | "path-pattern" | "http-request-method" | "source-ip" | "http-header" | "query-string";
  readonly values: readonly string[];
  readonly regexes: readonly string[];
};

/** A target group by ARN, and its share of the requests. */
export type Share = { readonly arn: string; readonly weight: number };

/** What becomes of a request. A redirect's parts may hold `#{host}` and the like. */
export type Action = { readonly authenticates: boolean } & (
  | { readonly type: "forward"; readonly groups: readonly Share[] }
  | { readonly type: "redirect"; readonly protocol: string; readonly port: string; readonly host: string; readonly path: string }
  | { readonly type: "fixed-response"; readonly status: string }
);

/** A rule of a listener; the default one has no priority. */
export type Rule = {
  readonly arn: string;
  readonly priority: number | null;
  readonly conditions: readonly Condition[];
  readonly action: Action;
};

/** A listener with its rules in the order in which they are tried, the default one last. `loadBalancer` is an ARN. */
export type Entrance = {
  readonly name: string;
  readonly arn: string;
  readonly loadBalancer: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly rules: readonly Rule[];
};

/** A GET request, as far as rules can be decided by it. Where no protocol is stated, it is the listener's. */
export type Request = { readonly protocol?: "HTTP" | "HTTPS"; readonly port: number; readonly host: string; readonly path: string };

/** What one listener did with a request: the rule that took it, and those before it that some requests of this host and path may meet. */
export type Step = { readonly request: Request; readonly at: Entrance; readonly rule: Rule; readonly undecided: readonly Rule[] };

/** Where a request ends up. */
export type End =
  | { readonly to: "targets"; readonly groups: readonly Share[] }
  | { readonly to: "answer"; readonly status: string }
  | { readonly to: "elsewhere"; readonly request: Request }
  | { readonly to: "nobody"; readonly request: Request }
  | { readonly to: "circle"; readonly request: Request };

const redirectsFollowed = 5;

/** The way of a request: the listeners that it passes, and where it ends up. */
export type Route = { readonly steps: readonly Step[]; readonly end: End };

/** Follows a request through the listeners of one load balancer, redirects within it included. */
export function routeOf(asked: Request, entrances: readonly Entrance[]): Route {
  const steps: Step[] = [];
  let request = asked;
  while (steps.length <= redirectsFollowed) {
    const { port, protocol } = request;
    const at = entrances.find((one) => one.port === port && (protocol === undefined || one.protocol === protocol));
    const rule = at?.rules.find((one) => meets(request, one) === "yes");
    // Another host is this load balancer's business only where a rule asks for it by name.
    const named = rule?.conditions.some(({ field }) => field === "host-header") ?? false;
    if (!named && request.host.toLowerCase() !== asked.host.toLowerCase()) return { steps, end: { to: "elsewhere", request } };
    if (!at || !rule) return { steps, end: { to: "nobody", request } };

    const before = at.rules.slice(0, at.rules.indexOf(rule));
    steps.push({ request, at, rule, undecided: before.filter((one) => meets(request, one) === "maybe") });
    const { action } = rule;
    if (action.type === "forward") return { steps, end: { to: "targets", groups: action.groups } };
    if (action.type === "fixed-response") return { steps, end: { to: "answer", status: action.status } };
    request = redirected(request, at, action);
  }
  return { steps, end: { to: "circle", request } };
}

/** Whether a rule takes a request; "maybe" where that hangs on more than host and path. */
export function meets(request: Request, { conditions }: Pick<Rule, "conditions">): "yes" | "no" | "maybe" {
  const met = conditions.map((condition) => meetsOne(request, condition));
  return met.find((one) => one === "no") ?? met.find((one) => one === "maybe") ?? "yes";
}

/** The percentage of requests that a rule hands to one of these target groups. */
export function shareOf(groups: readonly string[], { action }: Pick<Rule, "action">): number {
  if (action.type !== "forward") return 0;
  const weigh = (shares: readonly Share[]) => shares.reduce((sum, { weight }) => sum + weight, 0);
  return (100 * weigh(action.groups.filter(({ arn }) => groups.includes(arn)))) / Math.max(1, weigh(action.groups));
}

/** A rule as findings name it. */
export function ruleText({ priority, conditions }: Rule): string {
  if (priority === null) return "the default rule";
  const asks = conditions.map(({ field, values, regexes }) => [field, [...values, ...regexes].join(" or ")].filter(Boolean).join(" "));
  return `rule ${priority} (${asks.join(", ") || "no condition"})`;
}

/** How findings name the way of a configured host and path. */
export const routeSubject = ({ host, port, path = "/" }: { host: string; port?: number | undefined; path?: string | undefined }) =>
  `route:${host}${port === undefined ? "" : `:${port}`}${path}`;

/** Reads a rule's or a listener's actions: the last one decides, those before it authenticate. */
export function actionOf(actions: readonly SdkAction[]): Action {
  const types = ["forward", "redirect", "fixed-response", "authenticate-oidc", "authenticate-cognito", "jwt-validation"] as const;
  const inOrder = actions.toSorted((a, b) => (a.Order ?? 0) - (b.Order ?? 0)).map((one) => ({ ...one, type: oneOf(one.Type, types) }));
  const last = given(inOrder.at(-1), "action");
  const authenticates = inOrder.length > 1;

  if (last.type === "forward") {
    const groups = last.ForwardConfig?.TargetGroups ?? [{ TargetGroupArn: last.TargetGroupArn, Weight: 1 }];
    return {
      type: "forward",
      authenticates,
      groups: groups.map(({ TargetGroupArn, Weight = 1 }) => ({ arn: given(TargetGroupArn, "TargetGroupArn"), weight: Weight })),
    };
  }
  if (last.type === "redirect") {
    const {
      Protocol = "#{protocol}",
      Port = "#{port}",
      Host = "#{host}",
      Path = "/#{path}",
    } = given(last.RedirectConfig, "RedirectConfig");
    return { type: "redirect", authenticates, protocol: Protocol, port: Port, host: Host, path: Path };
  }
  if (last.type === "fixed-response")
    return { type: "fixed-response", authenticates, status: given(last.FixedResponseConfig?.StatusCode, "StatusCode") };
  throw new InvalidAnswer(`AWS sent actions that end with ${last.type}`);
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html */
function meetsOne({ host, path }: Request, { field, values, regexes }: Condition): "yes" | "no" | "maybe" {
  if (field === "host-header") return matches(host, values, regexes, "i");
  if (field === "path-pattern") return matches(path, values, regexes, "");
  if (field === "http-request-method") return values.includes("GET") ? "yes" : "maybe";
  return field === "source-ip" && values.includes("0.0.0.0/0") ? "yes" : "maybe";
}

function matches(text: string, patterns: readonly string[], regexes: readonly string[], flags: string): "yes" | "no" | "maybe" {
  if (patterns.some((pattern) => wildcards(pattern, flags).test(text))) return "yes";
  const found = regexes.map((regex) => searched(text, regex, flags));
  return found.find((one) => one === "yes") ?? found.find((one) => one === "maybe") ?? "no";
}

/** `*` stands for any number of characters, `?` for one. */
function wildcards(pattern: string, flags: string): RegExp {
  const literal = pattern.replaceAll(/[\\^$.|+()[\]{}]/g, "\\$&");
  return new RegExp(`^${literal.replaceAll(/\*+/g, ".*").replaceAll("?", ".")}$`, `s${flags}`);
}

/** AWS does not say whether an expression must match all of the text, and its grammar is not quite ours: only what fits both ways is sure. */
function searched(text: string, regex: string, flags: string): "yes" | "no" | "maybe" {
  try {
    if (new RegExp(`^(?:${regex})$`, flags).test(text)) return "yes";
    return new RegExp(regex, flags).test(text) ? "maybe" : "no";
  } catch {
    return "maybe";
  }
}

function redirected({ port, host, path }: Request, { protocol }: Entrance, action: Action & { type: "redirect" }): Request {
  const is: Readonly<Record<string, string>> = { protocol, port: `${port}`, host, path: path.replace(/^\//, "") };
  const fill = (template: string) => template.replaceAll(/#\{(protocol|port|host|path)\}/g, (_, word: string) => is[word] ?? "");
  return {
    protocol: oneOf(fill(action.protocol).toUpperCase(), ["HTTP", "HTTPS"]),
    port: Number(fill(action.port)),
    host: fill(action.host),
    path: fill(action.path),
  };
}

/** A request as findings name it. */
export const urlOf = ({ protocol, port, host, path }: Request) => `${(protocol ?? "http").toLowerCase()}://${host}:${port}${path}`;
