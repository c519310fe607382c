/**
 * Duties in prose: which verb, or which head of a column, says what is owed, and to
 * whom.
 */

import type { Duty } from "../clause.ts";
import type { RecipientKind } from "../situation.ts";

const AUTHORITY =
  "authorit(?:y|ies)|regulators?|supervisory|commissioner|data protection agenc|national csirt|ICO|CNIL|CERT-In|HHS|law enforcement";
const ABOVE_US =
  "leadership|management|executives?|c-?suite|ceo|cto|ciso|board|legal team|legal department|internal stakeholders|on-?call|duty manager|security team|incident commander|incident lead|privacy officer|dpo";

/** In this order: where two are said by one place, the first counts. */
const VERBS: readonly (readonly [Duty, RegExp])[] = [
  [
    "file",
    new RegExp(
      `\\b(?:${AUTHORITY})\\b[^.;]{0,30}\\b(?:is|are|must be|will be|shall be) (?:notified|informed|told)\\b|\\b(?:notif\\w*|reports?|reported|informs?|informed|files?|filed|filings?|notice)\\b[^.;]{0,60}\\b(?:${AUTHORITY})\\b|\\bregulatory (?:filing|notification|report\\w*)|\\bfil(?:e|ed|ing)s? with\\b`,
      "gi",
    ),
  ],
  [
    "file",
    new RegExp(
      `\\b(?:competent|relevant|supervisory|regulatory|data protection) (?:${AUTHORITY})\\b`,
      "gi",
    ),
  ],
  ["triage", /\b(?:on-?call|engineers?|team|responders?|we) (?:\w+ )?(?:responds?|engages?)\b/gi],
  [
    "acknowledge",
    /\backnowledg\w*|\bconfirm(?:s|ed|ation)? (?:of )?receipt\b|\b(?:initial|first) (?:response|reply|answer|contact)\b|\bresponse time\b|\b(?:reply|respond|answer|get back|hear (?:back )?from us)\b(?! (?:immediately|begins))/gi,
  ],
  [
    "update",
    /\b(?:status |progress |regular |follow-?up |further |next |interim |periodic )?updates?(?:\b|d\b)(?: (?:you|customers|are|is|will|to|every|at least|sent|provided|cadence|frequency|interval))?|\bkept? (?:you |customers |them )?(?:informed|up to date|posted)\b/gi,
  ],
  [
    "escalate",
    new RegExp(
      `\\b(?:${ABOVE_US})(?: \\w+){0,2} (?:is|are|must be|will be|shall be|gets?) (?:informed|notified|told|paged|alerted|involved)\\b|\\bescalat\\w*|\\bhand(?:ed|s)?[- ]?(?:over|off)\\b|\\bpass(?:ed|es)? (?:\\w+ ){0,3}(?:on )?to\\b|\\bforward(?:ed|s)? (?:\\w+ ){0,3}to\\b|\\brout(?:ed|es) to\\b|\\b(?:notif\\w*|inform\\w*|page[ds]?|alert\\w*|tell\\w*) (?:the |our |internal |senior |executive )*(?:${ABOVE_US})\\b`,
      "gi",
    ),
  ],
  [
    "summarise",
    /\b(?:abridged |written |executive )?summar(?:y|ies)\b|\b(?:rca|root[- ]cause (?:analysis|report)|post-?mortem|post-?incident report|incident report|final report)\b[^.;]{0,40}\b(?:to|with|for)\b(?: \w+){0,2} customers?\b|\b(?:share|provide|deliver|send)\w*\b[^.;]{0,30}\b(?:rca|root[- ]cause (?:analysis|report)|post-?mortem|post-?incident report|incident report)\b/gi,
  ],
  [
    "review",
    /\bpost-?mortems?\b|\bpost-?incident (?:review|report|analysis|write-?up)\b|\bincident (?:review|retrospective)\b|\bblameless\b|\blessons[- ]learned\b|\bretrospectives?\b|\broot[- ]cause (?:analysis|report)\b|\brca\b|\bwrite[- ]?up\b|\bafter[- ]action\b/gi,
  ],
  [
    "remediate",
    /\b(?:action|remediation|follow-?up|corrective) (?:items?|actions?|points?|measures?)\b/gi,
  ],
  [
    "publish",
    /\bpublish\w*|\bpublic (?:disclosure|advisory|notice|statement|post-?incident)\b|\bsecurity advisor(?:y|ies)\b|\bdisclos(?:e|ed) publicly\b|\bcoordinated disclosure\b|\bposted? (?:on|to) (?:the|our) (?:status|website|advisory|public)\b/gi,
  ],
  ["report", /\btransparency report\b/gi],
  [
    "triage",
    /\btriag\w*|\bassign(?:s|ed)? (?:it )?(?:a |the )?severity\b|\bseverity (?:is |gets )?(?:assign|set|determin)\w*|\bclassif(?:y|ied|ication)\b|\bbegins? work\b|\binitial (?:assessment|severity|investigation|analysis)\b|\bassess(?:ed|ment|es)?\b|\binvestigat(?:e|ed|es|ion)\b|\bvalidat(?:e|ed) the report\b/gi,
  ],
  [
    "mitigate",
    /\bmitigat\w*|\bcontain(?:ed|ment)\b|\bcontain (?:the|it|an|a)\b|\bstabili[sz]\w*|\bworkarounds?\b|\bresponse (?:begins|starts|is|team)\b|\bwork (?:begins|starts)\b|\bservice (?:is )?restor\w*/gi,
  ],
  [
    "fix",
    /\b(?:permanent )?fix(?:es|ed)?\b|\bpatch(?:es|ed|ing)?\b|\bresolution (?:target|time|goal)s?\b|\bresolv(?:e|ed|es|ing)\b|\bremediat(?:e|ed|es|ion)\b|\bhotfix\w*|\beradicat\w*/gi,
  ],
  ["verify", /\bverif(?:y|ied|ication)\b/gi],
  [
    "notify",
    /\bnotif\w*|\binform(?:s|ed|ing)?\b|\btell\b|\btold\b|\bcontact(?:s|ed|ing)? (?:the |each |every |all |any |you|affected|impacted|that|customers?)|\balert(?:s|ed)? (?:the |all |affected |impacted )?(?:customers|users|clients)\b|\bhear from us\b|\bnotices?\b|\bcommunicat\w*|\bwarn(?:s|ed)?\b|\badvis(?:e|ed) (?:affected|customers|you)\b/gi,
  ],
];

