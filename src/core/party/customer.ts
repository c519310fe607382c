/**
 * Customer: whom we owe something, by the policy or by their contract.
 *
 * Kept apart from incidents, which hold the customer's id and what bound us when
 * they were touched: a contact that changes is changed once. One without contacts
 * is taken, because a contract is signed before anybody is named; nothing can be
 * sent to them until somebody is. Removing a customer keeps what was owed and sent;
 * they only cannot be touched by a new incident any more.
 */

import type { BareContext } from "../context.ts";
import type { Erased } from "../erasure.ts";
import { type Held, keepLadder, type ObligationMissed, type Wake } from "../notice/ladder.ts";
import { ok, type Problem, refuse, refuseAll, type Result } from "../problem.ts";
import type { Recorded } from "../recorded.ts";
import type { SampleWithdrawn } from "../sample.ts";
import { listed, NOTE_CHARACTERS_MAX, textProblem, TITLE_CHARACTERS_MAX } from "../text.ts";
import { isZoneName, zoneProblem } from "../time/zone-name.ts";
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
  primaryContact,
} from "./contact.ts";
import {
  type AskCommand,
  type Asked,
  type AskEvent,
  decideAsk,
  isAskEvent,
  keepAsk,
  noAsks,
} from "./contact-ask.ts";
import { missedChecks } from "./contact-check.ts";
import {
  type Contract,
  type ContractCommand,
  type ContractEvent,
  decideContract,
  keepContract,
  type RecordClause,
} from "./contract.ts";
import {
  type DataRole,
  decideHolding,
  type Holding,
  type HoldingCommand,
  type HoldingEvent,
  keepHolding,
  noHolding,
  type RecordDataSet,
  type RecordDeployment,
} from "./holding.ts";
import {
  decideShare,
  keepShare,
  noShares,
  type ShareCommand,
  type ShareEvent,
  type Shares,
} from "./share.ts";

type Described = {
  readonly name: string;
  readonly stage?: string;
  readonly role?: DataRole;
  readonly zone?: string;
};

export type CustomerAdded = Described & {
  readonly type: "CustomerAdded";
  readonly customer: string;
  /** Their first contact, who is called `ct-1`. */
  readonly contact?: Contact;
  readonly sample?: boolean;
};
export type CustomerChanged = Partial<Described> & {
  readonly type: "CustomerChanged";
  /** Who takes the place of the contact that is written to first. */
  readonly contact?: Contact;
};
export type CustomerRemoved = { readonly type: "CustomerRemoved"; readonly reason: string };

export type CustomerEvent =
  | CustomerAdded
  | CustomerChanged
  | CustomerRemoved
  | ContactEvent
  | ContractEvent
  | HoldingEvent
  | ShareEvent
  | AskEvent
  | ObligationMissed
  | SampleWithdrawn
  | Erased;

/** Everything that comes with a customer who was kept elsewhere. */
type Along = {
  readonly contacts?: readonly Omit<AddContact, "type">[];
  readonly clauses?: readonly Omit<RecordClause, "type">[];
  readonly dataSets?: readonly Omit<RecordDataSet, "type">[];
  readonly deployments?: readonly Omit<RecordDeployment, "type">[];
};
export type AddCustomer = Described &
  Along & {
    readonly type: "AddCustomer";
    readonly contact?: Contact;
    readonly sample?: boolean;
  };
export type ChangeCustomer = Partial<Described> & {
  readonly type: "ChangeCustomer";
  readonly contact?: Contact;
};
export type RemoveCustomer = { readonly type: "RemoveCustomer"; readonly reason: string };

export type CustomerCommand =
  | AddCustomer
  | ChangeCustomer
  | RemoveCustomer
  | Wake
  | ContactCommand
  | ContractCommand
  | HoldingCommand
  | ShareCommand
  | AskCommand;

export type Customer = Contacts &
  Contract &
  Holding &
  Shares &
  Asked & {
    /** `cus_…`. */
    readonly id: string;
    version: number;
    state: "none" | "customer" | "removed";
    name: string;
    stage?: string;
    role?: DataRole;
    zone?: string;
    sample: boolean;
    /** What the ledger holds of missed checks. */
    held: Record<string, Held>;
    /** A sample that was wiped. */
    withdrawn?: true;
  };

