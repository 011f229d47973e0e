import { baseStyle } from "../html/style.ts";

/** The style sheet of the sign-off: the common one, and on paper the manager's part on a page of its own. */
export const style = `${baseStyle}
html { font-size: 16px; }
body { margin: 0 auto; max-width: 75rem; padding: 1.5rem clamp(1rem, 4vw, 3rem) 4rem; }
main, footer { max-width: none; padding: 0; }
h1 { font-size: 1.75rem; margin: 0 0 .75rem; }
h2 { font-size: 1.25rem; margin: 2.25rem 0 .5rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); }
.skip-link:focus { left: 1rem; top: 1rem; }
.verdict { border: 2px solid currentColor; border-left-width: 12px; border-radius: 6px; padding: .75rem 1rem; margin: 0 0 1rem; }
.verdict p { color: var(--ink); }
.verdict strong { display: block; font-size: 1.375rem; line-height: 1.3; }
.about { display: grid; grid-template-columns: max-content 1fr; gap: .125rem 1rem; font-size: .9375rem; }
nav ul { columns: 18rem; font-size: .9375rem; }
.good { color: var(--pass); } .bad { color: var(--fail); } .open { color: var(--pending); } .aside { color: var(--quiet); }
.plain { list-style: none; padding-left: 0; }
.sign { display: inline-block; width: 1.25em; font-weight: 700; }
.plain > li { padding-left: 1.25em; text-indent: -1.25em; margin: .25rem 0; }
.plain > li > * { text-indent: 0; }
.plain > li .words { color: var(--ink); }
.scroll { margin: .75rem 0 1.25rem; }
table { font-size: .875rem; }
.wide table { min-width: 56rem; }
caption { color: var(--ink); font-weight: 600; padding: .25rem 0; }
th, td { color: var(--ink); font-size: inherit; padding: .375rem .625rem; border: 1px solid var(--line); }
thead th { background: var(--surface); overflow-wrap: normal; }
tbody th { min-width: 9rem; }
td, tbody th { overflow-wrap: break-word; max-width: 36rem; }
td .sign + .words { overflow-wrap: normal; }
.signing td, .signing tbody th { height: 2.75rem; }
ol.steps { padding-left: 1.75rem; }
ol.steps > li { margin: 1rem 0; }
ol.steps > li > p:first-child { font-weight: 600; }
pre { background: var(--code); border: 1px solid var(--line); border-radius: 4px; padding: .625rem .75rem; overflow-x: auto; font-size: .8125rem; }
pre code { display: block; padding-left: 1.5em; text-indent: -1.5em; font-size: inherit; }
footer { margin-top: 3rem; color: var(--quiet); font-size: .875rem; }
@media (max-width: 40rem) {
  body { padding-top: 1rem; }
  h1 { font-size: 1.375rem; }
  th, td { padding: .375rem; }
  table { min-width: 34rem; }
  .about { grid-template-columns: 1fr; gap: 0; } .about dd { margin-bottom: .375rem; }
}
@page { size: A4; margin: 14mm; }
@media print {
  html { font-size: 10.5px; }
  body { max-width: none; padding: 0; }
  nav { display: none; }
  .manager { break-after: page; }
  h2 { margin-top: 1.25rem; }
  .verdict { break-inside: avoid; }
  table, .wide table { min-width: 0; } td { overflow-wrap: anywhere; } tbody th { min-width: 6rem; }
  table, pre { font-size: .8125rem; }
}
`;
