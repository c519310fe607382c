/**
 * The session's cookie: HttpOnly, SameSite=Lax, and over https with the name
 * that browsers themselves protect against other hosts and plain http.
 */

import { SESSION_LIFE_MS } from "../access.ts";

/** The value of Set-Cookie that carries `id`. */
export function sessionCookie(id: string, isEncrypted: boolean, base: string): string {
  const life = `Max-Age=${Math.floor(SESSION_LIFE_MS / 1000)}`;
  return `${nameAndValue(id, isEncrypted)}; ${life}; ${attributes(isEncrypted, base)}`;
}

/** Takes both spellings back: the installation may have moved to https since. */
export const endedCookies = (base: string): readonly string[] => [
  `${nameAndValue("", false)}; Max-Age=0; ${attributes(false, base)}`,
  `${nameAndValue("", true)}; Max-Age=0; ${attributes(true, base)}`,
];

const nameAndValue = (id: string, isEncrypted: boolean): string =>
  `${isEncrypted ? "__Host-" : ""}due-session=${id}`;

/** `__Host-` demands the root path. */
const attributes = (isEncrypted: boolean, base: string): string =>
  `Path=${isEncrypted ? "/" : `${base}/`}; HttpOnly; SameSite=Lax${isEncrypted ? "; Secure" : ""}`;
