/**
 * security.txt (RFC 9116): where to report something, for machines and for people
 * who look there first.
 *
 *   Contact: mailto:security@fennel.example
 *   Expires: 2027-05-22T00:00:00Z
 *
 * Made from the policy at every request, so it never lies about the past: it
 * expires half a year after it was read. The format wants https for every address
 * on the web; an installation without it names its mail address only.
 */

import type { Policy } from "../core/policy/policy.ts";
import { DAY_MS, type Instant, toIsoSeconds } from "../core/time/instant.ts";

/** Less than a year, as the format recommends; in whole days, so that the file stays the same for one. */
const DAYS = 182;

export function securityTxt({ reporting }: Policy, url: string, now: Instant): string {
  const expiresAt = ((Math.floor(now / DAY_MS) + DAYS) * DAY_MS) as Instant;
  const isHttps = url.startsWith("https://");
  const key = "url" in reporting.pgp ? reporting.pgp.url : undefined;
  const lines = [
    `Contact: mailto:${encodeURI(reporting.email)}`,
    isHttps && `Contact: ${url}/report`,
    `Expires: ${toIsoSeconds(expiresAt)}`,
    key?.startsWith("https://") && `Encryption: ${new URL(key).href}`,
    "Preferred-Languages: en",
    isHttps && `Canonical: ${url}/.well-known/security.txt`,
    isHttps && `Policy: ${url}/policy`,
  ];
  return `${lines.filter(Boolean).join("\n")}\n`;
}
