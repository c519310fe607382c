/**
 * Fennel: the invented company of the tests, its policy and its people.
 *
 * The policy is small and has one of everything that a rule can hang on: gates of
 * each kind, a phase that may run beside another, clauses bound to a severity and
 * clauses bound to facts, towards the team and every kind of party. Nothing but
 * tests imports this.
 */

import type { Context, Person, PinnedPolicy } from "../context.ts";
import { parseInstant, type Instant } from "../time/instant.ts";
import type { Policy } from "./policy.ts";
import { policySchema } from "./policy-schema.ts";
import { pinned } from "./terms.ts";

export const ADA: Person = {
  id: "account/ac_ada",
  name: "Ada",
  mail: "ada@fennel.example",
  role: "owner",
};
export const BEN: Person = {
  id: "account/ac_ben",
  name: "Ben",
  mail: "ben@fennel.example",
  role: "responder",
};

const hours = (count: number) => ({ count, unit: "hours" as const });
const workingDays = (count: number) => ({ count, unit: "business-days" as const });
const open: [string, string][] = [["09:00", "17:00"]];
const confirmed = { claim: "data-exposed", is: "confirmed" as const };

export const FENNEL: Policy = policySchema.parse({
  format: "duenotice/policy/1",
  id: "fennel",
  title: "Incident response at Fennel",
  organisation: "Fennel",
  version: "1.0",
  effective: "2026-11-02",
  owner: { name: "Ana Keller", role: "Founder", email: "ana@fennel.example" },
  cadence: {
    review: { count: 12, unit: "months" },
    afterMaterialIncident: true,
    announce: "By mail to everyone who subscribed.",
  },
  reporting: {
    email: "security@fennel.example",
    pgp: { absent: "We offer no encrypted mail yet." },
    include: ["What you saw"],
    safeHarbour: "We take no legal steps against research in good faith.",
    bounty: { absent: "We run no bounty." },
  },
  calendar: "office",
  calendars: [
    {
      id: "office",
      zone: "Europe/Berlin",
      windows: { mon: open, tue: open, wed: open, thu: open, fri: open },
      holidays: [{ date: "2026-12-25", name: "Christmas Day" }],
    },
  ],
  severities: [
    { id: "critical", name: "Critical", criteria: ["Customer data is exposed."] },
    { id: "high", name: "High", criteria: ["The service is down."] },
    { id: "low", name: "Low", criteria: ["Nothing of the above."] },
  ],
  questions: [
    { id: "exposed", ask: "Is customer data exposed?", severity: "critical", unknown: "yes" },
    { id: "down", ask: "Is the service down?", severity: "high" },
  ],
  otherwise: "low",
  priorities: [{ id: "now", name: "Now", says: "Drop everything else." }],
  phases: [
    { id: "triage", name: "Triage", does: "We find out what it is." },
    {
      id: "contain",
      name: "Contain",
      does: "We stop it.",
      leave: [
        { id: "contained", says: "The cause is contained.", holds: { moment: "mitigatedAt" } },
      ],
    },
    { id: "investigate", name: "Investigate", does: "We find out why.", parallel: true },
    {
      id: "recover",
      name: "Recover",
      does: "We bring it back.",
      enter: [{ id: "watched", says: "Somebody watches it.", evidence: "note" }],
    },
  ],
  gates: {
    fix: [
      {
        id: "reviewed",
        says: "A second engineer has reviewed it.",
        evidence: "link",
        second: true,
      },
      {
        id: "pinned",
        says: "A test pins the fix.",
        evidence: "link",
        when: { severity: ["critical", "high"] },
      },
    ],
    resolve: [{ id: "verified", says: "The fix is verified.", holds: { moment: "verifiedAt" } }],
    close: [{ id: "told", says: "Everyone touched knows how it ended.", evidence: "note" }],
  },
  review: { severities: ["critical", "high"], questions: ["What happened?", "What changes?"] },
  roles: [
    { id: "lead", name: "Incident lead", responsibility: "Runs the response." },
    { id: "speaker", name: "Communications", responsibility: "Writes to customers." },
    { id: "counsel", name: "Counsel", responsibility: "Advises.", outside: true },
  ],
  channels: [
    { id: "monitoring", name: "Monitoring", direction: "in", kind: "monitoring" },
    { id: "support", name: "Support desk", direction: "in", kind: "customer" },
    { id: "research", name: "Security reports", direction: "in", kind: "researcher" },
    { id: "operator", name: "Operators", direction: "in", kind: "operator" },
    { id: "mail", name: "Mail to the primary contact", direction: "out", kind: "mail" },
  ],
  facts: [
    {
      claim: "data-exposed",
      says: "customer data are exposed",
      suspected: { sets: ["suspectAt"] },
      confirmed: { sets: ["confirmedAt"] },
    },
    { claim: "service-down", says: "the service is down" },
  ],
  stages: [
    { id: "pilot", name: "Pilot", adds: "Mitigation targets." },
    { id: "production", name: "Production", adds: "Notices." },
  ],
  elements: [{ id: "what-happened", name: "What happened", says: "In plain words." }],
  mitigations: [
    { id: "take-offline", name: "Take it offline" },
    { id: "rotate", name: "Rotate a credential" },
  ],
  clauses: [
    {
      id: "ack",
      duty: "acknowledge",
      to: "reporter",
      when: { channel: ["support", "research"] },
      from: "receivedAt",
      within: workingDays(1),
    },
    {
      id: "escalate",
      duty: "escalate",
      to: "team",
      when: { channel: ["support"] },
      from: "receivedAt",
      within: workingDays(1),
    },
    { id: "triage", duty: "triage", to: "team", from: "receivedAt", within: hours(4) },
    {
      id: "mitigate-critical",
      duty: "mitigate",
      to: "team",
      when: { severity: ["critical"] },
      from: "receivedAt",
      within: hours(8),
      prepare: hours(2),
    },
    {
      id: "mitigate-high",
      duty: "mitigate",
      to: "team",
      when: { severity: ["critical", "high"] },
      from: "receivedAt",
      within: hours(48),
    },
    {
      id: "notify-critical",
      duty: "notify",
      to: "customer",
      when: { severity: ["critical"] },
      from: "openedAt",
      within: hours(24),
    },
    {
      id: "notify-exposed",
      duty: "notify",
      to: "customer",
      when: { fact: confirmed },
      from: confirmed,
      within: hours(72),
    },
    {
      id: "file",
      duty: "file",
      to: "authority",
      when: { fact: confirmed },
      from: "awareAt",
      within: hours(72),
    },
    {
      id: "review",
      duty: "review",
      to: "team",
      when: { severity: ["critical", "high"] },
      from: "resolvedAt",
      within: workingDays(10),
    },
    {
      id: "remediate",
      duty: "remediate",
      to: "team",
      when: { severity: ["critical", "high"] },
      from: "reviewedAt",
      within: { count: 3, unit: "months" },
    },
    { id: "report", duty: "report", to: "public", from: "closedAt", within: "aggregated" },
  ],
  sections: [{ id: "all", title: "All of it", audience: "public", text: "What we promise." }],
});

export const FENNEL_HASH = "f".repeat(64);
export const PINNED: PinnedPolicy = pinned(1, FENNEL_HASH, FENNEL);

/** An instant from its text; a test that misspells one fails here. */
export function instant(text: string): Instant {
  const parsed = parseInstant(text);
  if (parsed === undefined) throw new Error(`${text} is no instant`);
  return parsed;
}

/** Friday evening, 18:40 in Berlin: after hours, before a weekend. */
export const FRIDAY = instant("2026-11-20T17:40:00Z");

/** What Ada decides with, unless a test says otherwise. */
export const context = (at: Instant, more: Changed = {}): Context =>
  ({
    at,
    by: ADA.id,
    person: ADA,
    policy: PINNED,
    team: [ADA, BEN],
    zone: "Europe/Berlin",
    url: "https://due.fennel.example",
    fresh: "4TTKMX7Q2P",
    beside: {},
    ...more,
  }) as Context;

/** What of a context a test says otherwise; undefined takes it away. */
export type Changed = { readonly [F in keyof Context]?: Context[F] | undefined };

/** Whether a command added events, where a refusal would be a list of codes. */
export const isAllowed = (said: readonly unknown[]): boolean =>
  said.length > 0 && said.every((one) => typeof one === "object");
