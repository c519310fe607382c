/**
 * Other: a party that is no customer: a provider whose service we stand on, an
 * authority that we file with, outside help that we call, a reporter whom we know.
 *
 * They differ in what is said of them, not in how they are kept, so they are one
 * noun with a kind. What a provider has signed is owed to us, once an incident
 * names it as involved; the others owe and are owed nothing by contract here.
 */

import type { BareContext } from "../context.ts";
import type { Erased } from "../erasure.ts";
import { type Held, keepLadder, type ObligationMissed, type Wake } from "../notice/ladder.ts";
import { ok, type Problem, refuse, refuseAll, type Result } from "../problem.ts";
import type { Recorded } from "../recorded.ts";
import type { SampleWithdrawn } from "../sample.ts";
import { NOTE_CHARACTERS_MAX, TITLE_CHARACTERS_MAX, textProblem, tooLong } from "../text.ts";
import {
  type AddContact,
  type Contact,
  type ContactCommand,
  type ContactEvent,
  contactProblems,
  type Contacts,
  decideContact,
  keepContact,
  noContacts,
} from "./contact.ts";
import { missedChecks } from "./contact-check.ts";
import {
  type Contract,
  type ContractCommand,
  type ContractEvent,
  decideContract,
  keepContract,
  type RecordClause,
} from "./contract.ts";
import { FED_CUSTOMERS_MAX, type OtherKind } from "./other-words.ts";

type Described = {
  readonly name: string;
  /** What we use of a provider, what we file with an authority, what help is for. */
  readonly about?: string;
  /** Where a provider's word reaches us: status pages, feeds, mail. */
  readonly feeds?: readonly string[];
  /** The customers whose data sit at a provider. */
  readonly customers?: readonly string[];
};

export type PartyAdded = Described & {
  readonly type: "PartyAdded";
  readonly party: string;
  readonly kind: OtherKind;
  readonly contact?: Contact;
  readonly sample?: boolean;
};
export type PartyChanged = Partial<Described> & { readonly type: "PartyChanged" };
export type PartyRemoved = { readonly type: "PartyRemoved"; readonly reason: string };

export type OtherEvent =
  | PartyAdded
  | PartyChanged
  | PartyRemoved
  | ContactEvent
  | ContractEvent
  | ObligationMissed
  | SampleWithdrawn
  | Erased;

export type AddParty = Described & {
  readonly type: "AddParty";
  readonly kind: OtherKind;
  readonly contact?: Contact;
  /** What else is known of them, as a file of parties has it. */
  readonly contacts?: readonly Omit<AddContact, "type">[];
  readonly clauses?: readonly Omit<RecordClause, "type">[];
  readonly sample?: boolean;
};
export type ChangeParty = Partial<Described> & { readonly type: "ChangeParty" };
export type RemoveParty = { readonly type: "RemoveParty"; readonly reason: string };

export type OtherCommand =
  | AddParty
  | ChangeParty
  | RemoveParty
  | Wake
  | ContactCommand
  | ContractCommand;

export type Other = Contacts &
  Contract & {
    /** `prv_…`. */
    readonly id: string;
    version: number;
    state: "none" | "party" | "removed";
    kind: OtherKind;
    name: string;
    about: string;
    feeds: readonly string[];
    customers: readonly string[];
    sample: boolean;
    held: Record<string, Held>;
    withdrawn?: true;
  };

/** The party after `entries`, oldest first. */
export function foldOther(id: string, entries: readonly Recorded<OtherEvent>[]): Other {
  const other: Other = {
    id,
    version: 0,
    state: "none",
    kind: "provider",
    name: "",
    about: "",
    feeds: [],
    customers: [],
    sample: false,
    held: {},
    clauses: [],
    ...noContacts(),
  };
  for (const recorded of entries) evolve(other, recorded);
  return other;
}

/**
 * Refuses with `party-known`, `party-unknown`, `party-removed`, `party-unchanged`,
 * `party-other-kind`, `text-missing`, `text-too-long`, and as decideContact and decideContract do.
 */
