import type { Json } from "../fact.ts";
import { type Answer, entries, like, meets, type RequestContext, strings, strongest, weakest } from "./iam-conditions.ts";

/** A policy in the language of IAM, as AWS keeps it: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
export type PolicyDocument = {
  readonly Version?: string;
  readonly Statement: PolicyStatement | readonly PolicyStatement[];
};

/** One statement of a policy. */
export type PolicyStatement = {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: Json;
  readonly NotPrincipal?: Json;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Json;
};

/** What is asked of policies: may this be done to that, by whom (for the policies of resources and for trust), under which circumstances? */
export interface PolicyRequest {
  readonly action: string;
  readonly resource: string;
  /** An IAM role, a user or the root of an account, by ARN; or a service, by name ("ecs-tasks.amazonaws.com"). */
  readonly principal?: string;
  /** What is known of the request; a key that is left out is not known, an empty list is known not to be there. */
  readonly context?: RequestContext;
}

/** What policies say: "none" where none of them speaks of it, which denies; "undecided" where it hangs on what is not known. */
export type Decision = "allow" | "deny" | "none" | "undecided";

/** What policies together say to a request: who is denied by one of them is not allowed by another. */
export function decide(documents: readonly PolicyDocument[], request: PolicyRequest): Decision {
  const statements = documents.flatMap((document) => statementsOf(document).map((one) => [one, applies(one, document, request)] as const));
  const speaking = (effect: string) => strongest(statements.filter(([{ Effect }]) => Effect === effect).map(([, answer]) => answer));
  const [denied, allowed] = [speaking("Deny"), speaking("Allow")];
  if (denied === "yes") return "deny";
  if (denied === "maybe" || allowed === "maybe") return "undecided";
  return allowed === "yes" ? "allow" : "none";
}

/** The statements of a policy, of which there may be one without a list around it. */
export const statementsOf = ({ Statement }: PolicyDocument): readonly PolicyStatement[] => [Statement ?? []].flat();

/** The condition keys that a policy asks for, in its conditions and as variables. */
export function keysOf(document: PolicyDocument): readonly string[] {
  const conditions = statementsOf(document).flatMap(({ Condition }) => entries(Condition).flatMap(([, keys]) => entries(keys)));
  const variables = JSON.stringify(document).matchAll(/\$\{\s*([\w-]+:[^,}]+?)\s*(?:,[^}]*)?\}/g);
  return [...new Set([...conditions.map(([key]) => key), ...[...variables].map(([, key = ""]) => key)])];
}

/** The policy that a text holds, URL-encoded (as IAM sends it) or not. It throws where that is none. */
export function parsePolicy(text: string): PolicyDocument {
  const document: unknown = JSON.parse(/^\s*\{/.test(text) ? text : decodeURIComponent(text));
  if (typeof document !== "object" || document === null || !("Statement" in document)) throw new SyntaxError("This is no policy document.");
  return document as PolicyDocument;
}

function applies(statement: PolicyStatement, { Version }: PolicyDocument, { action, resource, principal, context = {} }: PolicyRequest) {
  // Older versions know no policy variables: there, they are texts like any other.
  const variables = Version === "2012-10-17";
  const among = (patterns: readonly string[]) =>
    strongest(patterns.map((one) => like(completed(one), resource, variables ? context : undefined)));
  const { Action, NotAction, Resource, NotResource, Principal, NotPrincipal, Condition } = statement;
  const doing = (patterns: readonly string[]) => strongest(patterns.map((one) => like(one.toLowerCase(), action.toLowerCase())));
  return weakest([
    NotAction === undefined ? doing(strings(Action)) : not(doing(strings(NotAction))),
    // A trust policy names no resource: it speaks of its own role.
    NotResource === undefined ? among(strings(Resource ?? "*")) : not(among(strings(NotResource))),
    principal === undefined
      ? "yes"
      : NotPrincipal === undefined
        ? isAmong(Principal, principal, statement)
        : excludes(NotPrincipal, principal),
    meets(Condition, context, variables),
  ]);
}

const not = (answer: Answer): Answer => (answer === "maybe" ? "maybe" : answer === "yes" ? "no" : "yes");

/**
 * An ARN that ends early stands for all that begin so.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
function completed(pattern: string): string {
  const missing = pattern.startsWith("arn:") ? 6 - pattern.split(":").length : 0;
  return pattern + ":*".repeat(Math.max(missing, 0));
}

/**
 * An account that is allowed something may hand it on by its own policies, and does so by none; an account that is denied is so as a whole.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts
 */
function isAmong(named: Json | undefined, principal: string, { Effect }: PolicyStatement): Answer {
  const all = principalsOf(named);
  const sought = Effect === "Deny" ? [principal, ...accountOf(principal)] : isRoot(principal) ? accountOf(principal) : [principal];
  return all.includes("*") || sought.some((one) => all.includes(one)) ? "yes" : "no";
}

/** A role is only left out if its account and its session are too, and nobody knows the session's name beforehand. */
function excludes(named: Json, principal: string): Answer {
  const all = principalsOf(named);
  if (all.includes("*")) return "no";
  if (![principal, ...accountOf(principal)].some((one) => all.includes(one))) return "yes";
  return accountOf(principal).length === 0 || isRoot(principal) ? "no" : "maybe";
}

const principalsOf = (named: Json | undefined): readonly string[] =>
  typeof named === "string" ? [named] : Object.values(named ?? {}).flatMap((one: Json) => strings(one));

const isRoot = (principal: string) => /^arn:[\w-]+:iam::\d+:root$/.test(principal);

/** What stands for a whole account as a principal, in the partition of the ARN given. */
export const rootOf = (account: string, arn: string): string => `arn:${arn.split(":")[1]}:iam::${account}:root`;

/** The two ways to name the account that a principal of IAM belongs to. */
function accountOf(principal: string): readonly string[] {
  const account = principal.startsWith("arn:") ? principal.split(":")[4] : undefined;
  return account ? [account, rootOf(account, principal)] : [];
}
