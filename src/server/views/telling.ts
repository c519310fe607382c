/**
 * View of a notice before it leaves: what it says to whom, what it would meet, what can
 * be said against it, and the hash that an approval signs.
 *
 * All of it is made by what approves and sends it too, so that what is read here is
 * what is checked, signed and sent.
 */

import type { ViewOf } from "../../api/view.ts";
import type { Context } from "../../core/context.ts";
import { incidentObligations } from "../../core/incident/owed/obligation.ts";
import { draftOf, type Incident } from "../../core/incident/state.ts";
import {
  draftHash,
  findingsOf,
  lettersOf,
  metByDraft,
  tellable,
  type RequiredElement,
  requiredOf,
} from "../../core/incident/notice/telling.ts";
import type { Attachment } from "../../core/notice/attachment.ts";
import { wordsOf } from "../../core/notice/check/finding.ts";
import type { DraftState } from "../../core/notice/draft.ts";
import { isUnaddressed } from "../../core/notice/audience.ts";
import { calledNames, type RenderedLetter } from "../../core/notice/letter.ts";
import { prefill } from "../../core/notice/prefill.ts";
import { outwardSubject } from "../../core/notice/subject-line.ts";
import type { Party } from "../../core/party/party.ts";
import { ok } from "../../core/problem.ts";
import { listed } from "../../core/text.ts";
import type { Signal } from "../../core/signal/state.ts";
import { tellingOf } from "../../core/telling-beside.ts";
import { regimes } from "../regimes.ts";
import { iso, owedBy, toObligation } from "./owed.ts";
import { missing, nameOf, type Reading, recipientNames } from "./reading.ts";
import type { Views } from "./views.ts";

/** More letters than anybody reads on one page. */
const LETTERS_MAX = 20;

export const tellingViews = (reading: Reading): Pick<Views, "notice-draft"> => ({
  async "notice-draft"({ parameters, query, at, caller }) {
    const { handling } = reading;
    const opened = await handling.subjects.open("incident", parameters["id"] ?? "");
    const owed = opened && (await owedBy(reading, opened));
    const draft = opened && draftOf(opened.folded.state, parameters["draft"] ?? "");
    if (!opened || !owed || !draft) return missing("such draft");
    const incident = opened.folded.state;
    const [{ zone, organisation }, team, telling, access] = await Promise.all([
      handling.installation(),
      handling.team(),
      besideOf(reading, incident, draft),
      handling.access(),
    ]);
    const { policy } = owed;
    const person = team.find(({ id }) => id === caller.by);
    const context: Context = {
      at,
      by: caller.by,
      policy,
      team,
      ...handling.world.installation(),
      zone,
      beside: { telling },
      ...(person === undefined ? {} : { person }),
    };
    const all = incidentObligations(incident, policy);
    const met = metByDraft(draft, tellable(incident, all));
    const names = await recipientNames(
      reading,
      met.map(({ recipient }) => recipient),
    );
    const shown = { subject: opened.subject, policy, held: incident.held, names, at };
    const letters = lettersOf(incident, draft, context);
    const hash = draftHash(incident, draft, context);
    const { recipient } = query as { readonly recipient?: string };
    return ok({
      ...toDraft(draft, (by) => nameOf(by, access)),
      // It reads otherwise than what was approved: it is to be read back again.
      ...(draft.state === "approved" && draft.hash !== hash ? UNAPPROVED : {}),
      hash,
      asked: (draft.asked?.hash === hash ? draft.asked.of : []).map((by) => nameOf(by, access)),
      elements: elementsOf(incident, draft, context),
      calls: [...calledNames(draft.content)],
      findings: findingsOf(incident, draft, context).map((one) => ({
        ...one,
        words: one.words ?? null,
      })),
      letters: letters
        .filter((letter) => recipient === undefined || letter.recipient === recipient)
        .slice(0, LETTERS_MAX)
        .map((letter) => ({
          ...letter,
          subject: arriving(letter, opened.subject, organisation),
          steps: [...letter.steps],
          files: letter.files.map(fileShape),
        })),
      meets: met.slice(0, LETTERS_MAX).map((one) => toObligation(one, shown)),
      sent: Object.values(incident.drafts)
        .filter((one) => one.state === "sent" && one.id !== draft.id)
        .map(({ id, content: { subject, to = "customers" } }) => ({ id, subject, to })),
      reporters: telling.reporters.map(({ id, name, mail }) => ({
        signal: id.slice("reporter:".length),
        name: name ?? mail ?? "the reporter",
        mail: mail ?? null,
      })),
      touched: telling.recipients.map(({ customer, name, to, verifiedOn }) => ({
        customer,
        name,
        to: to ?? null,
        verifiedOn: verifiedOn ?? null,
      })),
    });
  },
});

