/** `2026-11-20 10:00Z` */
export const minuteOf = (at: string): string => `${at.slice(0, 16).replace("T", " ")}Z`;

/** When a run was, and of which commit, where that is known. */
export const momentOf = ({ at, commit }: { readonly at: string; readonly commit: string | null }): string =>
  `${minuteOf(at)}${commit === null ? "" : `, ${commit.slice(0, 7)}`}`;
