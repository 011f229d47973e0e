/** What this page has beside the common style sheet: the banner, the drawings, causes, findings and their filters. */
export const pageStyle = `
.banner { padding: 20px 0; color: #ffffff; --mark: var(--banner); }
.banner.go { --banner: var(--go); } .banner.no-go { --banner: var(--no-go); } .banner.hold { --banner: var(--hold); }
.banner { background: var(--banner); }
.banner .sign { --sign: #ffffff; } .banner .sign svg { width: .8em; height: .8em; vertical-align: -.06em; }
.inner, .counts { max-width: 1264px; margin: 0 auto; padding: 0 24px; }
.banner .inner { margin: 0 auto; display: flex; gap: 6px 28px; align-items: center; flex-wrap: wrap; }
.verdict { font-size: 2.6rem; font-weight: 800; line-height: 1.1; margin: 0; white-space: nowrap; }
.banner h1 { font-size: 1.35rem; } .banner a { color: #ffffff; } .banner p { margin: .15rem 0; }
.banner .inner.first { margin-top: .8rem; } .banner .first span { max-width: 75rem; }
.banner :focus-visible { outline-color: #ffffff; }
.counts { display: flex; gap: 4px 28px; flex-wrap: wrap; align-items: baseline; padding-top: 12px; }
.counts ul { display: flex; gap: 4px 18px; flex-wrap: wrap; list-style: none; padding: 0; margin: 0; }
.counts p { margin: 0; }
#picture h2 { margin-top: 1.4rem; }
.stack-box { border: 1px solid var(--line); border-radius: 8px; padding: 8px; background: var(--surface); }
svg.stack, svg.timeline { display: block; margin: 0 auto; height: auto; }
svg text { font: 12.5px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; fill: var(--ink); }
svg.stack .heard { font-size: 1px; fill: transparent; pointer-events: none; }
svg.stack .frame { fill: var(--ground); stroke: var(--line); stroke-width: 1.2; }
svg.stack .fail .frame { stroke: var(--fail); stroke-width: 2.4; fill: var(--failing); }
svg.stack .pending .frame { stroke: var(--pending); stroke-width: 2; stroke-dasharray: 7 3; }
svg.stack .unknown .frame { stroke: var(--unknown); stroke-width: 2; stroke-dasharray: 2 3; }
svg.stack .root .frame { stroke-width: 4; }
svg.stack text.kind { fill: var(--quiet); font-size: 11px; } svg.stack text.name { font: 600 12px ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; } svg.stack text.parts { fill: var(--quiet); font-size: 11px; }
svg.stack .flag rect { fill: var(--fail); } svg.stack .flag text { fill: var(--mark); font-size: 11px; font-weight: 700; }
svg.stack .pending .flag rect { fill: var(--pending); }
svg.stack a { text-decoration: none; } svg.stack a:hover .name { text-decoration: underline; }
svg.stack a:focus-visible { outline: none; } svg.stack a:focus-visible .frame { stroke: var(--link); stroke-width: 4; stroke-dasharray: none; }
svg.stack .arrow { fill: none; stroke: var(--quiet); stroke-opacity: .55; stroke-width: 1.1; }
svg.stack .arrow.watching { stroke-dasharray: 3 4; }
svg.stack .arrow.chain { stroke: var(--fail); stroke-opacity: 1; stroke-width: 3.5; }
svg.stack.moving .arrow.chain { stroke: var(--pending); } svg.stack.moving marker.chain path { fill: var(--pending); }
marker path { fill: var(--quiet); } marker.chain path { fill: var(--fail); }
.beside, .legend, .plain { list-style: none; padding: 0; }
.beside { display: flex; flex-wrap: wrap; gap: 6px; margin: 8px 0 0; }
.chip { display: inline-block; border: 1px solid var(--line); border-radius: 7px; padding: .15rem .6rem; color: var(--ink); text-decoration: none; background: var(--ground); font-size: .88rem; }
.chip:hover { text-decoration: underline; } .chip.fail { border: 2px solid var(--fail); } .chip.pending { border: 2px dashed var(--pending); } .chip.unknown { border: 2px dotted var(--unknown); }
.legend { display: flex; flex-wrap: wrap; gap: 2px 18px; font-size: .85rem; color: var(--quiet); margin: .6rem 0; }
.legend svg { width: 1.15em; height: 1.15em; vertical-align: -.22em; } .legend svg.line { width: 2.6em; height: .8em; vertical-align: 0; }
.legend .arrow { stroke: var(--fail); stroke-width: 3.5; fill: none; } .legend.moving .arrow { stroke: var(--pending); }
.outline ul { border-left: 1px solid var(--line); margin: 0; padding-left: 1.2rem; } .outline, .outline ul { list-style: none; } .outline { padding-left: 0; } .outline li { padding: .1rem 0; }
.timeline line.row, .timeline line.tick { stroke: var(--line); } .timeline line.tick { stroke-dasharray: 2 4; } .timeline text.tick { fill: var(--quiet); font-size: 11.5px; }
.timeline text.kind { fill: var(--quiet); font-size: 11px; } .timeline text.row { font-weight: 600; } .timeline line.judged { stroke: var(--ink); stroke-width: 2; } .timeline text.judged { font-weight: 700; } .timeline text.count { font-size: 11.5px; font-weight: 700; }
.deployment { fill: var(--link); } .deployment.open { fill: var(--surface); stroke: var(--link); stroke-width: 2; stroke-dasharray: 5 3; }
.death { stroke: var(--fail); stroke-width: 3; stroke-linecap: round; fill: none; } .start { fill: var(--ground); stroke: var(--pass); stroke-width: 2; } .stop { fill: var(--ground); stroke: var(--quiet); stroke-width: 2; }
.version { fill: var(--unknown); } .change { fill: var(--pending); }
.moment { white-space: nowrap; font-variant-numeric: tabular-nums; }
table.cost th[scope="row"] { color: var(--ink); font-weight: 500; font-size: 1rem; } table.cost .bar { width: 30%; min-width: 70px; } .share { width: 100%; height: 12px; display: block; margin-top: .35rem; } .share rect { fill: var(--link); }
.cause { border: 1px solid var(--line); border-left: 6px solid var(--skip); border-radius: 8px; padding: .8rem 1rem; margin: .6rem 0; background: var(--surface); }
.cause.fail { border-left-color: var(--fail); } .cause.pending { border-left: 6px dashed var(--pending); } .cause.unknown { border-left: 6px dotted var(--unknown); }
.cause h4 { font-size: 1.05rem; } .cause h4 code { font-weight: 400; color: var(--quiet); }
.cause figure { margin: .6rem 0; } figcaption { color: var(--quiet); } .quote { border-left: 3px solid var(--line); padding: .2rem .8rem; max-height: 24rem; overflow: auto; }
.way { list-style: none; padding: 0; margin: .6rem 0; } .way li { position: relative; padding: .1rem 0 .5rem 1.5rem; } .way li::before { content: ""; position: absolute; left: 5px; top: .75rem; bottom: -.75rem; border-left: 3px solid var(--fail); }
.way li::after { content: ""; position: absolute; left: 1px; top: .5rem; width: 11px; height: 11px; border-radius: 50%; background: var(--fail); }
.way p { margin: 0; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
.way li:last-child::before { display: none; } .cause.pending .way li::before { border-color: var(--pending); } .cause.pending .way li::after { background: var(--pending); }
.fix { margin: .6rem 0; }
.filters { display: flex; flex-wrap: wrap; gap: 8px 20px; align-items: center; position: sticky; top: 0; background: var(--ground); border-bottom: 1px solid var(--line); padding: .6rem 0; z-index: 1; }
.filters fieldset { border: 0; padding: 0; margin: 0; display: flex; flex-wrap: wrap; gap: 4px 14px; } .filters legend { float: left; margin-right: 6px; color: var(--quiet); padding: 0; } .filters label { white-space: nowrap; }
.filters output { color: var(--quiet); } .filters input[type="search"] { width: 11rem; }
.only { background: var(--surface); border: 1px solid var(--line); border-radius: 8px; padding: .4rem .8rem; }
.tally { font-weight: 400; font-size: .85rem; margin-left: .5rem; } .tally > span { margin-right: .5rem; }
.check { border-bottom: 1px solid var(--line); padding: .25rem 0; } .check > summary { padding: .2rem 0; } .check > summary h4 { display: inline; font-size: 1rem; font-weight: 500; }
.check.fail > summary h4, .check.pending > summary h4, .check.unknown > summary h4 { font-weight: 700; } .aside { color: var(--quiet); font-size: .85rem; margin-left: .5rem; }
.why { margin: 0 0 .3rem 1.2rem; } .check > ul { margin-left: 1.2rem; }
.finding { border-left: 4px solid var(--line); padding: .15rem .8rem; margin: .45rem 0; scroll-margin-top: 7rem; } .finding.fail { border-left-color: var(--fail); } .finding.pending { border-left: 4px dashed var(--pending); } .finding.unknown { border-left: 4px dotted var(--unknown); }
.finding:focus, .finding:target { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px; } .finding p { margin: .15rem 0; }
.evidence > summary { color: var(--quiet); font-size: .88rem; } dl.evidence > div { display: grid; grid-template-columns: minmax(7rem, 12rem) 1fr; gap: .2rem 1rem; padding: .15rem 0; } dl.evidence dd { min-width: 0; }
.facts > div { display: grid; grid-template-columns: 8.5rem 1fr; gap: .2rem 1rem; padding: .12rem 0; } .facts dd { min-width: 0; }
footer { padding-bottom: 3rem; } footer details { margin: .5rem 0; }
@media (max-width: 640px) { .way p { -webkit-line-clamp: 4; } .inner { padding: 0 14px; } .counts { padding: 12px 14px 0; } .verdict { font-size: 2.1rem; } .banner h1 { font-size: 1.15rem; } .wide { display: none; } table.cost .bar { width: 22%; min-width: 48px; }
  .why, .check > ul { margin-left: .3rem; } .aside { display: block; margin-left: 1.2rem; } .filters { position: static; } .finding { scroll-margin-top: 1rem; } dl.evidence > div, .facts > div { grid-template-columns: 1fr; gap: 0; padding: .25rem 0; } .cause { padding: .7rem .8rem; } }
@media print { .banner .inner, .counts { padding-left: 0; padding-right: 0; } .banner { color: #000000; background: none; border-bottom: 3px solid var(--banner); --mark: #ffffff; } .banner .sign { --sign: var(--banner); } .banner a { color: #000000; }
  .stack-box { overflow: visible; border: 0; padding: 0; } svg.stack, svg.timeline { width: 100% !important; min-width: 0 !important; } .cause, .finding, .check > summary { break-inside: avoid; } .quote { max-height: none; } .way p { display: block; } }
`;

/** How wide the drawing of the stack is: as it is by itself, a little less where the page is narrower, and beyond that it scrolls. */
export const stackStyle = (width: number): string => `
svg.stack { width: 100%; max-width: ${width}px; min-width: ${Math.round(width * 0.8)}px; }
svg.timeline { width: 100%; min-width: 840px; }
`;
