/**
 * Views of parties: customers by name, and one party whole.
 *
 * A contract's clause is shown twice, in its words and in the sentence that is made
 * from what is counted: whoever reads both sees where they differ.
 */

import type { Customer, OtherParty, Party } from "../../api/view.ts";
import type { PinnedPolicy } from "../../core/context.ts";
import {
  type Contacts,
  type ContactState,
  primaryContact,
  securityContact,
} from "../../core/party/contact.ts";
import type { ContractClause } from "../../core/party/contract.ts";
import { dataSetsIn } from "../../core/directory.ts";
import type { Asked as AskedContacts } from "../../core/party/contact-ask.ts";
import { contactChecks } from "../../core/party/contact-check.ts";
import { citation } from "../../core/party/contract-words.ts";
import type { Customer as CustomerState } from "../../core/party/customer.ts";
import type { Other } from "../../core/party/other.ts";
import { shareOver } from "../../core/party/share.ts";
import { isCustomer } from "../../core/party/party.ts";
import { boundSentence } from "../../core/policy/bound-words.ts";
import type { RecipientKind } from "../../core/policy/situation.ts";
import { ok } from "../../core/problem.ts";
import { toIso } from "../../core/time/instant.ts";
import type { CustomerViewRow } from "../../store/views/customer.ts";
import type { PartyViewRow } from "../../store/views/party.ts";
import { iso, toObligation } from "./owed.ts";
import { missing, type Reading } from "./reading.ts";
import type { Asked, Views } from "./views.ts";

export const partyViews = (
  reading: Reading,
): Pick<Views, "customers" | "others" | "party" | "shares" | "data-sets"> => ({
  async customers({ query }) {
    const { q, ...page } = query as { q?: string; cursor?: string; limit?: number };
    const found = await reading.store.views.customers.list(q, page);
    if (!found.ok) return found;
    const { items, next, total } = found.value;
    return ok({ items: items.map(toCustomer), next, total });
  },
  async others({ query }) {
    const { kind, q, ...page } = query as {
      kind?: string;
      q?: string;
      cursor?: string;
      limit?: number;
    };
    const found = await reading.store.views.parties.list({ kind, q }, page);
    if (!found.ok) return found;
    const { items, next, total } = found.value;
    return ok({ items: items.map(toOther), next, total });
  },
  async "data-sets"() {
    return ok({ items: dataSetsIn((await reading.handling.world.directory?.()) ?? []) });
  },
  party: (asked) => whole(reading, asked),
  shares: (asked) => shared(reading, asked),
});

async function shared(
  { handling }: Reading,
  { parameters, at }: Asked,
): ReturnType<Views["shares"]> {
  const opened = await handling.subjects.open("party", parameters.id ?? "");
  const state = opened?.folded.state;
  if (!state || !isCustomer(state) || state.state === "none") return missing("such customer");
  return ok({
    items: state.shares.map((share) => ({
      id: share.id,
      section: share.section,
      contact: share.contact,
      name: share.name,
      path: `/nda/${share.id}.${share.token}`,
      sharedAt: toIso(share.at),
      until: toIso(share.until),
      state: shareOver(share, at) ?? "open",
      opened: share.opened.map(toIso),
    })),
  });
}

/** Customers by their ids, the removed among them. */
export const customersOf = async (
  { store }: Reading,
  ids: readonly string[],
): Promise<readonly Customer[]> =>
  ids.length === 0 ? [] : (await store.views.customers.of(ids)).map(toCustomer);

const toCustomer = (row: CustomerViewRow): Customer => ({
  id: row.id,
  name: row.name,
  contact:
    row.contactName === null || row.contactMail === null
      ? null
      : {
          name: row.contactName,
          mail: row.contactMail,
          phone: row.contactPhone,
          verifiedOn: row.contactVerifiedOn,
        },
  contacts: row.contacts,
  clauses: row.clauses,
  stage: row.stage,
  role: row.role,
  zone: row.zone,
  sample: row.sample,
});

async function whole(
  reading: Reading,
  { parameters, asOf, at }: Asked,
): ReturnType<Views["party"]> {
  const { subjects, world } = reading.handling;
  const opened = await subjects.openAsOf("party", parameters.id ?? "", asOf);
  const state = opened?.folded.state;
  if (!opened || !state || state.withdrawn) return missing("such party");
  const policy = await world.policies.current();
  const shown = policy && {
    subject: opened.subject,
    policy,
    held: state.held,
    names: new Map<string, string>(),
    at: asOf ?? at,
  };
  const checks = shown ? contactChecks(state).map((check) => toObligation(check, shown)) : [];
  const sitting = isCustomer(state) ? [] : await customersOf(reading, state.customers);
  return ok({
    ...(isCustomer(state) ? toWhole(state, policy) : otherWhole(state, policy)),
    version: opened.version,
    obligations: checks,
    customers: sitting.map(({ id, name }) => ({ id, name })),
  });
}

