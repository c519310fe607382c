/**
 * The view of a handover, and of the sheet for when this server is down: every incident that
 * is not closed, folded as it stands, and beside them what is owed by signals and ourselves.
 *
 * Newest first and at most so many: nobody hands over more, and what is left out is counted.
 */

import type { ViewOf } from "../../api/view.ts";
import type { Access } from "../../core/access/access.ts";
import { recipientsOf } from "../../core/incident/situation.ts";
import type { Incident } from "../../core/incident/state.ts";
import { unforgotten } from "../../core/incident/owed/unforgotten.ts";
import type { Policy } from "../../core/policy/policy.ts";
import { type Obligation, standing } from "../../core/policy/obligations.ts";
import { ok } from "../../core/problem.ts";
import { type Instant, toIso } from "../../core/time/instant.ts";
import { incidentRows, type ListedIncident } from "../../store/views/incident.ts";
import { contactsFor, documentsOf, type Here } from "./handover-contacts.ts";
import { iso, owedBy, toObligation } from "./owed.ts";
import { nameOf, type Reading, recipientNames } from "./reading.ts";
import { peopleNames, toRow } from "./incident.ts";
import { sayingRows } from "./obligation.ts";
import type { Asked, Views } from "./views.ts";

const INCIDENTS_MAX = 100;
const NEXT = 3;
/** Of all that is open in one incident; ten thousand notices are on the board. */
const OPEN_MAX = 500;

type Handover = ViewOf<"handover">;

export const handoverView = (reading: Reading): Pick<Views, "handover"> => ({
  async handover(asked) {
    const { handling } = reading;
    const count = asked.query["due"] === "all" ? OPEN_MAX : NEXT;
    const [listed, total] = await openIncidents(reading);
    const [access, people, current, { zone }] = await Promise.all([
      handling.access(),
      peopleNames(reading),
      handling.world.policies.current(),
      handling.installation(),
    ]);
    const found = (
      await Promise.all(listed.map((row) => incidentOf(reading, row, { access, count, ...asked })))
    ).filter((one) => one !== undefined);
    const here: Here = {
      incidents: found.map(({ state }) => state),
      policies: [...(current ? [current.policy] : []), ...found.map(({ policy }) => policy)],
      filing: found.some(({ owed }) => owed.some((one) => one.recipient.kind === "authority")),
    };
    const [beside, contacts, documents] = await Promise.all([
      besideIncidents(reading, asked.at, count),
      contactsFor(reading, here),
      documentsOf(reading, here),
    ]);
    const incidents = found.map(({ row, shown }) => ({ ...toRow(row, people), ...shown }));
    const all = found.flatMap(({ owed }) => owed.map((one) => standing(one, asked.at)));
    return ok({
      at: toIso(asked.at),
      zone,
      overdue:
        all.filter((one) => one === "missed").length +
        beside.filter((one) => one.standing === "missed").length,
      incidents,
      more: Math.max(0, total - listed.length),
      beside,
      contacts,
      documents,
      policy: {
        version: current?.version ?? null,
        hash: current?.hash ?? null,
        page: `${handling.world.installation().url}/policy`,
      },
    });
  },
});

/** Those that are open, then those that are resolved; and how many there are in all. */
async function openIncidents({
  store,
}: Reading): Promise<readonly [readonly ListedIncident[], number]> {
  const { incidents } = store.views;
  const [open, resolved] = await Promise.all([
    incidents.list({ state: "open" }, { limit: INCIDENTS_MAX }),
    incidents.list({ state: "resolved" }, { limit: INCIDENTS_MAX }),
  ]);
  if (!open.ok || !resolved.ok) return [[], 0];
  const all = [...open.value.items, ...resolved.value.items];
  return [all.slice(0, INCIDENTS_MAX), open.value.total + resolved.value.total];
}

type Found = {
  readonly row: ListedIncident;
  readonly state: Incident;
  readonly policy: Policy;
  /** Open, soonest first. */
  readonly owed: readonly Obligation[];
  readonly shown: Omit<Handover["incidents"][number], keyof ReturnType<typeof toRow>>;
};

async function incidentOf(
  reading: Reading,
  listed: ListedIncident,
  { access, count, at }: Asked & { readonly access: Access; readonly count: number },
): Promise<Found | undefined> {
  const opened = await reading.handling.subjects.open("incident", listed.id);
  const found = opened && (await owedBy(reading, opened));
  if (!opened || !found) return undefined;
  const state = opened.folded.state;
  const { policy } = found;
  const [row] = incidentRows(state, policy);
  if (!row || state.withdrawn) return undefined;
  const names = await recipientNames(reading, recipientsOf(state));
  const named = (id: string): string =>
    names.get(id) ?? (/^(?:account|token)\//.test(id) ? nameOf(id, access) : plain(id));
  const owed = found.owed.filter(({ stoppedAt }) => stoppedAt === undefined);
  const shown = { subject: opened.subject, policy, held: state.held, names, at };
  const governing = new Set(tightest(owed));
  return {
    row: { ...row, subject: opened.subject },
    state,
    policy: policy.policy,
    owed,
    shown: {
      drill: state.drill,
      roles: rolesOf(state, policy.policy, named),
      taken: owed.flatMap(({ id }) => {
        const by = state.held[id]?.takenBy;
        return by === undefined ? [] : [{ obligation: id, by, byName: named(by) }];
      }),
      due: (count === NEXT ? [...governing] : owed)
        .slice(0, count)
        .map((one) => ({ ...toObligation(one, shown), slack: !governing.has(one) })),
      open: owed.length,
      unforgotten: unforgotten(state, owed, policy.policy, named).map(
        ({ kind, says, at: when }) => ({
          kind,
          says,
          at: iso(when),
        }),
      ),
    },
  };
}

/** Of what several clauses promise to one recipient, the first that is due: the rest is slack. */
const tightest = (owed: readonly Obligation[]): readonly Obligation[] =>
  owed.filter(
    ({ clause, recipient }, index) =>
      owed.findIndex(
        (one) => one.clause.duty === clause.duty && one.recipient.id === recipient.id,
      ) === index,
  );

/** `the authority`: somebody who has no name here. */
const plain = (id: string): string => `the ${id.split(":", 1)[0] || "recipient"}`;

const rolesOf = ({ roles }: Incident, policy: Policy, named: (id: string) => string) =>
  policy.roles.map(({ id, name, outside, contact, mail }) => {
    const person = roles[id];
    return {
      id,
      name,
      person: person ?? null,
      personName: person === undefined ? null : named(person),
      outside: outside ? (contact ?? mail ?? "somebody outside") : null,
    };
  });

/** What signals, parties, the policy and the status page owe. */
async function besideIncidents(
  reading: Reading,
  at: Instant,
  count: number,
): Promise<Handover["beside"]> {
  const page = await reading.store.views.obligations.list({ standing: "open" }, at, {
    limit: PAGE_MAX,
  });
  if (!page.ok) return [];
  const rows = page.value.items
    .filter(({ subject }) => !subject.startsWith("incident/"))
    .slice(0, count);
  const toView = await sayingRows(reading, rows);
  return rows.map((row) => ({ ...toView(row), subjectTitle: row.subjectTitle }));
}

const PAGE_MAX = 200;
