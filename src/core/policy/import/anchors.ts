/**
 * From when a promise counts, by the words beside its number: `of receipt`, `after
 * becoming aware`, `of confirming the breach`.
 */

import type { Duty } from "../clause.ts";

/** A moment, or that some claim reaches a state. */
export type AnchorRead = string | { readonly is: "confirmed" | "suspected" };

const LEADS =
  /^[\s,)]*(?:of|from|after|following|upon|since|once|on|when|starting (?:from|at)|counted from|post|calculated from)\b/i;

const MOMENTS: readonly (readonly [RegExp, AnchorRead])[] = [
  [
    /^(?:\w+ ){0,3}(?:first |initial |our )?(?:report|receipt|receiving|reported|submission|submitting|arrival|being (?:reported|received)|notification (?:to|by) us|contact|the (?:request|ticket|message|mail|e-?mail))\b/i,
    "receivedAt",
  ],
  [
    /^(?:\w+ ){0,4}(?:becom\w+ aware|awareness|being aware|having become aware|aware|knowledge|knowing|learning)\b/i,
    "awareAt",
  ],
  [
    /^(?:\w+ ){0,4}(?:confirm\w*|verif\w+ (?:the |that |of )?(?:breach|exposure|incident|a\b)|validat\w*|determin\w*|establish\w*)\b/i,
    { is: "confirmed" },
  ],
  [
    /^(?:\w+ ){0,4}(?:suspic\w*|suspect\w*|plausib\w*|credib\w*|reasonable belief)\b/i,
    { is: "suspected" },
  ],
  [/^(?:\w+ ){0,3}(?:discover\w*)\b/i, "discoveredAt"],
  [/^(?:\w+ ){0,3}(?:detect\w*|identif\w*|the event|occurrence|occurring|onset)\b/i, "detectedAt"],
  [
    /^(?:\w+ ){0,3}(?:triag\w*|classif\w*|severity (?:is )?(?:assign|set)\w*|assign\w*|assess\w*)\b/i,
    "triagedAt",
  ],
  [/^(?:\w+ ){0,4}(?:resol\w+|recover\w+|restor\w+)\b/i, "resolvedAt"],
  [/^(?:\w+ ){0,4}(?:clos\w+)\b/i, "closedAt"],
  [/^(?:\w+ ){0,3}(?:mitigat\w*|contain\w*|stabili[sz]\w*)\b/i, "mitigatedAt"],
  [/^(?:\w+ ){0,4}(?:fix\w*|patch\w*|release|remediat\w*)\b/i, "fixedAt"],
  [/^(?:\w+ ){0,3}(?:review|post-?mortem|retrospective)\b/i, "reviewedAt"],
  [
    /^(?:\w+ ){0,3}(?:first notice|initial notice|initial notification|first notification|notif\w*|notice|previous update|last update)\b/i,
    "notifiedAt",
  ],
  [/^(?:\w+ ){0,3}(?:declar\w*|open(?:ing|ed))\b/i, "openedAt"],
];

/** What the words after a number count from; undefined where they do not say. */
export function anchorIn(after: string): AnchorRead | undefined {
  const lead = LEADS.exec(after);
  if (lead === null) return undefined;
  const rest = after
    .slice(lead[0].length)
    .replace(/^\s*(?:the|a|an|our|its|their|such|any|we|you|it|is|are|has been|have been)\s+/gi, "")
    .trimStart();
  const words = rest.replace(/^(?:the|a|an|our|we|you|it|is|are|us)\s+/i, "").slice(0, 120);
  for (const [pattern, moment] of MOMENTS) {
    if (pattern.exec(words.split(/[,;.(]/, 1)[0] ?? "")) return moment;
  }
  return undefined;
}

/** What each duty counts from where the text does not say: the earliest moment it can mean. */
export const EARLIEST: Readonly<Record<Duty, string>> = {
  acknowledge: "receivedAt",
  escalate: "receivedAt",
  triage: "receivedAt",
  mitigate: "receivedAt",
  fix: "receivedAt",
  verify: "fixedAt",
  notify: "awareAt",
  decide: "awareAt",
  update: "notifiedAt",
  file: "awareAt",
  publish: "fixedAt",
  "confirm-closure": "resolvedAt",
  review: "resolvedAt",
  summarise: "resolvedAt",
  remediate: "reviewedAt",
  report: "resolvedAt",
};
