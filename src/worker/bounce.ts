/**
 * Bounce: a report of delivery that came in, matched with its letter and recorded.
 *
 * The mail is kept before it is read, and is understood in the same append as what it
 * changed. One that names no letter of ours, or a mark that is not that letter's, is put
 * aside and shown: it changes nothing. A letter that came back for good marks the address, so
 * that the next notice is not sent there unnoticed, and then opens what it had met: killed
 * in between, the mail is read again, and what is marked twice is marked once.
 */

import { setImmediate } from "node:timers/promises";
import type { NoticeRequested, RecordDelivery } from "../core/notice/notice.ts";
import { ok, type Problem, refuse, type Result } from "../core/problem.ts";
import { type Instant, SECOND_MS } from "../core/time/instant.ts";
import { type DeliveryReport, deliveryReport } from "../intake/delivery-report.ts";
import type { RawLease } from "../store/raw.ts";
import { DatabaseUnavailable, isRetryable } from "../store/retry.ts";
import { MAILBOX } from "./mailbox.ts";
import { problemToKeep, takeReport } from "./mail-report.ts";
import { errorWords, problemCodes, type WorkerWorld } from "./world.ts";

export const MAIL = "mail";

type Found = {
  readonly subject: string;
  readonly asked: NoticeRequested;
  readonly attempt: number;
};

/** Of one round: whoever floods a mailbox shall not hold up what is due and what is to be sent. */
const ROUND_MS_MAX = 2 * SECOND_MS;

/** Reads mails that were kept, each by itself. True where some are left for the next round. */
export async function readMails(
  world: WorkerWorld,
  leases: readonly RawLease[],
  now: Instant,
): Promise<boolean> {
  const monotonicMs = world.monotonicMs ?? (() => performance.now());
  const from = monotonicMs();
  for (const [i, lease] of leases.entries()) {
    if (i > 0 && monotonicMs() - from >= ROUND_MS_MAX) {
      await world.store.raw.giveBack(leases.slice(i));
      return true;
    }
    // Anybody may write to where letters come back: between two of them others have their turn.
    await setImmediate();
    const problem = await readMail(world, lease, now).catch((error: unknown): Problem => {
      // The database is away: the mail waits there, whole.
      if (error instanceof DatabaseUnavailable || isRetryable(error)) throw error;
      world.log.error({ source: MAIL, ...errorWords(error) }, "a mail could not be read");
      return { code: "mail-unreadable", message: "Reading it failed: a mistake of this program." };
    });
    if (problem === undefined) continue;
    world.log.warn({ source: MAIL, raw: lease.id, problem: problem.code }, "a mail is put aside");
    await world.store.raw.unreadable(lease, problem);
  }
  return false;
}

/** Undefined where it was understood, or will be read again. */
async function readMail(
  world: WorkerWorld,
  lease: RawLease,
  now: Instant,
): Promise<Problem | undefined> {
  const report = await (world.mails?.deliveryReport ?? deliveryReport)(lease.body);
  if (!report.ok) {
    const problem = problemToKeep(world, report.problems);
    // In a mailbox of its own people write, too.
    const isPerson = problem?.code === "mail-no-report" && lease.source === MAILBOX;
    return isPerson ? takeReport(world, lease, now) : problem;
  }
  const found = await letterOf(world, report.value);
  if (!found.ok) return found.problems[0];
  const { subject, asked, attempt } = found.value;
  const by = `intake/${MAIL}`;
  if (report.value.action === "failed") {
    const marked = await markBounced(world, asked, now, by);
    if (!marked.ok) {
      if (problemToKeep(world, marked.problems) === undefined) return undefined;
      world.log.error({ problems: problemCodes(marked.problems) }, "not marked");
    }
  }
  const command = commandOf(report.value, asked.notice, attempt);
  // It brings our letter back, which may be erased one day; what it says of it is recorded now.
  const raw = [{ id: lease.id, attempts: lease.attempts, forget: true as const }];
  const recorded = await world.handling.handle({ subject, at: now, by, command }, { raw });
  return recorded.ok ? undefined : problemToKeep(world, recorded.problems);
}

/**
 * Marks the address at the customer it was written to. A subscription ends by what came back
 * itself; elsewhere nobody is written to twice.
 */
async function markBounced(
  { handling }: WorkerWorld,
  { recipient, to }: NoticeRequested,
  at: Instant,
  by: string,
): Promise<Result<unknown>> {
  const [kind = "", party] = recipient.split(":");
  if (kind !== "customer" || party === undefined) return ok(undefined);
  const command = { type: "RecordBounce", mail: to.mail } as const;
  return handling.handle({ subject: `party/${party}`, at, by, command });
}

function commandOf(
  { action, reason }: DeliveryReport,
  notice: string,
  attempt: number,
): RecordDelivery {
  const says = `came back: ${reason}`;
  const outcome: RecordDelivery["outcome"] =
    action === "failed" ? { is: "failed", reason: says } : { is: action, reason, reported: true };
  return { type: "RecordDelivery", notice, attempt, outcome };
}

/** The letter that it is about. Refuses with `mail-unmatched`. */
async function letterOf(
  { store, handling }: WorkerWorld,
  { letters }: DeliveryReport,
): Promise<Result<Found>> {
  for (const { notice, mark } of letters) {
    const found = await store.views.notices.marked(notice, mark);
    if (found === undefined) continue;
    const { subject, attempts } = found;
    const entries = await handling.world.ledger.read(subject);
    const asked = entries.find(({ id }) => id === found.entry)?.event;
    if (asked?.type === "NoticeRequested" && asked.notice === notice)
      return ok({ subject, asked, attempt: Math.max(1, attempts) });
  }
  const message =
    "This report of delivery is about no letter from here: it is forged, or of another installation.";
  return refuse("mail-unmatched", message);
}
