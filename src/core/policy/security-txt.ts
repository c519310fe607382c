/**
 * security.txt (RFC 9116): where to report something, for machines and for people
 * who look there first.
 *
 *   Contact: mailto:security@fennel.example
 *   Expires: 2027-05-22T00:00:00Z
 *
 * Only what the policy says: a field that it is silent about is absent, because a
 * placeholder in this file would be acted upon. The format wants https for every
 * address on the web; an installation without it names its mail address only.
 */

import { type Instant, toIsoSeconds } from "../time/instant.ts";
import type { Policy } from "./policy.ts";

/** Printable ASCII, which is all that the format takes. */
const HTTPS = /^https:\/\/[!-~]{1,2000}$/;

export const SECURITY_TXT_PATH = "/.well-known/security.txt";

/** Fingerprints are told in groups, in either case; compared they are not. */
export const bareFingerprint = (text: string): string => text.replace(/\s/g, "").toLowerCase();

/** Whether `policy` offers encryption by the key with this fingerprint. */
export const offersKey = ({ reporting: { pgp } }: Policy, fingerprint: string): boolean =>
  "fingerprint" in pgp && bareFingerprint(pgp.fingerprint) === bareFingerprint(fingerprint);

/** The file, which says of itself that it is good until `expiresAt`. */
export function securityTxt({ reporting }: Policy, url: string, expiresAt: Instant): string {
  const isHttps = HTTPS.test(url);
  const { acknowledgments, email, languages, pgp } = reporting;
  const thanks = typeof acknowledgments === "string" && HTTPS.test(acknowledgments);
  const lines = [
    `Contact: mailto:${encodeURI(email)}`,
    isHttps && `Contact: ${url}/report`,
    `Expires: ${toIsoSeconds(expiresAt)}`,
    "fingerprint" in pgp && `Encryption: ${keyAddress(pgp)}`,
    thanks && `Acknowledgments: ${acknowledgments}`,
    languages && `Preferred-Languages: ${languages.join(", ")}`,
    isHttps && `Canonical: ${url}${SECURITY_TXT_PATH}`,
    isHttps && `Policy: ${url}/policy`,
  ];
  return `${lines.filter(Boolean).join("\n")}\n`;
}

/** A key that is not on the encrypted web is told by its fingerprint, which the format takes too. */
const keyAddress = ({
  url,
  fingerprint,
}: {
  readonly url: string;
  readonly fingerprint: string;
}) => (HTTPS.test(url) ? url : `openpgp4fpr:${bareFingerprint(fingerprint)}`);
