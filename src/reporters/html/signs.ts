import type { ReportedFinding, Status } from "../../report.ts";
import { html, type Markup } from "./markup.ts";

/** What a sign stands for: a status, or a failure that somebody has accepted for a while. */
export type Sign = Status | "waived";

/** The sign of a finding. */
export const signOf = ({ status, waiver }: Pick<ReportedFinding, "status" | "waiver">): Sign => (waiver ? "waived" : status);

const gravity: readonly Sign[] = ["skip", "pass", "waived", "pending", "unknown", "fail"];

/** The sign of several findings: the worst of theirs. One that was accepted is no pass. */
export function worst(findings: readonly Pick<ReportedFinding, "status" | "waiver">[]): Sign {
  const signs = findings.map(signOf);
  return gravity.findLast((sign) => signs.includes(sign)) ?? "skip";
}

/** Whether nothing has to be done about it now. */
export const isGood = (sign: Sign): boolean => sign === "pass" || sign === "skip" || sign === "waived";

/** What a sign means, in one word. */
export const words: Readonly<Record<Sign, string>> = {
  pass: "pass",
  fail: "fail",
  pending: "pending",
  unknown: "unknown",
  skip: "skip",
  waived: "waived",
};

/** Each has a shape of its own and a mark in it, so that colour is never what tells them apart. */
const shapes: Readonly<Record<Sign, readonly [outline: string, mark: string]>> = {
  pass: ["M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20z", "M7 12.5l3.5 3.5l6.5-7.5"],
  fail: ["M8 2h8l6 6v8l-6 6h-8l-6-6v-8z", "M8.3 8.3l7.4 7.4M15.7 8.3l-7.4 7.4"],
  pending: ["M3.5 3h17v18h-17z", "M7 12h.1M12 12h.1M17 12h.1"],
  unknown: ["M12 1l11 11l-11 11l-11-11z", "M9.2 9.4a2.8 2.8 0 1 1 4.4 2.3c-1 .7-1.6 1.2-1.6 2.4M12 17h.1"],
  skip: ["M6 6.5h12a5.5 5.5 0 0 1 0 11h-12a5.5 5.5 0 0 1 0-11z", "M8 12h8"],
  waived: ["M2 4h20v10l-10 9l-10-9z", "M8 11h8"],
};

/** The signs themselves, once in a page; `sign` uses them. */
export const signDefinitions = (): Markup => html`<svg class="definitions" aria-hidden="true" focusable="false">
  ${Object.entries(shapes).map(
    ([name, [outline, mark]]) => html`<symbol id=${`sign-${name}`} viewBox="0 0 24 24">
      <path class="outline" d=${outline} /><path class="mark" d=${mark} />
    </symbol>`,
  )}
</svg>`;

/** The sign of a status beside its word, or where it only adorns. */
export const mute = (status: Sign): Markup =>
  html`<span class=${`sign ${status}`}><svg aria-hidden="true"><use href=${`#sign-${status}`} /></svg></span>`;

/** The sign of a status with its word, which is read out and not shown. */
export const sign = (status: Sign): Markup => html`${mute(status)}<span class="spoken">${words[status]}: </span>`;

/** The sign within a drawing. */
export const drawnSign = (status: Sign, x: number, y: number, size: number): Markup =>
  html`<use class=${`sign ${status}`} href=${`#sign-${status}`} x=${x} y=${y} width=${size} height=${size} />`;
