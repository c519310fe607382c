/**
 * What the newcomer's text leaves open once the rest was mended by its buttons: what nobody but
 * its writer knows, and what an incident is asked by that the text never said.
 */

export const MAIL = "security@gatehouse.dev";

const QUESTIONS = `questions:
  - id: exposure
    ask: Is customer data exposed, or is that plausible and not yet stopped?
    severity: critical
    unknown: "yes"
    claim: customer-data-exposed
  - id: reach
    ask: Would the defect expose customer data if somebody used it?
    severity: high
  - id: several-steps
    ask: Does it need another defect to be used?
    severity: medium`;

const GATES = `gates:
  resolve:
    - id: seen-in-production
      says: The fix is seen to work in production.
      holds: { moment: verifiedAt }
    - id: watched
      says: It was watched, for how long is written down, and nothing came back.
      evidence: note
  close:
    - id: review-written
      says: The review is written.
      holds: { moment: reviewedAt }
      when: { severity: [critical, high] }
    - id: remediations-done
      says: Every remediation is done, or the review found that none was needed.
      holds: { moment: remediatedAt }
      when: { severity: [critical, high] }
`;

export const WRITTEN: readonly (readonly [stands: string, words: string])[] = [
  ["{{How often does the transparency report appear?}}", "It has no fixed rhythm."],
  ["{{Is there a key for encrypted reports, or none?}}", "We offer no key."],
  ["{{What makes an incident Critical?}}", "Customer data is exposed."],
  ["{{What makes an incident High?}}", "A defect that could lead there."],
  ["{{What makes an incident Medium?}}", "A defect that needs another one to be used."],
  ["{{What makes an incident Low?}}", "A defect without any of that."],
  ["{{Which functions are covered?}}", "Incident lead"],
  ["{{Which functions are covered in an incident, and who holds them?}}", "Runs the response."],
  ["{{TBD: reporting address}}", MAIL],
  ["[TBD: reporting address]", MAIL],
  ["status-page-at-tbd", "status-page"],
  [" Encrypt with the key \\<insert fingerprint and link>.", ""],
  ["Bug bounty: TODO", "We do not run a bounty."],
  ["noreply@gatehouse.example", MAIL],
  ["Status page at [TBD]", "Status page"],
  ["{{name}}", "Ada Lindqvist"],
  ["{{TBD}}", "the day of its publication"],
  ["???", "at its publication"],
  ["\\<insert date>", "a quarter later"],
  ["which appears ____", "which has no fixed rhythm"],
  // The clause that is left of the two which disagreed.
  ["notify-customer-data-exposed-critical-2", "notify-exposure-critical"],
  ["questions: []", QUESTIONS],
  ["gates:\n", GATES],
];
