/**
 * Reporter secret: the end of a case's address, which nobody sees who may only read.
 *
 *   /case/R-7QK4-M2.jX0…43 characters   →   /case/R-7QK4-M2.…
 *
 * Whoever has it writes to the case as its reporter. It stands in the signal, in the receipt
 * that was sent, and in whatever a reporter quotes of that; so it is taken out of every answer
 * of every view, wherever it stands, and no view has to remember it. Seats read through the
 * same views.
 */

import { ok } from "../../core/problem.ts";
import type { Caller } from "../access-port.ts";
import type { Asked, Views } from "./views.ts";

/** As report-input.ts makes it; a part of one, where a mail program broke the line, is one too. */
const SECRET = /\b(R-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{2})\.[A-Za-z0-9_-]{20,}/g;

/** Whether this caller may change nothing, whatever it is they read. */
export const readsOnly = ({ person, scopes, by }: Caller): boolean =>
  person?.role === "reader" || !scopes.has("write") || by.startsWith("seat/");

/** These views, whose answers to whoever may only read hold no case's secret. */
export const keepingSecrets = (views: Views): Views =>
  Object.fromEntries(
    Object.entries(views).map(([name, answer]) => [name, kept(answer as Answer)]),
  ) as unknown as Views;

type Answer = (asked: Asked) => Promise<Awaited<ReturnType<Views["me"]>>>;

const kept =
  (answer: Answer): Answer =>
  async (asked) => {
    const answered = await answer(asked);
    return answered.ok && readsOnly(asked.caller) ? ok(withoutSecrets(answered.value)) : answered;
  };

/** The same value where it holds none. */
export function withoutSecrets<T>(value: T): T {
  if (typeof value === "string") return value.replace(SECRET, "$1.…") as T;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map(withoutSecrets);
    return items.some((item, index) => item !== value[index]) ? (items as T) : value;
  }
  const fields = Object.entries(value);
  const clean = fields.map(([name, field]) => [name, withoutSecrets(field)] as const);
  return clean.some(([, field], index) => field !== fields[index]?.[1])
    ? (Object.fromEntries(clean) as T)
    : value;
}
