/** The style sheet that every page has: colours in light and dark with enough contrast, plain text, tables, signs, commands, and how it prints. */
export const baseStyle = `
:root { color-scheme: light dark;
  --ground: #ffffff; --surface: #f6f8fa; --ink: #1b1f24; --quiet: #57606a; --line: #d0d7de; --link: #0550ae;
  --pass: #1a7f37; --fail: #b3261e; --pending: #855a00; --unknown: #7038b8; --skip: #57606a; --waived: #57606a; --mark: #ffffff;
  --go: #1a7f37; --no-go: #b3261e; --hold: #855a00; --code: #eef1f4; --failing: #fdecea; }
@media (prefers-color-scheme: dark) { :root {
  --ground: #0d1117; --surface: #161b22; --ink: #e6edf3; --quiet: #9ba3ad; --line: #3d444d; --link: #79b8ff;
  --pass: #56d364; --fail: #ff8a80; --pending: #e3b341; --unknown: #d2a8ff; --skip: #9ba3ad; --waived: #9ba3ad; --mark: #0d1117;
  --go: #176a2c; --no-go: #8f1f19; --hold: #765000; --code: #1f252d; --failing: #2d1614; } }
@media print { :root { color-scheme: light;
  --ground: #ffffff; --surface: #ffffff; --ink: #000000; --quiet: #444444; --line: #bbbbbb; --link: #000000;
  --pass: #1a7f37; --fail: #b3261e; --pending: #855a00; --unknown: #7038b8; --skip: #57606a; --waived: #57606a; --mark: #ffffff;
  --go: #1a7f37; --no-go: #b3261e; --hold: #855a00; --code: #f2f2f2; --failing: #ffffff; } }
* { box-sizing: border-box; }
html { background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0; overflow-wrap: anywhere; }
main, footer { max-width: 1264px; margin: 0 auto; padding: 0 24px; }
h1, h2, h3, h4 { line-height: 1.25; margin: 0; }
h2 { font-size: 1.35rem; margin: 2.5rem 0 .75rem; }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; }
p { margin: .4rem 0; }
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px; }
code, pre { font: .86rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
pre { margin: 0; white-space: pre-wrap; }
ul, ol { margin: .4rem 0; padding-left: 1.4rem; }
dl { margin: 0; }
dt { color: var(--quiet); }
dd { margin: 0; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--quiet); font-weight: 600; font-size: .85rem; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
caption { text-align: left; color: var(--quiet); padding-bottom: .3rem; }
summary { cursor: pointer; }
.quiet { color: var(--quiet); }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip-link { position: absolute; left: -999px; top: 0; background: var(--ground); padding: .5rem 1rem; z-index: 1; }
.skip-link:focus { left: 0; }
.definitions { position: absolute; width: 0; height: 0; }
.scroll { overflow-x: auto; }
.sign { --sign: var(--skip); position: relative; }
.sign.pass { --sign: var(--pass); } .sign.fail { --sign: var(--fail); } .sign.pending { --sign: var(--pending); }
.sign.unknown { --sign: var(--unknown); } .sign.skip { --sign: var(--skip); } .sign.waived { --sign: var(--waived); }
.sign svg { width: 1.1em; height: 1.1em; vertical-align: -.2em; margin-right: .4em; }
symbol .outline { fill: var(--sign); }
symbol .mark { fill: none; stroke: var(--mark); stroke-width: 2.6; stroke-linecap: round; stroke-linejoin: round; }
.command { display: flex; gap: .5rem; align-items: flex-start; margin: .4rem 0; }
.command pre { flex: 1; min-width: 0; background: var(--code); border: 1px solid var(--line); border-radius: 6px; padding: .45rem .7rem; }
button, select, input { font: inherit; color: inherit; }
button, select, input[type="search"] { background: var(--surface); border: 1px solid var(--quiet); border-radius: 6px; padding: .3rem .7rem; max-width: 100%; }
button { cursor: pointer; }
[hidden] { display: none !important; }
@media (max-width: 640px) { main, footer { padding: 0 14px; } h2 { margin-top: 2rem; } .command { flex-direction: column; align-items: stretch; } }
@media print { html { font-size: 10pt; } main, footer { max-width: none; padding: 0; } button, form, .skip-link, .on-screen { display: none !important; }
  h2, h3, h4 { break-after: avoid; } .scroll { overflow: visible; } .command pre, tr, figure { break-inside: avoid; } a { text-decoration: none; } }
@media print, (scripting: none) { details::details-content { content-visibility: visible; display: block; block-size: auto; opacity: 1; } }
`;
