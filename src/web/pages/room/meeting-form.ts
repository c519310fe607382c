/** Meeting form: which form of the room does what a duty asks for. */

import type { CommandType } from "../../../api/command.ts";
import type { Duty } from "../../../core/policy/clause.ts";
import type { Named } from "./act-named.ts";

type Form = readonly [kind: Named, label: string, command: CommandType];

const FORMS: Readonly<Partial<Record<Duty, Form>>> = {
  escalate: ["role", "Take a role…", "TakeRole"],
  triage: ["severity", "Set the severity…", "ChangeSeverity"],
  decide: ["decide", "Decide…", "Decide"],
  mitigate: ["mitigate", "Record a mitigation…", "ApplyMitigation"],
  fix: ["fix", "Record the fix…", "ShipFix"],
  verify: ["verify", "Verify the fix…", "VerifyFix"],
  review: ["review", "Write the review…", "WriteReview"],
  remediate: ["add-remediation", "Add what is to be done…", "AddRemediation"],
};
export const formMeeting = (duty: string): Form | undefined => FORMS[duty as Duty];
