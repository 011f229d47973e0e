import type { Reference } from "../facts/task-definitions.ts";

/** What gives the variable of a key's name from another secret than the one that is to give it. */
export const foreignFor = (key: string, { own, all }: Injected): Reference | undefined =>
  own.some(({ target }) => target.to === "secret" && target.key === key)
    ? undefined
    : all.find((one) => one.variable === key && one.target.to !== "nothing" && !own.includes(one));

/** What is injected from one secret, whose required keys these are: by references to it, among all; and whether its value has a key. */
export interface Injected {
  readonly keys: readonly string[];
  readonly own: readonly Reference[];
  readonly all: readonly Reference[];
  readonly holds: (key: string) => boolean;
}

/** What is wrong with how one key is injected, if anything is: by those that ask for its secret, and by all others. */
export function injectionFault(key: string, { keys, own, all, holds }: Injected): string | null {
  const keyOf = ({ target }: Reference) => (target.to === "secret" ? target.key : "");
  const asks = own.filter((one) => keyOf(one) === key);
  const named = all.filter(({ variable }) => variable === key);

  // A variable called like one key that holds another: it may look all right, and is not.
  const crossed = named.find((one) => own.includes(one) && keyOf(one) !== "" && keyOf(one) !== key && keys.includes(keyOf(one)));
  if (crossed) return `${key} is given ${keyOf(crossed)}`;
  if (asks.some(({ essential }) => essential)) return null;
  if (asks[0]) return `${key} goes into ${asks[0].container} alone, which is not essential`;

  const other = named.find(({ target }) => target.to !== "nothing");
  if (other && own.includes(other) && keyOf(other) === "") return `${key} is given the whole secret`;
  if (other && !own.includes(other)) return `${key} comes from ${other.valueFrom}`;
  // A key that the secret lacks is for secret-reference-resolves to say.
  if (other) return holds(keyOf(other)) ? `${key} is given ${keyOf(other)}` : null;
  // What asks for nothing that there could be is for secret-reference-valid to say.
  if (named.length > 0) return null;
  // The application may take the JSON apart by itself, if it is given the JSON as such.
  if (own.some((one) => one.essential && keyOf(one) === "" && !keys.includes(one.variable))) return null;
  return `${key} is not referenced`;
}
