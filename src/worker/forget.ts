/**
 * Forget: once an hour, mails that were put aside and that nobody has asked for in time.
 *
 * Anybody may write to where letters come back, and what they write can hold anything: it does not
 * stay for ever. That it is gone is recorded in the same append that lets go of it, so neither
 * happens without the other. The row stays, empty: the same message, met in the mailbox again, is
 * not taken in once more.
 */

import { DAY_MS, HOUR_MS, type Instant, plus } from "../core/time/instant.ts";
import { MAIL } from "./bounce.ts";
import { MAILBOX } from "./mailbox.ts";
import { problemCodes, type Step, type WorkerWorld } from "./world.ts";

/** Of one append. */
const MAILS_MAX = 500;

export function forgetting({
  store,
  handling,
  log,
  mailDays = 0,
}: Pick<WorkerWorld, "store" | "handling" | "log" | "mailDays">): Step {
  let lastAt: Instant | undefined;
  return async (now) => {
    if (mailDays === 0) return false;
    if (lastAt !== undefined && Math.abs(now - lastAt) < HOUR_MS) return false;
    const before = plus(now, -mailDays * DAY_MS);
    const mails = await store.raw.outdated([MAIL, MAILBOX], before, MAILS_MAX);
    if (mails.length === 0) {
      lastAt = now;
      return false;
    }
    const count: Record<string, number> = {};
    for (const { code } of mails) count[code] = (count[code] ?? 0) + 1;
    const recorded = await handling.handle(
      {
        subject: "installation",
        at: now,
        by: "worker",
        command: { type: "RecordForgottenMails", count, before },
      },
      { raw: mails.map(({ id, attempts }) => ({ id, attempts, forget: true })) },
    );
    if (recorded.ok) {
      log.info({ mails: mails.length }, "mails that were put aside are forgotten");
      return mails.length === MAILS_MAX;
    }
    lastAt = now;
    log.error({ problems: problemCodes(recorded.problems) }, "put-aside mails were not forgotten");
    return false;
  };
}
