/**
 * View of what was told: for each recipient their letters, who opened them and says that
 * they have them, what they have done of what was asked, and the calls.
 */

import type { ViewOf } from "../../api/view.ts";
import type { AnyEvent } from "../../core/event.ts";
import type { Incident } from "../../core/incident/state.ts";
import { SCANNER_WORDS } from "../../core/incident/notice/own-page.ts";
import { type Told, toldRecipients, toldTo } from "../../core/incident/notice/told.ts";
import { ok } from "../../core/problem.ts";
import { toIso } from "../../core/time/instant.ts";

import type { Obligation } from "../../core/policy/obligations.ts";
import { callSheet, toCalls } from "./call-sheet.ts";
import { iso, owedBy } from "./owed.ts";
import { missing, nameOf, type Reading, recipientNames } from "./reading.ts";
import { recipientsOf } from "../../core/incident/situation.ts";
import type { Views } from "./views.ts";

/** More than anybody reads on one page; the counts are of all. */
const RECIPIENTS_MAX = 200;

type ToldView = ViewOf<"told">;

export const toldViews = (reading: Reading): Pick<Views, "told" | "call"> => ({
  call: (asked) => callSheet(reading, asked),
  async told({ parameters }) {
    const { handling } = reading;
    const opened = await handling.subjects.open("incident", parameters["id"] ?? "");
    const owed = opened && (await owedBy(reading, opened));
    if (!opened || !owed) return missing("such incident");
    const incident = opened.folded.state;
    const toCall = new Set(owed.owed.filter(asksForCall).map(({ recipient }) => recipient.id));
    const [{ zone }, access] = await Promise.all([handling.installation(), handling.access()]);
    const named = (by: string): string => nameOf(by, access);
    const told = [...toldRecipients(opened.entries)].flatMap(
      ([recipient, entries]) => toldTo(incident, entries, recipient, zone) ?? [],
    );
    const called = calledOnly(incident, told, toCall);
    const names = await recipientNames(
      reading,
      recipientsOf(incident).filter(({ id }) => called.includes(id)),
    );
    const callsOf = (recipient: string) => toCalls(incident, recipient, named);
    const whyOf = whyNotArrived(opened.entries);
    return ok({
      counts: countsOf(told),
      items: [
        ...told.slice(0, RECIPIENTS_MAX).map((one) => ({
          ...toItem(one, incident, callsOf, whyOf),
          callOwed: toCall.has(one.recipient),
        })),
        ...called.slice(0, RECIPIENTS_MAX).map((recipient) => ({
          ...NOTHING_WRITTEN,
          callOwed: toCall.has(recipient),
          recipient,
          name: names.get(recipient) ?? recipient,
          calls: callsOf(recipient),
        })),
      ],
    });
  },
});

/** By letter: what the last attempt, or the report that brought it back, said. */
const whyNotArrived = (
  entries: readonly { readonly event: AnyEvent }[],
): ReadonlyMap<string, string> =>
  new Map(
    entries.flatMap(({ event }) =>
      event.type === "DeliveryFailed" || event.type === "DeliveryDeferred"
        ? [[event.notice, event.reason] as const]
        : [],
    ),
  );

const NOTHING_WRITTEN = {
  page: "none" as const,
  letters: [],
  opened: [],
  acknowledged: [],
  steps: [],
};

const asksForCall = ({ clause, recipient, stoppedAt }: Obligation): boolean =>
  clause.met === "contact" &&
  recipient.kind !== "team" &&
  clause.bound?.inbound !== true &&
  stoppedAt === undefined;

/** Those who were called or are to be, and to whom nothing was written. */
function calledOnly(
  { calls }: Incident,
  told: readonly Told[],
  toCall: ReadonlySet<string>,
): readonly string[] {
  const written = new Set(told.map(({ recipient }) => recipient));
  const all = new Set([...toCall, ...calls.map(({ recipient }) => recipient)]);
  return [...all].filter((recipient) => !written.has(recipient));
}

/** A program that looks at every link before anybody does has opened it for nobody. */
const isRead = ({ opened }: Told): boolean =>
  opened.some(({ agent }) => agent === undefined || agent !== SCANNER_WORDS);

const countsOf = (told: readonly Told[]): ToldView["counts"] => ({
  told: told.length,
  opened: told.filter(isRead).length,
  acknowledged: told.filter(({ acknowledged }) => acknowledged.length > 0).length,
  steps: told.reduce((sum, { steps }) => sum + steps.length, 0),
  done: told.reduce(
    (sum, { steps }) => sum + steps.filter(({ doneAt }) => doneAt !== undefined).length,
    0,
  ),
});

const toItem = (
  told: Told,
  { ownPages }: Incident,
  callsOf: (recipient: string) => ToldView["items"][number]["calls"],
  whyOf: ReadonlyMap<string, string>,
): Omit<ToldView["items"][number], "callOwed"> => ({
  recipient: told.recipient,
  name: told.name,
  page:
    ownPages[told.recipient] === undefined ? "none" : told.endedAt === undefined ? "open" : "ended",
  letters: told.letters.map(({ id, sentAt, state, kept, subject, changes }) => ({
    id,
    sentAt: toIso(sentAt),
    state,
    kept: kept ?? null,
    reason: state === "failed" || state === "deferred" ? (whyOf.get(id) ?? null) : null,
    subject,
    changes: changes?.length ?? null,
  })),
  opened: told.opened.map(({ at, what, agent }) => ({ at: toIso(at), what, agent: agent ?? null })),
  acknowledged: told.acknowledged.map(({ at, notice, name, word }) => ({
    at: toIso(at),
    notice,
    name,
    word: word ?? null,
  })),
  steps: told.steps.map(({ kind, text, doneAt }) => ({ kind, text, doneAt: iso(doneAt) })),
  calls: callsOf(told.recipient),
});
