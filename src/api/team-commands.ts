/** Commands by which people of the team pass work on to one another. */

import { z } from "zod";
import { type CommandSpec, id, LEAD, note, RESPOND, spec } from "./command-spec.ts";

export const TEAM_COMMANDS = [
  spec(
    "HandOver",
    "incident",
    "hand-over",
    "Hand everything that somebody holds here over to another; the open deadlines are mailed to them.",
    LEAD,
    {
      to: id.describe("The account that takes over."),
      from: id.optional().describe("Whose it is until now; yours if not said."),
      note: note.optional().describe("For whoever takes over; it stands in no mail."),
    },
  ),
  spec(
    "AskApproval",
    "incident",
    "ask-approval",
    "Ask others to read a draft and approve it; they are mailed what changed, and by when.",
    RESPOND,
    {
      draft: id.describe("D-1: one of the incident's drafts."),
      hash: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .describe("SHA-256 of every letter, as the draft's view says it."),
      of: z.array(id).min(1).max(20).describe("Accounts."),
    },
  ),
] as const satisfies readonly CommandSpec[];
