/**
 * Views of filings: what each law's stages ask for, filled from the record, what was filed,
 * and where the notices that were sent say something else.
 *
 * The pack is made by what records a filing too, so that what is read here is what is
 * hashed and kept.
 */

import type { ViewOf } from "../../api/view.ts";
import type { Context } from "../../core/context.ts";
import { filedFields } from "../../core/filing/contents.ts";
import { type FilingPack, openFields, packText } from "../../core/filing/pack.ts";
import {
  filingsOf,
  type FilingState,
  owedFor,
  stageIn,
} from "../../core/incident/outward/filing.ts";
import { filingPack } from "../../core/incident/outward/filing-pack.ts";
import type { Incident } from "../../core/incident/state.ts";
import { filedIn } from "../../core/incident/notice/telling.ts";
import type { LawClause, Regime } from "../../core/law/regime.ts";
import { withinWords } from "../../core/law/words.ts";
import { filedDifferences } from "../../core/notice/check/filed.ts";
import { ownWords } from "../../core/notice/quote.ts";
import { type Obligation, standing } from "../../core/policy/obligations.ts";
import { ok, type Result } from "../../core/problem.ts";
import { formatBoth, formatDayEnd } from "../../core/time/format.ts";
import { type Instant, toIso } from "../../core/time/instant.ts";
import { iso, owedBy } from "./owed.ts";
import { missing, type Reading } from "./reading.ts";
import { regimes } from "../regimes.ts";
import type { Asked, Views } from "./views.ts";

export const filingViews = (reading: Reading): Pick<Views, "filings" | "filing"> => ({
  async filings({ parameters, at }) {
    const found = await incidentIn(reading, parameters["id"] ?? "", at);
    if (!found) return missing("such incident");
    const { incident, owed, context } = found;
    const stages = (incident.law?.regimes ?? []).flatMap(stagesOf);
    return ok({
      items: stages.map((stage) => rowOf(incident, stage, owed, context)),
      differences: await differencesOf(reading, found),
    });
  },

  filing: (asked) => filingOf(reading, asked),
});

/** One stage's pack and what stands beside it. */
export async function filingOf(
  reading: Reading,
  { parameters, at }: Pick<Asked, "parameters" | "at">,
): Promise<Result<ViewOf<"filing">>> {
  const found = await incidentIn(reading, parameters["id"] ?? "", at);
  const [id, name] = [parameters["regime"] ?? "", parameters["stage"] ?? ""];
  const here = stageIn(found?.incident.law?.regimes ?? [], id, name);
  const stage = here ?? stageIn(regimes(), id, name);
  if (!found || !stage) return missing("such filing");
  const { incident, owed, context } = found;
  const pack = filingPack(incident, stage, context);
  const own = owedFor(owed, stage.regime, stage.clause);
  return ok({
    ...shown(pack),
    lookedAt: here !== undefined,
    files: stage.clause.to === "authority",
    obligation: own.find(({ stoppedAt }) => stoppedAt === undefined)?.id ?? null,
    zone: stage.clause.zone ?? context.zone,
    dueText: dueText(pack, stage.clause.zone ?? context.zone),
    filed: filingsOf(incident, stage.regime.id, stage.clause.id).map((one) => toFiled(one, pack)),
    stages: stagesOf(stage.regime)
      .filter(({ clause }) => clause.id !== stage.clause.id)
      .map((other) => otherOf(incident, other, owed, context)),
    differences: await differencesOf(reading, found),
  });
}

type Found = {
  readonly subject: string;
  readonly incident: Incident;
  readonly owed: readonly Obligation[];
  readonly context: Pick<Context, "at" | "policy" | "team" | "zone">;
};

async function incidentIn(reading: Reading, id: string, at: Instant): Promise<Found | undefined> {
  const { handling } = reading;
  const opened = await handling.subjects.open("incident", id);
  const owed = opened && (await owedBy(reading, opened));
  if (!opened || !owed) return undefined;
  const [{ zone }, team] = await Promise.all([handling.installation(), handling.team()]);
  const context = { at, policy: owed.policy, team, zone };
  return { subject: opened.subject, incident: opened.folded.state, owed: owed.owed, context };
}

type Stage = { readonly regime: Regime; readonly clause: LawClause };