/** The customer after `entries`, oldest first. */
export function foldCustomer(id: string, entries: readonly Recorded<CustomerEvent>[]): Customer {
  const customer: Customer = {
    id,
    version: 0,
    state: "none",
    name: "",
    sample: false,
    held: {},
    clauses: [],
    ...noContacts(),
    ...noHolding(),
    ...noShares(),
    ...noAsks(),
  };
  for (const recorded of entries) evolve(customer, recorded);
  return customer;
}

/**
 * Refuses with `customer-known`, `customer-unknown`, `customer-removed`, `customer-unchanged`,
 * `stage-unknown`, `zone-unknown`, `text-missing`, `text-too-long`, and as decideContact,
 * decideContract and decideHolding do.
 */
export function decide(
  customer: Customer,
  command: CustomerCommand,
  context: BareContext,
): Result<readonly CustomerEvent[]> {
  if (command.type === "AddCustomer") {
    if (customer.state !== "none") return refuse("customer-known", "This customer is known.");
    return addCustomer(customer, command, context);
  }
  if (command.type === "Wake") return ok(missedChecks(customer, context.at));
  if (customer.state === "none") return refuse("customer-unknown", "There is no such customer.");
  // What became of a letter is recorded whatever became of whom it was to.
  if (command.type === "RecordDelivery") return decideAsk(customer, command, context);
  if (customer.state === "removed") {
    return refuse("customer-removed", "This customer was removed: add them anew.");
  }
  switch (command.type) {
    case "ChangeCustomer": {
      const { type: _, ...fields } = command;
      if (Object.keys(fields).length === 0) {
        return refuse("customer-unchanged", "Nothing would change.");
      }
      return refuseAll(problemsOf(fields, context), [{ type: "CustomerChanged", ...fields }]);
    }
    case "RemoveCustomer": {
      const { reason } = command;
      const unsaid = textProblem(
        reason,
        NOTE_CHARACTERS_MAX,
        "/reason",
        "Say why they are no longer a customer.",
      );
      return refuseAll(unsaid ? [unsaid] : [], [{ type: "CustomerRemoved", reason }]);
    }
    case "AddContact":
    case "ChangeContact":
    case "RemoveContact":
    case "VerifyContact":
    case "RecordBounce":
    case "RecordClause":
    case "RemoveClause":
    case "RecordDataSet":
    case "RemoveDataSet":
    case "RecordDeployment":
    case "RemoveDeployment":
      return decidePart(customer, command, context);
    case "ShareSection":
    case "OpenSection":
    case "EndSectionShare":
      return decideShare(customer, command, context);
    case "AskContact":
    case "AnswerContact":
      return decideAsk(customer, command, context);
    default:
      return refuse("party-other-kind", "This is said of other parties: change the customer.");
  }
}

/** Why `command` would be refused now; undefined if it would not. */
export function whyNot(
  customer: Customer,
  command: CustomerCommand,
  context: BareContext,
): Problem | undefined {
  const decided = decide(customer, command, context);
  return decided.ok ? undefined : decided.problems[0];
}

type PartCommand = ContactCommand | ContractCommand | HoldingCommand;

function decidePart(
  customer: Customer,
  command: PartCommand,
  context: BareContext,
): Result<readonly CustomerEvent[]> {
  switch (command.type) {
    case "AddContact":
    case "ChangeContact":
    case "RemoveContact":
    case "VerifyContact":
    case "RecordBounce":
      return decideContact(customer, command, context);
    case "RecordClause":
    case "RemoveClause":
      return decideContract(customer, command, context);
    case "RecordDataSet":
    case "RemoveDataSet":
    case "RecordDeployment":
    case "RemoveDeployment":
      return decideHolding(customer, command);
  }
}

/** The customer, and one after the other whatever comes with them: all of it or nothing. */
function addCustomer(
  { id }: Customer,
  { type: _, contacts, clauses, dataSets, deployments, ...fields }: AddCustomer,
  context: BareContext,
): Result<readonly CustomerEvent[]> {
  const parts: readonly (readonly [string, PartCommand])[] = [
    ...placed("/contacts", contacts, (one) => ({ ...one, type: "AddContact" })),
    ...placed("/clauses", clauses, (one) => ({ ...one, type: "RecordClause" })),
    ...placed("/dataSets", dataSets, (one) => ({ ...one, type: "RecordDataSet" })),
    ...placed("/deployments", deployments, (one) => ({ ...one, type: "RecordDeployment" })),
  ];
  const problems: Problem[] = [...problemsOf(fields, context)];
  const events: CustomerEvent[] = [{ type: "CustomerAdded", customer: id, ...fields }];
  const draft = foldCustomer(id, []);
  const keep = (event: CustomerEvent): void =>
    evolve(draft, { event, version: 1, id: "", at: context.at, by: context.by });
  for (const event of events) keep(event);
  for (const [above, command] of parts) {
    const decided = decidePart(draft, command, context);
    if (decided.ok) {
      for (const event of decided.value) keep(event);
      events.push(...decided.value);
    } else {
      problems.push(...decided.problems.map((one) => ({ ...one, at: `${above}${one.at ?? ""}` })));
    }
  }
  return refuseAll(problems, events);
}

