/**
 * Style: the style sheet of the public pages, one for reading and one with forms, each
 * served under its own hash so that browsers keep it for ever.
 *
 * Paper and ink, and a serif for what was written to be read. Faces are those of
 * the reader's own machine: a face that is fetched is a request more, and text
 * that moves when it comes. Colours are the web app's tokens. No id and no
 * element is styled by an attribute: the pages allow none.
 */

import { hash } from "node:crypto";

/** What only forms, a case and the overview need. */
const ACTING = `
.words li.ours { background: var(--sheet); border: 1px solid var(--rule); border-left: 4px solid var(--link); border-radius: 3px; padding: 14px 20px 18px; margin: 12px 0; }
.doors { display: grid; grid-template-columns: repeat(auto-fit, minmax(270px, 1fr)); gap: 24px; list-style: none; margin: 40px 0 0; padding: 0; }
.doors li { background: var(--sheet); border: 1px solid var(--rule); border-left: 4px solid var(--link); border-radius: 3px; padding: 20px 24px; }
.doors h2 { border: 0; padding: 0; margin: 0; font-size: 20px; }
.two { display: grid; gap: 0 64px; }
@media (min-width: 1000px) { .two { grid-template-columns: minmax(0, 1fr) 320px; } .two > aside { margin-top: 8px; } }
aside h2 { font-size: 18px; margin-top: 32px; padding-top: 8px; border-top-width: 1px; }
aside p, aside li { font-size: 15px; }
.field { margin-top: 24px; max-width: 620px; }
.field label, legend { display: block; font-weight: 600; padding: 0; }
.field .hint { margin: 2px 0 0; color: var(--secondary); font-size: 14px; line-height: 21px; }
.field .hint ul { margin: 4px 0 0; padding-left: 1.3em; }
.field .wrong { margin: 4px 0 0; color: var(--risk); font-weight: 600; }
fieldset { border: 0; margin: 24px 0 0; padding: 0; }
fieldset .wrong { margin: 4px 0 0; color: var(--risk); font-weight: 600; }
fieldset label { font-weight: 400; display: flex; gap: 10px; padding: 4px 0; }
input[type="text"], input[type="email"], textarea {
  display: block; width: 100%; margin-top: 6px; padding: 9px 12px; font: 16px/24px var(--sans);
  color: var(--ink); background: var(--sheet); border: 1px solid var(--edge); border-radius: 3px;
}
textarea { resize: vertical; }
input[type="radio"], input[type="checkbox"] { flex: none; width: 18px; height: 18px; margin: 3px 0; accent-color: var(--link); }
[aria-invalid] { border-color: var(--risk); border-width: 2px; }
button { font: 600 16px/24px var(--sans); color: var(--paper); background: var(--ink); border: 1px solid var(--ink); border-radius: 3px; padding: 10px 22px; margin-top: 28px; cursor: pointer; }
button:hover { background: var(--link); border-color: var(--link); }
.as-written { white-space: pre-wrap; overflow-wrap: anywhere; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.notice h3 { font: 600 13px/20px var(--sans); letter-spacing: 0.04em; color: var(--secondary); }
.notice h3 + p { margin-top: 4px; }
.changes ins, .changes del { padding: 1px 4px; }
.digest { overflow-wrap: anywhere; }
.steps li { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 4px 24px; max-width: 760px; }
.steps li > div { flex: 1 1 320px; }
.steps li.done strong { color: var(--met); }
.steps button { margin: 0; padding: 6px 16px; min-width: 130px; }
button.second { color: var(--ink); background: transparent; border-color: var(--edge); }
button.second:hover { color: var(--paper); background: var(--ink); }
.by { margin: 20px 0 0; font: 600 20px/28px var(--serif); max-width: none; }
.seat-whose { margin-bottom: 24px; }
.mark-of { margin: 0 0 16px; padding: 6px 0; border-block: 1px solid var(--rule); color: var(--secondary); font-size: 14px; position: sticky; top: 0; background: var(--paper); }
.states { display: grid; grid-template-columns: repeat(auto-fit, minmax(120px, 1fr)); gap: 0; list-style: none; margin: 32px 0 0; padding: 0; }
.states li { border-top: 3px solid var(--rule); padding: 8px 12px 8px 0; color: var(--secondary); }
.states li.done { border-color: var(--ink); color: var(--ink); }
.states strong { display: block; font-family: var(--serif); font-size: 17px; font-weight: 400; }
.states [aria-current] strong { font-weight: 600; }
.states span { font-size: 13px; line-height: 18px; display: block; }
.tape { display: block; width: 100%; height: auto; margin-top: 16px; font-variant-numeric: tabular-nums; }
.tape-tall { display: none; }
/* Shrunk to a telephone nobody could read it: there it runs down the page. */
@media (max-width: 720px) { .tape-wide { display: none; } .tape-tall { display: block; max-width: 420px; } }
`;

