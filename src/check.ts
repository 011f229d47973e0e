import type { Config } from "./config.ts";
import type { Absent, Fact, Json, Known, ValueOf } from "./fact.ts";
import type { Views } from "./view.ts";

/** When it is asked: by a pipeline, before scaling up, or for a report that somebody signs. */
export type Scene = "post-deploy" | "pre-scale-up" | "sign-off";
/** What a failure weighs; only a blocker decides. */
export type Severity = "blocker" | "warning" | "advice";
/** What the answer rests on, as the report shows it. */
export type Evidence = { readonly [name: string]: Json };

/** One action that mends it, and the commands to run for it, without `--region` and `--cluster`, which are put in later. */
export interface Fix {
  readonly do: string;
  readonly run?: readonly string[];
  /** Those of them that it still takes once what led to it is mended, since it does not recover by itself. */
  readonly again?: readonly string[];
}

type About = { readonly subject?: string; readonly leansOn?: readonly string[]; readonly byItself?: true };
type Pass = About & { readonly status: "pass"; readonly says: string; readonly evidence: Evidence };
type Pending = About & { readonly status: "pending"; readonly says: string; readonly evidence: Evidence; readonly afterwards?: true };
type Fail = About & {
  readonly status: "fail";
  readonly says: string;
  readonly evidence: Evidence;
  readonly fix: Fix;
  readonly cause?: string;
};
type Skip = About & { readonly status: "skip"; readonly says: string };

/** A predicate; with its subject it makes a sentence. The subject is the one that was asked about, unless `on` says otherwise. */
export type Finding = Pass | Pending | Fail | Skip;

/** Never empty: a check that looked at nothing has to say so. */
export type Findings = Finding | readonly [Finding, ...Finding[]];

/** It is so, and this shows it. */
export const pass = (says: string, evidence: Evidence): Pass => ({ status: "pass", says, evidence });
/** It is not so yet, and may still come true by waiting. */
export const pending = (says: string, evidence: Evidence): Pending => ({ status: "pending", says, evidence });
/** It is not so, and this mends it. `cause` is an id out of the list of causes, where one fits. */
export const fail = (says: string, evidence: Evidence, fix: Fix, cause?: string): Fail =>
  cause === undefined ? { status: "fail", says, evidence, fix } : { status: "fail", says, evidence, fix, cause };
/** The question does not apply, for this reason. */
export const skip = (says: string): Skip => ({ status: "skip", says });

/** The same finding about a part of the subject, such as one target of a target group, and what that part leans on. */
export const on = (subject: string, finding: Finding, leansOn?: readonly string[]): Finding =>
  leansOn === undefined ? { ...finding, subject } : { ...finding, subject, leansOn };

/** The same finding, which nothing that its subject leans on can have led to. */
export const byItself = (finding: Finding): Finding => ({ ...finding, byItself: true });

/** The same finding, which only the end of the deployment under way can settle: whoever that deployment waits for must not wait for it. */
export const afterwards = (finding: Pending): Pending => ({ ...finding, afterwards: true });

/** One finding per item, and an answer for the day there are no items. */
export function each<T>(items: readonly T[], answer: { none: () => Finding; some: (item: T) => Finding }): Findings {
  const [first, ...rest] = items.map(answer.some);
  return first ? [first, ...rest] : answer.none();
}

/** A command line, with what is filled in quoted for a POSIX shell where it needs to be. */
export function sh(words: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  const quoted = values.map((value) => (/^[\w@%+=:,./-]+$/.test(`${value}`) ? `${value}` : `'${`${value}`.replaceAll("'", `'\\''`)}'`));
  return words.reduce((line, word, n) => `${line}${quoted[n - 1] ?? ""}${word}`);
}

/** A fact whose absence is the business of the check that is about it. */
export interface Presence<F extends Fact = Fact> {
  readonly presenceOf: F;
}

/** Asks for the reading and not the value, so that the check faces absence, and the others may skip for it. */
export const presence = <F extends Fact>(presenceOf: F): Presence<F> => ({ presenceOf });

type FactOf<A> = A extends Presence<infer F> ? F : A extends Fact ? A : never;
type SubjectOf<A> = A extends Presence<infer F> ? Known<ValueOf<F>> | Absent : ValueOf<A>;

/** What a check may know besides facts. `now` is when the snapshot was taken. */
export interface Context {
  readonly name: string;
  readonly config: Config;
  readonly scene: Scene;
  readonly now: Date;
}

/** Whether what leans on its subject cannot work while it fails, or only cannot start, so that what runs is none the worse. */
export type Breaks = boolean | "starting";
/** Whether it also fails where something that it needs is broken; `running`: unless that only keeps from starting; or by these checks alone. */
export type Symptom = boolean | "running" | readonly string[];

/** One question, asked about every subject of one fact. `F` is the facts that it can see. */
export interface Check<F extends Fact = Fact> {
  readonly title: string;
  readonly why: string;
  readonly severity: Severity | { readonly [S in Scene]?: Severity };
  readonly about: F;
  readonly facesAbsence: boolean;
  readonly accountsFor: readonly Fact[];
  readonly breaks: Breaks;
  readonly symptom: Symptom;
  readonly first: boolean;
  readonly needs: readonly F[];
  readonly none: Exclude<Finding, Pass>;
  evaluate(subject: unknown, facts: object, context: Context): Findings;
}

/** A check whose place in the countdown is known. */
export interface NamedCheck extends Check {
  readonly id: string;
  readonly order: number;
}

/** A check as its file writes it; the file's name gives it its id and its order. */
export function defineCheck<const A extends Fact | Presence, const N extends readonly Fact[] = readonly []>(check: {
  readonly title: string;
  readonly why: string;
  /** One for all scenes, or one for each scene in which the question is asked. */
  readonly severity: Check["severity"];
  readonly about: A;
  readonly needs?: N;
  readonly breaks?: Breaks;
  readonly symptom?: Symptom;
  /** Asked before all else; where it fails or is not answered, nothing else is asked. */
  readonly first?: boolean;
  /** Facts whose absence, under the same subject, every finding but a pass accounts for; `presence` says it of its own. */
  readonly accountsFor?: readonly Fact[];
  /** What it means that there is nothing to ask about. Never a pass. */
  readonly none: Check["none"];
  evaluate(subject: SubjectOf<A>, facts: Views<N>, context: Context): Findings;
}): Check<FactOf<A> | N[number]> {
  const facesAbsence = "presenceOf" in check.about;
  const about = "presenceOf" in check.about ? check.about.presenceOf : check.about;
  const optional = { needs: [], breaks: false, symptom: false, first: false, accountsFor: facesAbsence ? [about] : [] };
  return { ...optional, ...check, about, facesAbsence } as never;
}
