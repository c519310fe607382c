/**
 * The command registry: everything a person or a program may ask for, once.
 *
 * From this list come the routes, the access table, OpenAPI, the CLI's verbs and
 * the web's forms. A command is about one subject; a command marked `creates`
 * makes its subject, and its route has no id.
 *
 *   POST /api/v1/incidents/INC-7/change-severity   {"to": "high", "reason": "…"}
 *
 * Instants are RFC 3339 with an offset on the wire, milliseconds inside.
 */

import { z } from "zod";

export type Role = "owner" | "responder" | "communications" | "reader";
export type SubjectKind = "signal" | "incident" | "policy" | "party" | "entry";

export type CommandSpec = {
  /** The type of the command that core decides: ChangeSeverity. */
  readonly type: string;
  readonly subject: SubjectKind;
  /** The last part of the route and the CLI's verb: change-severity. */
  readonly verb: string;
  readonly creates?: true;
  /** What it does, as an imperative sentence. */
  readonly summary: string;
  readonly roles: readonly Role[];
  readonly input: z.ZodObject;
};

/** Where the subjects of each kind live in the API. */
export const COLLECTION: Readonly<Record<SubjectKind, string>> = {
  signal: "signals",
  incident: "incidents",
  policy: "policies",
  party: "parties",
  entry: "entries",
};

const RESPOND: readonly Role[] = ["owner", "responder", "communications"];
const LEAD: readonly Role[] = ["owner", "responder"];

const line = (max: number) => z.string().trim().min(1).max(max);
const title = line(200);
const note = line(10_000);
const instant = z.iso.datetime({ offset: true });
const id = z.string().min(1).max(128);
const day = z.iso.date();
const answers = z.record(id, z.enum(["yes", "no", "unknown"]));

const happened = instant.optional().describe("When it happened, if not now.");

const spec = <const T extends string, S extends z.ZodRawShape>(
  type: T,
  subject: SubjectKind,
  verb: string,
  summary: string,
  roles: readonly Role[],
  shape: S,
) => ({ type, subject, verb, summary, roles, input: z.strictObject(shape) });

