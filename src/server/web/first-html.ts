/**
 * First HTML: a page of the app with its first view in it.
 *
 *   <html data-theme="dark">           as this device shows things
 *   <head> … <link …>                  what the page loads: in one go, and not each for the next
 *   <div id="first">…</div>            what was drawn
 *   <div id="app" aria-hidden>…</div>  where the app will stand
 *   <script type="application/json">   what was read for it
 *
 * The answers are text that nothing runs: the page's policy allows no script in markup, and a
 * closing tag inside of them is written so that it closes nothing.
 */

import { FIRST } from "../../api/first.ts";
import type { FirstPage, FirstRead } from "./first.ts";

const WORD = /^[a-z]{1,20}$/;

const HEAD_END = "</head>";

/** As far as it waits for nothing. `index` is the built page, which everybody gets. */
export function headOf(index: string, page: Omit<FirstPage, "drawn">, base: string): string {
  const { loads, theme, density } = page;
  const shown = [attribute("data-theme", theme), attribute("data-density", density)].join("");
  const own = loads.filter((file) => !index.includes(`/${file}"`));
  const links = own.map((file) => linkTo(`${base}/app/${file}`)).join("");
  const head = index.slice(0, index.indexOf(HEAD_END));
  return `${head.replace("<html ", () => `<html${shown} `)}${links}${HEAD_END}`;
}

/** The rest of it; where nothing could be read, as everybody gets it. */
export function bodyOf(index: string, read: FirstRead | undefined): string {
  const body = index.slice(index.indexOf(HEAD_END) + HEAD_END.length);
  if (!read) return body;
  const { seq, answers, html } = read;
  const app = '<div id="app">';
  // Two of the same are not said to who listens: the app, once it stands, is the one.
  const drawn = `<div id="${FIRST.drawn}">${html}</div><div id="app" aria-hidden="true">`;
  const said = `<script type="application/json" id="${FIRST.answers}">${inert({ seq, answers })}</script>`;
  // By a function: what is put in may hold the signs that a replacement has a meaning for.
  return body
    .replace(app, () => (html === undefined ? app : drawn))
    .replace("</body>", () => `${said}</body>`);
}

const attribute = (name: string, value: string | undefined): string =>
  value !== undefined && value !== "system" && WORD.test(value) ? ` ${name}="${value}"` : "";

const linkTo = (address: string): string =>
  address.endsWith(".css")
    ? `<link rel="stylesheet" crossorigin href="${address}">`
    : `<link rel="modulepreload" crossorigin href="${address}">`;

/** JSON in which no tag begins, and which is the same JSON. */
const inert = (value: unknown): string => JSON.stringify(value).replace(/</g, "\\u003c");
