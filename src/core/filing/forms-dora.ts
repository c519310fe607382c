/**
 * Forms of DORA: the data fields of Annex I to Implementing Regulation (EU) 2025/302, in
 * their order and under their numbers; the numbers are the authority's, the words ours.
 *
 * A later report carries the earlier one's fields too, updated.
 */

import { type Asked, ask, type FilingForm, LATE, part } from "./form.ts";

const GENERAL: readonly Asked[] = [
  ask("f1-1", "1.1 Type of submission", { kind: "choice", from: "which" }),
  ask("f1-2", "1.2 Entity that submits the report", { kind: "line", from: "organisation" }),
  ask("f1-3", "1.3 Its identification code", { kind: "line" }),
  ask("f1-4", "1.4 Type of financial entity affected", { kind: "choice", told: ["entity"] }),
  ask("f1-5", "1.5 Financial entity affected", { kind: "line", from: "organisation" }),
  ask("f1-6", "1.6 Its LEI code", { kind: "line" }),
  ask("f1-7", "1.7 First contact: name", { kind: "line", from: "contact-name" }),
  ask("f1-8", "1.8 First contact: mail address", { kind: "line", from: "contact-mail" }),
  ask("f1-9", "1.9 First contact: telephone", { kind: "line" }),
  ask("f1-10", "1.10 Second contact: name", { kind: "line" }),
  ask("f1-11", "1.11 Second contact: mail address", { kind: "line" }),
  ask("f1-12", "1.12 Second contact: telephone", { kind: "line" }),
  ask("f1-13", "1.13 Ultimate parent undertaking", { kind: "line", asked: "if-so" }),
  ask("f1-14", "1.14 Its LEI code", { kind: "line", asked: "if-so" }),
  ask("f1-15", "1.15 Reporting currency", { kind: "line" }),
];

const INITIAL: readonly Asked[] = [
  ask("f2-1", "2.1 Incident reference code, yours", {
    kind: "line",
    from: "reference",
    cite: "Del. Reg. (EU) 2025/301 Art. 2(a)",
    covers: [
      "Art. 2 (a)-(j): code, detection and classification time, description, criteria, Member States, discovery, origin, BCP",
    ],
  }),
  ask("f2-2", "2.2 When it was detected", { moment: ["detectedAt", "awareAt"] }),
  ask("f2-3", "2.3 When it was classified as major", { moment: ["classifiedAt"] }),
  ask("f2-4", "2.4 Description", { from: "facts" }),
  ask("f2-5", "2.5 Classification criteria that triggered the report", { kind: "choice" }),
  ask("f2-6", "2.6 Member States where the threshold for spread is met", { asked: "if-so" }),
  ask("f2-7", "2.7 How it was discovered", { kind: "choice" }),
  ask("f2-8", "2.8 Whether it originates from a provider or another financial entity", {
    asked: "if-so",
  }),
  ask("f2-9", "2.9 Whether the business continuity plan was activated", { kind: "yes-no" }),
  ask("f2-10", "2.10 Other relevant information", { asked: "if-so" }),
];

