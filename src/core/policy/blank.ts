/**
 * A blank policy: what somebody begins with who has no text yet.
 *
 * Whose policy it is, who answers for it, where reports go and when the office is open are
 * taken from the policy that runs; all else is a question. It parses, so that the studio can
 * show it and each question be answered by a form, and it cannot be published: every
 * question is a finding of the linter.
 */

import { quoted } from "./lint/fix.ts";
import { parsePolicy } from "./parse/parse.ts";
import type { Policy } from "./policy.ts";
import { withValue } from "./edit.ts";
import { invariant } from "../problem.ts";

/** A policy without a promise in it, of the same organisation. */
export function blankPolicy(running: Policy): string {
  const text = written(running);
  const parsed = parsePolicy(text);
  invariant(parsed.ok, "a blank policy parses");
  const usual = running.calendars.find(({ id }) => id === running.calendar);
  if (usual === undefined) return text;
  const named = withValue(parsed.value, ["calendar"], usual.id);
  const again = parsePolicy(named);
  invariant(again.ok, "a blank policy parses with another calendar named");
  return withValue(again.value, ["calendars"], [usual]);
}

const ask = (question: string): string => JSON.stringify(`{{${question}}}`);

const written = ({ id, title, organisation, version, owner, reporting }: Policy): string =>
  `# A policy begun from nothing. Each {{question}} and each \`undecided\` is yours to answer: in the
# list of findings, in the forms, or here. Nothing is promised that you have not written.

format: duenotice/policy/1
id: ${id}
title: ${quoted(title)}
organisation: ${quoted(organisation)}
version: ${JSON.stringify(version)}
effective: undecided

owner:
  name: ${quoted(owner.name)}${owner.role === undefined ? "" : `\n  role: ${quoted(owner.role)}`}${
    owner.email === undefined ? "" : `\n  email: ${quoted(owner.email)}`
  }
cadence:
  # At the latest this long after the last review.
  review: undecided
  afterMaterialIncident: true
  announce: ${ask("How do those who follow this policy hear that it changed?")}
reporting:
  email: ${reporting.email}
  pgp:
    absent: ${ask("Is there a key for encrypted reports? If none, say so in a sentence.")}
  include:
    - ${ask("What should a report say, so that you can act on it?")}
  safeHarbour:
    absent: ${ask("What may people rely on who look for holes in good faith?")}
  bounty:
    absent: ${ask("Do you pay for reports? If not, say so in a sentence.")}

# What a business day is.
calendar: office
calendars:
  - id: office
    zone: UTC
    windows: { mon: [["09:00", "17:00"]] }

# Most severe first. A question leads to each, so that two people come to the same answer.
severities:
  - id: serious
    name: Serious
    criteria:
      - ${ask("What makes an incident serious?")}
  - id: other
    name: Other
    criteria: [Nothing of the above.]
questions:
  - id: is-serious
    ask: ${ask("Which question, answered yes, makes it serious?")}
    severity: serious
    claim: data-exposed
otherwise: other

phases:
  - { id: triage, name: Triage, does: We find out what it is and how severe. }
  - { id: contain, name: Contain, does: We stop it from getting worse. }
  - { id: recover, name: Recover, does: "We remove the cause, bring back what was lost, and watch." }
gates: {}
review:
  severities: [serious]
  questions: [What happened?, What was the cause?, What changes?]

# Functions, not people: one person may hold them all.
roles:
  - id: lead
    name: Incident lead
    responsibility: ${ask("What does the lead decide, and whom does the lead call?")}
channels:
  - { id: report, name: Mail to the reporting address, direction: in, kind: researcher }
  - { id: customers, name: Customers, direction: in, kind: customer }
  - { id: mail, name: Mail from a person, direction: out, kind: mail }
facts:
  - claim: data-exposed
    says: data of a customer are exposed
    suspected: { sets: [suspectAt] }
    confirmed: { sets: [awareAt] }
elements:
  - { id: what-happened, name: What happened, says: In plain words. }
  - { id: what-we-did, name: What we did, says: So far. }
  - { id: what-to-do, name: What to do, says: "What the reader should do, or that there is nothing." }
  - { id: next-word, name: Next word, says: When we write again. }
mitigations:
  - { id: take-offline, name: Take it offline }
  - { id: rotate-credential, name: Rotate a credential }

# The promises. How long each may take is the first thing readers look for.
clauses:
  - id: answer-report
    duty: acknowledge
    to: reporter
    from: receivedAt
    within: undecided
  - id: look-at-it
    duty: triage
    to: team
    from: receivedAt
    within: undecided
  - id: tell-customers
    duty: notify
    to: customer
    when: { fact: { claim: data-exposed, is: confirmed } }
    from: { claim: data-exposed, is: confirmed }
    within: undecided
    contents: [what-happened, what-we-did, what-to-do, next-word]
    by: [mail]

# What readers see, in this order. [[id]] prints how long a clause gives.
sections:
  - id: scope
    title: What this is about
    audience: public
    text: |
      {{Which products and data does this cover, and what is the customer's own to do?}}
  - id: reporting
    title: How to tell us something
    audience: public
    text: |
      Write to us and a person answers you [[answer-report]]. We look at it [[look-at-it]].
  - id: notices
    title: When we tell you
    audience: public
    text: |
      If it is confirmed that your data are exposed, you hear from a person [[tell-customers]].
`;
