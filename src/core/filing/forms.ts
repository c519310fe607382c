/**
 * Forms: the form of any stage of any regime: one of those written for an authority, or
 * one made of what the law's data require.
 *
 * Whatever the form, nothing that is required is left out: contents that none of its
 * fields covers (data that changed after the form was written) become fields of their own.
 */

import type { LawClause, Regime } from "../law/regime.ts";
import { ask, type FilingField, type FilingForm, LATE, part, WHICH, WHO } from "./form.ts";
import { DORA_FINAL, DORA_INITIAL, DORA_INTERMEDIATE } from "./forms-dora.ts";
import { ANPD, CALIFORNIA, GDPR_33, HHS, ICO } from "./forms-privacy.ts";
import {
  CERT_IN,
  CRA_INCIDENT_EARLY,
  CRA_INCIDENT_FINAL,
  CRA_INCIDENT_NOTIFICATION,
  CRA_INTERMEDIATE,
  CRA_VULN_EARLY,
  CRA_VULN_FINAL,
  CRA_VULN_NOTIFICATION,
  NIS2_EARLY,
  NIS2_FINAL,
  NIS2_INTERMEDIATE,
  NIS2_NOTIFICATION,
  NYDFS,
  SEC_8K,
  SEC_8KA,
} from "./forms-security.ts";

const NIS2: Readonly<Record<string, FilingForm>> = {
  "early-warning": NIS2_EARLY,
  notification: NIS2_NOTIFICATION,
  intermediate: NIS2_INTERMEDIATE,
  progress: NIS2_INTERMEDIATE,
  final: NIS2_FINAL,
  "final-after-handling": NIS2_FINAL,
};

/** By regime and stage. */
const FORMS: Readonly<Record<string, Readonly<Record<string, FilingForm>>>> = {
  "gdpr-33-1": { "sa-notification": GDPR_33, "further-information": GDPR_33 },
  "uk-gdpr-33-1": { "ico-notification": ICO },
  "nis2-23": NIS2,
  "nis2-23-tsp": NIS2,
  "cra-14-vuln": {
    "early-warning": CRA_VULN_EARLY,
    notification: CRA_VULN_NOTIFICATION,
    intermediate: CRA_INTERMEDIATE,
    final: CRA_VULN_FINAL,
  },
  "cra-14-incident": {
    "early-warning": CRA_INCIDENT_EARLY,
    notification: CRA_INCIDENT_NOTIFICATION,
    final: CRA_INCIDENT_FINAL,
  },
  "dora-19": { initial: DORA_INITIAL, intermediate: DORA_INTERMEDIATE, final: DORA_FINAL },
  "hipaa-408-b": { hhs: HHS },
  "hipaa-408-c": { "hhs-annual": HHS },
  "sec-8k-105": { "8-k": SEC_8K, "8-k/a": SEC_8KA },
  "nydfs-500-17-a": { superintendent: NYDFS },
  "in-certin": { report: CERT_IN },
  "us-ca-1798-82": { ag: CALIFORNIA },
  "br-lgpd-48": { anpd: ANPD, supplement: ANPD },
};

/** What the authority asks at this stage. */
export function formOf(regime: Regime, clause: LawClause): FilingForm {
  const form = FORMS[regime.id]?.[clause.id] ?? genericForm(regime);
  const covered = new Set(form.fields.flatMap(({ covers = [] }) => covers));
  const open = (clause.contents ?? []).filter((content) => !covered.has(content));
  return open.length === 0 ? form : { ...form, fields: withContents(form.fields, open, regime) };
}

/** After the fields that say what happened, before those that say what was done. */
function withContents(
  fields: readonly FilingField[],
  contents: readonly string[],
  { cite }: Regime,
): readonly FilingField[] {
  const asked = contents.map((content) => {
    const id = `content-${content
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .slice(0, 60)}`;
    return ask(id, content.charAt(0).toUpperCase() + content.slice(1), { covers: [content], cite });
  });
  const at = fields.findIndex(({ section }) => section === DONE);
  const place = at < 0 ? fields.length : at;
  return [...fields.slice(0, place), ...part("What the law asks", asked), ...fields.slice(place)];
}

const DONE = "What was done";

const genericForm = ({ checked, jurisdiction }: Regime): FilingForm => ({
  basis: "generic",
  verified: "U",
  checked,
  says: `The authority's own form (${jurisdiction}) was not seen. These fields are what its law requires, as far as its data say so, and what authorities everywhere ask; look at the form itself before you file.`,
  fields: [
    ...part("This report", WHICH),
    ...part("Who reports", WHO),
    ...part("What happened", [
      ask("description", "What happened", { from: "facts" }),
      ask("aware-at", "When you became aware of it", {
        moment: ["awareAt", "discoveredAt", "noticedAt", "knownAt", "determinedAt"],
      }),
      ask("began-at", "When it began", { kind: "moment", asked: "if-known" }),
      ask("severity", "Severity", { kind: "line", from: "severity" }),
      ask("individuals", "How many people are concerned, about", {
        kind: "number",
        asked: "if-known",
        told: ["individuals", "residents", "consumers"],
      }),
      ask("data", "Kinds of data, people and systems concerned", { asked: "if-known" }),
      ask("consequences", "Likely consequences"),
      LATE,
    ]),
    ...part(DONE, [
      ask("measures", "What was done", { from: "measures" }),
      ask("planned", "What is planned", { from: "remediations", asked: "if-so" }),
      ask("told", "Whom else you told", { from: "other-filings", asked: "if-so" }),
    ]),
  ],
});
