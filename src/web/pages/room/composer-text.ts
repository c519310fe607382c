/**
 * Composer text: what a typed line means before it is sent.
 *
 *   keys revoked                        logged as happening now
 *   @18:20 bucket closed                backdated to 18:20, today or last night
 *   @yesterday 18:20 …, @2026-11-18 18:20 …
 *   /sev still spreading                opens the form, with the rest as its first text
 *
 * Times are read in the zone on screen and shown resolved before anything is
 * sent, so a wrong guess is seen. What was pasted as a block stays a block.
 */

import { ok, refuse, type Result } from "../../../core/problem.ts";
import { DAY_MS, type Instant, MINUTE_MS, plus } from "../../../core/time/instant.ts";
import { localDate, parseWallTime } from "../../../core/time/wall-time.ts";

/** Commands of the composer: what is typed, what it does. */
export const SLASH = [
  { name: "sev", says: "change the severity", act: "severity" },
  { name: "fact", says: "record a fact", act: "fact" },
  { name: "role", says: "give a role", act: "role" },
  { name: "phase", says: "enter a phase", act: "phase" },
  { name: "mitigate", says: "record a mitigation", act: "mitigate" },
  { name: "fix", says: "record that the fix is out", act: "fix" },
  { name: "close", says: "close the incident", act: "close" },
] as const;
export type Slash = (typeof SLASH)[number];

export type Composed =
  | { readonly kind: "empty" }
  | { readonly kind: "line"; readonly text: string; readonly happenedAt?: Instant }
  | { readonly kind: "slash"; readonly slash: Slash; readonly rest: string };

/** Clocks of phones differ: what is a moment ahead is still today's. */
const AHEAD_MS = 2 * MINUTE_MS;

/** Refuses with `command-unknown`, `local-time-invalid`, `text-missing`. */
export function compose(typed: string, now: Instant, zone: string): Result<Composed> {
  const text = typed.trim();
  if (text === "") return ok({ kind: "empty" });
  if (text.startsWith("/")) return slashOf(text);
  if (!text.startsWith("@")) return ok({ kind: "line", text });
  const [, day, time = "", rest = ""] =
    /^@(?:(yesterday|\d{4}-\d{2}-\d{2})\s+)?(\d{1,2}:\d{2})(?:\s+([\s\S]*))?$/.exec(text) ?? [];
  // A line may well begin with somebody's handle.
  if (time === "") return ok({ kind: "line", text });
  const happenedAt = resolved(day, time.padStart(5, "0"), now, zone);
  if (!happenedAt.ok) return happenedAt;
  if (rest.trim() === "") return refuse("text-missing", "Say what happened then.");
  return ok({ kind: "line", text: rest.trim(), happenedAt: happenedAt.value });
}

/** Commands that what is typed may become; none once one is chosen and followed by a space. */
export function completions(typed: string): readonly Slash[] {
  const [, begun] = /^\/(\w*)$/.exec(typed) ?? [];
  return begun === undefined ? [] : SLASH.filter(({ name }) => name.startsWith(begun));
}

/** A pasted text of several lines as a block of code, so that its shape stays. */
export function pasted(text: string): string {
  const block = text.replaceAll("\r\n", "\n").replace(/\n+$/, "");
  if (!block.includes("\n") || block.includes("```")) return block;
  return `\`\`\`\n${block}\n\`\`\`\n`;
}

function slashOf(text: string): Result<Composed> {
  const [, name = "", rest = ""] = /^\/(\w*)\s*([\s\S]*)$/.exec(text) ?? [];
  const slash = SLASH.find((known) => known.name === name);
  if (slash) return ok({ kind: "slash", slash, rest });
  const known = SLASH.map((one) => `/${one.name}`).join(", ");
  return refuse("command-unknown", `There is no /${name} here: use ${known}.`);
}

function resolved(
  day: string | undefined,
  time: string,
  now: Instant,
  zone: string,
): Result<Instant> {
  const today = localDate(now, zone);
  // Noon of the day before is in the day before, however long the night was.
  const yesterday = localDate(noonBefore(today, now, zone), zone);
  const date = day === "yesterday" ? yesterday : (day ?? today);
  const at = parseWallTime(`${date}T${time}`, zone);
  if (!at.ok) return at;
  if (day !== undefined || at.value.at <= plus(now, AHEAD_MS)) return ok(at.value.at);
  // 23:50 typed after midnight is last night's.
  const last = parseWallTime(`${yesterday}T${time}`, zone);
  return last.ok ? ok(last.value.at) : last;
}

function noonBefore(today: string, now: Instant, zone: string): Instant {
  const noon = parseWallTime(`${today}T12:00`, zone);
  return plus(noon.ok ? noon.value.at : now, -DAY_MS);
}
