/**
 * Page: what every public page has around its own part.
 *
 * Markup only: no script, no style attribute, nothing from elsewhere, so that the
 * strictest policy of a browser changes nothing. The page and one style sheet are
 * all that is fetched. Ids hold an underscore where they are ours, so that they never meet
 * the ids of a policy's clauses.
 */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import type { Child } from "hono/jsx";
import { STYLES } from "./style.ts";

export type Frame = {
  /** What the page is about, in a few words. */
  readonly title: string;
  /** Empty before the installation was set up. */
  readonly organisation: string;
  /** The path that DUE_URL holds. */
  readonly base: string;
  /** Which entry of the menu this page is. */
  readonly here?: "home" | "policy" | "past" | "report" | "status";
  /** Where it is not that of `here`. */
  readonly sheet?: keyof typeof STYLES;
  /** Where this is a copy as files, and when it was made. */
  readonly copy?: { readonly of: string; readonly madeAt: string };
  /** For one reader: kept out of search engines and of caches. */
  readonly isPrivate?: boolean;
  /** For one reader, in their language: without the menu of what is for everybody. */
  readonly own?: { readonly language: string; readonly skip: string; readonly foot: string };
};

/** The others are for forms. */
const SHEETS: Readonly<Record<string, keyof typeof STYLES>> = {
  policy: "reading",
  status: "status",
};

/** The whole document. */
export const documentOf = (frame: Frame, body: Child): string =>
  `<!DOCTYPE html>${(<Page frame={frame}>{body}</Page>).toString()}\n`;

function Page({ frame, children }: { readonly frame: Frame; readonly children?: Child }) {
  const { title, organisation, base, copy, isPrivate, own } = frame;
  return (
    <html lang={own?.language ?? "en"}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" type="image/svg+xml" href={MARK_INLINE} />
        <title>{organisation === "" ? title : `${title} · ${organisation}`}</title>
        {isPrivate ? <meta name="robots" content="noindex, nofollow" /> : null}
        <link
          rel="stylesheet"
          href={`${base}${STYLES[frame.sheet ?? SHEETS[frame.here ?? ""] ?? "acting"].path}`}
        />
        {isPrivate ? null : (
          <link
            rel="alternate"
            type="application/atom+xml"
            title={
              frame.here === "status" ? "Updates of the status page" : "Versions of the policy"
            }
            href={`${base}${frame.here === "status" ? "/status.atom" : "/policy/feed.atom"}`}
          />
        )}
      </head>
      <body>
        <a class="skip" href="#page_main">
          {own?.skip ?? "Go to the text"}
        </a>
        <Top frame={frame} />
        <main id="page_main" tabindex={-1}>
          {copy === undefined ? null : (
            <p class="quiet">
              A copy, made {copy.madeAt}. The original is at {copy.of}, and may be newer.
            </p>
          )}
          {children}
        </main>
        <footer class="foot">
          <p>
            {own?.foot ??
              "Published with Duenotice. No scripts, no cookies, nothing loaded from elsewhere."}
          </p>
          <p>
            <a href={`${base}/.well-known/security.txt`}>security.txt</a>
          </p>
        </footer>
      </body>
    </html>
  );
}

const MENU = [
  ["home", "/", "Overview"],
  ["policy", "/policy", "Policy"],
  ["past", "/past", "Past incidents"],
  ["report", "/report", "Report something"],
] as const;

function Top({ frame: { organisation, base, here, own } }: { readonly frame: Frame }) {
  if (own) {
    return (
      <header class="top">
        <div class="bar">
          <p class="who">{organisation}</p>
        </div>
      </header>
    );
  }
  return (
    <header class="top">
      <div class="bar">
        <p class="who">
          <a href={`${base}/`}>{organisation === "" ? "Incident response" : organisation}</a>
        </p>
        <nav aria-label="Pages">
          <ul>
            {MENU.map(([name, path, label]) => (
              <li>
                <a href={`${base}${path}`} aria-current={here === name ? "page" : undefined}>
                  {label}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </header>
  );
}

/** Where programs look that read no page: feed readers, and the list of what was visited. */
export const MARK_PATH = "/favicon.ico";

/** A line of time, now, and what is due: the mark of the web app too. */
export const MARK = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="5" fill="#1b1d21"/><path d="M4 16h14M10 5v22m13-17 6 6-6 6-6-6z" fill="none" stroke="#fbfaf7" stroke-width="2.5"/></svg>`;

/** The mark within the page: fetched apart it would be one more request of every page. */
const MARK_INLINE = `data:image/svg+xml,${MARK.replaceAll('"', "'").replace(/[%#<>]/g, encodeURIComponent)}`;
