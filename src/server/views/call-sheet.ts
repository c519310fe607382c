/**
 * View of one call: whom to call at which number, what to say, and the calls so far.
 *
 * What is said is made of the last notice that names them, sent or not: a call may come
 * before the letter that it goes with.
 */

import type { ViewOf } from "../../api/view.ts";
import type { CallState } from "../../core/incident/notice/call.ts";
import { contactOwed } from "../../core/incident/notice/call.ts";
import { recipientsOf } from "../../core/incident/situation.ts";
import type { Incident } from "../../core/incident/state.ts";
import { renderingOf } from "../../core/incident/notice/telling.ts";
import { scriptFor } from "../../core/notice/script.ts";
import { securityContact } from "../../core/party/contact.ts";
import type { Party } from "../../core/party/party.ts";
import { ok } from "../../core/problem.ts";
import { toIso } from "../../core/time/instant.ts";
import { owedBy, toObligation } from "./owed.ts";
import { missing, nameOf, type Reading, recipientNames } from "./reading.ts";
import type { Asked, Views } from "./views.ts";

export async function callSheet(
  reading: Reading,
  { parameters, at }: Asked,
): ReturnType<Views["call"]> {
  const { handling } = reading;
  const opened = await handling.subjects.open("incident", parameters["id"] ?? "");
  const owed = opened && (await owedBy(reading, opened));
  const whom =
    opened && recipientsOf(opened.folded.state).find(({ id }) => id === parameters["recipient"]);
  if (!opened || !owed || !whom) return missing("such recipient");
  const incident = opened.folded.state;
  const { policy } = owed;
  const [names, access, party, { zone }] = await Promise.all([
    recipientNames(reading, [whom]),
    handling.access(),
    partyOf(reading, whom.id),
    handling.installation(),
  ]);
  const shown = { subject: opened.subject, policy, held: incident.held, names, at };
  const draft = Object.values(incident.drafts).findLast(
    ({ state, recipients }) => state !== "discarded" && recipients.some(({ id }) => id === whom.id),
  );
  const recipient = draft?.recipients.find(({ id }) => id === whom.id);
  const letters = { ...handling.world.installation(), policy, zone };
  return ok({
    recipient: whom.id,
    name: names.get(whom.id) ?? recipient?.name ?? whom.id,
    numbers: numbersOf(party),
    draft: draft?.id ?? null,
    script:
      draft && recipient
        ? [...scriptFor(draft.content, recipient, renderingOf(incident, draft, letters))]
        : [],
    owed: contactOwed(incident, whom.id, { policy }).map((one) => toObligation(one, shown)),
    calls: toCalls(incident, whom.id, (by) => nameOf(by, access)),
  });
}

/** The calls to one recipient, oldest first. */
export const toCalls = ({ calls }: Incident, recipient: string, named: (by: string) => string) =>
  calls.filter((call) => call.recipient === recipient).map((call) => toCall(call, named));

const toCall = (
  { version, outcome, happenedAt, by, who, number, note }: CallState,
  named: (by: string) => string,
) => ({
  version,
  outcome,
  happenedAt: toIso(happenedAt),
  byName: named(by),
  who: who ?? null,
  number: number ?? null,
  note: note ?? null,
});

async function partyOf({ handling }: Reading, recipient: string): Promise<Party | undefined> {
  const [, id = ""] = /^(?:customer|provider):(.+)$/.exec(recipient) ?? [];
  return id === "" ? undefined : (await handling.subjects.open("party", id))?.folded.state;
}

/** Those of the contact for security first. */
function numbersOf(party: Party | undefined): ViewOf<"call">["numbers"] {
  if (!party) return [];
  const first = securityContact(party)?.id;
  return party.contacts
    .flatMap(({ id, name, phone, zone }) =>
      phone === undefined ? [] : [{ name, phone, zone: zone ?? null, security: id === first }],
    )
    .sort((a, b) => Number(b.security) - Number(a.security));
}
