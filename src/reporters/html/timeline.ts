import { scaleSymlog } from "d3-scale";
import type { Report } from "../../report.ts";
import type { SnapshotFile } from "../../snapshot.ts";
import { counted } from "../text/words.ts";
import { type Happening, happenings } from "./events.ts";
import { short } from "./labels.ts";
import { legend, mark } from "./marks.ts";
import { html, type Markup } from "./markup.ts";
import { momentOf } from "./readings.ts";

const [left, right, width, rowHeight, top] = [16, 850, 1010, 44, 14];
const [minute, hour, day] = [1, 60, 1440];
const ticks: readonly (readonly [minutes: number, label: string])[] = [
  ...[2, 5, 10, 20, 40].map((n) => [n * minute, `${n} min`] as const),
  ...[1, 2, 4, 8, 16].map((n) => [n * hour, `${n} h`] as const),
  ...[1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024].map((n) => [n * day, `${n} d`] as const),
];

/** Where a time is drawn, in minutes before the judging; the nearer to it, the more room it has. */
type Scale = (minutes: number) => number;

/** When things happened before the judging, as a drawing and as a table; nothing where the snapshot knows of none. */
export function timelineOf(snapshot: SnapshotFile, { deployment, finishedAt }: Report): Markup {
  const all = happenings(snapshot);
  const judged = Date.parse(finishedAt);
  const ago = (iso: string) => Math.max(0, (judged - Date.parse(iso)) / 60_000);
  const oldest = Math.max(10, ...all.map(({ at }) => ago(at)));
  if (all.length === 0) return null;

  const scale = scaleSymlog().constant(3).domain([oldest, 0]).range([left, right]);
  const place: Scale = (minutes) => Math.round(scale(minutes));
  const rows = [...Map.groupBy(all, ({ row }) => row)].toSorted(([one], [other]) => (one < other ? 1 : -1));
  const bottom = top + rows.length * rowHeight;
  return html`<section id="timeline">
    <h2>Timeline</h2>
    <p class="quiet">Up to the judging at ${momentOf(finishedAt)} UTC. The nearer to it, the more room a minute has.</p>
    <div class="scroll" tabindex="0" role="region" aria-label="Timeline">
      <svg class="timeline" viewBox=${`0 0 ${width} ${bottom + 30}`} role="img" aria-label="Deployments, ends of tasks and versions of secrets before the judging; the table below says the same">
        ${axis(place, oldest, bottom)}
        ${rows.map(([row, own], n) => drawnRow(own, { kind: row.split(" ", 1).join(""), name: short(row.slice(row.indexOf(" ") + 1), deployment.name) }, { place, ago, y: top + n * rowHeight }))}
        <line class="judged" x1=${right} x2=${right} y1="0" y2=${bottom + 6} />
        <text class="judged" x=${right} y=${bottom + 22} text-anchor="middle">judged</text>
      </svg>
    </div>
    ${legend(all)}
    <details><summary>${counted(all.length, "event")} as a table</summary>${table(all)}</details>
  </section>`;
}

function axis(place: Scale, oldest: number, bottom: number): Markup {
  const fitting = ticks.filter(([minutes]) => minutes <= oldest);
  const shown: (typeof ticks)[number][] = [];
  for (const tick of fitting) {
    const [x, last] = [place(tick[0]), shown.at(-1)];
    if (right - x > 72 && (!last || place(last[0]) - x > 72)) shown.push(tick);
  }
  return shown.map(
    ([minutes, label]) => html`<line class="tick" x1=${place(minutes)} x2=${place(minutes)} y1="0" y2=${bottom} />
      <text class="tick" x=${place(minutes)} y=${bottom + 22} text-anchor="middle">${label} ago</text>`,
  );
}

interface Row {
  readonly place: Scale;
  readonly ago: (iso: string) => number;
  readonly y: number;
}

function drawnRow(
  own: readonly Happening[],
  { kind, name }: { readonly kind: string; readonly name: string },
  { place, ago, y }: Row,
): Markup {
  const middle = y + rowHeight / 2;
  const bars = own.filter(({ what }) => what === "deployment");
  const points = own.filter(({ what }) => what !== "deployment");
  const near = Map.groupBy(points, ({ what, at }) => `${what} ${Math.round(place(ago(at)) / 14)}`);
  return html`<g>
    <line class="row" x1=${left} x2=${right} y1=${middle} y2=${middle} />
    <text class="kind" x=${right + 12} y=${middle - 4}>${kind}</text>
    <text class="row" x=${right + 12} y=${middle + 11}>${name.length > 18 ? `${name.slice(0, 17)}…` : name}</text>
    ${bars.map(({ at, until = null, says }) => {
      const [from, to] = [place(ago(at)), until === null ? right : place(ago(until))];
      return html`<rect class=${until === null ? "deployment open" : "deployment"} x=${from} y=${middle - 15} width=${Math.max(to - from, 4)} height="12" rx="3">
        <title>${says}</title>
      </rect>`;
    })}
    ${[...near.values()].map((alike) => mark(alike, place(ago(alike.at(-1)?.at ?? "")), middle))}
  </g>`;
}

const table = (all: readonly Happening[]) => html`<div class="scroll"><table>
  <thead><tr><th scope="col">When (UTC)</th><th scope="col">Of</th><th scope="col">What</th></tr></thead>
  <tbody>${all.map(
    ({ at, until, row, says }) =>
      html`<tr><td class="moment">${momentOf(at)}${until ? html`<br />to ${momentOf(until)}` : ""}</td><td>${row}</td><td>${says}</td></tr>`,
  )}</tbody>
</table></div>`;
