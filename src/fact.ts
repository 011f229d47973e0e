import type { Action, Granted } from "./aws.ts";
import type { Config } from "./config.ts";
import type { Mask } from "./mask.ts";
import type { Views } from "./view.ts";
import type { Web } from "./web.ts";

/** What fits into a snapshot. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** AWS answered, and this is what it said. */
export interface Known<T = Json> {
  readonly state: "known";
  readonly value: T;
}

/** AWS answered, and the answer is that there is no such thing. */
export interface Absent {
  readonly state: "absent";
  readonly why: string;
}

/** Why something is not known. */
export type Ignorance = "denied" | "throttled" | "timeout" | "network" | "moved" | "invalid" | "internal" | "unasked";

/** We could not find out. */
export interface Unknown {
  readonly state: "unknown";
  readonly kind: Ignorance;
  readonly why: string;
  /** The IAM action that it takes to find out. */
  readonly action?: string;
}

/** What asking about one subject came to. `absent` is knowledge; `unknown` is the lack of it. */
export type Reading<T = Json> = Known<T> | Absent | Unknown;

/** Makes a reading of what AWS said. */
export const known = <T extends Json>(value: T): Known<T> => ({ state: "known", value });
/** Makes a reading of AWS saying that there is none. */
export const absent = (why: string): Absent => ({ state: "absent", why });
/** Makes a reading of our not knowing. */
export const unknown = (kind: Ignorance, why: string): Unknown => ({ state: "unknown", kind, why });

/** `from` leans on `to`: while `to` is broken, `from` cannot work. Both are subjects, `kind:name`. */
export type Link = readonly [from: string, to: string];

/** One kind of thing to know: about which subjects, through which calls, reduced to what. */
export interface Fact<Id extends string = string, T = Json> {
  readonly id: Id;
  readonly kind: string;
  readonly calls: readonly Action[];
  readonly alsoNeeds: readonly string[];
  readonly dispensable: readonly Action[];
  readonly needs: readonly Fact[];
  readonly batch: number;
  readonly volatile: boolean;
  readonly absentOn: readonly string[];
  subjects(input: { config: Config; facts: object }): readonly string[];
  ask(input: {
    aws: object;
    web: Web;
    mask: Mask;
    subjects: readonly string[];
    subject: string;
    config: Config;
    facts: object;
  }): Promise<unknown>;
  hides?(answer: unknown, hide: (content: string) => void): void;
  masked?(value: T, mask: Mask): T;
  read(answer: unknown, input: { subject: string; config: Config; facts: object }): Reading<T>;
  name(subject: string, value?: T): string;
  links(value: T, name: string): readonly Link[];
  identity?(value: T): Json;
  resources?(config: Config, arn: Arn): Resources;
}

/** Makes the ARN of something in the account and region of a configuration, with `*` for what it does not state. */
export type Arn = (service: string, resource: string) => string;
/** The ARNs, which may hold `*` and `?`, that IAM actions are asked for; `*` alone for an action that is not listed. */
export type Resources = { readonly [action: string]: readonly string[] };

/** What a fact knows about one subject. */
export type ValueOf<F> = F extends Fact<string, infer T> ? T : never;

/** `ask` makes the calls for a batch of subjects; `read` reduces the answer to one reading for each of them. */
export function defineFact<
  const Id extends string,
  T extends Json,
  Answer,
  const A extends Action = never,
  const N extends readonly Fact[] = readonly [],
>(
  id: Id,
  spec: {
    /** What a subject is, as in `secret:app-secrets`. */
    readonly kind: string;
    readonly calls: readonly A[];
    /** IAM actions that AWS asks for besides those named like the calls. */
    readonly alsoNeeds?: readonly string[];
    /** Calls that it can do without, since it has another way to know: their refusal is data, by `unlessDenied`. */
    readonly dispensable?: readonly A[];
    readonly needs?: N;
    /** How many subjects one `ask` may carry; 1 unless stated. */
    readonly batch?: number;
    /** Asked again while a gate waits. */
    readonly volatile?: boolean;
    /** How the errors begin by which AWS says that there is none: their names, with `: message` where the name says too little. */
    readonly absentOn?: readonly string[];
    /** Whom to ask about, by the ids that AWS takes. What `facts` does not know is missing from this fact too: the engine sees to it. */
    subjects(input: { config: Config; facts: Views<N> }): readonly string[];
    /** `mask` hides what the facts that this one needs have hidden, and all that looks like a credential. */
    ask(input: {
      aws: Granted<A>;
      web: Web;
      mask: Mask;
      subjects: string[];
      subject: string;
      config: Config;
      facts: Views<N>;
    }): Promise<Answer>;
    /** Hides what of an answer must not be said, whoever says it. */
    hides?(answer: Answer, hide: (content: string) => void): void;
    /** The value with what others wrote masked, once everything is gathered and all that is to be hidden is known. */
    masked?(value: T, mask: Mask): T;
    read(answer: Answer, input: { subject: string; config: Config; facts: Views<N> }): Reading<T>;
    /** The shortest name that is unique, where the id that AWS takes is not it; both find the reading. */
    name?(subject: string, value?: T): string;
    /** What leans on what, for finding root causes. */
    links?(value: T, name: string): readonly Link[];
    /** What must be the same at the end of a round of asking; if it is not, the deployment moved while it was looked at. */
    identity?(value: T): Json;
    /** What a policy may narrow the calls to, as far as IAM allows it and the configuration tells. */
    resources?(config: Config, arn: Arn): Resources;
  },
): Fact<Id, T> {
  const optional = {
    needs: [],
    batch: 1,
    volatile: false,
    absentOn: [],
    alsoNeeds: [],
    dispensable: [],
    links: () => [],
    name: (subject: string) => subject,
  };
  return { ...optional, ...spec, id } as unknown as Fact<Id, T>;
}

/** The names by which AWS says that the caller may not ask. */
export const denial =
  /AccessDenied|AuthorizationError|NotAuthorized|Unauthorized|ExpiredToken|UnrecognizedClient|InvalidClientToken|InvalidSignature|SignatureDoesNotMatch|Credentials|OptInRequired/;

/** The answer of a dispensable call, or null where the caller may not ask. */
export async function unlessDenied<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && denial.test(error.name)) return null;
    throw error;
  }
}

/** AWS answered something that we do not understand. */
export class InvalidAnswer extends Error {}

/** The value, if it is one we know. AWS adds states; a new one makes the reading unknown, never a guess. */
export function oneOf<const T extends string>(value: string | undefined, expected: readonly T[]): T {
  const found = expected.find((one) => one === value);
  if (found === undefined) throw new InvalidAnswer(`AWS said "${value}", expected one of ${expected.join(", ")}`);
  return found;
}

/** The value, which AWS always sends although its types do not promise it. */
export function given<T>(value: T | null | undefined, what: string): T {
  if (value === undefined || value === null) throw new InvalidAnswer(`AWS sent no ${what}`);
  return value;
}
