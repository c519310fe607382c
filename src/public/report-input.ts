/**
 * Report: what somebody sends with the form, read and turned into a signal.
 *
 * The case's secret and its reference are made from the form's own random value
 * and what was written: the same form sent twice is one report with one case, and
 * another text is another report. Whoever holds the secret sees the case.
 */

import { hash, timingSafeEqual } from "node:crypto";
import type { Policy } from "../core/policy/policy.ts";
import type { RecordSignal } from "../core/signal/record.ts";
import type { SentFile } from "../core/signal/sent-file.ts";
import type { Signal } from "../core/signal/state.ts";
import { makeSecret } from "../store/session.ts";

/** What the form has, as it was filled in. */
export type Report = {
  readonly title: string;
  readonly text: string;
  readonly where: string;
  readonly impact: string;
  readonly exploited: string;
  readonly from: string;
  readonly name: string;
  readonly mail: string;
  readonly wish: string;
  /** The form's own random value. */
  readonly once: string;
};

const FIELDS = [
  "title",
  "text",
  "where",
  "impact",
  "exploited",
  "from",
  "name",
  "mail",
  "wish",
  "once",
] as const satisfies readonly (keyof Report)[];

const TITLE_FROM_TEXT = 120;
const EXPLOITED: ReadonlySet<string> = new Set(["yes", "no", "unknown"]);
const ONCE = /^[\w-]{43}$/;

/** A form that nobody has filled in yet. */
export const emptyReport = (): Report => reportOf(new URLSearchParams());

/** The form as it came. */
export function reportOf(form: URLSearchParams): Report {
  const entries = FIELDS.map((name) => [name, clean(form.get(name) ?? "")] as const);
  const report = Object.fromEntries(entries) as Report;
  return {
    ...report,
    // These stand in lists and in the heads of mails. Who wrote only the long text has said what it is.
    title: oneLine(report.title || (report.text.split("\n")[0] ?? "").slice(0, TITLE_FROM_TEXT)),
    name: oneLine(report.name),
    exploited: EXPLOITED.has(report.exploited) ? report.exploited : "",
    once: ONCE.test(report.once) ? report.once : makeSecret(),
  };
}

/** What can be stored and shown: no NUL, lines that end in one way, nothing around it. */
export const clean = (text: string): string =>
  text.replaceAll("\0", "\uFFFD").replace(/\r\n?/g, "\n").trim();

/** Nothing in it begins another line or turns the reading direction: it is written by a stranger. */
const oneLine = (text: string): string =>
  text.replace(/[\s\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, " ").trim();

/** By name, what would be right. */
export type Wrong = Readonly<Partial<Record<keyof Report | "files", string>>>;

export const REPORT_LIMITS = {
  title: 200,
  text: 40_000,
  where: 500,
  impact: 4_000,
  name: 120,
  mail: 254,
  wish: 500,
} as const;

/** Deliberately loose: whether an address exists only its server knows. */
const MAIL = /^[^\s@<>"',;:]+@[^\s@<>"',;:]+\.[^\s@<>"',;:.]{2,}$/;

export function wrongIn(report: Report): Wrong {
  const wrong: Partial<Record<keyof Report, string>> = {};
  if (report.title === "") wrong.title = "Say in a few words what it is about.";
  if (report.mail !== "" && !MAIL.test(report.mail))
    wrong.mail = "This is not a mail address we could write to, like ravi@example.org.";
  for (const [name, max] of Object.entries(REPORT_LIMITS) as [
    keyof typeof REPORT_LIMITS,
    number,
  ][]) {
    const { length } = report[name];
    if (length > max) wrong[name] = `This has ${length} characters; ${max} fit.`;
  }
  return wrong;
}

/** The channel that a report by form comes in through; undefined where the policy has none. */
export function reportChannel({ channels }: Policy, from: string): string | undefined {
  const wanted = from === "customer" ? ["customer", "researcher"] : ["researcher", "customer"];
  const incoming = channels.filter(({ direction }) => direction === "in");
  for (const kind of [...wanted, "other"]) {
    const found = incoming.find((channel) => channel.kind === kind);
    if (found) return found.id;
  }
  return incoming[0]?.id;
}

/** No 0, 1, I, L, O or U, as in every reference. */
const ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
const REFERENCE = /^R-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{2}$/;

export type Case = { readonly reference: string; readonly token: string };

/** The case of this report; another one of the same report where the reference is taken. */
export function caseOf(report: Report, attempt: number, files: readonly SentFile[] = []): Case {
  const sent = files.map(({ name, sha256 }) => `${sha256} ${name}`);
  const told = JSON.stringify([...FIELDS.map((name) => report[name]), ...sent]);
  const digest = hash("sha256", `${attempt}\n${told}`, "buffer");
  const letters = [...digest.subarray(0, 6)].map((byte) => ALPHABET[byte % ALPHABET.length]);
  const reference = `R-${letters.slice(0, 4).join("")}-${letters.slice(4).join("")}`;
  const secret = hash("sha256", `case\n${attempt}\n${told}`, "base64url");
  return { reference, token: `${reference}.${secret}` };
}

/** The reference that a token names; undefined where it is no token. */
export function referenceIn(token: string): string | undefined {
  const [reference = ""] = token.split(".");
  return REFERENCE.test(reference) && token.length < 100 ? reference : undefined;
}

/** Whether `token` opens the case of this signal, in constant time. */
export function opens({ caseToken }: Signal, token: string): boolean {
  if (caseToken === undefined) return false;
  const [a, b] = [hash("sha256", caseToken, "buffer"), hash("sha256", token, "buffer")];
  return timingSafeEqual(a, b);
}

/** The report as the signal it becomes, with the receipt where there is somebody to send it to. */
export function toCommand(
  report: Report,
  policy: Policy,
  token: string,
  receipt: NonNullable<RecordSignal["receipt"]>,
): RecordSignal {
  const { title, text, name, mail, wish } = report;
  const channel = reportChannel(policy, report.from);
  const fields = Object.entries({
    where: report.where,
    impact: report.impact,
    exploited: report.exploited,
  }).filter(([, value]) => value !== "");
  return {
    type: "RecordSignal",
    source: "form",
    title,
    text,
    fields: Object.fromEntries(fields),
    sender: { ...(name === "" ? {} : { name }), ...(mail === "" ? {} : { mail }) },
    caseToken: token,
    ...(channel === undefined ? {} : { channel }),
    ...(wish === "" ? {} : { wish }),
    ...(mail === "" ? {} : { receipt }),
  };
}
