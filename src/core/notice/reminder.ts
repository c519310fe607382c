/**
 * Reminder: whom a rung of the ladder wakes, and what it says.
 *
 *   prepare, half     whoever has it, else the lead
 *   again             the lead, where nobody has it after a quarter of an hour
 *   hour              whoever has it, the lead and the lead's deputy
 *   missed            everybody who can act, and the policy's contact outside
 *   late              whoever took it last, else the lead
 *
 * Where the one who would be woken is not known, everybody who can act is. A mail
 * may be read by anyone: no title, no name of a customer, only the way in.
 */

import type { Context, Person } from "../context.ts";
import type { Duty } from "../policy/clause.ts";
import type { Obligation } from "../policy/obligations.ts";
import { formatInstant } from "../time/format.ts";
import type { Instant } from "../time/instant.ts";
import type { PageRequested } from "./notice.ts";

/** Who is there to be woken, and the way in. */
export type Waking = {
  /** Whoever leads the response; they hear the early rungs. */
  readonly lead?: string;
  /** The account that stands in for the lead. */
  readonly deputy?: string;
  /** Somebody without access, who is told only whom to call. */
  readonly outside?: { readonly name: string; readonly mail: string };
  readonly link: string;
  /** `DRILL: ` in a drill, else empty: opens every subject line and body. */
  readonly mark: string;
};

/** A rung that was reached. */
export type Step = {
  readonly obligation: Obligation;
  readonly dueAt: Instant;
  readonly rung: string;
  readonly isFirstMiss: boolean;
  readonly takenBy: string | undefined;
};

const OWED_AS: Readonly<Record<Duty, string>> = {
  acknowledge: "acknowledgement",
  escalate: "escalation",
  triage: "triage",
  decide: "decision",
  mitigate: "mitigation",
  fix: "fix",
  verify: "verification",
  notify: "notice",
  update: "update",
  file: "filing",
  publish: "publication",
  "confirm-closure": "confirmation of closure",
  review: "review",
  summarise: "summary",
  remediate: "remediations",
  report: "report",
};

const TO_WHOM: Readonly<Record<Obligation["recipient"]["kind"], string>> = {
  team: "",
  reporter: " to a reporter",
  customer: " to a customer",
  authority: " to an authority",
  provider: " to a provider",
  public: " to the public",
};

/** `notice to a customer`: what is owed, without saying to which. */
export const owedInWords = ({ clause, recipient }: Obligation): string =>
  OWED_AS[clause.duty] +
  (clause.bound?.inbound ? " owed to us by a provider" : TO_WHOM[recipient.kind]);

/** The same from the words of a list: a duty and a kind of recipient. */
export const duePhrase = (duty: string, kind: string): string =>
  (OWED_AS[duty as Duty] ?? duty) + (TO_WHOM[kind as Obligation["recipient"]["kind"]] ?? "");

/** The page for a rung. */
export function page(
  step: Step,
  waking: Waking,
  { team, zone }: Pick<Context, "team" | "zone">,
): PageRequested {
  const { obligation, dueAt, rung } = step;
  const what = owedInWords(obligation);
  const when = formatInstant(dueAt, zone);
  const subject = `${waking.mark}${headline(step, what, when)}`;
  return {
    type: "PageRequested",
    page: `${obligation.id}#${rung}#${dueAt}`,
    rung,
    obligation: obligation.id,
    dueAt,
    to: woken(step, waking, team).map(({ name, mail }) => ({ name, mail })),
    subject,
    body: `${subject}\n\n${waking.link}\n\nSay "I have it" there, and the next reminder comes to you first.\n`,
  };
}

/**
 * The word to somebody outside, who has no access and is told nothing but to call.
 * None where the policy names nobody.
 */
export function outsidePage(
  { obligation, dueAt }: Step,
  { outside, mark }: Waking,
): readonly PageRequested[] {
  if (outside === undefined) return [];
  const subject = `${mark}Please call the incident team`;
  const asked: PageRequested = {
    type: "PageRequested",
    page: `${obligation.id}#outside#${dueAt}`,
    rung: "outside",
    // Without the due instant: it is no rung of its own, and moves nobody up the ladder.
    obligation: obligation.id,
    to: [outside],
    subject,
    body: `${subject}: something is overdue, and they may not have seen it. There is nothing else to do, and nothing to answer here.\n`,
  };
  return [asked];
}

function headline({ rung, isFirstMiss }: Step, what: string, when: string): string {
  if (isFirstMiss) return `OVERDUE: ${what} was due ${when}`;
  switch (rung) {
    case "prepare":
      return `START NOW: ${what}, due ${when}`;
    case "again":
      return `NOBODY HAS IT: ${what}, due ${when}`;
    case "half":
      return `HALF GONE: ${what}, due ${when}`;
    case "hour":
      return `DUE in 1 h: ${what}, ${when}`;
    default:
      return `STILL OVERDUE: ${what} was due ${when}`;
  }
}

function woken(step: Step, { lead, deputy }: Waking, team: readonly Person[]): readonly Person[] {
  const { obligation, rung, isFirstMiss, takenBy } = step;
  const everybody = team.filter(
    ({ role }) =>
      role === "owner" ||
      role === "responder" ||
      (SPOKEN.includes(obligation.clause.duty) && role === "communications"),
  );
  const these = (...accounts: (string | undefined)[]): readonly Person[] =>
    team.filter(({ id }) => accounts.includes(id));
  const first = [takenBy, lead].find((account) => these(account).length > 0);
  const named = isFirstMiss
    ? []
    : rung !== "hour"
      ? these(first)
      : these(deputy).length === 0
        ? []
        : these(takenBy, lead, deputy);
  return named.length === 0 ? everybody : named;
}

/** What somebody who speaks for us can do too. */
const SPOKEN: readonly Duty[] = ["notify", "update", "publish", "acknowledge"];
