import { formsOf } from "./mask/forms.ts";
import { maskShapes } from "./mask/shapes.ts";
import { valuesIn } from "./mask/values.ts";

/** Gives a text back without what must not be said. It can do nothing else, and tells nothing of what it hides. */
export type Mask = (text: string) => string;

/** What must not be said in one run: it can be added to and masked with, and never be read. */
export interface Discretion {
  /** Hides all that a secret holds, however it is written down. */
  readonly hide: (content: string) => void;
  readonly mask: Mask;
}

const placeholder = "[masked: a value of the secret]";

/** Begins with nothing to hide but what looks like a credential. */
export function discretion(): Discretion {
  const hidden = new Set<string>();
  return Object.freeze({
    hide(content: string) {
      for (const value of valuesIn(content)) for (const form of formsOf(value)) hidden.add(form);
    },
    mask: (text: string) => maskShapes(withoutValues(text, hidden)),
  });
}

type Span = readonly [from: number, to: number];

/** All places are found before any is replaced: where two values overlap, neither leaves a piece. */
function withoutValues(text: string, hidden: ReadonlySet<string>): string {
  const done = spansOf(text, placeholder);
  const isDone = ([from, to]: Span) => done.some(([first, last]) => first <= from && to <= last);
  const found = [...hidden].flatMap((form) => spansOf(text, form)).filter((span) => !isDone(span));
  let masked = "";
  let at = 0;
  for (const [from, to] of found.toSorted(([a], [b]) => a - b)) {
    if (to <= at) continue;
    if (from >= at) masked += text.slice(at, from) + placeholder;
    at = to;
  }
  return masked + text.slice(at);
}

function spansOf(text: string, form: string): readonly Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) spans.push([at, at + form.length]);
  return spans;
}