export function decideOther(
  other: Other,
  command: OtherCommand,
  context: BareContext,
): Result<readonly OtherEvent[]> {
  if (command.type === "Wake") return ok(missedChecks(other, context.at));
  if (command.type === "AddParty") {
    if (other.state !== "none") return refuse("party-known", "This party is known.");
    return addParty(other, command, context);
  }
  if (other.state === "none") return refuse("party-unknown", "There is no such party.");
  if (other.state === "removed") {
    return refuse("party-removed", "This party was removed: add them anew.");
  }
  switch (command.type) {
    case "ChangeParty": {
      const { type: _, ...fields } = command;
      if (Object.keys(fields).length === 0)
        return refuse("party-unchanged", "Nothing would change.");
      return refuseAll(problemsOf(fields), [{ type: "PartyChanged", ...fields }]);
    }
    case "RemoveParty": {
      const { reason } = command;
      const ask = "Say why they are no longer a party.";
      const unsaid = textProblem(reason, NOTE_CHARACTERS_MAX, "/reason", ask);
      return refuseAll(unsaid ? [unsaid] : [], [{ type: "PartyRemoved", reason }]);
    }
    case "AddContact":
    case "ChangeContact":
    case "RemoveContact":
    case "VerifyContact":
    case "RecordBounce":
      return decideContact(other, command, context);
    case "RecordClause":
    case "RemoveClause":
      return other.kind === "provider" ? decideContract(other, command, context) : noContract();
    default:
      return refuse("party-other-kind", "This is said of customers, and they are none.");
  }
}

/** With its contacts and clauses, each decided after those before it; or every problem at once. */
function addParty(
  { id }: Other,
  { type: _, contacts = [], clauses = [], ...fields }: AddParty,
  context: BareContext,
): Result<readonly OtherEvent[]> {
  const problems: Problem[] = [...problemsOf(fields)];
  const events: OtherEvent[] = [{ type: "PartyAdded", party: id, ...fields }];
  const draft = foldOther(id, []);
  const keep = (event: OtherEvent): void =>
    evolve(draft, { event, version: 1, id: "", at: context.at, by: context.by });
  for (const event of events) keep(event);
  const parts: readonly (readonly [at: string, command: OtherCommand])[] = [
    ...contacts.map((one, i) => [`/contacts/${i}`, { ...one, type: "AddContact" }] as const),
    ...clauses.map((one, i) => [`/clauses/${i}`, { ...one, type: "RecordClause" }] as const),
  ];
  for (const [above, command] of parts) {
    const decided = decideOther(draft, command, context);
    if (decided.ok) {
      for (const event of decided.value) keep(event);
      events.push(...decided.value);
    } else {
      problems.push(...decided.problems.map((one) => ({ ...one, at: `${above}${one.at ?? ""}` })));
    }
  }
  return refuseAll(problems, events);
}

const noContract = (): Result<never> =>
  refuse("party-other-kind", "Only customers and providers have clauses here.");

function evolve(other: Other, recorded: Recorded<OtherEvent>): void {
  const { event, version } = recorded;
  other.version = version;
  switch (event.type) {
    case "PartyAdded":
      other.state = "party";
      other.kind = event.kind;
      other.sample = event.sample ?? false;
      take(other, event);
      if (event.contact === undefined) return;
      return keepContact(other, {
        ...recorded,
        event: { type: "ContactAdded", contact: "ct-1", ...event.contact },
      });
    case "PartyChanged":
      return take(other, event);
    case "PartyRemoved":
      other.state = "removed";
      return;
    case "ContactAdded":
    case "ContactChanged":
    case "ContactRemoved":
    case "ContactVerified":
    case "ContactBounced":
      return keepContact(other, { ...recorded, event });
    case "ClauseRecorded":
    case "ClauseRemoved":
      return keepContract(other, event);
    case "ObligationMissed":
      return keepLadder(other, { ...recorded, event });
    case "SampleWithdrawn":
      other.withdrawn = true;
      return;
    case "Erased":
      return;
    default:
      return unknown(event);
  }
}

function take(other: Other, { name, about, feeds, customers }: Partial<Described>): void {
  if (name !== undefined) other.name = name;
  if (about !== undefined) other.about = about;
  if (feeds !== undefined) other.feeds = feeds;
  if (customers !== undefined) other.customers = customers;
}

const LIST_MAX = 200;

function problemsOf({
  name,
  about,
  feeds = [],
  customers = [],
  contact,
}: Partial<Described> & { readonly contact?: Contact }): readonly Problem[] {
  const problems: (Problem | undefined)[] = [tooLong(about, NOTE_CHARACTERS_MAX, "/about")];
  if (name !== undefined)
    problems.push(textProblem(name, TITLE_CHARACTERS_MAX, "/name", "Give the party's name."));
  for (const [i, feed] of feeds.entries())
    problems.push(textProblem(feed, NOTE_CHARACTERS_MAX, `/feeds/${i}`, "Say where."));
  if (feeds.length > LIST_MAX || customers.length > FED_CUSTOMERS_MAX)
    problems.push({ code: "too-many", message: "These are more than one party may have here." });
  if (contact !== undefined) problems.push(...contactProblems(contact, "/contact"));
  return problems.filter((problem) => problem !== undefined);
}

/** An entry of a later version of this program: its meaning must not be guessed. */
function unknown(event: never): never {
  throw new Error(`A party's entry of an unknown type: ${JSON.stringify(event)}`);
}