/** What an authority receives, each stage once: variants that exclude each other are one. */
const stagesOf = (regime: Regime): readonly Stage[] =>
  regime.clauses.flatMap((clause, index, all) =>
    clause.to === "authority" && all.findIndex(({ id }) => id === clause.id) === index
      ? [{ regime, clause }]
      : [],
  );

function otherOf(
  incident: Incident,
  { regime, clause }: Stage,
  owed: readonly Obligation[],
  context: Found["context"],
): ViewOf<"filing">["stages"][number] {
  const [own] = owedFor(owed, regime, clause);
  return {
    stage: clause.id,
    recipient: clause.recipientName ?? clause.recipient,
    within: withinWords(clause),
    dueAt: iso(own?.dueAt),
    dueText: own ? dueText(own, clause.zone ?? context.zone) : null,
    standing: own ? standing(own, context.at) : null,
    filed: filingsOf(incident, regime.id, clause.id).length,
  };
}

function rowOf(
  incident: Incident,
  stage: Stage,
  owed: readonly Obligation[],
  context: Found["context"],
): ViewOf<"filings">["items"][number] {
  const { regime, clause } = stage;
  const pack = filingPack(incident, stage, context);
  const [own] = owedFor(owed, regime, clause);
  return {
    regime: regime.id,
    name: regime.name,
    jurisdiction: regime.jurisdiction,
    stage: clause.id,
    recipient: pack.recipient,
    basis: pack.form.basis,
    dueAt: iso(own?.dueAt),
    standing: own ? standing(own, context.at) : null,
    filed: filingsOf(incident, regime.id, clause.id).length,
    open: openFields(pack).length,
  };
}

const shown = (pack: FilingPack) => ({
  incident: pack.incident,
  drill: pack.drill,
  regime: { ...pack.regime, url: pack.regime.url ?? null },
  stage: pack.stage,
  recipient: pack.recipient,
  form: { ...pack.form, portal: pack.form.portal ?? null },
  dueAt: iso(pack.dueAt),
  late: pack.late,
  fields: pack.fields.map(({ fill: _, ...field }) => ({
    ...field,
    cite: field.cite ?? null,
    hint: field.hint ?? null,
    covers: [...(field.covers ?? [])],
    value: field.value ?? null,
    at: field.at ?? null,
  })),
  open: openFields(pack).length,
  contents: pack.contents,
  hash: pack.hash,
  text: packText(pack),
});

function dueText(
  { dueAt, isDayEnd }: Pick<Obligation, "dueAt" | "isDayEnd">,
  zone: string,
): string | null {
  if (dueAt === undefined) return null;
  return isDayEnd ? formatDayEnd(dueAt, zone) : formatBoth(dueAt, zone);
}

const toFiled = (one: FilingState, pack: FilingPack): ViewOf<"filing">["filed"][number] => ({
  stage: one.stage,
  filedAt: toIso(one.filedAt),
  filedBy: one.filedBy,
  number: one.number ?? null,
  followUp: one.followUp !== undefined,
  lateFor: iso(one.lateFor),
  reason: one.reason ?? null,
  note: one.note ?? null,
  hash: one.hash,
  answers: filedFields(one.contents).map(({ id, value }) => {
    const field = pack.fields.find((now) => now.id === id);
    return { label: field?.label ?? id, value, now: field?.value ?? null };
  }),
  recordedAt: toIso(one.recordedAt),
  entry: one.version,
});

/** Where what was sent to customers says something else than what was filed last. */
async function differencesOf(
  { store }: Reading,
  { subject, incident }: Found,
): Promise<ViewOf<"filing">["differences"]> {
  const filed = filedIn(incident);
  if (filed.length === 0) return [];
  const asked = await store.ledger.readTypes([subject], ["NoticeRequested"]);
  const seen = new Set<string>();
  return asked.flatMap(({ event, at }) => {
    if (event.type !== "NoticeRequested" || event.kind !== "notice") return [];
    return filed.flatMap((saying) =>
      filedDifferences(ownWords(event.body), saying).flatMap(
        ({ about, words, filed: told, where }) => {
          // A hundred letters of one draft differ in one place, not in a hundred.
          const key = JSON.stringify([event.draft ?? event.notice, where, words]);
          if (seen.has(key)) return [];
          seen.add(key);
          const title = event.subject;
          const said = { about, words, filed: `${told} (${where})`, title };
          return [{ ...said, notice: event.notice, sentAt: toIso(at) }];
        },
      ),
    );
  });
}
