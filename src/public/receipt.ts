/**
 * Receipt: the automatic word that a report arrived.
 *
 * Says that it is automatic, when the report arrived, when a person answers, and
 * where the case is. Nothing of what the reporter wrote comes back in it: anybody
 * can type anybody's address.
 */

import type { RecordSignal } from "../core/signal/record.ts";
import { formatBoth } from "../core/time/format.ts";
import type { Instant } from "../core/time/instant.ts";
import type { AnswerTime } from "./report-time.ts";

type Given = {
  readonly reference: string;
  readonly link: string;
  readonly organisation: string;
  readonly receivedAt: Instant;
  readonly zone: string;
  readonly answer: AnswerTime;
};

export function receiptOf(given: Given): NonNullable<RecordSignal["receipt"]> {
  const { reference, link, organisation, receivedAt, zone, answer } = given;
  const next =
    answer.by === undefined
      ? (answer.says ?? "A person reads it.")
      : `A person answers by ${answer.by}.`;
  const body = [
    `Your report reached ${organisation} on ${formatBoth(receivedAt, zone)}.`,
    `Its reference is ${reference}.`,
    "",
    `${next} This mail was sent by a machine and does not count as that answer.`,
    "",
    "Your case, where you can see how it stands and write more:",
    link,
    "",
    "Whoever has this address can read the case: pass it on with care.",
    "If you did not report anything, somebody gave your address by mistake; you need not do anything.",
    "",
  ];
  return { subject: `Received: your security report [${reference}]`, body: body.join("\n") };
}
