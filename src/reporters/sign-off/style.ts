/** The style sheet of the sign-off: light and dark, narrow and wide, and on paper with the manager's part on a page of its own. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --band: #f3f5f7;
  --good: #116329; --bad: #b3131d; --open: #7d4e00; --aside: #57606a; --link: #0550ae;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #0f1318; --ink: #e6eaef; --soft: #a3adb8; --line: #39424d; --band: #1a2028;
    --good: #5fd07a; --bad: #ff8a85; --open: #e9b949; --aside: #a3adb8; --link: #7ab7ff;
  }
}
* { box-sizing: border-box; }
html { font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; background: var(--paper); color: var(--ink); }
body { margin: 0 auto; max-width: 75rem; padding: 1.5rem clamp(1rem, 4vw, 3rem) 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .75rem; }
h2 { font-size: 1.25rem; margin: 2.25rem 0 .5rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); }
p, ul, dl { margin: .5rem 0; }
ul { padding-left: 1.25rem; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem 1rem; }
.verdict { border: 2px solid currentColor; border-left-width: 12px; border-radius: 6px; padding: .75rem 1rem; margin: 0 0 1rem; }
.verdict p { color: var(--ink); margin: .25rem 0 0; }
.verdict strong { display: block; font-size: 1.375rem; line-height: 1.3; }
.about { display: grid; grid-template-columns: max-content 1fr; gap: .125rem 1rem; font-size: .9375rem; }
.about dt { color: var(--soft); }
.about dd { margin: 0; }
nav ul { columns: 18rem; font-size: .9375rem; }
.good { color: var(--good); } .bad { color: var(--bad); } .open { color: var(--open); } .aside { color: var(--aside); }
.plain { list-style: none; padding-left: 0; }
.sign { display: inline-block; width: 1.25em; font-weight: 700; }
.plain > li { padding-left: 1.25em; text-indent: -1.25em; margin: .25rem 0; }
.plain > li > * { text-indent: 0; }
.plain > li .words { color: var(--ink); }
.scroll { overflow-x: auto; margin: .75rem 0 1.25rem; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; }
.wide table { min-width: 56rem; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .375rem .625rem; border: 1px solid var(--line); }
thead th { background: var(--band); overflow-wrap: normal; }
tbody th { font-weight: 600; min-width: 9rem; }
td, tbody th { overflow-wrap: break-word; max-width: 36rem; }
td .sign + .words { overflow-wrap: normal; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.signing td, .signing tbody th { height: 2.75rem; }
ol.steps { padding-left: 1.75rem; }
ol.steps > li { margin: 1rem 0; }
ol.steps > li > p:first-child { font-weight: 600; }
pre { background: var(--band); border: 1px solid var(--line); border-radius: 4px; padding: .625rem .75rem; overflow-x: auto; font: .8125rem/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; white-space: pre-wrap; }
pre code { display: block; padding-left: 1.5em; text-indent: -1.5em; }
footer { margin-top: 3rem; color: var(--soft); font-size: .875rem; }
@media (max-width: 40rem) {
  body { padding-top: 1rem; }
  h1 { font-size: 1.375rem; }
  th, td { padding: .375rem; }
  table { min-width: 34rem; }
  .about { grid-template-columns: 1fr; gap: 0; } .about dd { margin-bottom: .375rem; }
}
@page { size: A4; margin: 14mm; }
@media print {
  :root {
    color-scheme: light;
    --paper: #ffffff; --ink: #000000; --soft: #444444; --line: #999999; --band: #f3f5f7;
    --good: #116329; --bad: #b3131d; --open: #7d4e00; --aside: #444444; --link: #000000;
  }
  html { font-size: 10.5px; }
  body { max-width: none; padding: 0; }
  nav, .skip { display: none; }
  .manager { break-after: page; }
  h2 { margin-top: 1.25rem; break-after: avoid; }
  tr, .verdict { break-inside: avoid; }
  .scroll { overflow: visible; } table, .wide table { min-width: 0; } td { overflow-wrap: anywhere; } tbody th { min-width: 6rem; }
  table, pre { font-size: .8125rem; }
}
`;
