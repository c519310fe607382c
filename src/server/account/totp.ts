/**
 * TOTP (RFC 6238): six digits, thirty seconds, SHA-1, as every authenticator app
 * expects. The step that was accepted is kept, so a code that was looked at over
 * a shoulder opens nothing.
 */

import { Secret, TOTP } from "otpauth";
import type { Instant } from "../../core/time/instant.ts";

const PERIOD_S = 30;
/** One step to either side: clocks differ. */
const WINDOW = 1;
const SECRET_BYTES = 20;

export const makeTotpSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

/** What an authenticator app reads, as a link or as a QR code. */
export const totpUri = (secret: string, organisation: string, mail: string): string =>
  totp(secret, organisation, mail).toString();

/** The time step that `code` belongs to; undefined when it is wrong at `at`. */
export function isCode(secret: string, code: string, at: Instant): number | undefined {
  const token = code.replace(/\s/g, "");
  if (!/^\d{6}$/.test(token)) return undefined;
  const delta = totp(secret).validate({ token, timestamp: at, window: WINDOW });
  return delta === null ? undefined : Math.floor(at / 1000 / PERIOD_S) + delta;
}

const totp = (secret: string, issuer = "Duenotice", label = "account"): TOTP =>
  new TOTP({
    issuer,
    label,
    secret: Secret.fromBase32(secret),
    period: PERIOD_S,
    digits: 6,
    algorithm: "SHA1",
  });
