/**
 * Claims in prose: of what the text says that it must be confirmed, suspected or known
 * before something is owed. The words of a claim are the vocabulary's; which ones there
 * are, and in which state, is the text's.
 */

import type { ClaimState } from "../condition/condition.ts";

export type Kind = { readonly claim: string; readonly says: string; readonly pattern: RegExp };

/** In this order: the particular before the general. */
export const CLAIMS: readonly Kind[] = [
  {
    claim: "personal-data-breached",
    says: "personal data are breached",
    pattern:
      /\b(?:personal|personally identifiable|protected health|health|private)[- ](?:data|information)(?:[- ](?:breach\w*|incident))|\bbreach(?:es)? (?:of|involving|affecting) (?:\w+ ){0,2}(?:personal|personally|health|private|protected)|\b(?:expos\w+|loss|disclosure|leak\w*) of (?:\w+ )?(?:personal|health|protected)[- ](?:health )?(?:data|information)|\bpersonal (?:data|information) (?:is|are|was|were|has been|have been) (?:\w+ )?(?:affected|expos\w+|accessed|compromised|involved|breached|touched)|\bPHI\b|\bPII\b/i,
  },
  {
    claim: "customer-data-exposed",
    says: "data of a customer are exposed",
    pattern:
      /\bexpos\w+ of (?:\w+ )?(?:customer|client|user|tenant)s?'?(?:'s)?[- ](?:\w+ )?(?:data|content|records)|\b(?:customer|client|user|tenant)s?'?(?:'s)?[- ](?:data|content|records) (?:\w+ ){0,3}(?:expos\w+|leak\w*|disclosed|accessed|breach\w*|exfiltrat\w*|stolen)|\b(?:breach|leak|exfiltration|disclosure|compromise|unauthori[sz]ed (?:access|disclosure)|unauthori[sz]ed access to) (?:of|to|involving|affecting) (?:\w+ )?(?:customer|client|user|tenant)s?'?(?:'s)?[- ](?:data|content|records)/i,
  },
  {
    claim: "customer-data-affected",
    says: "data of a customer are affected",
    pattern:
      /\b(?:customer|client|user|tenant)s?'?(?:'s)?[- ](?:data|content|records)[- ](?:\w+ ){0,2}(?:affect\w*|impact\w*|involved|at risk|touched)|\b(?:affect\w*|impact\w*|involv\w*|touch\w*) (?:\w+ )?(?:customer|client|user)s?'?(?:'s)? data/i,
  },
  {
    claim: "exploited",
    says: "a vulnerability is exploited",
    pattern: /\bexploit(?:ed|ation|s)?\b|\bactively exploited\b|\bin the wild\b/i,
  },
  {
    claim: "credentials-leaked",
    says: "credentials are in other hands",
    pattern:
      /\b(?:leak\w*|compromis\w*|stolen|expos\w+) (?:of )?(?:credentials?|keys?|secrets?|tokens?|signing)|\b(?:credentials?|signing[- ]keys?|secrets?) (?:\w+ )?(?:leak\w*|compromis\w*|stolen|exposed)/i,
  },
  {
    claim: "financial-impact",
    says: "it costs a customer money",
    pattern: /\bfinancial (?:impact|loss|harm)/i,
  },
  {
    claim: "filing-due",
    says: "an authority has to be told",
    pattern:
      /\bregulatory notification (?:is )?(?:triggered|required|due)|\bwhere (?:we|the law) (?:must|requires?)\b[^.]{0,30}\b(?:authority|regulator)/i,
  },
  {
    claim: "data-exposed",
    says: "data are exposed",
    pattern:
      /\b(?:data[- ])?expos(?:ure|ed)\b|\bdata (?:leak\w*|loss|exfiltration)\b|\bexfiltrat\w*/i,
  },
  {
    claim: "data-breached",
    says: "data are breached",
    pattern: /\b(?:data |security )?breach(?:es|ed)?\b/i,
  },
  {
    claim: "unauthorised-access",
    says: "somebody had access who should not",
    pattern: /\bunauthori[sz]ed (?:\w+ )?access\b|\bintrusion\b|\bcompromised?\b/i,
  },
  {
    claim: "customer-affected",
    says: "a customer is affected",
    pattern:
      /\bcustomer[- ](?:impact\w*|facing impact)|\b(?:affect\w*|impact\w*) (?:a |the |any |one or more |multiple |several |your )?(?:customers?|clients?|users?|tenants?|organi[sz]ation|account)\b/i,
  },
  {
    claim: "service-down",
    says: "the service is down",
    pattern:
      /\boutages?\b|\b(?:service|platform|system) (?:is )?(?:down|unavailab\w*|disruption)|\bloss of (?:service|availability)/i,
  },
  {
    claim: "vulnerability",
    says: "there is a vulnerability",
    pattern:
      /\b(?:valid(?:ated)? |reported )?vulnerabilit(?:y|ies)\b|\bsecurity (?:flaw|weakness|issue|finding)\b/i,
  },
  {
    claim: "security-incident",
    says: "there is a security incident",
    pattern:
      /\b(?:security |cyber(?:security)? |privacy |data |significant |major )?incidents?\b|\bsecurity event\b/i,
  },
];

export type ClaimAt = {
  readonly claim: string;
  readonly states: readonly ClaimState[];
  readonly isSaid: boolean;
};

const SUSPECTED =
  /\bsuspect\w*|\bplausibl\w*|\bpotential\w*|\bcredibl\w*|\bpossible\b|\breason(?:able)? (?:to believe|belief|grounds)|\balleged\b|\bbelieved\b|\bmay have\b/i;
const CONFIRMED = /\bconfirm\w*|\bverified\b|\bestablished\b|\bdetermin\w*|\bvalidated\b/i;
const NOT_CONFIRMED =
  /\b(?:no|not|without|un|yet to be|before|absent)[- ]?(?:yet |been |fully )*confirm/i;

/** The claim that `text` makes a promise hang on, and in which state; general claims only where asked. */
export function claimIn(text: string, { general = true } = {}): ClaimAt | undefined {
  const found = CLAIMS.find(
    ({ claim, pattern }) => pattern.test(text) && (general || !GENERAL.has(claim)),
  );
  if (found === undefined) return undefined;
  const states: ClaimState[] = [];
  const isSuspected = SUSPECTED.test(text);
  const isConfirmed = CONFIRMED.test(text) && !NOT_CONFIRMED.test(text);
  if (isSuspected) states.push("suspected");
  if (isConfirmed) states.push("confirmed");
  // What is only plausible is no less owed once it is certain.
  if (isSuspected && !isConfirmed) states.push("confirmed");
  if (NOT_CONFIRMED.test(text) && !isSuspected) return undefined;
  return {
    claim: found.claim,
    states: states.length === 0 ? ["confirmed"] : states,
    isSaid: isSuspected || isConfirmed,
  };
}

/** What every text about incidents says all the time. */
export const GENERAL = new Set([
  "security-incident",
  "vulnerability",
  "customer-affected",
  "data-breached",
  "service-down",
]);

/** `exposure` alone means the one that the text speaks of elsewhere; else it stays what it is. */
export const particular = (claim: string, all: ReadonlySet<string>): string =>
  FAMILIES[claim]?.find((one) => all.has(one)) ?? claim;

const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  "data-exposed": ["customer-data-exposed", "personal-data-breached"],
  "data-breached": ["personal-data-breached", "customer-data-exposed"],
};

export const claimSays = (claim: string): string =>
  CLAIMS.find((one) => one.claim === claim)?.says ?? claim;
