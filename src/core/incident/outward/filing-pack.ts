/**
 * Filing pack, of an incident: what is on its record, gathered for one authority's form.
 *
 * Apart from filing.ts because forms are long: the browser records a filing without them.
 */

import type { Context } from "../../context.ts";
import type { FilingMaterial } from "../../filing/material.ts";
import { formOf } from "../../filing/forms.ts";
import { type FilingPack, packOf } from "../../filing/pack.ts";
import { factName } from "../../law/profile-words.ts";
import type { LawClause, Regime } from "../../law/regime.ts";
import { leadRole } from "../../policy/escalation.ts";
import { momentWords } from "../../policy/moment-words.ts";
import type { Instant } from "../../time/instant.ts";
import { filingsOf, lateFor, owedFor } from "./filing.ts";
import { incidentObligations } from "../owed/obligation.ts";
import type { Incident } from "../state.ts";

type Stage = { readonly regime: Regime; readonly clause: LawClause };

/** The ids of the fields that the form of this stage has. */
export const fieldsOf = (regime: Regime, clause: LawClause): readonly string[] =>
  formOf(regime, clause).fields.map(({ id }) => id);

/** The pack of one stage as the record has it at `context.at`. */
export const filingPack = (
  incident: Incident,
  stage: Stage,
  context: Pick<Context, "at" | "policy" | "team" | "zone">,
): FilingPack => packOf(stage.regime, stage.clause, materialOf(incident, stage, context));

function materialOf(
  incident: Incident,
  { regime, clause }: Stage,
  { at, policy, team, zone }: Pick<Context, "at" | "policy" | "team" | "zone">,
): FilingMaterial {
  const { organisation, roles, severities } = policy.policy;
  const lead = team.find(({ id }) => id === incident.roles[leadRole(roles)?.id ?? ""]);
  const severity = incident.severity.at(-1);
  const before = filingsOf(incident, regime.id, clause.id);
  const owed = owedFor(incidentObligations(incident, policy), regime, clause);
  const asked = owed.find(({ dueAt, clause: { law } }) => dueAt !== undefined && law !== undefined);
  const told = customersTold(incident);
  return {
    reference: incident.reference,
    drill: incident.drill,
    organisation,
    zone: clause.zone ?? zone,
    ...(lead ? { contact: { name: lead.name, mail: lead.mail } } : {}),
    ...(severity
      ? {
          severity: {
            name: severities.find(({ id }) => id === severity.to)?.name ?? severity.to,
            at: severity.at,
          },
        }
      : {}),
    facts: Object.values(incident.facts).map(({ claim, state, since, version }) => ({
      says: policy.policy.facts.find((fact) => fact.claim === claim)?.says ?? claim,
      state,
      since,
      entry: version,
    })),
    told: incident.law?.told ?? {},
    factName,
    moments: incident.moments,
    momentName: (name) => momentWords(name, policy.policy),
    measures: incident.mitigations
      .filter(({ liftedAt }) => liftedAt === undefined)
      .map(({ text, happenedAt, partial }) => ({ text, at: happenedAt, partial })),
    fixes: incident.fixes.map(({ happenedAt, ...fix }) => ({ ...fix, at: happenedAt })),
    remediations: incident.remediations.filter(({ status }) => status !== "dropped"),
    customers: incident.customers.length,
    ...(told ? { customersTold: told } : {}),
    filed: (incident.filings?.recorded ?? []).map((filing) => ({
      regime: filing.regime,
      name: incident.law?.regimes.find(({ id }) => id === filing.regime)?.name ?? filing.regime,
      stage: filing.stage,
      at: filing.filedAt,
      ...(filing.number === undefined ? {} : { number: filing.number }),
    })),
    regime: regime.id,
    stage: clause.id,
    ...(asked?.dueAt === undefined ? {} : { dueAt: asked.dueAt }),
    ...(asked?.isDayEnd ? { isDayEnd: true } : {}),
    late: lateFor(owed, before[0]?.filedAt ?? at) !== undefined,
    written: incident.filings?.written[`${regime.id}/${clause.id}`] ?? {},
    nameOf: (account) => team.find(({ id }) => id === account)?.name ?? account,
  };
}

function customersTold({ notices }: Incident): FilingMaterial["customersTold"] {
  const arrived = Object.values(notices).flatMap(({ recipient, deliveredAt, automatic }) =>
    recipient?.startsWith("customer:") && deliveredAt !== undefined && !automatic
      ? [deliveredAt]
      : [],
  );
  if (arrived.length === 0) return undefined;
  return { count: arrived.length, firstAt: Math.min(...arrived) as Instant };
}