/** Its subject as it arrives; the reference is drawn when it leaves. What is published has none. */
const arriving = ({ to, subject }: RenderedLetter, about: string, organisation: string): string =>
  to.mail === ""
    ? subject
    : outwardSubject(about, { kind: "notice", subject, notice: "N-…" }, organisation);

const UNAPPROVED = { state: "draft", approvedBy: null, alone: false } as const;

const fileShape = ({ id, name, bytes, sha256 }: Attachment) => ({ id, name, bytes, sha256 });

type DraftView = ViewOf<"notice-draft">;

const toDraft = (
  { id, state, revision, content, ...draft }: DraftState,
  named: (by: string) => string,
) => ({
  id,
  state,
  revision,
  kind: content.kind,
  to: content.to ?? "customers",
  corrects: content.corrects ?? null,
  mailed: !isUnaddressed(draft.recipients),
  subject: content.subject,
  opening: content.opening ?? null,
  slots: content.slots.map(({ element, text, unknown, name, under }) => ({
    element,
    text,
    unknown: unknown ?? false,
    name: name ?? null,
    under: under ?? null,
  })),
  steps: (content.steps ?? []).map(({ kind, text, only }) => ({
    kind,
    text,
    only: only === undefined ? null : [...only],
  })),
  files: (draft.files ?? []).map((file) => ({
    ...fileShape(file),
    only: file.only === undefined ? null : [...file.only],
  })),
  nextWordAt: iso(content.nextWordAt),
  replyTo: content.replyTo ?? null,
  signature: content.signature ?? null,
  from: draft.from,
  author: draft.author,
  authorName: named(draft.author),
  approvedBy: draft.approvedBy === undefined ? null : named(draft.approvedBy),
  alone: draft.alone ?? false,
  holdUntil: iso(draft.holdUntil),
  sentAt: iso(draft.sentAt),
  recipients: draft.recipients.map((one) => ({
    id: one.id,
    name: one.name,
    to: one.to,
    language: one.language ?? null,
    zone: one.zone ?? null,
    verifiedOn: one.verifiedOn ?? null,
    words: { ...one.words },
  })),
});

function elementsOf(
  incident: Incident,
  draft: DraftState,
  { policy, zone, beside }: Context,
): DraftView["elements"] {
  const required = requiredOf(
    draft,
    incidentObligations(incident, policy),
    policy,
    beside?.telling?.contents,
  );
  const isRequired = new Set(required.map(({ id }) => id));
  const record = {
    zone,
    author: draft.from,
    facts: Object.values(incident.facts).map(({ claim, state, since }) => ({
      state,
      since,
      says: policy.policy.facts.find((fact) => fact.claim === claim)?.says ?? claim,
    })),
    measures: incident.mitigations.filter(({ liftedAt }) => liftedAt === undefined),
  };
  const own = policy.policy.elements ?? [];
  const ownIds = new Set(own.map(({ id }) => id));
  // What was written stays in sight when nobody asks for it any more.
  const named = draft.content.slots.flatMap(({ element: id, name }) =>
    name === undefined || ownIds.has(id) || isRequired.has(id) ? [] : [{ id, name }],
  );
  const others: readonly RequiredElement[] = required.filter(({ id }) => !ownIds.has(id));
  return [
    ...own.map((element) => ({ ...element, asks: [] })),
    ...[...others, ...named].map(({ id, name, asks = [] }: RequiredElement) => ({
      id,
      name,
      asks: [...asks],
      says: asks.length > 0 ? `Asked by ${listed(asks)}.` : "For the controller's own assessment.",
    })),
  ].map(({ id, name, says, asks }) => ({
    id,
    name,
    says,
    asks,
    required: isRequired.has(id),
    suggested: prefill({ id, name }, record) ?? null,
  }));
}

/** The same as is set beside the command that approves it (steps.ts). */
async function besideOf(
  { store, handling: { subjects } }: Reading,
  incident: Incident,
  draft: DraftState,
) {
  const [named, parties, signals] = await Promise.all([
    store.views.customers.namedIn(wordsOf(draft)),
    Promise.all(incident.customers.map(({ id }) => subjects.open("party", id))),
    Promise.all(incident.signals.map(({ signal }) => subjects.open("signal", signal))),
  ]);
  return tellingOf(
    parties.flatMap((one) => (one ? [one.folded.state as Party] : [])),
    signals.flatMap((one) => (one ? [one.folded.state as Signal] : [])),
    named,
    regimes(),
  );
}
