/** Commands by which people of the team pass work on to one another. */

import { type CommandSpec, id, LEAD, note, spec } from "./command-spec.ts";

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
] as const satisfies readonly CommandSpec[];
