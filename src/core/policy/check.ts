/**
 * Check: everything there is to say about a policy's text, whether it parses yet or not.
 *
 * A draft with a placeholder for an address, or without a calendar, is no policy, and the
 * schema alone would hide all else that is wrong with it. So what is only unwritten gets a
 * stand-in that is never shown, the rest is judged, and what was said of stand-ins is left
 * out. What is wrong otherwise is told as the parser tells it.
 */

import { isUnattended } from "../mailbox.ts";
import type { Problem } from "../problem.ts";
import { fixOf, inserted, replaced, type Source } from "./lint/fix.ts";
import { lint, placed } from "./lint/lint.ts";
import type { LintBeside } from "./lint/beside.ts";
import { OFFICE_HOURS } from "./lint/calendars.ts";
import type { Finding, Found } from "./lint/finding.ts";
import { placeholders, textsIn } from "./lint/text.ts";
import { parsePolicy } from "./parse/parse.ts";
import { readYaml } from "./parse/yaml.ts";
import { fromPointer, type Path, toPointer, valueAt } from "./places.ts";
import { policySchema } from "./policy-schema.ts";

/** All findings, in the order of the text; those of the parser block. */
export function checkPolicy(text: string, beside: LintBeside = {}): readonly Finding[] {
  const parsed = parsePolicy(text);
  if (parsed.ok) return lint(parsed.value, beside);
  const read = readYaml(text);
  if (!read.ok) return parsed.problems.map(toFinding);
  const { value, places } = read.value;
  const draft: Draft = { value, text, places, standIns: [] };
  const left = parsed.problems.filter((problem) => !isStoodIn(problem, draft));
  const found = [...unwritten(draft, beside)].map((one) => placed(one, places));
  const whole = policySchema.safeParse(draft.value);
  const judged = whole.success
    ? lint({ policy: whole.data, text, places }, beside)
    : openTexts(value, draft).map((one) => placed(one, places));
  return [
    ...left.map(toFinding),
    ...found,
    ...judged.filter((one) => !isOfStandIn(one, draft)),
  ].sort((a, b) => a.line - b.line || a.column - b.column);
}

/** What is unwritten in a draft that is wrong in other ways too: that much can be told. */
const openTexts = (value: unknown, draft: Draft): readonly Found[] =>
  [...textsIn(value, [])]
    .flatMap(({ text, path }) => [...placeholders(text, path, draft)])
    .slice(0, TEXTS_MAX);

const TEXTS_MAX = 200;

type StandIn = { readonly at: string; readonly was: "placeholder" | "missing" };
type Draft = Source & { value: unknown; readonly standIns: StandIn[] };

const toFinding = ({ code, message, at = "", line = 1, column = 1 }: Problem): Finding => ({
  code,
  level: "block",
  message,
  at,
  line,
  column,
});

/** More than this is not a draft but a form. */
const STAND_INS_MAX = 40;

/** Puts a stand-in where the problem is that something is not written yet. */
function isStoodIn({ code, at = "" }: Problem, draft: Draft): boolean {
  if (draft.standIns.length >= STAND_INS_MAX) return false;
  const now = valueAt(draft.value, at);
  if (code === "policy-key-missing" || (Array.isArray(now) && now.length === 0)) {
    const missing = MISSING.find(([pattern]) => pattern.test(at));
    if (missing === undefined) return false;
    draft.value = withValue(draft.value, at, missing[1]);
    draft.standIns.push({ at, was: "missing" });
    return true;
  }
  const path = fromPointer(at);
  if (typeof now !== "string" || [...placeholders(now, path, draft)].length === 0) return false;
  for (const candidate of CANDIDATES) {
    const tried = withValue(draft.value, at, candidate);
    const issues = policySchema.safeParse(tried).error?.issues ?? [];
    const isAbout = (pointer: string): boolean => at === pointer || at.startsWith(`${pointer}/`);
    // What is wrong with the whole says nothing of this place.
    if (issues.some(({ path: of }) => of.length > 0 && isAbout(toPointer(of as Path)))) continue;
    draft.value = tried;
    draft.standIns.push({ at, was: "placeholder" });
    return true;
  }
  return false;
}

/** Open as most offices are, so that what hangs on business days can be judged already. */
const WINDOWS = Object.fromEntries(
  ["mon", "tue", "wed", "thu", "fri"].map((day) => [day, [["09:00", "17:00"]]]),
);
const CALENDAR = { id: "stand-in", zone: "UTC", windows: WINDOWS };
const MAIL = "person@stand-in.net";

/** What may be missing and stood in for: what has a finding of its own. */
const MISSING: readonly (readonly [RegExp, unknown])[] = [
  [/^\/calendars$/, [CALENDAR]],
  [/^\/calendar$/, CALENDAR.id],
  [/^\/calendars\/\d+\/windows$/, WINDOWS],
  [/^\/reporting\/email$/, MAIL],
  [/^\/severities\/\d+\/criteria$/, ["Stand-in."]],
];

