import type { Reading } from "./reading.ts";

/** Of the plug-in guidelines: one line, a state, one bar, and after it values as label=value[unit];[warn];[crit];[min];[max]. */
const line = /^SEAWORTHY (OK|WARNING|CRITICAL|UNKNOWN) - [^|\n]+ \| ([a-z]+=[\d.]+s?(;\d*){0,4} ?)+\n$/;

export default {
  counted: (text) => {
    const values = [...(text.split("|")[1] ?? "").matchAll(/([a-z]+)=(\d+)/g)].map(
      ([, label = "", value]) => [label, Number(value)] as const,
    );
    return Object.fromEntries(values.filter(([label]) => label !== "time"));
  },
  expected: ({ counts, coverage }) => ({ ...counts, ...coverage }),
  problems: (text) => [
    ...(line.test(text) ? [] : ["it is no line of a plug-in"]),
    ...(Buffer.byteLength(text) > 1024 ? ["it is too long"] : []),
  ],
  plain: (text) => text.replaceAll("¦", "|"),
} satisfies Reading;