function toWhole(state: CustomerState, policy: PinnedPolicy | undefined): Whole {
  return {
    id: state.id,
    kind: "customer",
    version: state.version,
    name: state.name,
    stage: state.stage ?? null,
    role: state.role ?? null,
    zone: state.zone ?? null,
    removed: state.state === "removed",
    sample: state.sample,
    contacts: contactsOf(state),
    clauses: state.clauses.map((clause) => toClause(clause, "customer", policy)),
    dataSets: state.dataSets.map((set) => ({ ...set, categories: [...set.categories] })),
    deployments: state.deployments.map((one) => ({ ...one })),
    about: "",
    feeds: [],
    lacks: lacks(state),
    // The links have a view of their own, for those who may hand them out.
    folded: { ...state, shares: [], asks: {} },
  };
}

type Whole = Omit<Party, "obligations" | "customers">;

function otherWhole(state: Other, policy: PinnedPolicy | undefined): Whole {
  return {
    id: state.id,
    kind: state.kind,
    version: state.version,
    name: state.name,
    stage: null,
    role: null,
    zone: null,
    removed: state.state === "removed",
    sample: state.sample,
    contacts: contactsOf(state),
    clauses: state.clauses.map((clause) => toClause(clause, "provider", policy)),
    dataSets: [],
    deployments: [],
    about: state.about,
    feeds: [...state.feeds],
    lacks: lacks(state),
    folded: { ...state },
  };
}

function toOther(row: PartyViewRow): OtherParty {
  return {
    id: row.id,
    kind: row.kind as OtherParty["kind"],
    name: row.name,
    about: row.about,
    contact:
      row.contactName === null || row.contactMail === null
        ? null
        : {
            name: row.contactName,
            mail: row.contactMail,
            phone: row.contactPhone,
            verifiedOn: row.contactVerifiedOn,
          },
    clauses: row.clauses,
    sample: row.sample,
  };
}

/** Providers by their ids, the removed among them. */
export const providersOf = async (
  { store }: Reading,
  ids: readonly string[],
): Promise<readonly { readonly id: string; readonly name: string }[]> =>
  ids.length === 0 ? [] : (await store.views.parties.of(ids)).map(({ id, name }) => ({ id, name }));

function contactsOf(party: Contacts & Partial<AskedContacts>): Party["contacts"] {
  const [primary, security] = [primaryContact(party), securityContact(party)];
  return party.contacts.map((contact) => ({
    id: contact.id,
    name: contact.name,
    mail: contact.mail,
    phone: contact.phone ?? null,
    language: contact.language ?? null,
    zone: contact.zone ?? null,
    verifiedOn: contact.verifiedOn ?? null,
    primary: contact === primary,
    security: contact === security,
    encrypt: contact.encrypt ?? false,
    key: keyOf(contact),
    asked: askedOf(party, contact.id),
  }));
}

/** How it stands with the letter that asked them, and what they said. */
function askedOf(
  { asks = {}, notices = {} }: Partial<AskedContacts>,
  contact: string,
): Party["contacts"][number]["asked"] {
  const asked = asks[contact];
  if (!asked) return null;
  return {
    at: toIso(asked.at),
    mail: asked.mail,
    state: notices[asked.notice]?.state ?? "requested",
    answer: asked.answer ?? null,
    answeredAt: iso(asked.answeredAt),
    correction: asked.correction ? { ...asked.correction } : null,
  };
}

const keyOf = ({ key }: ContactState): Party["contacts"][number]["key"] =>
  key === undefined
    ? null
    : {
        fingerprint: key.fingerprint,
        expiresAt: key.expiresAt === undefined ? null : toIso(key.expiresAt),
      };

function toClause(
  clause: ContractClause,
  to: RecipientKind,
  policy: PinnedPolicy | undefined,
): Party["clauses"][number] {
  const { id, text, document, documentOn, section, terms, yaml } = clause;
  return {
    id,
    text,
    document,
    documentOn: documentOn ?? null,
    section: section ?? null,
    source: citation(clause),
    says:
      terms && policy
        ? boundSentence(
            {
              ...terms,
              id,
              to,
              cites: citation(clause),
              ...(to === "provider" ? { bound: { to: "", inbound: true } } : {}),
            },
            policy.policy,
          )
        : null,
    terms: terms ? { ...terms } : null,
    yaml: yaml ?? null,
  };
}

function lacks({ name, contacts, clauses }: CustomerState | Other): string[] {
  return [
    ...(contacts.length === 0
      ? [`${name} has no contact: no notice can be sent to them until you add one.`]
      : []),
    ...clauses
      .filter(({ terms }) => terms === undefined)
      .map(({ id }) => `${id} is kept as text only: no clock runs by it until you structure it.`),
  ];
}
