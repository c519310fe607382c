/** Commands about what an incident owes: take it, meet it, extend it, waive it, dispute it. */

import { z } from "zod";
import { DISPUTE_GROUNDS, DISPUTE_OUTCOMES } from "../core/incident/owed/dispute.ts";
import {
  type CommandSpec,
  instant,
  LEAD,
  meeting,
  note,
  obligation,
  RESPOND,
  spec,
  title,
} from "./command-spec.ts";

export const OBLIGATION_COMMANDS = [
  spec(
    "TakeClock",
    "incident",
    "take-clock",
    "Say that you have an obligation in hand; reminders pause until the next rung.",
    RESPOND,
    { obligation },
  ),
  spec(
    "MeetObligation",
    "incident",
    "meet",
    "Record that an obligation towards somebody else was met, with the evidence.",
    RESPOND,
    meeting,
  ),
  spec(
    "ExtendObligation",
    "incident",
    "extend",
    "Record more time for an obligation, with who agreed to it; the first due time stays in sight.",
    LEAD,
    {
      obligation,
      dueAt: instant.describe("When it is due now; later than it was."),
      agreedBy: title.describe("Who agreed to it, on the other side or of us."),
      reason: note,
    },
  ),
  spec(
    "WaiveObligation",
    "incident",
    "waive",
    "Record that an obligation does not apply, with the reason.",
    LEAD,
    { obligation, reason: note },
  ),
  spec(
    "DisputeObligation",
    "incident",
    "dispute",
    "Say that an obligation is not owed or counted wrongly; it runs on until that is settled.",
    RESPOND,
    { obligation, ground: z.enum(DISPUTE_GROUNDS), reason: note },
  ),
  spec(
    "SettleDispute",
    "incident",
    "settle-dispute",
    "Record how a dispute about an obligation ended.",
    LEAD,
    { obligation, outcome: z.enum(DISPUTE_OUTCOMES), reason: note },
  ),
] as const satisfies readonly CommandSpec[];
