import type { bill } from "../../facts/bill.ts";
import type { SnapshotFile } from "../../snapshot.ts";
import { html, type Markup } from "./markup.ts";
import { known } from "./readings.ts";

/** What the stack costs a month at rest, item by item with a bar for each; nothing where nobody added it up. */
export function costOf(snapshot: SnapshotFile): Markup {
  const [found] = known<typeof bill>(snapshot, "bill");
  if (!found) return null;
  const [, { lines, total, unpriced }] = found;
  const limit = snapshot.config.cost?.monthlyAtRest;
  const dearest = lines.toSorted((one, other) => (other.monthly ?? 0) - (one.monthly ?? 0));
  const most = Math.max(1, ...lines.map(({ monthly }) => monthly ?? 0));
  const against =
    limit === undefined ? "" : total > limit ? `, above the ${usd(limit)} that it may be` : `, within the ${usd(limit)} that it may be`;
  return html`<section id="cost">
    <h2>Cost at rest</h2>
    <p><strong>${unpriced.length > 0 ? "At least " : ""}${usd(total)} a month</strong>${against}. Counted with 730 hours; services and databases stopped, no traffic.</p>
    <table class="cost">
      <thead><tr><th scope="col">Item</th><th scope="col" class="number">USD a month</th><td class="bar"></td><th scope="col" class="wide">Price</th></tr></thead>
      <tbody>${dearest.map(
        ({ item, count, monthly, price, from }) => html`<tr>
          <th scope="row">${count} × ${item}</th>
          <td class="number">${monthly === null ? "unpriced" : monthly.toFixed(2)}</td>
          <td class="bar">${bar((monthly ?? 0) / most)}</td>
          <td class="wide quiet">${price === null ? "nobody says" : `${price}, by the ${from}`}</td>
        </tr>`,
      )}</tbody>
    </table>
  </section>`;
}

const usd = (amount: number) => `${amount.toFixed(2)} USD`;

/** A bar as long as the share says, from 0 to 1. */
export const bar = (share: number): Markup =>
  html`<svg class="share" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect width=${Math.max(share * 100, 0.8).toFixed(1)} height="10" /></svg>`;
