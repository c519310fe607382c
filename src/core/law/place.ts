/** Place: where people or we must be for a regime to be looked at, and which role we have. */

import type { FactRecord } from "../time/rule/world.ts";
import type { Regime } from "./regime.ts";
import { isTold } from "./told.ts";

/** Whether a regime is one of the European Union. */
export const isEuropean = ({ jurisdiction }: Regime): boolean => jurisdiction.startsWith("EU");

/**
 * Whether the facts put a regime's place in play. Where nobody has said which jurisdictions
 * are touched, those of the Union are looked at if `europe`.
 */
export function isPlaced({ place }: Regime, facts: FactRecord, europe: boolean): boolean {
  if (place === undefined) return true;
  const { jurisdictions } = facts;
  if (!isTold(jurisdictions)) return place === "EU" && europe;
  return wordsOf(jurisdictions).some((one) =>
    place.endsWith("*") ? one.startsWith(place.slice(0, -1)) : one === place,
  );
}

/** A word, or the words of a list; whatever else was told there is none. */
export const wordsOf = (told: unknown): readonly string[] =>
  (Array.isArray(told) ? told : [told]).filter((one) => typeof one === "string");

/** Whether `role`, a word or a list of words, says this one. */
export const saysRole = ({ role }: FactRecord, wanted: string): boolean =>
  Array.isArray(role) ? role.includes(wanted) : role === wanted;
