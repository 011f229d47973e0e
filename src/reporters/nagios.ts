import type { Report } from "../report.ts";
import { defineReporter } from "../reporter.ts";
import { shortened } from "./text/fitting.ts";
import { allVisible } from "./text/visible.ts";
import { counted, countsOf, meaning, told } from "./text/words.ts";
import { isOpen, worstFirst } from "./text/worst-first.ts";

/**
 * One line for Nagios, Icinga and whatever runs their plugins: `SEAWORTHY CRITICAL - what is worst | counts`. The word stands for the exit
 * code, which stays seaworthy's own, since a plugin's codes mean other things. Map it where the check is defined: 0 is OK (0), 4 is
 * WARNING (1), 3 is CRITICAL (2), and 5, like every other one, is UNKNOWN (3).
 */
export default defineReporter((raw: Report) => {
  // Agents may cut a line after a kilobyte, and a bar begins the values: https://nagios-plugins.org/doc/guidelines.html
  const report = allVisible(shortened(raw, 120));
  const { deployment, verdict, counts, coverage, usage } = report;
  const [worst, ...others] = worstFirst(told(report).filter(isOpen));
  const more = others.length > 0 ? ` (and ${counted(others.length, "other")})` : "";
  const found = worst ? [`${worst.subject} ${worst.says} [${worst.check.id}]${worst.waiver ? ", waived" : ""}${more}`] : [];
  const says = [`${verdict}: ${deployment.name} ${meaning(report)}`, ...found, countsOf(report)].join("; ");
  const numbers = { ...counts, blocking: coverage.blocking, answered: coverage.answered };
  const values = Object.entries(numbers).map(([label, value]) => `${label}=${value};;;0`);
  return `SEAWORTHY ${stateOf(report)} - ${says.replaceAll("|", "¦")} | ${values.join(" ")} time=${usage.durationMs / 1000}s\n`;
});

function stateOf({ exitCode }: Report): string {
  const states: Readonly<Record<number, string>> = { 0: "OK", 3: "CRITICAL", 4: "WARNING" };
  return states[exitCode] ?? "UNKNOWN";
}