const INTERMEDIATE: readonly Asked[] = [
  ask("f3-1", "3.1 Incident reference code, the authority's", {
    kind: "line",
    asked: "if-so",
    from: "earlier",
    cite: "Del. Reg. (EU) 2025/301 Art. 3(a)",
    covers: ["Art. 3 (a)-(l)"],
  }),
  ask("f3-2", "3.2 When it occurred", { kind: "moment" }),
  ask("f3-3", "3.3 When services were recovered", { moment: ["resolvedAt"], asked: "if-so" }),
  ask("f3-4", "3.4 How many clients are affected", { kind: "number" }),
  ask("f3-5", "3.5 What share of clients", { kind: "number" }),
  ask("f3-6", "3.6 How many financial counterparts are affected", { kind: "number" }),
  ask("f3-7", "3.7 What share of financial counterparts", { kind: "number" }),
  ask("f3-8", "3.8 Whether clients or counterparts of importance are affected", { kind: "yes-no" }),
  ask("f3-9", "3.9 How many transactions are affected", { kind: "number" }),
  ask("f3-10", "3.10 What share of transactions", { kind: "number" }),
  ask("f3-11", "3.11 Their value", { kind: "number" }),
  ask("f3-12", "3.12 Which of these figures are estimates", { kind: "choice" }),
  ask("f3-13", "3.13 Impact on reputation", { kind: "choice" }),
  ask("f3-14", "3.14 About that impact", { asked: "if-so" }),
  ask("f3-15", "3.15 Duration", { kind: "line" }),
  ask("f3-16", "3.16 Downtime of the service", { kind: "line" }),
  ask("f3-17", "3.17 Whether duration and downtime are estimates", { kind: "choice" }),
  ask("f3-18", "3.18 Kinds of impact in Member States", { kind: "choice", asked: "if-so" }),
  ask("f3-19", "3.19 How other Member States are affected", { asked: "if-so" }),
  ask("f3-20", "3.20 Data losses: which thresholds are met", { kind: "choice", asked: "if-so" }),
  ask("f3-21", "3.21 About the data losses", { asked: "if-so" }),
  ask("f3-22", "3.22 Critical services affected", { asked: "if-so" }),
  ask("f3-23", "3.23 Type of incident", { kind: "choice" }),
  ask("f3-24", "3.24 Another type", { asked: "if-so" }),
  ask("f3-25", "3.25 Threats and techniques of the attacker", { kind: "choice", asked: "if-so" }),
  ask("f3-26", "3.26 Other techniques", { asked: "if-so" }),
  ask("f3-27", "3.27 Functions and business processes affected"),
  ask("f3-28", "3.28 Whether infrastructure for business processes is affected", {
    kind: "choice",
  }),
  ask("f3-29", "3.29 About that infrastructure", { asked: "if-so" }),
  ask("f3-30", "3.30 Impact on clients' financial interests", { kind: "choice" }),
  ask("f3-31", "3.31 Whether other authorities were told", { kind: "choice" }),
  ask("f3-32", "3.32 Which other authorities", { from: "other-filings", asked: "if-so" }),
  ask("f3-33", "3.33 Temporary measures: of which kind", { kind: "choice" }),
  ask("f3-34", "3.34 Temporary measures: what was done", { from: "measures", asked: "if-so" }),
  ask("f3-35", "3.35 Indicators of compromise", { asked: "if-so" }),
];

const FINAL: readonly Asked[] = [
  ask("f4-1", "4.1 Root causes, by the template's kinds", {
    kind: "choice",
    cite: "Del. Reg. (EU) 2025/301 Art. 4",
    covers: ["Art. 4: root causes, resolution, costs and losses, recurrence"],
  }),
  ask("f4-2", "4.2 Root causes, in detail", { kind: "choice" }),
  ask("f4-3", "4.3 Root causes, further", { kind: "choice", asked: "if-so" }),
  ask("f4-4", "4.4 Another root cause", { asked: "if-so" }),
  ask("f4-5", "4.5 How the root causes came about"),
  ask("f4-6", "4.6 How the incident was resolved", { from: "fixes" }),
  ask("f4-7", "4.7 When the root causes were dealt with", { kind: "moment" }),
  ask("f4-8", "4.8 When the incident was resolved", {
    moment: ["incidentHandledAt", "resolvedAt"],
  }),
  ask("f4-9", "4.9 If that differs from what was planned", { asked: "if-so" }),
  ask("f4-10", "4.10 Risk to critical functions, for resolution", { asked: "if-so" }),
  ask("f4-11", "4.11 What is relevant to resolution authorities", { asked: "if-so" }),
  ask("f4-12", "4.12 Threshold for economic impact", { asked: "if-so" }),
  ask("f4-13", "4.13 Gross direct and indirect costs and losses", { kind: "number" }),
  ask("f4-14", "4.14 Money recovered", { kind: "number" }),
  ask("f4-15", "4.15 Whether it recurs", { kind: "yes-no" }),
  ask("f4-16", "4.16 When it occurred before", { asked: "if-so" }),
];

const report = (...contents: readonly (readonly [string, readonly Asked[]])[]): FilingForm => ({
  basis: "authority",
  verified: "S",
  checked: "2026-11-22",
  says: "Numbers and order are those of Annex I of Implementing Regulation (EU) 2025/302: parts 1 and 2 as a reprint has them; of parts 3 and 4 the numbers were not compared line by line. Authorities take it through portals of their own.",
  fields: [
    ...part("1 The financial entity", GENERAL),
    ...contents.flatMap(([section, fields]) => part(section, fields)),
    ...part("Delay", [LATE]),
  ],
});

const [TWO, THREE, FOUR] = [
  ["2 Initial notification", INITIAL],
  ["3 Intermediate report", INTERMEDIATE],
  ["4 Final report", FINAL],
] as const;

export const DORA_INITIAL = report(TWO);
export const DORA_INTERMEDIATE = report(TWO, THREE);
export const DORA_FINAL = report(TWO, THREE, FOUR);
