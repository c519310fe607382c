/**
 * Telling: what a draft of this incident would say to whom, what it would meet, and
 * what can be said against it.
 *
 * Shared by the preview, the checks, the approval and the sending, so that what was
 * read is what is checked, approved and sent.
 */

import type { Context, PinnedPolicy } from "../../context.ts";
import type { LawContents } from "../../law/contents.ts";
import { checkNotice } from "../../notice/check/check.ts";
import { filedFields } from "../../filing/contents.ts";
import { type FiledSaying, filedSaying } from "../../notice/check/filed.ts";
import type { NoticeBeside, NoticeFinding } from "../../notice/check/finding.ts";
import { CONTROLLER_ELEMENTS, isMeant, isUnaddressed } from "../../notice/audience.ts";
import { type DraftKind, type DraftState, KIND_MEETS } from "../../notice/draft.ts";
import { lettersHash, letterTo, type RenderedLetter, type Rendering } from "../../notice/letter.ts";
import { encryptionOf } from "../../party/contact-key.ts";
import { toldAt } from "../../policy/clause.ts";
import type { Obligation } from "../../policy/obligations.ts";
import { localDate } from "../../time/wall-time.ts";
import { incidentObligations } from "../owed/obligation.ts";
import { customerId, type Incident } from "../state.ts";

type LetterContext = Pick<Context, "policy" | "zone" | "url" | "ownPage">;

/** What letters of this draft are made with. */
export const renderingOf = (
  incident: Incident,
  { from, files = [] }: Pick<DraftState, "from" | "files">,
  { policy: { policy }, zone, url, ownPage }: LetterContext,
): Rendering => ({
  from,
  organisation: policy.organisation,
  elements: new Map((policy.elements ?? []).map(({ id, name }) => [id, name])),
  zone,
  files,
  mark: incident.drill ? "DRILL: " : "",
  ...(ownPage === undefined ? {} : { ownPageAt: url }),
});

/** One letter for each recipient, in the order in which they were named. */
export function lettersOf(
  incident: Incident,
  draft: DraftState,
  context: LetterContext,
): readonly RenderedLetter[] {
  const rendering = renderingOf(incident, draft, context);
  return draft.recipients.map((recipient) => letterTo(draft.content, recipient, rendering));
}

type Signed = { readonly made: string; readonly content: unknown; readonly hash: string };
const signed = new WeakMap<DraftState["recipients"], Signed>();

/**
 * What an approval signs: the letters, and the policy they are sent under. Ten thousand letters
 * leave in parts, each of which asks: for as long as the same draft is made with the same things,
 * the answer is kept. Another process makes the letters itself.
 */
export function draftHash(incident: Incident, draft: DraftState, context: LetterContext): string {
  const { content, recipients } = draft;
  const { elements, ...rendering } = renderingOf(incident, draft, context);
  const made = JSON.stringify([rendering, [...elements], context.policy.hash]);
  const known = signed.get(recipients);
  if (known?.made === made && known.content === content) return known.hash;
  const hash = lettersHash(lettersOf(incident, draft, context), context.policy.hash);
  signed.set(recipients, { made, content, hash });
  return hash;
}

/** What runs towards `recipient` and a notice of this kind would meet when it arrives. */
export function metBy(
  owed: readonly Obligation[],
  kind: DraftKind,
  recipient: string,
): readonly Obligation[] {
  return owed.filter(
    ({ clause, recipient: whom, stoppedAt }) =>
      whom.id === recipient &&
      stoppedAt === undefined &&
      clause.bound?.inbound !== true &&
      clause.promised === undefined &&
      clause.met !== "contact" &&
      KIND_MEETS[kind].includes(clause.duty),
  );
}

/**
 * What a word of ours can meet by now: nobody is given a summary of a review that is not
 * finished, whatever the last word to them was called.
 */
export const tellable = (
  { moments }: Pick<Incident, "moments">,
  owed: readonly Obligation[],
): readonly Obligation[] =>
  moments["reviewedAt"] === undefined
    ? owed.filter(({ clause }) => clause.duty !== "summarise")
    : owed;

/** The moment that says it was told. */
export const momentOf = ({ clause }: Pick<Obligation, "clause">): string => toldAt(clause);

/** The moments that its delivery reaches. */
export const momentsMet = (owed: readonly Obligation[], kind: DraftKind, recipient: string) => [
  ...new Set(metBy(owed, kind, recipient).map(({ clause }) => toldAt(clause))),
];

/** Everything that can be said against sending this draft now. */
export function findingsOf(
  incident: Incident,
  draft: DraftState,
  context: Context,
): readonly NoticeFinding[] {
  const { content, recipients, files = [] } = draft;
  return checkNotice({ content, recipients, files, beside: besideOf(incident, draft, context) });
}

/** One element that must be said, and who asks for it. */
export type RequiredElement = {
  readonly id: string;
  readonly name: string;
  /** The laws whose duty this meets; absent where policy or contract ask. */
  readonly asks?: readonly string[];
};

/**
 * The elements that clauses of policy, contract and law ask of this kind of notice to these
 * recipients, and what a controller needs who must assess it themselves.
 */
