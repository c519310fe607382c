/**
 * Mail report: a mail that a person wrote, recorded as a signal, or as more in the case that
 * it goes on with; understood in the same append.
 *
 * It gets no receipt by itself: an answer to an address that anybody can write into a mail
 * would go to whoever is named there. A person acknowledges it, which runs from when it came.
 */

import type { PinnedPolicy } from "../core/context.ts";
import type { Problem, Problems } from "../core/problem.ts";
import type { Signal } from "../core/signal/state.ts";
import { foldSubject } from "../core/subject.ts";
import type { Instant } from "../core/time/instant.ts";
import type { Envelope } from "../handle.ts";
import { type MailReport, mailReport } from "../intake/mail-report.ts";
import type { RawLease } from "../store/raw.ts";
import { problemCodes, type WorkerWorld } from "./world.ts";

/** Undefined where it was understood, or will be read again. */
export async function takeReport(
  world: WorkerWorld,
  lease: RawLease,
  now: Instant,
): Promise<Problem | undefined> {
  const report = await (world.mails?.mailReport ?? mailReport)(lease.body);
  if (!report.ok) return problemToKeep(world, report.problems);
  const envelope =
    (await answerIn(world, report.value, lease, now)) ??
    newSignal(report.value, lease, now, await world.handling.world.policies.current());
  const raw = [{ id: lease.id, attempts: lease.attempts }];
  const recorded = await world.handling.handle(envelope, { raw });
  if (recorded.ok) return undefined;
  return problemToKeep(world, recorded.problems);
}

/** Undefined where it passes by itself: the mail is read again when its lease is over. */
export function problemToKeep({ log }: WorkerWorld, problems: Problems): Problem | undefined {
  const codes = problemCodes(problems);
  if (!/^(?:busy|overloaded|raw-overtaken)/.test(codes)) return problems[0];
  log.warn({ problems: codes }, "a mail will be read again when its lease is over");
  return undefined;
}

/** More of a case that we have, from whoever began it; from anybody else it is a signal of its own. */
async function answerIn(
  { handling }: WorkerWorld,
  { reference, sender, text }: MailReport,
  { receivedAt }: RawLease,
  at: Instant,
): Promise<Envelope | undefined> {
  if (reference === undefined) return undefined;
  const subject = `signal/${reference}`;
  const entries = await handling.world.ledger.read(subject);
  if (entries.length === 0) return undefined;
  const known = foldSubject({ kind: "signal", id: reference }, entries).state as Signal;
  if (known.sender.mail?.toLowerCase() !== sender.mail.toLowerCase()) return undefined;
  const command = { type: "RecordReply", text, receivedAt } as const;
  return { subject, at, by: "intake/mailbox", command };
}

function newSignal(
  { fingerprint, title, text, sender, messageId }: MailReport,
  { id, receivedAt }: RawLease,
  at: Instant,
  policy: PinnedPolicy | undefined,
): Envelope {
  const into = policy?.policy.channels.filter(({ direction }) => direction === "in") ?? [];
  const channel = ["researcher", "customer", "other"]
    .flatMap((kind) => into.find((one) => one.kind === kind) ?? [])
    .concat(into)[0]?.id;
  return {
    subject: "signal",
    at,
    by: "intake/mailbox",
    command: {
      type: "RecordSignal",
      source: "mail",
      fingerprint,
      receivedAt,
      title,
      text,
      sender,
      raw: id,
      ...(channel === undefined ? {} : { channel }),
      ...(messageId === undefined ? {} : { sourceRef: messageId }),
    },
  };
}