const CANDIDATES: readonly unknown[] = [
  "Stand-in.",
  MAIL,
  "https://stand-in.net",
  "2026-01-01",
  "1.0",
  "stand-in",
  "best-effort",
  { count: 12, unit: "months" },
  "receivedAt",
  1,
  `sha256:${"01".repeat(32)}`,
];

/** What is said of each, in place of what the schema says. */
function* unwritten(draft: Draft, beside: LintBeside): Generator<Found> {
  const missing = draft.standIns.filter(({ was }) => was === "missing").map(({ at }) => at);
  const [calendar] = missing.filter((at) => at.startsWith("/calendar"));
  if (calendar !== undefined) yield withoutCalendar(calendar, missing, draft, beside);
  for (const at of missing) {
    if (at === "/reporting/email") {
      const message = "There is no address for reports: write one that somebody reads.";
      yield { code: "reporting-missing", level: "block", at, message };
    }
    if (at.startsWith("/severities/")) {
      const message = "This severity has no criteria: say what makes it this one.";
      yield { code: "severity-without-criteria", level: "block", at, message };
    }
  }
  const raw = readYaml(draft.text);
  for (const { at, was } of draft.standIns) {
    const text = raw.ok ? valueAt(raw.value.value, at) : undefined;
    if (was !== "placeholder" || typeof text !== "string") continue;
    for (const found of placeholders(text, fromPointer(at), draft)) {
      yield at === "/reporting/email" ? { ...found, fixes: addressesIn(draft) } : found;
    }
  }
}

/** Those that the sections name already: one of them is most likely meant. */
const addressesIn = (draft: Draft) =>
  [...new Set([...draft.text.matchAll(MAIL_IN_PROSE)].map(([, mail = ""]) => mail))]
    .filter((mail) => !isUnattended(mail))
    .slice(0, 3)
    .map((mail) => fixOf(`Write ${mail}`, replaced(draft, "/reporting/email", mail)));

const MAIL_IN_PROSE =
  /\b[Ww]rite to\s{1,40}([A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,253}\.[A-Za-z]{2,63})/g;

function withoutCalendar(
  at: string,
  missing: readonly string[],
  draft: Draft,
  { zone = "UTC" }: LintBeside,
): Found {
  const says = `Mon-Fri 09:00-17:00, ${zone}`;
  const message =
    "There is no calendar with open hours, so nobody can say what a business day is: give one, " +
    "with its zone and holidays.";
  const found = { code: "calendar-missing", level: "block", at, message } as const;
  const windows = /^\/calendars\/(\d+)\/windows$/.exec(at)?.[1];
  if (windows !== undefined) {
    const edit = inserted(draft, `/calendars/${windows}/zone`, "windows", OFFICE_HOURS);
    return { ...found, fixes: [fixOf("Mon-Fri 09:00-17:00", edit)] };
  }
  const id = missing.includes("/calendar") ? "office" : String(valueAt(draft.value, "/calendar"));
  const whole = missing.includes("/calendars")
    ? `\n  - id: ${id}\n    zone: ${zone}\n    windows: ${OFFICE_HOURS}`
    : undefined;
  const known = valueAt(draft.value, "/calendars/0/id");
  const edits = [
    ...(missing.includes("/calendar")
      ? [inserted(draft, "/severities", "calendar", whole === undefined ? String(known) : id)]
      : []),
    ...(whole === undefined ? [] : [inserted(draft, "/severities", "calendars", whole)]),
  ];
  return { ...found, fixes: [fixOf(says, ...edits)] };
}

const OF_DATES: readonly string[] = ["holidays-ended", "review-past", "effective-implausible"];

/** What would not have been said without a stand-in. */
function isOfStandIn({ code, at, message, fixes }: Finding, { standIns }: Draft): boolean {
  if (standIns.some((one) => at === one.at || at.startsWith(`${one.at}/`))) return true;
  if (JSON.stringify([message, fixes]).toLowerCase().includes("stand-in")) return true;
  const isFor = (pattern: RegExp): boolean => standIns.some((one) => pattern.test(one.at));
  if (code === "calendar-missing" || code === "reference-unknown")
    return isFor(/^\/calendar/) && (code === "calendar-missing" || at.endsWith("/calendar"));
  return OF_DATES.includes(code) && isFor(/^\/effective$/);
}

/** `value` with another value at `pointer`, whose parent is there. */
function withValue(value: unknown, pointer: string, put: unknown): unknown {
  const [step, ...rest] = fromPointer(pointer);
  if (step === undefined) return put;
  if (typeof value !== "object" || value === null) return value;
  const inner = (value as Record<string | number, unknown>)[step];
  const next = withValue(inner, rest.map((one) => `/${one}`).join(""), put);
  if (!Array.isArray(value)) return { ...value, [step]: next };
  return value.map((one, i) => (i === step ? next : one));
}