export function requiredOf(
  draft: DraftState,
  owed: readonly Obligation[],
  { policy }: PinnedPolicy,
  contents: LawContents = new Map(),
): readonly RequiredElement[] {
  const met = metByDraft(draft, owed);
  const ids = new Set(met.flatMap(({ clause }) => clause.contents ?? []));
  const isControllers = draft.content.to === "controllers" && draft.content.kind !== "update";
  return [
    ...(policy.elements ?? []).filter(({ id }) => ids.has(id)),
    ...(isControllers ? CONTROLLER_ELEMENTS : []),
    ...lawElements(met, contents),
  ];
}

/** What this draft would meet, of everybody it is for. */
export function metByDraft(
  { content: { kind, to }, recipients }: DraftState,
  owed: readonly Obligation[],
): readonly Obligation[] {
  const meant = isUnaddressed(recipients)
    ? owed.filter(({ recipient }) => isMeant(to, recipient.id)).map(({ recipient }) => recipient)
    : recipients;
  return [...new Set(meant.map(({ id }) => id))].flatMap((id) => metBy(owed, kind, id));
}

/** The same words asked by two laws are one element. */
function lawElements(met: readonly Obligation[], contents: LawContents): RequiredElement[] {
  const elements = new Map<string, { id: string; name: string; asks: string[] }>();
  for (const { clause } of met) {
    if (clause.law === undefined) continue;
    for (const name of contents.get(`${clause.law.regime}/${clause.law.stage}`) ?? []) {
      const id = lawElementId(name);
      const known = elements.get(id) ?? { id, name: capital(name), asks: [] };
      elements.set(id, known);
      const cites = clause.cites ?? clause.law.regime;
      if (!known.asks.includes(cites)) known.asks.push(cites);
    }
  }
  return [...elements.values()];
}

const LAW_ID_CHARACTERS_MAX = 70;
const lawElementId = (name: string): string =>
  `law-${name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, LAW_ID_CHARACTERS_MAX)}`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function besideOf(incident: Incident, draft: DraftState, context: Context): NoticeBeside {
  const { policy, at, team, zone, beside } = context;
  const owed = incidentObligations(incident, policy);
  const told = Object.entries(incident.law?.told ?? {});
  return {
    now: at,
    today: localDate(at, zone),
    author: team.find(({ id }) => id === draft.author),
    required: requiredOf(draft, owed, policy, beside?.telling?.contents),
    customers: beside?.telling?.customers ?? [],
    internal: [
      incident.title,
      incident.reference,
      ...(draft.content.to === "reporter" ? [] : incident.signals.map(({ signal }) => signal)),
    ],
    reporters: (beside?.telling?.reporters ?? []).map((one) => ({
      ...one,
      // To themselves they may.
      mayBeNamed: draft.recipients.every(
        ({ to }) => one.mail !== undefined && to.mail === one.mail,
      ),
    })),
    facts: Object.values(incident.facts).map(({ claim, state }) => ({
      says: policy.policy.facts.find((fact) => fact.claim === claim)?.says ?? claim,
      state,
    })),
    numbers: told.flatMap(([name, value]) =>
      typeof value === "number" ? [{ noun: nounOf(name), value }] : [],
    ),
    updatesDue: owed.flatMap(({ clause, recipient, dueAt, stoppedAt }) =>
      clause.duty === "update" && dueAt !== undefined && stoppedAt === undefined && !clause.promised
        ? [{ recipient: recipient.id, clause: clause.id, dueAt }]
        : [],
    ),
    filed: filedIn(incident),
    unencrypted: unencryptedIn(draft, beside?.telling?.recipients ?? [], at),
    bounced: [
      ...Object.values(incident.notices).flatMap(({ state, mail }) =>
        state === "failed" && mail !== undefined ? [mail] : [],
      ),
      ...(beside?.telling?.recipients ?? []).flatMap(({ to, bounces }) =>
        bounces && to ? [to.mail] : [],
      ),
    ],
  };
}

/** What each law's authority was told last, for comparing. */
export function filedIn({ filings, law }: Incident): readonly FiledSaying[] {
  const last = new Map((filings?.recorded ?? []).map((filing) => [filing.regime, filing]));
  return [...last.values()].map(({ regime, stage, contents }) => {
    const name = law?.regimes.find(({ id }) => id === regime)?.name ?? regime;
    return filedSaying(`${name}, ${stage}`, filedFields(contents));
  });
}

/** Whose letter would have to be encrypted and cannot be. */
function unencryptedIn(
  { recipients }: DraftState,
  known: NonNullable<NonNullable<Context["beside"]>["telling"]>["recipients"],
  now: Context["at"],
): NoticeBeside["unencrypted"] {
  const byId = new Map(
    known.flatMap(({ customer, encrypting }) =>
      encrypting === undefined ? [] : [[customerId(customer), encrypting] as const],
    ),
  );
  return recipients.flatMap(({ id, to }) => {
    const found = encryptionOf(byId.get(id) ?? [], to.mail, now);
    return found.ok
      ? []
      : found.problems.map(({ code, message }) => ({ recipient: id, code, message }));
  });
}

/** Facts of law that count: most count people, the others say what. */
function nounOf(name: string): string {
  const found = /records|files|accounts|customers/i.exec(name)?.[0];
  return found?.toLowerCase() ?? "people";
}
