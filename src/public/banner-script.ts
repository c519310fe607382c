/**
 * Banner script: what a page of our product loads to show a banner.
 *
 *   <script src="https://status.fennel.example/banner.js" data-token="bt_…" async></script>
 *
 * It runs in somebody else's page: no dependency, no eval, no style attribute, no markup
 * from text, nothing global. Its looks come from a style sheet made in the script, in a
 * shadow of their own, which no content security policy refuses and no rule of the page
 * reaches. A region with role=status is there before the words are, so that they are read
 * out. What was put away stays away, by the banner's id; what has ended goes by itself.
 */

const CSS = `
:host { display: block }
div { display: flex; gap: 12px; align-items: baseline; padding: 10px 16px; font: 15px/22px system-ui, sans-serif; color: #1b1d21; background: #eef2f8; border-bottom: 1px solid #1f4e8c; border-left: 4px solid #1f4e8c }
div.warning { background: #fff4e3; border-color: #8a4b00 }
div.critical { background: #8c1034; border-color: #8c1034; color: #fff }
p { margin: 0; flex: 1; overflow-wrap: anywhere }
a { color: inherit; margin-left: 8px }
button { font: inherit; color: inherit; background: none; border: 1px solid; border-radius: 3px; padding: 0 10px; min-height: 28px; cursor: pointer }
:focus-visible { outline: 3px solid; outline-offset: 2px }
@media print { :host { display: none } }
`;

const SOURCE = `
(() => {
  const me = document.currentScript;
  const { token, refresh } = me.dataset;
  const url = new URL("banner.json", me.src);
  if (token) url.searchParams.set("token", token);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(${JSON.stringify(packed(CSS))});
  const host = document.createElement("due-banner");
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheet];
  const region = document.createElement("section");
  region.setAttribute("role", "status");
  root.append(region);
  const make = (name, text) => Object.assign(document.createElement(name), { textContent: text });
  const key = (id) => "due-banner " + id;
  const isAway = (id) => {
    try {
      return localStorage.getItem(key(id)) !== null;
    } catch {
      return false;
    }
  };
  const putAway = (id) => {
    region.replaceChildren();
    try {
      localStorage.setItem(key(id), "1");
    } catch {}
  };
  let shown;
  let ending;
  const show = (banner) => {
    clearTimeout(ending);
    const left = banner ? Date.parse(banner.endsAt) - Date.now() : 0;
    const id = left > 0 && !isAway(banner.id) ? banner.id : undefined;
    if (id) ending = setTimeout(show, Math.min(left, 2e9));
    if (id === shown) return;
    shown = id;
    region.replaceChildren();
    if (!id) return;
    const box = document.createElement("div");
    box.className = banner.level;
    const words = make("p", banner.text);
    if (/^https:/.test(banner.link || "")) {
      const link = make("a", banner.linkText || "More");
      link.href = banner.link;
      link.rel = "noopener";
      words.append(" ", link);
    }
    const away = make("button", "Dismiss");
    away.type = "button";
    away.onclick = () => putAway(id);
    box.append(words, away);
    region.append(box);
  };
  const ask = () =>
    fetch(url, { credentials: "omit" })
      .then((answer) => (answer.ok ? answer.json() : {}))
      .then(({ banner }) => show(banner))
      .catch(() => {});
  const begin = () => {
    document.body.prepend(host);
    ask();
    setInterval(ask, Math.max(30, Number(refresh) || 300) * 1000);
  };
  if (document.body) begin();
  else addEventListener("DOMContentLoaded", begin);
})();
`;

/** Blanks that open lines carry nothing, in a script as in a sheet. */
function packed(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, "\n");
}

/** As it is served. */
export const BANNER_SCRIPT: string = `${packed(SOURCE)}\n`;
