import { defineCheck, fail, pass, skip } from "../src/check.ts";
import { bill } from "../src/facts/bill.ts";
import { type Line, usd } from "../src/facts/bill-lines.ts";

export default defineCheck({
  title: "The stack costs no more at rest than it may",
  why: "What runs all night for nobody is paid for all the same, and a sum that was added up by hand is usually too low.",
  severity: { "pre-scale-up": "warning", "sign-off": "warning" },
  about: bill,
  none: skip("nothing was added up"),

  evaluate({ lines, total, unpriced }, _facts, { config }) {
    const limit = config.cost?.monthlyAtRest ?? null;
    const sum = `${unpriced.length > 0 ? "at least " : ""}${usd(total)} a month`;
    const evidence = {
      ...{ total, limit, lines, unpriced },
      assumes: "730 hours; services and databases stopped; no traffic; no free tier, discount or reservation; backups not counted",
    };
    const sources = [...new Set(lines.flatMap(({ monthly, from }) => (monthly === null ? [] : [from])))].join(" and the ");
    const dearest = lines.toSorted((one, other) => (other.monthly ?? 0) - (one.monthly ?? 0));
    const list = `${dearest.map(written).join("; ")} (by ${sources})`;
    if (limit !== null && total > limit) {
      const [first] = dearest;
      const remedy = `Do without something of this while the stack rests, the dearest first (${first?.item ?? "nothing"}), or raise cost.monthlyAtRest.`;
      return fail(`is ${sum}, above the ${usd(limit)} that it may be: ${list}`, evidence, { do: remedy });
    }
    return pass(lines.length === 0 ? "is nothing" : `is ${sum}${limit === null ? "" : `, within ${usd(limit)}`}: ${list}`, evidence);
  },
});

const written = ({ item, count, monthly }: Line) => `${count} × ${item} ${monthly === null ? "unpriced" : monthly.toFixed(2)}`;
