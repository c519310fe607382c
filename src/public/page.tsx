/**
 * Page: what every public page has around its own part.
 *
 * Markup only: no script, no style attribute, nothing from elsewhere, so that the
 * strictest policy of a browser changes nothing. One page and one style sheet are
 * all that is fetched. What stands on a page was written for whoever reads it.
 */

/** @jsxImportSource hono/jsx */

import type { Child } from "hono/jsx";
import { STYLE_PATH } from "./style.ts";

export type Frame = {
  /** What the page is about, in a few words. */
  readonly title: string;
  readonly organisation: string;
  /** The path that DUE_URL holds. */
  readonly base: string;
  /** Which entry of the menu this page is. */
  readonly here?: "home" | "policy" | "report";
  /** Kept out of search engines: pages that are for one reader. */
  readonly isPrivate?: boolean;
};

/** The whole document. */
export const documentOf = (frame: Frame, body: Child): string =>
  `<!doctype html>${(<Page frame={frame}>{body}</Page>).toString()}`;

function Page({ frame, children }: { readonly frame: Frame; readonly children: Child }) {
  const { title, organisation, base, isPrivate } = frame;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{organisation === "" ? title : `${title} · ${organisation}`}</title>
        {isPrivate ? <meta name="robots" content="noindex, nofollow" /> : null}
        <link rel="stylesheet" href={`${base}${STYLE_PATH}`} />
      </head>
      <body>
        <a class="skip" href="#main">
          Go to the text
        </a>
        <Header frame={frame} />
        <main id="main">{children}</main>
        <footer>
          <p>
            {organisation === "" ? "" : `${organisation} runs its incident response by this. `}
            Published with Duenotice; no cookies, no scripts, nothing loaded from elsewhere.
          </p>
        </footer>
      </body>
    </html>
  );
}

function Header({ frame: { organisation, base, here } }: { readonly frame: Frame }) {
  const links = [
    ["home", "/", "Overview"],
    ["policy", "/policy", "Policy"],
    ["report", "/report", "Report something"],
  ] as const;
  return (
    <header>
      <p class="who">{organisation === "" ? "Incident response" : organisation}</p>
      <nav aria-label="Pages">
        <ul>
          {links.map(([name, path, label]) => (
            <li>
              <a href={`${base}${path}`} aria-current={here === name ? "page" : undefined}>
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}
