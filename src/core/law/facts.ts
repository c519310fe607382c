/**
 * Facts: what was told of one incident, as the derivation asks for it: moments,
 * what closes a stage, holds, and the date a law is tested for.
 *
 * Our own filings are facts too: a later stage counts from the earlier one's filing.
 * `filed` holds them for every regime, as `<regime>/<stage>`; the short names
 * (`notificationSubmittedAt`) speak of the regime that was opened, and of no other.
 */

import type { Result } from "../problem.ts";
import { type Day, parseDay } from "../time/day.ts";
import type { Instant } from "../time/instant.ts";
import { anchorNames } from "../time/rule/anchor.ts";
import type { RuleAnchor } from "../time/rule/rule.ts";
import { type FactRecord, momentIn } from "../time/rule/world.ts";
import { localDay } from "../time/zone.ts";
import { isZoneName } from "../time/zone-name.ts";
import type { LawClause, Regime } from "./regime.ts";
import { isTold } from "./told.ts";

/** Of these the name says with which authority it was filed. */
export const NAMED_FILINGS: Readonly<Record<string, string>> = {
  pdpcNotifiedAt: "pdpc",
  anpdNotifiedAt: "anpd",
  ncscNotifiedAt: "ncsc",
  commissionerNotifiedAt: "commissioner",
};

/** Moments that are our own filings, and the stage whose filing each is. */
export const FILED_AS: Readonly<Record<string, string>> = {
  earlyWarningSubmittedAt: "early-warning",
  notificationSubmittedAt: "notification",
  initialSubmittedAt: "initial",
  intermediateSubmittedAt: "intermediate",
  individualsNotifiedAt: "individuals",
  ...NAMED_FILINGS,
};

/** Own filings that were made again: which of them was the last, `filed` cannot say. */
const FILED_AGAIN: readonly string[] = ["latestIntermediateAt"];

/** The trigger cannot have happened without these: where one is missing, somebody forgot it. */
const AWARENESS: ReadonlySet<string> = new Set([
  "firstSignalAt",
  "suspectAt",
  "reasonToBelieveAt",
  "reasonableBeliefAt",
  "awareAt",
  "discoveredAt",
  "noticedAt",
  "knownAt",
  "detectedAt",
  "identifiedAt",
  "reportableAt",
]);

/**
 * What it means that none of these moments can be counted from: it has not happened yet, or
 * it has and nobody recorded its instant. One that is told, if only as a date, has happened.
 */
export function missingState(
  moments: readonly string[],
  facts: FactRecord,
): "anchor-missing" | "not-started" {
  const hasHappened = (moment: string): boolean => AWARENESS.has(moment) || isTold(facts[moment]);
  return moments.some(hasHappened) ? "anchor-missing" : "not-started";
}

/** What was filed for a stage under its general name, its regime's id or the one it goes by. */
function filedAt(
  facts: FactRecord,
  regime: Regime,
  stage: string,
  reportAs?: string,
): Instant | undefined {
  const filed = facts.filed;
  if (typeof filed !== "object" || filed === null) return undefined;
  for (const id of reportAs === undefined ? [regime.id] : [reportAs, regime.id]) {
    const at = momentIn(filed as FactRecord, `${id}/${stage}`);
    if (at.ok) return at.value;
  }
  return undefined;
}

/** When a stage was closed: by its own closing fact, and by nothing else. */
export function closedAt(
  facts: FactRecord,
  regime: Regime,
  clause: LawClause,
  isOpened: boolean,
): Instant | undefined {
  if (clause.repeats) return undefined;
  const filed = filedAt(facts, regime, clause.id, clause.reportAs);
  if (filed !== undefined) return filed;
  if (!isOpened && !clause.untilAlways) return undefined;
  const closing = (clause.until ?? []).flatMap((name) => {
    const at = momentIn(facts, name);
    return at.ok ? [at.value] : [];
  });
  return closing.length === 0 ? undefined : (Math.min(...closing) as Instant);
}

/**
 * The facts as one regime may read them: an own filing from `filed` where it stands there, and
 * for a regime that was not opened from nowhere else.
 */
export function factsFor(facts: FactRecord, regime: Regime, isOpened: boolean): FactRecord {
  const own: Record<string, unknown> = { ...facts };
  for (const [name, stage] of Object.entries(FILED_AS)) {
    const filed = filedAt(facts, regime, stage);
    if (filed !== undefined) own[name] = new Date(filed).toISOString();
    else if (!isOpened) own[name] = undefined;
  }
  if (!isOpened) for (const name of FILED_AGAIN) own[name] = undefined;
  return own;
}

/** Whether any of a clause's moments is recorded. */
export const isAnchored = (facts: FactRecord, from: RuleAnchor | undefined): boolean =>
  from !== undefined && anchorNames(from).some((name) => momentIn(facts, name).ok);

/** The local date a law is asked for: that of its trigger, else of `asOf`. */
export function testDay(facts: FactRecord, regime: Regime): Day | undefined {
  const zone = typeof facts.zone === "string" && isZoneName(facts.zone) ? facts.zone : "UTC";
  for (const name of [regime.anchor, "asOf"]) {
    const told = name === undefined ? undefined : facts[name];
    const bare = typeof told === "string" ? parseDay(told) : undefined;
    if (bare !== undefined) return bare;
    const at = momentIn({ told }, "told");
    if (at.ok) return localDay(at.value, zone);
  }
  return undefined;
}

/** The moment a rule could not find, from its problem. */
export const missingMoment = (counted: Result<unknown>): string | undefined =>
  counted.ok ? undefined : counted.problems[0].at?.slice(1);
