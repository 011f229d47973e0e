/** What descriptions prove: that it is so, that it is not so, or neither. */
export type Decided = "yes" | "no" | "undecided";

/** All of it has to hold. */
export const both = (...answers: readonly Decided[]): Decided =>
  answers.includes("no") ? "no" : answers.includes("undecided") ? "undecided" : "yes";

/** Any of it is enough. */
export const either = (...answers: readonly Decided[]): Decided =>
  answers.includes("yes") ? "yes" : answers.includes("undecided") ? "undecided" : "no";

/** What all say alike; where they differ, which of them counts is not known. */
export const alike = (...answers: readonly Decided[]): Decided =>
  answers.every((answer) => answer === answers[0]) ? (answers[0] ?? "undecided") : "undecided";
