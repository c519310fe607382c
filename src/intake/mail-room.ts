/**
 * The mail room: mails in, what they say out, one at a time in a thread of its own (src/room.ts).
 *
 * Anybody may write to a mailbox of ours, and a mail can be made so that reading it takes long:
 * ten thousand parts, lists of addresses without an end. So no mail holds up the server, and one
 * that takes too long is given up.
 */

import { refuse, type Result } from "../core/problem.ts";
import { MINUTE_MS, SECOND_MS } from "../core/time/instant.ts";
import { openRoom, type RoomLimits, threadOf } from "../room.ts";
import type { DeliveryReport } from "./delivery-report.ts";
import type { MailReport } from "./mail-report.ts";
import type { MailAsked, MailRead } from "./mail-worker.ts";

/** Reads what a mail says. */
export type MailReader = {
  /** Refuses as `deliveryReport` of delivery-report.ts does. */
  readonly deliveryReport: (body: Uint8Array) => Promise<Result<DeliveryReport>>;
  /** Refuses as `mailReport` of mail-report.ts does. */
  readonly mailReport: (body: Uint8Array) => Promise<Result<MailReport>>;
};

export type MailRoom = MailReader & { readonly close: () => Promise<void> };

/** A mail of a megabyte that a person wrote takes a twentieth of a second. */
const LIMITS: RoomLimits = { timeMs: 5 * SECOND_MS, waitingMax: 20, idleMs: MINUTE_MS };

export function openMailRoom(limits: RoomLimits = LIMITS): MailRoom {
  const room = openRoom<MailAsked, MailRead>(
    () => threadOf("mail-worker.js", new URL("./mail-worker.ts", import.meta.url)),
    limits,
  );
  const read = async (
    wants: MailAsked["wants"],
    body: Uint8Array,
  ): Promise<MailRead | Result<never>> => {
    const came = await room.ask({ wants, body });
    if ("refused" in came) return came.refused === "busy" ? BUSY : TOO_SLOW;
    if ("broken" in came.answer) throw new Error(`a mail could not be read: ${came.answer.broken}`);
    return came.answer;
  };
  return {
    async deliveryReport(body) {
      const was = await read("delivery-report", body);
      if ("ok" in was) return was;
      return "delivery" in was ? was.delivery : mistaken();
    },
    async mailReport(body) {
      const was = await read("mail-report", body);
      if ("ok" in was) return was;
      return "report" in was ? was.report : mistaken();
    },
    close: room.close,
  };
}

const mistaken = (): never => {
  throw new Error("the thread answered another question");
};

const BUSY = refuse("busy", "Too many mails are being read at the moment.");
const TOO_SLOW = refuse(
  "mail-unreadable",
  "Reading this mail took too long, and it was given up: it is made of far more parts than a person sends. Read it where your mail is read.",
);
