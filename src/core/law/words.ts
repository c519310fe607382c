/** A clause's time limit in words: `72 hours from becoming aware`, `at once`. */

import { afterWords } from "../policy/moment-words.ts";
import { anchorNames } from "../time/rule/anchor.ts";
import type { Rule, RuleAnchor } from "../time/rule/rule.ts";
import type { LawClause } from "./regime.ts";

const WORDS = {
  asap: "without undue delay",
  immediately: "immediately",
  record: "kept on record, without a deadline",
  "on-request": "when asked",
  "before-deadline": "before the deadline, if it cannot be met",
} as const;

/** How long a clause gives, and from when. */
export function withinWords({ within, from }: LawClause): string {
  const since = from === undefined ? "" : ` from ${anchorWords(from)}`;
  if (typeof within === "string") return `${WORDS[within]}${since}`;
  if ("rule" in within) return ruleWords(within.rule);
  if ("table" in within) return `by ${within.table.rows} and ${within.table.columns}${since}`;
  const unit = within.unit.replace("-", " ");
  const ends = within.ends === undefined ? "" : `, to ${within.ends}`;
  return `${within.count} ${within.count === 1 ? unit.slice(0, -1) : unit}${ends}${since}`;
}

function ruleWords(rule: Rule): string {
  switch (rule.kind) {
    case "hours":
      return `${rule.n} hours from ${anchorWords(rule.anchor)}`;
    case "days":
      return `${rule.n} days from ${anchorWords(rule.anchor)}`;
    case "months":
      return `${rule.n === 1 ? "1 month" : `${rule.n} months`} from ${anchorWords(rule.anchor)}`;
    case "afterYearEnd":
      return `${rule.days} days after the end of the year of ${anchorWords(rule.anchor)}`;
    case "doraInitial":
      return `4 hours from ${afterWords(rule.classified)}, at most 24 hours from ${afterWords(rule.aware)}`;
    case "altAnchors":
      return `${ruleWords(rule.early)}; at the latest ${ruleWords(rule.late)}`;
    case "noonRelief":
      return ruleWords(rule.base);
    default:
      return rule.kind;
  }
}

function anchorWords(anchor: RuleAnchor): string {
  if (typeof anchor === "string") return afterWords(anchor);
  const names = anchorNames(anchor).map(afterWords);
  if ("firstOf" in anchor) return names.join(" or else ");
  return `the ${"earliest" in anchor ? "earlier" : "later"} of ${names.join(", ")}`;
}
