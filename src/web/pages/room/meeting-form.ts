/** Meeting form: which form of the room does what a duty asks for, or to whom the notice is that does. */

import type { CommandType } from "../../../api/command.ts";
import type { ObligationView } from "../../../api/view.ts";
import { type Audience, isMeant } from "../../../core/notice/audience.ts";
import type { DraftKind } from "../../../core/notice/draft.ts";
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

const TO_EACH: ReadonlySet<string> = new Set([
  "notify",
  "update",
  "summarise",
  "confirm-closure",
] satisfies Duty[]);
const TO_ALL: ReadonlySet<string> = new Set(["notify", "update", "publish"] satisfies Duty[]);

/** For whom the notice is that meets it; undefined where no word of ours does. */
export function toWhom({
  duty,
  recipient: { id, kind },
}: Pick<ObligationView, "duty" | "recipient">): Audience | undefined {
  if (kind === "customer") return TO_EACH.has(duty) ? "customers" : undefined;
  if (kind === "data-subjects") return TO_EACH.has(duty) ? "data-subjects" : undefined;
  if (kind !== "public" || !TO_ALL.has(duty)) return undefined;
  return isMeant("data-subjects", id) ? "data-subjects" : "public";
}

/** As what a text for nobody by name is begun; of customers the room knows who was told. */
export function begunAs(duty: string): DraftKind {
  if (duty === "update") return "update";
  return duty === "confirm-closure" || duty === "summarise" ? "final" : "full";
}