const sheet = (more: string): string => `
:root {
  color-scheme: light dark;
  --paper: #fbfaf7; --sheet: #ffffff; --ink: #1b1d21; --secondary: #575b63; --link: #1f4e8c;
  --risk: #8a4b00; --met: #17708f; --rule: #d9d6cd; --wash: #f1efe8; --edge: #84817a;
  --added: #dcebf1; --removed: #f6e6d3;
  --serif: "Source Serif 4", "Source Serif Pro", Charter, "Bitstream Charter", Cambria, Georgia, "Noto Serif", serif;
  --sans: "Atkinson Hyperlegible Next", "Atkinson Hyperlegible", system-ui, sans-serif;
  --mono: "Atkinson Hyperlegible Mono", ui-monospace, "DejaVu Sans Mono", Menlo, monospace;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #14161a; --sheet: #1a1d22; --ink: #ecedef; --secondary: #a9aeb7; --link: #9cc4f5;
    --risk: #f0b46a; --met: #63b3d3; --rule: #33373f; --wash: #20242a; --edge: #7d838d;
    --added: #17333f; --removed: #40301b;
  }
}
@media (prefers-contrast: more) { :root { --secondary: var(--ink); --rule: var(--ink); --edge: var(--ink); } }
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); font: 400 15px/24px var(--sans); -webkit-text-size-adjust: 100%; scroll-padding-top: 24px; }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; }
.bar, main, .foot { width: 100%; max-width: 1120px; margin-inline: auto; padding-inline: 24px; }
main { flex: 1; padding-block: 40px 72px; }
main:focus { outline: 0; }
a { color: var(--link); text-underline-offset: 3px; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 12px; top: 8px; background: var(--sheet); padding: 8px 12px; z-index: 1; }
.top { border-bottom: 1px solid var(--rule); }
.bar { display: flex; flex-wrap: wrap; gap: 4px 32px; align-items: baseline; padding-block: 14px; }
.who { margin: 0 auto 0 0; font-weight: 600; font-size: 17px; }
.who a { color: inherit; text-decoration: none; }
.bar ul { display: flex; flex-wrap: wrap; gap: 4px 24px; margin: 0; padding: 0; list-style: none; }
.bar li a { display: inline-block; padding-block: 4px; color: var(--ink); text-decoration: none; border-bottom: 2px solid transparent; }
.bar li a:hover { border-color: var(--rule); }
.bar li a[aria-current] { border-color: var(--ink); font-weight: 600; }
.foot { padding-block: 0 40px; color: var(--secondary); font-size: 14px; line-height: 22px; }
.foot p { margin: 0 0 4px; max-width: none; }
.foot p:first-child { border-top: 1px solid var(--rule); padding-top: 20px; }
h1, h2, h3, h4 { font-family: var(--serif); font-weight: 600; line-height: 1.22; text-wrap: balance; margin: 0; }
h1 { font-size: clamp(28px, 4.6vw, 40px); letter-spacing: -0.01em; }
h2 { font-size: 24px; margin-top: 56px; padding-top: 12px; border-top: 2px solid var(--ink); }
h3 { font-size: 18px; margin-top: 28px; }
h4 { font-size: 16px; margin-top: 20px; }
p, .prose ul, .prose ol { max-width: 66ch; }
p { margin: 12px 0 0; text-wrap: pretty; }
.prose, .lead { font-family: var(--serif); font-size: 17px; line-height: 27px; }
.lead { font-size: 19px; line-height: 30px; margin-top: 16px; max-width: 58ch; text-wrap: pretty; }
.prose li { margin-top: 6px; }
.prose ul, .prose ol { padding-left: 1.4em; }
.prose a[href^="#"] { color: inherit; font-weight: 600; text-decoration-color: var(--edge); text-decoration-style: dotted; }
.prose blockquote { margin: 16px 0 0; padding-left: 16px; border-left: 3px solid var(--rule); }
code, pre, .mono { font-family: var(--mono); font-size: 0.92em; overflow-wrap: anywhere; }
pre { background: var(--wash); padding: 12px 16px; white-space: pre-wrap; overflow-wrap: anywhere; }
.quiet { color: var(--secondary); font-size: 14px; line-height: 22px; }
time, td, .target, dd { font-variant-numeric: tabular-nums; }
.wide { overflow-x: auto; margin-top: 16px; }
/* Wider cells than the screen gives: rows stay low, and a cut column says that there is more. */
@media (max-width: 640px) { .wide td { min-width: 10em; } }
.gap { color: var(--secondary); }
table { border-collapse: collapse; width: 100%; font: 15px/22px var(--sans); }
th { text-align: left; color: var(--secondary); font-weight: 600; }
th, td { padding: 9px 20px 9px 0; border-bottom: 1px solid var(--rule); vertical-align: top; min-width: 7em; }
thead th { border-bottom: 1px solid var(--ink); }
.to-right { text-align: right; } .to-center { text-align: center; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(210px, 42%), 1fr)); gap: 0 24px; margin: 28px 0 0; border-top: 1px solid var(--rule); }
.facts div { padding: 10px 0; border-bottom: 1px solid var(--rule); }
.facts .whole { grid-column: 1 / -1; }
.also { grid-template-columns: repeat(auto-fill, minmax(min(320px, 100%), 1fr)); gap: 0 40px; }
dt { color: var(--secondary); font-size: 13px; line-height: 18px; }
dd { margin: 2px 0 0; }
.with-contents { display: grid; gap: 0 64px; }
.contents { font-size: 14px; line-height: 20px; margin-top: 32px; }
.contents summary, .contents p { font-weight: 600; margin: 0 0 8px; }
.contents ol { list-style: none; margin: 0; padding: 0; columns: 2; column-gap: 24px; }
.contents li { padding: 3px 0; break-inside: avoid; }
.contents a { color: var(--ink); text-decoration: none; }
.contents a:hover { text-decoration: underline; }
.contents .next { margin-top: 10px; padding-top: 12px; border-top: 1px solid var(--rule); }
.text { min-width: 0; }
.text > section:first-child > h2 { margin-top: 40px; }
@media (min-width: 1000px) {
  .with-contents { grid-template-columns: 210px minmax(0, 1fr); }
  .contents { position: sticky; top: 24px; align-self: start; max-height: calc(100vh - 48px); overflow-y: auto; margin-top: 44px; }
  .contents ol { columns: 1; }
}
.promises { list-style: none; margin: 12px 0 0; padding: 0; }
.promises > li { display: grid; grid-template-columns: 1fr; gap: 2px 28px; padding: 14px 0; border-bottom: 1px solid var(--rule); }
@media (min-width: 640px) { .promises > li { grid-template-columns: 168px minmax(0, 1fr); } }
.promises > li:target, .prose section:target > h2 { background: var(--wash); box-shadow: -12px 0 0 var(--wash), 12px 0 0 var(--wash); }
.target { margin: 0; font: 600 20px/27px var(--serif); }
.says { margin: 0; font: 17px/27px var(--serif); }
.cite { margin: 4px 0 0; color: var(--secondary); font-size: 13px; line-height: 20px; }
.cite a { color: inherit; }
.rank { display: inline-block; width: 14px; height: 14px; vertical-align: -1px; margin-right: 8px; }
.plain { list-style: none; padding: 0; margin: 12px 0 0; }
.plain > li { padding: 12px 0; border-bottom: 1px solid var(--rule); }
.plain h3 { margin-top: 0; }
.plain p { margin-top: 4px; }
details { margin-top: 12px; }
summary { cursor: pointer; }
.note { margin-top: 24px; padding: 12px 16px; background: var(--wash); border-left: 4px solid var(--link); max-width: 74ch; }
.note p:first-child { margin-top: 0; }
.note.no { border-color: var(--risk); }
ins { background: var(--added); text-decoration: underline double 1px; text-underline-offset: 3px; }
del { background: var(--removed); color: var(--secondary); text-decoration-thickness: 1px; }
.words { list-style: none; margin: 16px 0 0; padding: 0; max-width: 760px; }
.words > li { border-top: 1px solid var(--rule); padding: 14px 0 18px; }
.words p { margin: 0; }
.words ul { margin: 8px 0 0; padding-left: 20px; }
.words .body { white-space: pre-wrap; overflow-wrap: anywhere; font: 17px/27px var(--serif); margin-top: 6px; max-width: 66ch; }
${more}@page { margin: 16mm; }
@media print {
  .top nav, .skip, .contents, form, .unprinted, .notice details { display: none; }
  :root { color-scheme: light; --paper: #fff; --sheet: #fff; --ink: #000; }
  pre { border: 1px solid; }
  .mark-of { position: fixed; top: 0; left: 0; right: 0; border: 0; }
  html, .prose, .lead, .says, table { font-size: 10pt; line-height: 1.4; }
  main { padding-block: 16px 0; }
  .bar, main, .foot { padding-inline: 0; }
  h1 { font-size: 22pt; }
  h2 { font-size: 14pt; margin-top: 20pt; }
  a { color: inherit; }
  h2, h3, h4 { break-after: avoid; }
  .promises > li, tr, dd { break-inside: avoid; }
}
`;

