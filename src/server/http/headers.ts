/**
 * Headers: what every answer tells the browser it may and may not do.
 *
 * Three policies, by what is answered: data is nothing a browser may run or
 * show; the web app is scripts and styles of our own; public pages are markup
 * and styles without any script. Nothing is ever loaded from elsewhere, and
 * nobody may put us in a frame.
 */

const NO_FRAMES = "frame-ancestors 'none'; base-uri 'none'";

export const CSP = {
  data: `default-src 'none'; ${NO_FRAMES}`,
  app: `default-src 'self'; object-src 'none'; form-action 'self'; ${NO_FRAMES}`,
  page: `default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; ${NO_FRAMES}`,
} as const;

/** What says something only of a document, and would be most of a small answer that is none. */
const DOCUMENT = {
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
} as const;

/** Scripts, styles and faces: never a document, since their type is never sniffed. */
const PART = /^\/(?:app\/assets\/[\w.-]+\.(?:js|css|woff2)|public\/\w+\.css)$/;
const DATA = /^\/(?:api|intake|livez|readyz|metrics)(?:\/|$)/;
const APP = /^\/app(?:\/|$)/;
const YEAR_SECONDS = 31_536_000;

/** Whether a file that never changes is at `path`: part of a page, and nobody asks about its request. */
export const isPart = (path: string): boolean => PART.test(path);

/** The headers for an answer at `path` (below the base). A page may set a stricter policy itself. */
export function securityHeaders(path: string, isEncrypted: boolean): Record<string, string> {
  const isData = DATA.test(path);
  const csp = isData ? CSP.data : APP.test(path) ? CSP.app : CSP.page;
  return {
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    // Over plain http the header means nothing, and on a name shared with others it would break them.
    ...(isEncrypted ? { "strict-transport-security": `max-age=${YEAR_SECONDS}` } : {}),
    ...(isPart(path)
      ? {}
      : {
          "content-security-policy": csp,
          // Not no-referrer: with that a browser sends "Origin: null" from our own forms.
          "referrer-policy": "same-origin",
          ...(isData ? {} : DOCUMENT),
        }),
  };
}
