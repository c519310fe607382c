/**
 * Aliases: the short verbs, as a table from words to a command of the registry.
 *
 * A command without a line here is a verb by its own name under its subject's
 * group (`due inc strike-entry`), and every command is one under `due do`. Only
 * names and places are said here: fields, choices and rules are the registry's.
 */

import type { CommandType, SubjectKind } from "../api/command.ts";
import { STATUS_ALIASES } from "./aliases-status.ts";

export type Alias = {
  readonly type: CommandType;
  readonly verb: string;
  /** Fields by place, after the subject's id. */
  readonly places?: readonly string[];
  /** A field whose place holds the name of a file; - is standard input. */
  readonly file?: string;
  /** Field to a shorter option. */
  readonly short?: Readonly<Record<string, string>>;
  readonly example: string;
};

const AT = { happenedAt: "at" } as const;

export const ALIASES: readonly Alias[] = [
  {
    type: "RecordSignal",
    verb: "new",
    places: ["title"],
    short: { senderName: "from-name", senderMail: "from", ...AT },
    example: 'due signal new "Export answers without a token" --from ravi@reporter.example',
  },
  {
    type: "SendAcknowledgement",
    verb: "ack",
    example: 'due signal ack R-7QK4-M2 --subject "Your report" --body - --yes < reply.txt',
  },
  {
    type: "CloseSignal",
    verb: "close",
    places: ["reason"],
    example: 'due signal close R-7QK4-M2 duplicate --note "Same export" --duplicate-of R-2M9C-11',
  },
  {
    type: "ReopenSignal",
    verb: "reopen",
    example: 'due signal reopen R-7QK4-M2 --note "New proof"',
  },
  {
    type: "SnoozeSignal",
    verb: "snooze",
    places: ["until"],
    example: "due signal snooze R-7QK4-M2 2h",
  },
  {
    type: "ConfirmSignal",
    verb: "confirm",
    example: "due signal confirm R-7QK4-M2 --answers exploited=no --answers data=yes",
  },
  {
    type: "AnswerReporter",
    verb: "answer",
    example: 'due signal answer R-7QK4-M2 --subject "Fixed" --body - --yes < answer.txt',
  },
  {
    type: "OpenIncident",
    verb: "open",
    places: ["title"],
    example:
      'due inc open "Export answers without a token" --severity critical --reason "Seen live"',
  },
  {
    type: "RetitleIncident",
    verb: "retitle",
    places: ["title"],
    example: 'due inc retitle INC-7 "Export leak"',
  },
  {
    type: "RebaseIncident",
    verb: "rebase",
    places: ["policyVersion"],
    example: 'due inc rebase INC-7 4 --reason "Version 4 mends the notice to customers"',
  },
  { type: "LinkSignal", verb: "link", places: ["signal"], example: "due inc link INC-7 R-7QK4-M2" },
  {
    type: "Log",
    verb: "log",
    places: ["text"],
    short: AT,
    example: 'due inc log INC-7 "keys revoked" --at 18:20',
  },
  {
    type: "RecordFact",
    verb: "fact",
    places: ["claim", "state"],
    short: AT,
    example: 'due inc fact INC-7 personal-data-exposed confirmed --source "Access log, line 41"',
  },
  {
    type: "ChangeSeverity",
    verb: "sev",
    places: ["to"],
    example: 'due inc sev INC-7 high --reason "No customer data after all"',
  },
  {
    type: "TakeRole",
    verb: "role",
    places: ["role", "person"],
    example: "due inc role INC-7 lead",
  },
  {
    type: "HandOver",
    verb: "hand-over",
    places: ["to"],
    example: 'due inc hand-over INC-7 account/ac_ben --note "On a plane until Sunday"',
  },
  { type: "EnterPhase", verb: "phase", places: ["phase"], example: "due inc phase INC-7 contain" },
  {
    type: "ShowGate",
    verb: "gate",
    places: ["of", "gate"],
    example: 'due inc gate INC-7 fix regression-test --evidence "Test 214 fails without the fix"',
  },
  {
    type: "ApplyMitigation",
    verb: "mitigate",
    places: ["kind", "text"],
    short: AT,
    example: 'due inc mitigate INC-7 disable-feature "Export switched off"',
  },
  {
    type: "ShipFix",
    verb: "fix",
    places: ["text"],
    short: AT,
    example: 'due inc fix INC-7 "Export asks for the token" --release 4.2.1',
  },
  {
    type: "VerifyFix",
    verb: "verify",
    places: ["note"],
    short: AT,
    example: 'due inc verify INC-7 "Tried the reporter\'s steps: 401"',
  },
  {
    type: "ResolveIncident",
    verb: "resolve",
    places: ["note"],
    example: 'due inc resolve INC-7 "Quiet for a day"',
  },
  {
    type: "TouchCustomer",
    verb: "touch",
    places: ["customer"],
    example: "due inc touch INC-7 cus_kestrel",
  },
  {
    type: "RebindCustomer",
    verb: "rebind",
    places: ["customer"],
    example: "due inc rebind INC-7 cus_kestrel",
  },
  {
    type: "InvolveProvider",
    verb: "involve",
    places: ["provider"],
    example: "due inc involve INC-7 prv_gatehouse",
  },
  {
    type: "ClearCustomer",
    verb: "clear",
    places: ["customer"],
    example: 'due inc clear INC-7 cus_kestrel --reason "No rows of theirs"',
  },
  {
    type: "WriteReview",
    verb: "review",
    places: ["text"],
    file: "text",
    example: "due inc review INC-7 review.md",
  },
  {
    type: "AddRemediation",
    verb: "remediation",
    places: ["title"],
    short: { targetOn: "by" },
    example:
      'due inc remediation INC-7 "Test every export for a token" --owner Ben --by 2026-12-11',
  },
  {
    type: "CloseIncident",
    verb: "close",
    places: ["note"],
    example: 'due inc close INC-7 "Review published"',
  },
  {
    type: "GiveSeat",
    verb: "seat",
    places: ["name"],
    example:
      'due inc seat INC-7 "Dr. Voss" --as counsel --until 48h --reason "Whether to notify" --review',
  },
  {
    type: "EndSeat",
    verb: "unseat",
    places: ["seat"],
    example: 'due inc unseat INC-7 G-7QK4M2XY --reason "The question is answered"',
  },
  {
    type: "TakeClock",
    verb: "take",
    places: ["obligation"],
    example: "due inc take INC-7 mitigate-critical@team",
  },
  {
    type: "MeetObligation",
    verb: "met",
    places: ["obligation"],
    short: AT,
    example: 'due inc met INC-7 file@authority --evidence "Filed under 2026-311" --at 18:20',
  },
  {
    type: "RecordCall",
    verb: "call",
    places: ["recipient", "outcome"],
    short: AT,
    example: 'due inc call INC-7 customer:cus_kestrel spoke --who "Dr. Brandt" --at 21:10',
  },
  {
    type: "ExtendObligation",
    verb: "extend",
    places: ["obligation"],
    short: { dueAt: "until", agreedBy: "agreed-by" },
    example:
      'due inc extend INC-7 fix-critical@team --until 2026-12-04T17:00 --agreed-by "Ana Keller" --reason "Vendor release"',
  },
  {
    type: "WaiveObligation",
    verb: "waive",
    places: ["obligation"],
    example: 'due inc waive INC-7 file@authority --reason "No personal data: see entry 12"',
  },
  {
    type: "DisputeObligation",
    verb: "dispute",
    places: ["obligation", "ground"],
    example:
      'due inc dispute INC-7 notify-exposed@customer:cus_kestrel not-owed --reason "Their data were elsewhere"',
  },
  {
    type: "SettleDispute",
    verb: "settle",
    places: ["obligation", "outcome"],
    example:
      'due inc settle INC-7 notify-exposed@customer:cus_kestrel stands --reason "Counsel has looked at it"',
  },
  {
    type: "TakeSignalClock",
    verb: "take",
    places: ["obligation"],
    example: "due signal take R-7QK4-M2 ack@reporter:R-7QK4-M2",
  },
  {
    type: "MeetSignalObligation",
    verb: "met",
    places: ["obligation"],
    short: AT,
    example: 'due signal met R-7QK4-M2 ack@reporter:R-7QK4-M2 --evidence "Called Ravi" --at 18:55',
  },
  {
    type: "PublishPolicy",
    verb: "publish",
    places: ["text"],
    file: "text",
    example: "due policy publish policy.yaml",
  },
  {
    type: "ProposePolicy",
    verb: "propose",
    places: ["text"],
    file: "text",
    example: "due policy propose policy.yaml",
  },
  {
    type: "ApprovePolicy",
    verb: "approve",
    places: ["hash"],
    example: "due policy approve 71c9f3a0b2d4e6f80123456789abcdef0123456789abcdef0123456789abcdef",
  },
  {
    type: "WithdrawProposal",
    verb: "withdraw",
    example: 'due policy withdraw --reason "The targets are not agreed yet"',
  },
  {
    type: "RecordPolicyReview",
    verb: "reviewed",
    example: 'due policy reviewed --note "Read all of it with Ben; nothing to change"',
  },
  {
    type: "AddCustomer",
    verb: "add",
    places: ["name"],
    short: { contactMail: "mail", contactName: "contact", contactPhone: "phone" },
    example: 'due party add "Kestrel Bank" --contact "Mara Voss" --mail security@kestrel.example',
  },
  {
    type: "ChangeCustomer",
    verb: "change",
    example: "due party change cus_kestrel --stage production",
  },
  {
    type: "RemoveCustomer",
    verb: "remove",
    example: 'due party remove cus_kestrel --reason "Contract ended"',
  },
  {
    type: "AddParty",
    verb: "add-other",
    places: ["kind", "name"],
    short: { contactMail: "mail", contactName: "contact", contactPhone: "phone" },
    example:
      'due party add-other provider Gatehouse --about "Sign-in" --feeds https://status.gatehouse.example',
  },
  {
    type: "AddContact",
    verb: "contact",
    places: ["name"],
    file: "key",
    short: { key: "pgp-key" },
    example: 'due party contact cus_kestrel "Mara Voss" --mail mara@kestrel.example --security',
  },
  {
    type: "ChangeContact",
    verb: "change-contact",
    file: "key",
    short: { key: "pgp-key" },
    example: "due party change-contact cus_kestrel --contact ct-1 --pgp-key mara.asc --encrypt",
  },
  {
    type: "ShareSection",
    verb: "share",
    places: ["section", "contact", "text"],
    file: "text",
    example: "due party share cus_kestrel runbook ct-1 --until 2026-12-31T17:00Z",
  },
  {
    type: "EndSectionShare",
    verb: "unshare",
    places: ["share"],
    example: 'due party unshare cus_kestrel D-7QK4M2XY --reason "The agreement ended"',
  },
  {
    type: "VerifyContact",
    verb: "verify",
    places: ["contact"],
    short: { verifiedOn: "on" },
    example: "due party verify cus_kestrel ct-1 --on 2026-11-20",
  },
  {
    type: "RecordClause",
    verb: "clause",
    places: ["clause"],
    short: {
      termsDuty: "duty",
      termsFrom: "from",
      termsWithinCount: "count",
      termsWithinUnit: "unit",
      termsCalendar: "calendar",
      documentOn: "dated",
    },
    example:
      'due party clause cus_kestrel kestrel-dpa-7 --document dpa --text "within 48 hours of becoming aware" --duty notify --from awareAt --count 48 --unit hours',
  },
  ...STATUS_ALIASES,
];

/** The group whose verbs are about subjects of a kind, and what its ids look like. */
export const GROUP_OF: Readonly<Partial<Record<SubjectKind, string>>> = {
  signal: "signal",
  incident: "inc",
  policy: "policy",
  party: "party",
  status: "status",
  banner: "banner",
};

export const SAMPLE_ID: Readonly<Record<SubjectKind, string>> = {
  signal: "R-7QK4-M2",
  incident: "INC-7",
  policy: "current",
  party: "cus_kestrel",
  status: "current",
  banner: "current",
  entry: "0199c0de-7a31-7c55-9d53-8e1f2a3b4c5d",
  installation: "current",
};
