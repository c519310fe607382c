/**
 * Whom to call, for a handover and for the sheet on the wall: the team, whom the policy names
 * outside, outside help, the providers and customers concerned, and, where something is to be
 * filed, the authorities. And the documents by which an account or a contract is found.
 */

import type { ViewOf } from "../../api/view.ts";
import type { Incident } from "../../core/incident/state.ts";
import { citation } from "../../core/party/contract-words.ts";
import type { Policy } from "../../core/policy/policy.ts";
import type { Reading } from "./reading.ts";

/** What the incidents on the sheet are about. */
export type Here = {
  readonly incidents: readonly Incident[];
  /** Those that they are pinned to, the current one first. */
  readonly policies: readonly Policy[];
  /** Something is owed to an authority. */
  readonly filing: boolean;
};

type Contact = ViewOf<"handover">["contacts"][number];

const CUSTOMERS_MAX = 200;
const OTHERS_MAX = 100;

export async function contactsFor(reading: Reading, here: Here): Promise<Contact[]> {
  const { customers, parties } = reading.store.views;
  const touched = idsOf(here.incidents.flatMap((incident) => incident.customers));
  const involved = idsOf(here.incidents.flatMap((incident) => incident.providers));
  const [team, help, authorities, providers, concerned] = await Promise.all([
    reading.handling.team(),
    parties.list({ kind: "help" }, { limit: OTHERS_MAX }),
    here.filing ? parties.list({ kind: "authority" }, { limit: OTHERS_MAX }) : undefined,
    involved.length === 0 ? [] : parties.of(involved),
    touched.length === 0 ? [] : customers.of(touched.slice(0, CUSTOMERS_MAX)),
  ]);
  return [
    ...team.map(({ id, name, phone, mail, role }) => ({
      ...blank("team", name, rolesHeld(here, id).join(", ") || role),
      phone: phone ?? null,
      mail,
    })),
    ...outside(here.policies),
    ...(help.ok ? help.value.items : []).map((row) => toContact("outside", row)),
    ...providers.map((row) => toContact("provider", row)),
    ...(authorities?.ok ? authorities.value.items : []).map((row) => toContact("authority", row)),
    ...concerned.map((row) => toContact("customer", row)),
  ];
}

/** The contracts of who is concerned, and what is said of the providers. */
export async function documentsOf(
  { handling }: Reading,
  { incidents }: Here,
): Promise<ViewOf<"handover">["documents"]> {
  const ids = [
    ...idsOf(incidents.flatMap(({ providers }) => providers)),
    ...idsOf(incidents.flatMap(({ customers }) => customers)).slice(0, CUSTOMERS_MAX),
  ];
  const parties = await Promise.all(ids.map((id) => handling.subjects.open("party", id)));
  return parties.flatMap((opened) => {
    if (!opened) return [];
    const { name, clauses, ...rest } = opened.folded.state;
    const about = "about" in rest && rest.about !== "" ? [rest.about] : [];
    const documents = [...new Set(clauses.map(citation))];
    return [...about, ...documents].map((document) => ({ party: name, document }));
  });
}

const idsOf = (of: readonly { readonly id: string }[]): readonly string[] => [
  ...new Set(of.map(({ id }) => id)),
];

const blank = (group: Contact["group"], name: string, of: string): Contact => ({
  group,
  name,
  of,
  phone: null,
  mail: null,
  verifiedOn: null,
});

/** The names of the roles that somebody holds in any of the incidents. */
function rolesHeld({ incidents, policies }: Here, account: string): readonly string[] {
  const known = new Map(policies.flatMap(({ roles }) => roles.map(({ id, name }) => [id, name])));
  const held = incidents.flatMap(({ roles }) =>
    Object.keys(roles).filter((role) => roles[role] === account),
  );
  return [...new Set(held)].map((role) => known.get(role) ?? role);
}

/** Whom the policies name outside, each once. */
function outside(policies: readonly Policy[]): readonly Contact[] {
  const named = policies.flatMap(({ roles }) =>
    roles.flatMap(({ outside: isOutside, name, contact, mail }) =>
      isOutside && (contact ?? mail) !== undefined
        ? [{ ...blank("outside", contact ?? name, name), mail: mail ?? null }]
        : [],
    ),
  );
  return named.filter(
    (one, index) => named.findIndex(({ name, of }) => name === one.name && of === one.of) === index,
  );
}

type PartyRow = {
  readonly name: string;
  readonly contactName: string | null;
  readonly contactMail: string | null;
  readonly contactPhone: string | null;
  readonly contactVerifiedOn: string | null;
};

const toContact = (group: Contact["group"], row: PartyRow): Contact => ({
  group,
  name: row.contactName ?? "nobody is recorded",
  of: row.name,
  phone: row.contactPhone,
  mail: row.contactMail,
  verifiedOn: row.contactVerifiedOn,
});
