const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** Milliseconds in a duration such as `500ms`, `2s`, `10m`, `1h`, or `0`. Throws a RangeError for anything else. */
export function milliseconds(text: string): number {
  if (text === "0") return 0;
  const [, count, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  if (!count || !unit) throw new RangeError(`"${text}" is not a duration: write 500ms, 2s, 10m or 1h`);
  return Number(count) * units[unit as keyof typeof units];
}