/** What changed: readable without its colours, and said to who cannot see it. */
const COMPARING = `
.marked ins, .marked del { position: relative; }
.marked ins::before, .marked ins::after, .marked del::before, .marked del::after { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: pre; }
.marked ins::before { content: " [added: "; }
.marked del::before { content: " [removed: "; }
.marked ins::after, .marked del::after { content: "] "; }
.change { max-width: 760px; padding: 4px 0 18px; border-bottom: 1px solid var(--rule); }
.change .of { margin-top: 12px; color: var(--secondary); }
.change .of + .says { margin-top: 2px; }
.change h3 { margin-top: 22px; font-size: 20px; }
.change table { font-size: 15px; }
.change .wide:last-child tr:last-child td { border: 0; }
.came, .went { margin-left: 6px; padding: 0 6px; font: 600 13px/20px var(--sans); border: 1px solid var(--edge); border-radius: 3px; color: var(--secondary); }
.went { border-style: dashed; }
.note-of { font-style: italic; }
.whole { display: block; margin-top: 12px; padding-left: 16px; background: none; text-decoration: none; border-left: 3px double var(--met); }
del.whole { border-left: 3px dashed var(--edge); }
.whole > :first-child { margin-top: 0; }
.gap, .gap td { color: var(--secondary); font: 14px/22px var(--sans); }
li.gap { list-style: none; }
.change details { font: 14px/22px var(--sans); }
@media print { .change h3 { font-size: 12pt; } .gap, .gap td, .change table { font-size: 10pt; } }
`;