export const COMMANDS = [
  // Signals
  {
    ...spec("RecordSignal", "signal", "record-signal", "Record a signal by hand.", RESPOND, {
      channel: id.optional().describe("A channel in of the policy; operator if not said."),
      title,
      text: z.string().max(50_000).optional(),
      sender: z.strictObject({ name: line(200).optional(), mail: z.email().optional() }).optional(),
      receivedAt: instant.optional().describe("When it reached us, if not now."),
      happenedAt: happened,
    }),
    creates: true as const,
  },
  spec(
    "CloseSignal",
    "signal",
    "close-signal",
    "Close a signal that is no incident, with its reason.",
    LEAD,
    {
      reason: z.enum([
        "false-positive",
        "duplicate",
        "out-of-scope",
        "not-reproducible",
        "wont-act",
      ]),
      note,
      duplicateOf: id.optional().describe("The signal that this one repeats."),
    },
  ),
  spec("ReopenSignal", "signal", "reopen-signal", "Take a closed signal up again.", LEAD, { note }),
  spec(
    "SnoozeSignal",
    "signal",
    "snooze-signal",
    "Put a signal aside until an instant before its acknowledgement is due.",
    RESPOND,
    {
      until: instant,
    },
  ),
  spec(
    "ConfirmSignal",
    "signal",
    "confirm-signal",
    "Confirm a signal into a new or an existing incident.",
    LEAD,
    {
      incident: id.optional().describe("An open incident; a new one if not said."),
      title: title
        .optional()
        .describe("The new incident's private title; the signal's if not said."),
      answers: answers.optional().describe("Answers to the policy's severity questions."),
      severity: id.optional().describe("A severity other than the answers give."),
      reason: note.optional().describe("Why this severity."),
    },
  ),
  spec(
    "SendAcknowledgement",
    "signal",
    "send-acknowledgement",
    "Acknowledge the reporter, by mail, in your own name.",
    RESPOND,
    {
      subject: title,
      body: line(20_000),
    },
  ),
  spec(
    "AnswerReporter",
    "signal",
    "answer-reporter",
    "Write to the reporter, by mail, in your own name.",
    RESPOND,
    {
      subject: title,
      body: line(20_000),
    },
  ),
  // Incidents
  {
    ...spec(
      "OpenIncident",
      "incident",
      "open-incident",
      "Open an incident without a signal.",
      LEAD,
      {
        title,
        answers: answers.optional(),
        severity: id.optional(),
        reason: note.optional(),
      },
    ),
    creates: true as const,
  },
  spec("RetitleIncident", "incident", "retitle", "Change the private title.", LEAD, { title }),
  spec("LinkSignal", "incident", "link-signal", "Join an open signal to this incident.", LEAD, {
    signal: id,
  }),
  spec(
    "ChangeSeverity",
    "incident",
    "change-severity",
    "Set or change the severity, with the reason.",
    LEAD,
    {
      to: id,
      reason: note,
      answers: answers.optional(),
    },
  ),
  spec(
    "RecordFact",
    "incident",
    "record-fact",
    "Record what is suspected, confirmed or ruled out.",
    RESPOND,
    {
      claim: id.describe("A claim of the policy's fact vocabulary."),
      state: z.enum(["suspected", "confirmed", "ruled-out"]),
      concerning: id.optional().describe("The one party this is about."),
      since: instant.optional().describe("Since when we have held it, if earlier than now."),
      happenedAt: happened,
      source: line(2_000).describe("How we know."),
      note: note.optional(),
    },
  ),
  spec("EnterPhase", "incident", "enter-phase", "Enter a phase; its entry gates must hold.", LEAD, {
    phase: id,
    beside: z.boolean().optional().describe("Run beside the present phase."),
    reason: note.optional().describe("Needed when going back."),
  }),
  spec("LeavePhase", "incident", "leave-phase", "Leave a phase that runs beside others.", LEAD, {
    phase: id,
  }),
  spec("ShowGate", "incident", "show-gate", "Show the evidence that a gate holds.", RESPOND, {
    of: id.describe("fix, resolve, close, or a phase."),
    gate: id,
    evidence: z.array(line(2_000)).min(1).max(20),
  }),
  spec(
    "ExceptGate",
    "incident",
    "except-gate",
    "Record an explicit exception to a gate that needs a second person.",
    LEAD,
    {
      of: id,
      gate: id,
      reason: note,
    },
  ),
  spec("TakeRole", "incident", "take-role", "Give a role to a person of the team.", LEAD, {
    role: id,
    person: id.optional().describe("An account; yourself if not said."),
  }),
  spec("LeaveRole", "incident", "leave-role", "Take a role back.", LEAD, {
    role: id,
    person: id.optional(),
  }),
  spec("Log", "incident", "log", "Write a line into the timeline.", RESPOND, {
    text: line(20_000),
    happenedAt: happened,
    key: z.boolean().optional().describe("Mark as a key moment."),
  }),
  spec(
    "StrikeEntry",
    "incident",
    "strike-entry",
    "Strike an entry; it stays readable and no longer counts.",
    RESPOND,
    {
      version: z.int().positive().describe("The entry's number within the incident."),
      reason: note,
    },
  ),
  spec(
    "MarkEntry",
    "incident",
    "mark-entry",
    "Mark an entry as a key moment, or unmark it.",
    RESPOND,
    {
      version: z.int().positive(),
      key: z.boolean(),
    },
  ),
  spec(
    "ApplyMitigation",
    "incident",
    "apply-mitigation",
    "Record a control that reduces the risk now.",
    RESPOND,
    {
      kind: id.describe("A kind of mitigation of the policy."),
      text: note,
      partial: z.boolean().optional().describe("It reduces the risk without ending the impact."),
      happenedAt: happened,
    },
  ),
  spec(
    "LiftMitigation",
    "incident",
    "lift-mitigation",
    "Record that a control was lifted.",
    RESPOND,
    {
      mitigation: id,
      reason: note,
    },
  ),
  spec(
    "ShipFix",
    "incident",
    "ship-fix",
    "Record that the permanent fix is out; the fix gates must hold.",
    LEAD,
    {
      text: note,
      release: line(200).optional(),
      happenedAt: happened,
    },
  ),
  spec("VerifyFix", "incident", "verify-fix", "Record the verification of the fix.", RESPOND, {
    note,
    happenedAt: happened,
  }),
  spec(
    "ResolveIncident",
    "incident",
    "resolve",
    "Declare the incident resolved; the gates must hold.",
    LEAD,
    { note },
  ),
  spec(
    "ReopenIncident",
    "incident",
    "reopen",
    "Take a resolved or closed incident up again.",
    LEAD,
    { reason: note },
  ),
  spec(
    "TouchCustomer",
    "incident",
    "touch-customer",
    "Record that a customer is affected.",
    RESPOND,
    { customer: id },
  ),
  spec(
    "ClearCustomer",
    "incident",
    "clear-customer",
    "Record that a customer is not affected after all.",
    RESPOND,
    {
      customer: id,
      reason: note,
    },
  ),
  spec("WriteReview", "incident", "write-review", "Save the post-incident review.", RESPOND, {
    text: line(200_000),
    answers: z.record(z.string(), z.string().max(20_000)).optional(),
  }),
  spec("PublishReview", "incident", "publish-review", "Finish the review for the team.", LEAD, {}),
  spec(
    "AddRemediation",
    "incident",
    "add-remediation",
    "Add what the review asks us to change.",
    RESPOND,
    {
      title,
      owner: id.describe("An account, or a name."),
      targetOn: day,
    },
  ),
  spec(
    "ChangeRemediation",
    "incident",
    "change-remediation",
    "Change a remediation's status, owner or date.",
    RESPOND,
    {
      remediation: id,
      status: z.enum(["open", "doing", "done", "dropped"]).optional(),
      owner: id.optional(),
      targetOn: day.optional(),
      note: note.optional(),
    },
  ),
  spec("CloseIncident", "incident", "close", "Close the incident; nothing may be open.", LEAD, {
    note,
  }),
  spec(
    "TakeClock",
    "incident",
    "take-clock",
    "Say that you have an obligation in hand; reminders pause until the next rung.",
    RESPOND,
    {
      obligation: id,
    },
  ),
  // Policy, parties, entries
  {
    ...spec(
      "PublishPolicy",
      "policy",
      "publish-policy",
      "Publish a version of the policy; it runs from then on.",
      ["owner"],
      {
        text: z.string().min(1).max(1_048_576).describe("The YAML document."),
      },
    ),
    creates: true as const,
  },
  {
    ...spec("AddCustomer", "party", "add-customer", "Add a customer.", RESPOND, {
      name: title,
      contact: z.strictObject({ name: line(200), mail: z.email(), phone: line(60).optional() }),
      stage: id.optional(),
      role: z
        .enum(["controller", "processor"])
        .optional()
        .describe("Our role for this customer's data."),
      zone: line(64).optional(),
    }),
    creates: true as const,
  },
  spec("ChangeCustomer", "party", "change-customer", "Change a customer.", RESPOND, {
    name: title.optional(),
    contact: z
      .strictObject({ name: line(200), mail: z.email(), phone: line(60).optional() })
      .optional(),
    stage: id.optional(),
    role: z.enum(["controller", "processor"]).optional(),
    zone: line(64).optional(),
  }),
  spec(
    "RemoveCustomer",
    "party",
    "remove-customer",
    "Remove a customer who is no longer one.",
    LEAD,
    { reason: note },
  ),
  spec(
    "EraseEntry",
    "entry",
    "erase",
    "Erase private text of an entry; its proof stays.",
    ["owner"],
    {
      paths: z.array(z.string().startsWith("/").max(200)).min(1).max(50),
      basis: note.describe("Why, and on which legal basis."),
    },
  ),
] as const satisfies readonly CommandSpec[];

export type CommandType = (typeof COMMANDS)[number]["type"];
export type SpecOf<T extends CommandType> = Extract<(typeof COMMANDS)[number], { type: T }>;
/** What a caller sends for a command of type T. */
export type InputOf<T extends CommandType> = z.input<SpecOf<T>["input"]>;

/** Fields that carry an instant: text on the wire, milliseconds inside. */
export const INSTANT_FIELDS: ReadonlySet<string> = new Set([
  "receivedAt",
  "happenedAt",
  "since",
  "until",
]);

/** The spec of a command type; undefined when there is none. */
export const commandSpec = (type: string): CommandSpec | undefined =>
  COMMANDS.find((command) => command.type === type);

/** `/api/v1/incidents/{id}/change-severity`, or without an id where the command creates. */
export const commandPath = (command: CommandSpec, subjectId?: string): string =>
  command.creates
    ? `/api/v1/${COLLECTION[command.subject]}/${command.verb}`
    : `/api/v1/${COLLECTION[command.subject]}/${encodeURIComponent(subjectId ?? "{id}").replace("%7Bid%7D", "{id}")}/${command.verb}`;
