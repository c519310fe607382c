/**
 * The words for moments and claims, to stand within a sentence.
 *
 * Each moment has two forms: after "of" or "on" (24 hours of becoming aware), and
 * as what is then so (we are aware). A moment that only the policy's vocabulary
 * knows is told by the one claim that sets it.
 */

import type { Anchor } from "./clause.ts";
import { CLAIM_STATES, type ClaimState } from "./condition/condition.ts";
import type { Policy } from "./policy.ts";

/** `confirming that personal data are exposed`, `resolving the incident`. */
export function anchorWords(from: Anchor, policy: Policy): string {
  const claimed = typeof from === "string" ? setterOf(from, policy) : from;
  if (typeof from === "string" && WORDS[from] !== undefined) return WORDS[from][0];
  if (claimed === undefined) return afterWords(from as string);
  return `${HOLDING[claimed.is]} that ${claimWords(claimed.claim, policy)}`;
}

/** A moment after "of" or "from", without a policy: `becoming aware`, `the ransom being paid`. */
export const afterWords = (moment: string): string =>
  WORDS[moment]?.[0] ?? `the moment “${spoken(moment)}”`;

/** `the incident is resolved`: what is so once the moment has come. */
export function momentWords(moment: string, policy: Policy): string {
  if (WORDS[moment] !== undefined) return WORDS[moment][1];
  const setter = setterOf(moment, policy);
  if (setter === undefined) return `the moment “${spoken(moment)}” has come`;
  return `it was ${HELD[setter.is]} that ${claimWords(setter.claim, policy)}`;
}

/** `it is suspected or confirmed that personal data are exposed`. */
export const factWords = (claim: string, states: readonly ClaimState[], policy: Policy): string =>
  `it is ${states.map((state) => HELD[state]).join(" or ")} that ${claimWords(claim, policy)}`;

/** A claim in the policy's words, to follow "that": a sentence loses its capital and its stop. */
export function claimWords(claim: string, policy: Policy): string {
  const says = policy.facts.find((fact) => fact.claim === claim)?.says.trim();
  if (says === undefined) return `“${claim}” holds`;
  return says.endsWith(".") ? `${says.charAt(0).toLowerCase()}${says.slice(1, -1)}` : says;
}

const HOLDING: Readonly<Record<ClaimState, string>> = {
  suspected: "suspecting",
  confirmed: "confirming",
  "ruled-out": "ruling out",
};

const HELD: Readonly<Record<ClaimState, string>> = {
  suspected: "suspected",
  confirmed: "confirmed",
  "ruled-out": "ruled out",
};

/** The one state of one claim that sets a moment; undefined where none or several do. */
function setterOf(moment: string, policy: Policy): { claim: string; is: ClaimState } | undefined {
  const setters = policy.facts.flatMap((fact) =>
    CLAIM_STATES.filter((is) => fact[is]?.sets.includes(moment)).map((is) => ({
      claim: fact.claim,
      is,
    })),
  );
  return setters.length === 1 ? setters[0] : undefined;
}

/** `measureAvailableAt` is `measure available`. */
const spoken = (moment: string): string =>
  moment.replace(/At$/, "").replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);

const WORDS: Readonly<Record<string, readonly [after: string, so: string]>> = {
  receivedAt: ["receiving it", "it is received"],
  firstSignalAt: ["the first signal", "there was a first signal"],
  policyReviewedAt: ["looking at the policy", "the policy was last looked at"],
  incidentResolvedAt: ["resolving the incident", "the incident was resolved"],
  contactAddedAt: ["adding the contact", "the contact was added"],
  contactVerifiedAt: ["verifying the contact", "the contact was last verified"],
  openedAt: ["opening the incident", "the incident is open"],
  acknowledgedAt: ["acknowledging it", "it is acknowledged"],
  escalatedAt: ["escalating it", "it is escalated"],
  triagedAt: ["triage", "it is triaged"],
  severitySetAt: ["setting the severity", "the severity is set"],
  mitigatedAt: ["mitigating it", "it is mitigated"],
  fixedAt: ["fixing it", "it is fixed"],
  verifiedAt: ["verifying the fix", "the fix is verified"],
  decidedAt: ["deciding whether to notify", "it is decided whether to notify"],
  notifiedAt: ["the notice", "the notice is given"],
  calledAt: ["the call", "somebody was spoken to"],
  updatedAt: ["the last update", "an update is sent"],
  filedAt: ["the filing", "the filing is made"],
  publishedAt: ["publication", "it is published"],
  closureConfirmedAt: ["closure being confirmed", "closure is confirmed"],
  resolvedAt: ["resolving the incident", "the incident is resolved"],
  reviewedAt: ["the review", "the review is complete"],
  summarisedAt: ["the summary", "the summary is sent"],
  remediatedAt: ["the last remediation", "the remediations are done"],
  reportedAt: ["the report", "it is reported on"],
  closedAt: ["closing the incident", "the incident is closed"],
  reopenedAt: ["reopening the incident", "the incident is open again"],
  suspectAt: ["the first suspicion", "there is a suspicion"],
  reasonToBelieveAt: ["having reason to believe it", "there is reason to believe it"],
  reasonableBeliefAt: ["reasonable belief", "there is reasonable belief"],
  awareAt: ["becoming aware", "we are aware"],
  confirmedAt: ["confirming it", "it is confirmed"],
  discoveredAt: ["discovery", "it is discovered"],
  noticedAt: ["noticing it", "it is noticed"],
  knownAt: ["knowing of it", "it is known"],
  detectedAt: ["detecting it", "it is detected"],
  identifiedAt: ["identifying it", "it is identified"],
  determinedAt: ["determining it", "it is determined"],
  classifiedAt: ["classifying it", "it is classified"],
  assessedAt: ["assessing it", "it is assessed"],
  reportableAt: ["finding it reportable", "it is found to be reportable"],
  highRiskAt: ["finding the risk high", "the risk is found to be high"],
  processorNotifiedAt: ["word from our processor", "our processor has told us"],
  materialityDeterminedAt: ["determining that it is material", "it is determined to be material"],
  measureAvailableAt: ["a measure being available", "a measure is available"],
  notificationSubmittedAt: ["our notification", "our notification is filed"],
  earlyWarningSubmittedAt: ["our early warning", "our early warning is filed"],
  initialSubmittedAt: ["our first report", "our first report is filed"],
  intermediateSubmittedAt: ["our intermediate report", "our intermediate report is filed"],
  latestIntermediateAt: ["our latest intermediate report", "our intermediate report is filed"],
  individualsNotifiedAt: ["telling the individuals", "the individuals are told"],
  incidentHandledAt: ["handling the incident", "the incident is handled"],
  paymentMadeAt: ["paying", "it is paid"],
  requestAt: ["being asked", "we are asked"],
  lastReportAt: ["the last report", "a report is sent"],
};
