/** Place: where people or we must be for a regime to be looked at, and which role we have. */

import type { FactRecord } from "../time/rule/world.ts";
import type { Regime } from "./regime.ts";

/** Whether a regime is one of the European Union. */
export const isEuropean = ({ jurisdiction }: Regime): boolean => jurisdiction.startsWith("EU");

/**
 * Whether the facts put a regime's place in play. Where nobody has said which jurisdictions
 * are touched, those of the Union are looked at if `europe`.
 */
export function isPlaced({ place }: Regime, facts: FactRecord, europe: boolean): boolean {
  if (place === undefined) return true;
  const { jurisdictions } = facts;
  if (!Array.isArray(jurisdictions)) return place === "EU" && europe;
  return jurisdictions.some((one) =>
    place.endsWith("*") ? String(one).startsWith(place.slice(0, -1)) : one === place,
  );
}

/** Whether `role`, a word or a list of words, says this one. */
export const saysRole = ({ role }: FactRecord, wanted: string): boolean =>
  Array.isArray(role) ? role.includes(wanted) : role === wanted;
