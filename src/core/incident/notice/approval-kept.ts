/** Approval, asked, as it is kept: apart from approval-asked.ts, whose rule no browser needs. */

import type { ApprovalAsked } from "./approval-asked.ts";
import type { Incident } from "../state.ts";

/** Of whom it was asked, and what it said then. */
export function keepApprovalAsked({ drafts }: Incident, { draft, hash, of }: ApprovalAsked): void {
  const held = drafts[draft];
  if (!held) return;
  const before = held.asked?.hash === hash ? held.asked.of : [];
  const { content, recipients } = held;
  held.asked = { hash, of: [...before, ...of], content, recipients };
}
