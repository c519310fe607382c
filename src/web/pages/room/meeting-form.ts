/** Meeting form: which form of the room does what a duty asks for. */

import type { CommandType } from "../../../api/command.ts";
import type { Duty } from "../../../core/policy/clause.ts";
import type { Act } from "./room-state.tsx";

type Kind = Extract<
  Act["kind"],
  "severity" | "decide" | "mitigate" | "fix" | "verify" | "review" | "add-remediation" | "role"
>;
type Form = readonly [kind: Kind, label: string, command: CommandType];

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

/** The act that an address of the room begins with: `?do=severity`, `?do=reporter:R-7QK4-M2`. */
export function actNamed(name: string | undefined): Act | undefined {
  const signal = /^reporter:(R-[\w-]+)$/.exec(name ?? "")?.[1];
  if (signal !== undefined) return { kind: "reporter", signal };
  const kind = Object.values(FORMS).find(([one]) => one === name)?.[0];
  return kind === undefined ? undefined : { kind };
}