/** Line ends and the blanks around braces carry nothing; blanks elsewhere may. */
const packed = (text: string): string =>
  text.replace(/\s*\n\s*/g, "").replace(/\s*([{};])\s*/g, "$1");

const served = (text: string) => ({
  text,
  path: `/public/${hash("sha256", text, "hex").slice(0, 12)}.css`,
});

/** What works and what does not: a shape, a word and ink, never a hue alone. */
const STATUS = `
:root {
  --whole: #8c1034; --most: #e5801f; --most-edge: #8a4b00; --half: #f2d769; --half-edge: #7a6a00;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --whole: #ffb3bf; --most: #d07a1e; --most-edge: #f0b46a; --half: #5c5320; --half-edge: #d9c65a;
  }
}
.overall { display: flex; gap: 14px; align-items: center; }
.overall .shape { width: 30px; height: 30px; }
.shape { flex: none; width: 16px; height: 16px; fill: none; stroke: var(--met); stroke-width: 1.6; }
.shape.maintenance { stroke: var(--link); stroke-dasharray: 3 2; }
.shape.degraded { fill: var(--half); stroke: var(--half-edge); }
.shape.partial-outage { fill: var(--most); stroke: var(--most-edge); }
.shape.major-outage { fill: var(--whole); stroke: var(--whole); }
.components { list-style: none; margin: 36px 0 0; padding: 0; border-top: 2px solid var(--ink); }
.components li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 24px; padding: 12px 0; border-bottom: 1px solid var(--rule); }
.components .name { font: 600 18px/26px var(--serif); }
.components .about { grid-column: 1; color: var(--secondary); font-size: 14px; line-height: 20px; }
.components .is { display: flex; gap: 10px; align-items: center; font-weight: 600; }
.components .well { font-weight: 400; color: var(--secondary); }
.event { background: var(--sheet); border: 1px solid var(--rule); border-left: 4px solid var(--link); border-radius: 3px; padding: 20px 24px 24px; margin-top: 20px; break-inside: avoid; }
.event h3 { margin: 0; font-size: 22px; }
.event > p { margin-top: 4px; }
.said { list-style: none; margin: 16px 0 0; padding: 0; }
.said > li { display: grid; grid-template-columns: 1fr; gap: 2px 28px; padding: 14px 0; border-top: 1px solid var(--rule); }
.said > li:target { background: var(--wash); }
@media (min-width: 700px) { .said > li { grid-template-columns: 190px minmax(0, 1fr); } }
.said .when { margin: 0; color: var(--secondary); font-size: 14px; line-height: 20px; }
.said .when strong { display: block; color: var(--ink); font: 600 17px/24px var(--serif); }
.said .words { margin: 0; font: 17px/27px var(--serif); max-width: 64ch; white-space: pre-line; overflow-wrap: anywhere; }
.said .about { margin: 8px 0 0; font-size: 14px; line-height: 21px; color: var(--secondary); }
.said .next { font-weight: 600; color: var(--ink); }
.months { list-style: none; margin: 8px 0 0; padding: 0; }
.months li { display: grid; grid-template-columns: 1fr; gap: 0 28px; padding: 9px 0; border-bottom: 1px solid var(--rule); }
@media (min-width: 640px) { .months li { grid-template-columns: 130px minmax(0, 1fr) auto; } }
.months span { color: var(--secondary); }
`;

/** The policy is the longest page: what it does not need is not in its sheet. */
export const STYLES = {
  reading: served(packed(sheet(""))),
  acting: served(packed(sheet(ACTING))),
  comparing: served(packed(sheet(COMPARING))),
  status: served(packed(sheet(STATUS))),
} as const;
