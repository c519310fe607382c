/**
 * security.txt as it is published: signed once, and the same bytes for everybody.
 *
 * It is signed anew where the policy, the address or the key says something else,
 * and a quarter before it runs out, so that an installation that rests for weeks
 * still serves a good one. Where the key is gone the file is published unsigned
 * rather than wrong: whoever wants to report something must find the way.
 */

import type { Policy } from "../core/policy/policy.ts";
import { securityTxt } from "../core/policy/security-txt.ts";
import type { Problem } from "../core/problem.ts";
import { DAY_MS, type Instant } from "../core/time/instant.ts";
import type { Openpgp } from "./openpgp.ts";
import type { Settings } from "./setting.ts";

const PUBLISHED = "security-txt";
/** Less than a year, as the format recommends; in whole days. */
const GOOD_DAYS = 182;
/** When this little is left it is signed anew. */
const RENEW_DAYS = 91;
/** When this little is left something keeps it from being renewed. */
export const WARN_MS = 30 * DAY_MS;

type Published = {
  /** What it says but for its end, and which key signs it. */
  readonly basis: string;
  readonly text: string;
  readonly expiresAt: Instant;
  readonly isSigned: boolean;
};

export type SecurityTxt = Omit<Published, "basis"> & {
  /** What keeps it from being signed. */
  readonly problem?: Problem;
};

type Given = { readonly policy: Policy; readonly url: string; readonly at: Instant };

export const securityTxts = (settings: Settings, openpgp: Openpgp) => ({
  /** The file as it is to be served at `at`, made or renewed where it must be. */
  async keep({ policy, url, at }: Given): Promise<SecurityTxt> {
    const { organisation, reporting } = policy;
    const before = (await settings.read(PUBLISHED)) as Published | undefined;
    const key = await openpgp.keep({ name: organisation, mail: reporting.email }, at);
    const basis = [
      securityTxt(policy, url, 0 as Instant),
      key.ok ? key.value.fingerprint : "",
    ].join("\n");
    if (before && isGood(before, basis, at)) return before;
    const expiresAt = ((Math.floor(at / DAY_MS) + GOOD_DAYS) * DAY_MS) as Instant;
    const plain = securityTxt(policy, url, expiresAt);
    const signed = key.ok ? await openpgp.clearSign(plain, at) : key;
    const problem = signed.ok ? {} : { problem: signed.problems[0] };
    // What was signed before says the same, and is good until it runs out.
    if (!signed.ok && before?.isSigned && saysSame(before, basis) && before.expiresAt > at)
      return { ...before, ...problem };
    const text = signed.ok ? signed.value : plain;
    const made: Published = { basis, text, expiresAt, isSigned: signed.ok };
    return { ...(await settings.exchange<Published>(PUBLISHED, before, made, at)), ...problem };
  },

  /** What was published last; undefined before anything was. */
  async published(): Promise<SecurityTxt | undefined> {
    return (await settings.read(PUBLISHED)) as Published | undefined;
  },
});

const isGood = (before: Published, basis: string, at: Instant): boolean =>
  before.isSigned &&
  before.basis === basis &&
  before.expiresAt - at >= RENEW_DAYS * DAY_MS &&
  // A clock that was far ahead and went back must not leave a file that is good for years.
  before.expiresAt - at <= (GOOD_DAYS + 1) * DAY_MS;

/** Told apart by what is said alone: which key is known may just be what is lost. */
const saysSame = (before: Published, basis: string): boolean =>
  before.basis.slice(0, before.basis.lastIndexOf("\n")) === basis.slice(0, basis.lastIndexOf("\n"));
