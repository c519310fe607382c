/**
 * Release: the law's data as of a date, kept as one file for ever, so that the next
 * release can say what changed.
 *
 *     { "format": "duenotice/regime-release/1", "release": "2026-11-21",
 *       "hash": "<sha-256 of regimes, canonical>", "regimes": [ { "id": "gdpr-33-1", … } ] }
 *
 * Kept is what a reader is told of a law in words, and beside each part a digest of all
 * that decides, so that a change which no words show is never passed over in silence.
 */

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";
import { ok, refuse, type Result } from "../problem.ts";
import type { LawClause, Regime, Verified } from "./regime.ts";
import { withinWords } from "./words.ts";

export type ReleasedClause = {
  readonly id: string;
  readonly duty: string;
  readonly recipient: string;
  readonly within: string;
  readonly threshold?: string;
  readonly contents?: readonly string[];
  /** Of everything that decides when it is owed, and until when. */
  readonly digest: string;
};

export type ReleasedRegime = {
  readonly id: string;
  readonly name: string;
  readonly jurisdiction: string;
  readonly cite: string;
  readonly status: string;
  readonly inForceFrom?: string;
  readonly verified: Verified;
  readonly checked: string;
  readonly who: readonly string[];
  /** Of everything that decides whom it binds, and what triggers it. */
  readonly digest: string;
  readonly clauses: readonly ReleasedClause[];
};

export type Release = {
  /** A date, `2026-11-21`. */
  readonly release: string;
  readonly hash: string;
  readonly regimes: readonly ReleasedRegime[];
};

const text = z.string().min(1);
const releasedSchema = z.strictObject({
  id: text,
  name: text,
  jurisdiction: text,
  cite: text,
  status: text,
  inForceFrom: text.exactOptional(),
  verified: z.enum(["P", "S", "U"]),
  checked: text,
  who: z.array(text),
  digest: text,
  clauses: z.array(
    z.strictObject({
      id: text,
      duty: text,
      recipient: text,
      within: text,
      threshold: text.exactOptional(),
      contents: z.array(text).exactOptional(),
      digest: text,
    }),
  ),
});
const releaseSchema = z.strictObject({
  format: z.literal("duenotice/regime-release/1"),
  release: z.iso.date(),
  hash: text,
  regimes: z.array(releasedSchema),
});

/** These regimes as the release of a date. */
export function releaseOf(release: string, regimes: readonly Regime[]): Release {
  const kept = regimes.map(releasedRegime).sort((a, b) => (a.id < b.id ? -1 : 1));
  return { release, hash: digestOf(kept), regimes: kept };
}

/** The file of a release, one regime's clause a line, so that a diff of two can be read too. */
export const releaseText = ({ release, hash, regimes }: Release): string =>
  `${JSON.stringify({ format: "duenotice/regime-release/1", release, hash, regimes }, null, 1)}\n`;

/** Reads a release's file. Refuses with `release-unreadable`, also where its hash is not of it. */
export function parseRelease(json: string): Result<Release> {
  const parsed = releaseSchema.safeParse(jsonOf(json));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join("/") ?? "";
    const message = `This is no release of the law's data (${where || "the whole"}): write it with due regime snapshot.`;
    return refuse("release-unreadable", message);
  }
  const { release, hash, regimes } = parsed.data;
  if (digestOf(regimes) !== hash) {
    const message = `The release ${release} does not match its own hash: take the file as it was released.`;
    return refuse("release-unreadable", message);
  }
  return ok({ release, hash, regimes });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function releasedRegime(regime: Regime): ReleasedRegime {
  const { id, name, jurisdiction, cite, status, inForceFrom, verified, checked, who } = regime;
  const { bound, displaced, triggered, triggeredAt, shownBefore, excepted, opens, gives } = regime;
  const { insteadOf, closed, place, supersededBy, anchor } = regime;
  const tested = { bound, displaced, triggered, triggeredAt, shownBefore, excepted, opens, gives };
  return {
    id,
    name,
    jurisdiction,
    cite,
    status,
    ...(inForceFrom === undefined ? {} : { inForceFrom }),
    verified,
    checked,
    who,
    digest: digestOf({ ...tested, insteadOf, closed, place, supersededBy, anchor }),
    clauses: regime.clauses.map(releasedClause),
  };
}

function releasedClause(clause: LawClause): ReleasedClause {
  const { id, duty, recipient, recipientName, threshold, contents } = clause;
  const { note, contents: _, recipientName: __, ...deciding } = clause;
  return {
    id,
    duty,
    recipient: recipientName ?? recipient,
    within: withinWords(clause),
    ...(threshold === undefined ? {} : { threshold: threshold.says }),
    ...(contents === undefined ? {} : { contents }),
    digest: digestOf(deciding),
  };
}

const digestOf = (value: unknown): string => bytesToHex(sha256(utf8ToBytes(canonical(value))));

/** JSON with the keys in order: the same for whoever writes it down. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(",")}}`;
}
