/** The name that was probably meant: one that differs in case, white space, dashes or the like, and in nothing else. */
export function nearMiss(wanted: string, names: readonly string[]): string | undefined {
  return names.find((name) => name !== wanted && bare(name) !== "" && bare(name) === bare(wanted));
}

const bare = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
