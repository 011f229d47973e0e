import { and, cell, list, type Section, say, table } from "./blocks.ts";
import { readingsOf, type Stand } from "./readings.ts";

const usd = (amount: number) => `${amount.toFixed(2)} USD`;

/** What it costs at rest in one sentence, and whether that is more than it may. */
export function costInShort({ facts, config }: Stand): { readonly says: string; readonly over: boolean } {
  const { known, unknown } = readingsOf({ facts }, "bill");
  const [one] = known;
  if (!one) return { says: `What it costs at rest is not known: ${unknown[0]?.why ?? "nobody added it up"}.`, over: false };
  const { total, unpriced } = one.value;
  const limit = config.cost?.monthlyAtRest;
  const sum = `At rest it costs ${unpriced.length > 0 ? "at least " : ""}${usd(total)} a month`;
  if (limit === undefined) return { says: `${sum}; the configuration states no sum to compare with.`, over: false };
  if (total > limit)
    return { says: `${sum}, ${usd(total - limit)} more than the ${usd(limit)} that the configuration states.`, over: true };
  return { says: `${sum}, within the ${usd(limit)} that the configuration states.`, over: false };
}

/** The bill at rest, item by item, with its sum and who says what each costs. */
export function costSection(stand: Stand): Section {
  const { says, over } = costInShort(stand);
  const bills = readingsOf(stand, "bill").known.map(({ value }) => value);
  const lines = bills.flatMap((one) => one.lines).toSorted((one, other) => (other.monthly ?? 0) - (one.monthly ?? 0));
  const rows = lines.map(({ item, count, price, monthly, from }) => [
    item,
    `${count}`,
    price ?? "not known",
    monthly === null ? cell("not known", "open") : monthly.toFixed(2),
    from,
  ]);
  const total = bills.map((one) => ["Sum", "", "", one.total.toFixed(2), one.unpriced.length > 0 ? "and what is not priced" : ""]);
  const unpriced = bills.flatMap((one) => one.unpriced);
  return {
    id: "cost",
    title: "Cost at rest",
    blocks: [
      say(says, over ? "bad" : undefined),
      ...table("Cost at rest, dearest first", ["item", "count", "price", "USD a month", "price by"], [...rows, ...total]),
      ...list([
        ...(unpriced.length > 0 ? [cell(`Nobody says what this costs here: ${and(unpriced)}.`, "open")] : []),
        ...assumptions(stand).map((one) => cell(`Assumed: ${one}.`)),
      ]),
    ],
  };
}

/** What the sum takes for granted, as whoever judged it says. */
const assumptions = ({ report }: Stand): readonly string[] =>
  report.checks
    .flatMap(({ findings }) => findings)
    .filter(({ subject }) => subject === "cost:at-rest")
    .flatMap(({ evidence }) => (typeof evidence["assumes"] === "string" ? [evidence["assumes"]] : []));