export type DutyAt = { readonly duty: Duty; readonly at: number; readonly to: number };

/** Every duty that a text names, in its order; of those that overlap, the first in the list. */
export function dutiesIn(text: string): readonly DutyAt[] {
  const found: DutyAt[] = [];
  for (const [duty, pattern] of VERBS)
    for (const { 0: written, index } of text.matchAll(pattern)) {
      const to = index + written.length;
      if (!found.some((one) => index < one.to && to > one.at)) found.push({ duty, at: index, to });
    }
  return found.sort((a, b) => a.at - b.at);
}

/** Heads of columns and labels say it in a word of their own. */
const HEADS: readonly (readonly [Duty, RegExp])[] = [
  ["file", /regulat|authorit|filing|supervisory/i],
  [
    "acknowledge",
    /acknowledg|first (?:response|reply)|initial (?:response|reply)|response (?:time|target|sla|within)|time to respond|^respon[sd]e?$|^ack\b|receipt/i,
  ],
  ["update", /update|cadence|frequency/i],
  ["triage", /triage|assess|investigat|classif|time to engage|start/i],
  ["escalate", /escalat|page|on-?call/i],
  ["mitigate", /mitigat|contain|stabili[sz]|workaround|restor/i],
  ["review", /review|post-?mortem|post-?incident|rca|root cause|retrospective/i],
  ["remediate", /action items|corrective|follow-?up/i],
  ["publish", /publi|advisory|disclos/i],
  ["fix", /fix|patch|resol|remediat|eradicat|target time|sla/i],
  ["notify", /notif|notice|communicat|inform|customer|tell|breach/i],
];

export const dutyOfHead = (text: string): Duty | undefined =>
  HEADS.find(([, pattern]) => pattern.test(text))?.[0];

const DEFAULT_TO: Partial<Record<Duty, RecipientKind>> = {
  acknowledge: "reporter",
  notify: "customer",
  update: "customer",
  file: "authority",
  publish: "public",
  report: "public",
  summarise: "customer",
  "confirm-closure": "reporter",
};

/** To whom, by what the text around says. */
export function recipientOf(duty: Duty, text: string): RecipientKind {
  const usual = DEFAULT_TO[duty] ?? "team";
  if (duty !== "notify" && duty !== "update") return usual;
  if (
    /\b(?:customers?|clients?|tenants?|users?|subscribers?|account (?:owner|holder|contact)s?|data subjects?|individuals?|affected (?:part|organi|people|person))/i.test(
      text,
    )
  )
    return "customer";
  if (/\b(?:reporters?|researchers?|finders?|submitters?|whoever reported)\b/i.test(text))
    return "reporter";
  if (duty === "notify" && /\b(?:the public|publicly|general public)\b/i.test(text))
    return "public";
  if (
    /\b(?:vendors?|providers?|sub-?processors?|suppliers?)\b/i.test(text) &&
    /\b(?:notify|inform|contact) (?:the |our )?(?:vendor|provider|sub-?processor|supplier)/i.test(
      text,
    )
  )
    return "provider";
  return usual;
}
