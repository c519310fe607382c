/**
 * Customer: whom we owe something, by the policy or by their contract.
 *
 * Kept apart from incidents, which hold only the customer's id: a contact that
 * changes is changed once. Removing one keeps what was owed and sent; it only
 * cannot be touched by a new incident any more.
 */

import type { BareContext } from "../context.ts";
import type { Erased } from "../erasure.ts";
import { type Problem, refuse, refuseAll, type Result } from "../problem.ts";
import type { Recorded } from "../recorded.ts";
import type { SampleWithdrawn } from "../sample.ts";
import { listed, NOTE_CHARACTERS_MAX, textProblem, TITLE_CHARACTERS_MAX } from "../text.ts";
import { isZoneName, zoneProblem } from "../time/zone-name.ts";

export type Contact = { readonly name: string; readonly mail: string; readonly phone?: string };
export type DataRole = "controller" | "processor";

export type CustomerAdded = {
  readonly type: "CustomerAdded";
  readonly customer: string;
  readonly name: string;
  readonly contact: Contact;
  readonly stage?: string;
  readonly role?: DataRole;
  readonly zone?: string;
  readonly sample?: boolean;
};
export type CustomerChanged = {
  readonly type: "CustomerChanged";
  readonly name?: string;
  readonly contact?: Contact;
  readonly stage?: string;
  readonly role?: DataRole;
  readonly zone?: string;
};
export type CustomerRemoved = { readonly type: "CustomerRemoved"; readonly reason: string };

export type CustomerEvent =
  | CustomerAdded
  | CustomerChanged
  | CustomerRemoved
  | SampleWithdrawn
  | Erased;

export type AddCustomer = {
  readonly type: "AddCustomer";
  readonly name: string;
  readonly contact: Contact;
  readonly stage?: string;
  readonly role?: DataRole;
  readonly zone?: string;
  readonly sample?: boolean;
};
export type ChangeCustomer = {
  readonly type: "ChangeCustomer";
  readonly name?: string;
  readonly contact?: Contact;
  readonly stage?: string;
  readonly role?: DataRole;
  readonly zone?: string;
};
export type RemoveCustomer = { readonly type: "RemoveCustomer"; readonly reason: string };

export type CustomerCommand = AddCustomer | ChangeCustomer | RemoveCustomer;

export type Customer = {
  /** `cus_…`. */
  readonly id: string;
  version: number;
  state: "none" | "customer" | "removed";
  name: string;
  contact: Contact;
  stage?: string;
  role?: DataRole;
  zone?: string;
  sample: boolean;
  /** A sample that was wiped. */
  withdrawn?: true;
};

const NO_CONTACT: Contact = { name: "", mail: "" };

/** The customer after `entries`, oldest first. */
export function foldCustomer(id: string, entries: readonly Recorded<CustomerEvent>[]): Customer {
  const customer: Customer = {
    id,
    version: 0,
    state: "none",
    name: "",
    contact: NO_CONTACT,
    sample: false,
  };
  for (const recorded of entries) evolve(customer, recorded);
  return customer;
}

/**
 * Refuses with `customer-known`, `customer-unknown`, `customer-removed`,
 * `customer-unchanged`, `stage-unknown`, `zone-unknown`, `mail-invalid`,
 * `text-missing`, `text-too-long`.
 */
export function decide(
  customer: Customer,
  command: CustomerCommand,
  context: BareContext,
): Result<readonly CustomerEvent[]> {
  if (command.type === "AddCustomer") {
    if (customer.state !== "none") return refuse("customer-known", "This customer is known.");
    const { type: _, ...fields } = command;
    return refuseAll(problemsOf(fields, context), [
      { type: "CustomerAdded", customer: customer.id, ...fields },
    ]);
  }
  if (customer.state === "none") return refuse("customer-unknown", "There is no such customer.");
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

function evolve(customer: Customer, { event, version }: Recorded<CustomerEvent>): void {
  customer.version = version;
  switch (event.type) {
    case "CustomerAdded":
      customer.state = "customer";
      customer.sample = event.sample ?? false;
      return take(customer, event);
    case "CustomerChanged":
      return take(customer, event);
    case "CustomerRemoved":
      customer.state = "removed";
      return;
    case "SampleWithdrawn":
      customer.withdrawn = true;
      return;
    case "Erased":
      return;
    default:
      return unknown(event);
  }
}

function take(customer: Customer, event: CustomerAdded | CustomerChanged): void {
  if (event.name !== undefined) customer.name = event.name;
  if (event.contact !== undefined) customer.contact = event.contact;
  if (event.stage !== undefined) customer.stage = event.stage;
  if (event.role !== undefined) customer.role = event.role;
  if (event.zone !== undefined) customer.zone = event.zone;
}

function problemsOf(
  { name, contact, stage, zone }: Omit<ChangeCustomer, "type">,
  { policy }: BareContext,
): readonly Problem[] {
  const problems: (Problem | undefined)[] = [];
  const text = (given: string | undefined, at: string, ask: string) =>
    textProblem(given, TITLE_CHARACTERS_MAX, at, ask);
  if (name !== undefined) problems.push(text(name, "/name", "Give the customer's name."));
  if (contact !== undefined) {
    problems.push(text(contact.name, "/contact/name", "Name a person to write to."));
    problems.push(mailProblem(contact.mail));
  }
  if (stage !== undefined) problems.push(stageProblem(stage, policy));
  if (zone !== undefined && !isZoneName(zone)) problems.push(zoneProblem(zone, "/zone"));
  return problems.filter((problem) => problem !== undefined);
}

const mailProblem = (mail: string): Problem | undefined =>
  /^[^\s@]+@[^\s@]+$/.test(mail)
    ? undefined
    : {
        code: "mail-invalid",
        message: "Give a mail address, like a@b.example.",
        at: "/contact/mail",
      };

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
