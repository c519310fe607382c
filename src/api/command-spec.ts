/**
 * Command spec: what the registry says of one command, and the shapes that their
 * inputs share. Limits are in characters; instants are RFC 3339 with an offset.
 */

import { z } from "zod";

export type Role = "owner" | "responder" | "communications" | "reader";
export type SubjectKind =
  | "signal"
  | "incident"
  | "policy"
  | "party"
  | "status"
  | "banner"
  | "entry"
  | "installation";

export type CommandSpec = {
  /** The type of the command that core decides: ChangeSeverity. */
  readonly type: string;
  /** The type that core decides, where several kinds of subject take the same command. */
  readonly as?: string;
  readonly subject: SubjectKind;
  /** The last part of the route and the CLI's verb: change-severity. */
  readonly verb: string;
  readonly creates?: true;
  /** What it does, as an imperative sentence. */
  readonly summary: string;
  readonly roles: readonly Role[];
  readonly input: z.ZodObject;
};

export const RESPOND: readonly Role[] = ["owner", "responder", "communications"];
export const LEAD: readonly Role[] = ["owner", "responder"];

/** Of several lines, with nothing around them. */
export const text = (max: number) => z.string().trim().min(1).max(max);
/**
 * A break in a name would begin another line of a letter, a list or a terminal, as if we said it;
 * a mark that turns the reading direction would let `gnp.exe` be read as `exe.png`.
 */
export const ONE_LINE = /^[^\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u;
export const line = (max: number) => text(max).regex(ONE_LINE);
export const title = line(200);
export const note = text(10_000);
export const instant = z.iso.datetime({ offset: true });
export const id = z.string().min(1).max(128);
export const day = z.iso.date();
export const answers = z.record(id, z.enum(["yes", "no", "unknown"]));

/** `<clause>@<recipient>`, as lists and `due ls` print it. */
export const obligation = z.string().min(1).max(256).describe("<clause>@<recipient>.");

/** What it takes to record that a duty towards somebody outside was met. */
export const meeting = {
  obligation,
  evidence: note.describe(
    "How it was met: whom you spoke to, what was filed and under which number.",
  ),
  happenedAt: instant.optional().describe("When it happened, if not now."),
};

export const happened = instant.optional().describe("When it happened, if not now.");

export const spec = <const T extends string, S extends z.ZodRawShape>(
  type: T,
  subject: SubjectKind,
  verb: string,
  summary: string,
  roles: readonly Role[],
  shape: S,
) => ({ type, subject, verb, summary, roles, input: z.strictObject(shape) });
