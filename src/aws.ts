/**
 * Every AWS API that seaworthy may talk to, by its IAM prefix. A service's file lists the operations, all of which only read: it is
 * the allow-list, the types and, since a bundler drops what it does not name, the chunk that is loaded on the first call.
 */
export const services = {
  acm: () => import("./aws/acm.ts"),
  "application-autoscaling": () => import("./aws/application-autoscaling.ts"),
  cloudwatch: () => import("./aws/cloudwatch.ts"),
  config: () => import("./aws/config.ts"),
  dynamodb: () => import("./aws/dynamodb.ts"),
  ec2: () => import("./aws/ec2.ts"),
  ecr: () => import("./aws/ecr.ts"),
  ecs: () => import("./aws/ecs.ts"),
  elasticache: () => import("./aws/elasticache.ts"),
  elasticloadbalancing: () => import("./aws/elasticloadbalancing.ts"),
  guardduty: () => import("./aws/guardduty.ts"),
  iam: () => import("./aws/iam.ts"),
  kms: () => import("./aws/kms.ts"),
  logs: () => import("./aws/logs.ts"),
  pricing: () => import("./aws/pricing.ts"),
  rds: () => import("./aws/rds.ts"),
  route53: () => import("./aws/route53.ts"),
  s3: () => import("./aws/s3.ts"),
  secretsmanager: () => import("./aws/secretsmanager.ts"),
  servicequotas: () => import("./aws/servicequotas.ts"),
  sns: () => import("./aws/sns.ts"),
  ssm: () => import("./aws/ssm.ts"),
  sts: () => import("./aws/sts.ts"),
  wafv2: () => import("./aws/wafv2.ts"),
};

type Services = { readonly [S in keyof typeof services]: Awaited<ReturnType<(typeof services)[S]>> };

/** An AWS API, by its IAM prefix. */
export type Service = keyof Services;
type Operation<S extends Service> = Exclude<keyof Services[S], "Client" | "settings"> & string;

/** An operation that a service's file lists, as IAM calls it. */
export type Action = { [S in Service]: `${S}:${Operation<S>}` }[Service];

/** How a call is made; all pages are read unless only the first is wanted, in the region of the run unless another is named. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly firstPage?: boolean;
  readonly region?: string;
}

type ServiceOf<A extends Action> = A extends `${infer S extends Service}:${string}` ? S : never;
type OperationOf<A extends Action, S extends Service> = A extends `${S}:${infer O extends Operation<S>}` ? O : never;
type Ask<I, O> = (input: I, options?: Omit<CallOptions, "signal">) => Promise<O>;
/** Typed by the SDK's command; where the SDK is not installed beside the library, its command is `any`, and so is the answer. */
type Call<C> = [0] extends [1 & C]
  ? // biome-ignore lint/suspicious/noExplicitAny: what takes the place of the SDK's own type must not get in anybody's way
    Ask<object, any>
  : C extends abstract new (
        ...input: never
      ) => { readonly input: infer I; resolveMiddleware(...args: never): (...args: never) => Promise<{ output: infer O }> }
    ? Ask<I, Whole<O>>
    : never;
/** An answer that has come to its end: a body is bytes, and no stream any more. */
type Whole<O> = { [K in keyof O as Exclude<K, "$metadata">]: K extends "Body" ? Uint8Array : O[K] };

/** The slice of AWS that a fact declared, and nothing else. */
export type Granted<A extends Action> = {
  readonly [S in ServiceOf<A>]: { readonly [O in OperationOf<A, S>]: Call<Services[S][O]> };
};

/** Asks AWS one thing, to the last page. Rejects with AWS's own name for an error. */
export type Port = (action: Action, input: object, options?: CallOptions) => Promise<unknown>;

/** A call that came back with an error, and the IAM action that it needs. Keeps AWS's name for the error. */
export class CallFailed extends Error {
  readonly action: Action;

  constructor(action: Action, cause: unknown) {
    const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
    super(message, { cause });
    this.name = name;
    this.action = action;
  }
}

/** The declared calls as methods, at run time what `Granted` is at compile time. */
export function grant(port: Port, actions: readonly Action[], signal: AbortSignal): object {
  const granted: Record<string, Record<string, unknown>> = {};
  for (const action of actions) {
    const [service = "", operation = ""] = action.split(":");
    granted[service] ??= {};
    granted[service][operation] = (input: object, options: CallOptions = {}) =>
      port(action, input, { ...options, signal }).catch((error: unknown) => {
        throw new CallFailed(action, error);
      });
  }
  return granted;
}

/** Where an answer says that there is more, and how the next request asks for it. */
const tokens = [
  { said: "nextToken", asked: "nextToken" },
  { said: "NextToken", asked: "NextToken" },
  { said: "NextMarker", asked: "Marker" },
  { said: "Marker", asked: "Marker" },
] as const;

type Page = Record<string, unknown>;

/** Asks for page after page and joins their lists. A token that comes twice is an error, never the end. */
export async function allPages(send: (input: object) => Promise<object>, input: object): Promise<object> {
  const seen = new Set<unknown>();
  let page = (await send(input)) as Page;
  let whole = page;
  for (;;) {
    // Route 53 repeats on its last page the marker that it was asked with.
    const token = page["IsTruncated"] === false ? undefined : tokens.find(({ said }) => page[said]);
    if (!token) return whole;
    const { [token.said]: value, ...rest } = whole;
    if (seen.has(page[token.said])) throw Object.assign(new Error("AWS sent the same page twice"), { name: "RepeatedPage" });
    seen.add(page[token.said]);
    page = (await send({ ...input, [token.asked]: page[token.said] })) as Page;
    whole = { ...rest, ...page, ...joined(rest, page) };
  }
}

function joined(before: Page, after: Page): Page {
  const lists = Object.entries(before).filter(([, value]) => Array.isArray(value)) as [string, unknown[]][];
  return Object.fromEntries(lists.map(([name, value]) => [name, [...value, ...((after[name] as unknown[] | undefined) ?? [])]]));
}
