/**
 * View of why: one obligation with nothing left to believe.
 *
 * The promise, the fact that started it, the arithmetic, what else is promised to
 * the same recipient, what meets it, and everything people have said of it.
 */

import type { ViewOf } from "../../api/view.ts";
import { evolve } from "../../core/incident/evolve.ts";
import type { IncidentEvent } from "../../core/incident/incident.ts";
import { recounted } from "../../core/incident/rebase.ts";
import { customerId, emptyIncident, providerId } from "../../core/incident/state.ts";
import { kindOfDuty, toldAt } from "../../core/policy/clause.ts";
import { explain } from "../../core/policy/explain.ts";
import { governing } from "../../core/policy/governing.ts";
import { metWords } from "../../core/policy/met-words.ts";
import { momentWords } from "../../core/policy/moment-words.ts";
import type { Obligation } from "../../core/policy/obligations.ts";
import { ok } from "../../core/problem.ts";
import type { Recorded } from "../../core/recorded.ts";
import { parseSubject } from "../../core/subject.ts";
import { toIso } from "../../core/time/instant.ts";
import { type Owed, owedBy, toObligation } from "./owed.ts";
import { missing, type Reading, recipientNames, sentenceOf } from "./reading.ts";
import { type TimelineEvent, told } from "../timeline/says.ts";
import { readerOf } from "./timeline.ts";
import type { Asked, Views } from "./views.ts";

export const whyView =
  (reading: Reading): Views["why"] =>
  (asked) =>
    whyOf(reading, asked);

const OWING: ReadonlySet<string> = new Set(["signal", "incident", "party", "policy", "status"]);

async function whyOf(reading: Reading, { parameters, query, at }: Asked): ReturnType<Views["why"]> {
  const subject = parseSubject(String(query.subject));
  if (subject === undefined || !OWING.has(subject.kind)) return missing("such subject");
  const opened = await reading.handling.subjects.open(subject.kind, subject.id);
  const owed = opened && (await owedBy(reading, opened as Owed["opened"]));
  const obligation = owed?.owed.find(({ id }) => id === parameters.id);
  if (!owed || !obligation) return missing("such obligation");
  const { policy } = owed;
  const { clause, recipient } = obligation;
  const { zone } = await reading.handling.installation();
  const explained = explain(obligation, policy.terms, zone);
  const names = await recipientNames(reading, [recipient]);
  const { held } = owed.opened.folded.state;
  const shown = { subject: opened.subject, policy, held, names, at };
  return ok({
    obligation: toObligation(obligation, shown),
    clause,
    clauseSays: sentenceOf(clause, policy.policy),
    source: clause.cites ?? null,
    words: wordsOf(owed.opened.folded, obligation),
    trigger: {
      moment: explained.moment,
      says: momentWords(explained.moment, policy.policy),
      at: toIso(obligation.startedAt),
      entry: entryThatSet(owed.opened, explained.moment, obligation) ?? null,
    },
    steps: [...explained.steps],
    calendar: explained.calendar ?? null,
    raised: explained.raised ?? null,
    metSays: [metWords(clause, policy.policy), ...keptSays(owed.opened.folded, obligation)].join(
      " ",
    ),
    others: othersOf(owed.owed, obligation).map(({ governs, one }) => ({
      governs,
      obligation: toObligation(one, shown),
    })),
    history: await historyOf(reading, owed, obligation.id),
  });
}

/** A contract's own words, as they bound when the incident took them up. */
function wordsOf({ kind, state }: Owed["opened"]["folded"], owed: Obligation): string | null {
  if (kind !== "incident" || owed.clause.bound === undefined) return null;
  const party =
    state.customers.find(({ id }) => customerId(id) === owed.recipient.id) ??
    state.providers.find(({ id }) => providerId(id) === owed.recipient.id);
  return party?.bond?.words[owed.clause.id]?.text ?? null;
}

/** What stopped its clock was a letter that no mail server has: said, because it reached nobody. */
function keptSays({ state }: Owed["opened"]["folded"], owed: Obligation): readonly string[] {
  const { stoppedAt, recipient, clause } = owed;
  if (!("notices" in state) || stoppedAt === undefined) return [];
  const kept = Object.values(state.notices).find(
    (notice) =>
      notice.kept === "file" &&
      notice.recipient === recipient.id &&
      notice.meets.includes(toldAt(clause)) &&
      [notice.deliveredAt, notice.requestedAt].includes(stoppedAt),
  );
  return kept
    ? [
        `It counts as met by ${kept.id}, which lies here as a file: no mail server was set up, and it has reached nobody.`,
      ]
    : [];
}

/** What is promised to the same recipient for the same duty by other clauses. */
function othersOf(
  owed: readonly Obligation[],
  obligation: Obligation,
): readonly { readonly governs: boolean; readonly one: Obligation }[] {
  const same = governing(owed, (one) => ({
    id: one.id,
    duty: kindOfDuty(one.clause),
    recipient: one.recipient.id,
    dueAt: one.dueAt,
    isWaived: one.waivedAt !== undefined,
  })).find(({ governs, slack }) => [governs, ...slack].includes(obligation));
  if (!same) return [];
  return [same.governs, ...same.slack]
    .filter((one) => one !== obligation)
    .map((one) => ({ governs: one === same.governs, one }));
}

/** What people have said of it and what time did to it, oldest first. */
async function historyOf(
  reading: Reading,
  { opened: { entries }, policy }: Owed,
  id: string,
): Promise<ViewOf<"why">["history"]> {
  const names = new Map<string, string>();
  const { lens, byName } = await readerOf(reading, policy, names, () => NOTHING_OWED);
  const struck = new Set(entries.map(({ event }) => event.type === "EntryStruck" && event.version));
  return entries
    .filter(({ event }) => "obligation" in event && event.obligation === id)
    .filter(({ event }) => event.type !== "PageRequested")
    .map((recorded) => {
      const { says, text } = told(recorded as Recorded<TimelineEvent>, {
        ...lens,
        notice: (notice) => notice,
      });
      return {
        version: recorded.version,
        type: recorded.event.type,
        at: toIso(recorded.at),
        byName: byName(recorded.by),
        says,
        text: text ?? null,
        struck: struck.has(recorded.version),
      };
    });
}

const NOTHING_OWED = { next: () => undefined, owed: () => [] };

const LOOKS: ReadonlySet<string> = new Set([
  "PolicyPublished",
  "PolicyReviewed",
  "PolicyReviewCalled",
]);

/** The first entry after which the moment stood where the obligation counts from. */
function entryThatSet(
  { folded, entries }: Owed["opened"],
  moment: string,
  { recipient, startedAt }: Obligation,
): number | undefined {
  if (folded.kind === "signal") return 1;
  if (folded.kind === "party") return undefined;
  if (folded.kind === "status")
    return entries.find(({ at, event }) => at === startedAt && event.type === "StatusUpdated")
      ?.version;
  if (folded.kind === "policy")
    return entries.find(({ at, event }) => at === startedAt && LOOKS.has(event.type))?.version;
  const incident = emptyIncident(folded.id);
  const struck = new Set(entries.map(({ event }) => event.type === "EntryStruck" && event.version));
  for (const recorded of recounted(entries as readonly Recorded<IncidentEvent>[])) {
    evolve(incident, recorded, struck.has(recorded.version));
    const { moments } = incident;
    if ((moments[`${moment}/${recipient.id}`] ?? moments[moment]) === startedAt)
      return recorded.version;
  }
  return undefined;
}