const placed = <T>(
  above: string,
  items: readonly T[] | undefined,
  toCommand: (item: T) => PartCommand,
): readonly (readonly [string, PartCommand])[] =>
  (items ?? []).map((item, i) => [`${above}/${i}`, toCommand(item)]);

function evolve(customer: Customer, recorded: Recorded<CustomerEvent>): void {
  const { event, version } = recorded;
  customer.version = version;
  if (isAskEvent(event)) return keepAsk(customer, { ...recorded, event });
  switch (event.type) {
    case "CustomerAdded":
      customer.state = "customer";
      customer.sample = event.sample ?? false;
      return take(customer, event, recorded);
    case "CustomerChanged":
      return take(customer, event, recorded);
    case "CustomerRemoved":
      customer.state = "removed";
      return;
    case "ContactAdded":
    case "ContactChanged":
    case "ContactRemoved":
    case "ContactVerified":
    case "ContactBounced":
      return keepContact(customer, { ...recorded, event });
    case "ClauseRecorded":
    case "ClauseRemoved":
      return keepContract(customer, event);
    case "DataSetRecorded":
    case "DataSetRemoved":
    case "DeploymentRecorded":
    case "DeploymentRemoved":
      return keepHolding(customer, event);
    case "SectionShared":
    case "SectionOpened":
    case "SectionShareEnded":
      return keepShare(customer, { ...recorded, event });
    case "ObligationMissed":
      return keepLadder(customer, { ...recorded, event });
    case "SampleWithdrawn":
      customer.withdrawn = true;
      return;
    case "Erased":
      return;
    default:
      return unknown(event);
  }
}

function take(
  customer: Customer,
  { name, contact, stage, role, zone }: CustomerAdded | CustomerChanged,
  recorded: Recorded<CustomerEvent>,
): void {
  if (name !== undefined) customer.name = name;
  if (stage !== undefined) customer.stage = stage;
  if (role !== undefined) customer.role = role;
  if (zone !== undefined) customer.zone = zone;
  if (contact === undefined) return;
  const held = primaryContact(customer);
  keepContact(customer, {
    ...recorded,
    event: held
      ? { type: "ContactChanged", contact: held.id, ...contact }
      : {
          type: "ContactAdded",
          contact: `ct-${customer.contactsNumbered + 1}`,
          ...contact,
        },
  });
}

function problemsOf(
  { name, contact, stage, zone }: Omit<ChangeCustomer, "type">,
  { policy }: BareContext,
): readonly Problem[] {
  const problems: (Problem | undefined)[] = [];
  if (name !== undefined)
    problems.push(textProblem(name, TITLE_CHARACTERS_MAX, "/name", "Give the customer's name."));
  if (contact !== undefined) problems.push(...contactProblems(contact, "/contact"));
  if (stage !== undefined) problems.push(stageProblem(stage, policy));
  if (zone !== undefined && !isZoneName(zone)) problems.push(zoneProblem(zone, "/zone"));
  return problems.filter((problem) => problem !== undefined);
}

function stageProblem(stage: string, policy: BareContext["policy"]): Problem | undefined {
  const stages = policy?.policy.stages;
  if (!policy || stages?.some(({ id }) => id === stage)) return undefined;
  const message = stages
    ? `${stage} is not a stage of this policy: use ${listed(stages.map(({ id }) => id))}.`
    : "This policy has no stages: leave the stage out.";
  return { code: "stage-unknown", message, at: "/stage" };
}

/** An entry of a later version of this program: its meaning must not be guessed. */
function unknown(event: never): never {
  throw new Error(`A customer's entry of an unknown type: ${JSON.stringify(event)}`);
}
