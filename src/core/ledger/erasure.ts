/**
 * Erasure: an entry that says which withheld values are gone, and why.
 *
 *     type "Erased", data {"entry":"<id>","paths":["/note"],"basis":{"commitment":"..."}}
 *
 * It stands on the same subject as the entry it speaks of and comes after it.
 * Value and salt are deleted from the store; the commitment stays, so every proof
 * stays whole. A value that is missing without such an entry is broken, never
 * "erased". Deleting is the store's work, not this file's.
 */

import { ok, type Result, refuse } from "../problem.ts";
import type { Json, JsonObject } from "./entry.ts";

export const ERASED = "Erased";

/** The field of its data that is private. */
export const ERASED_PRIVATE_FIELDS: readonly string[] = ["basis"];

export type Erasure = {
  /** Id of the entry whose values are gone. */
  readonly entry: string;
  readonly paths: readonly string[];
};

/** The data of an erasure entry; `basis` says why, and is sealed like any private text. */
export const erasureData = ({ entry, paths }: Erasure, basis: string): JsonObject => ({
  entry,
  paths,
  basis,
});

/** Refuses with `erasure-malformed`. */
export function parseErasure(data: JsonObject): Result<Erasure> {
  const { entry, paths } = data;
  const isList = Array.isArray(paths) && paths.length > 0;
  if (typeof entry === "string" && isList && paths.every(isText)) return ok({ entry, paths });
  return refuse("erasure-malformed", "An erasure names one entry and the paths it erased.");
}

const isText = (value: Json): value is string => typeof value === "string";
