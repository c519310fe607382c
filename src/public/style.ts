/**
 * Style: the one style sheet of the public pages, served under its own hash so
 * that browsers keep it.
 */

import { hash } from "node:crypto";

export const STYLE = `
:root{color-scheme:light dark;--paper:#fbfaf7;--ink:#1b1d21;--secondary:#575b63;--link:#1f4e8c;--rule:#d9d6cd;--field:#fff}
@media (prefers-color-scheme:dark){:root{--paper:#14161a;--ink:#ecedef;--secondary:#a9aeb7;--link:#9cc4f5;--rule:#33373f;--field:#1d2026}}
body{margin:0 auto;max-width:46rem;padding:0 1.25rem;background:var(--paper);color:var(--ink);font:1.0625rem/1.55 system-ui,sans-serif}
a{color:var(--link)}
input,textarea,select,button{font:inherit}
`;

export const STYLE_PATH = `/public/${hash("sha256", STYLE, "hex").slice(0, 12)}.css`;
