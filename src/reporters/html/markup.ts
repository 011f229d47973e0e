import { html as tagged } from "htm/preact";
import { type ComponentChild, Fragment, h } from "preact";
import { renderToString } from "preact-render-to-string";

/** A piece of a page: everything in it that is text is escaped when it is rendered. */
export type Markup = ComponentChild | readonly Markup[];

/** Markup as one writes it, such as html`<p>${text}</p>`; whatever is put into it is text, never markup, unless it is markup itself. */
export const html: (strings: TemplateStringsArray, ...values: readonly unknown[]) => Markup = tagged;

/** The text of a piece of a page. */
export const rendered = (markup: Markup): string => renderToString(h(Fragment, {}, markup as ComponentChild));
