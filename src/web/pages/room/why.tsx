/**
 * Why: an obligation with nothing left to believe. The promise in its own words,
 * the fact that started it, the arithmetic step by step, the calendar that counts,
 * and who has it in hand.
 */

import type { ObligationView } from "../../../api/view.ts";
import { problemsIn, useCommand, useView } from "../../api.ts";
import { useContextOf } from "../../policy-on-screen.ts";
import { LaneSays } from "../../tape/lanes.tsx";
import { Button } from "../../ui/button.tsx";
import { Problems } from "../../ui/field.tsx";
import { ObligationMark, OWED_TO } from "../../ui/mark.tsx";
import { At, useTime } from "../../ui/time.tsx";
import { owedName } from "./duty-words.ts";

type Props = {
  readonly id: string;
  readonly subject: string;
  readonly onClose: () => void;
  /** Shows the entry that started it; absent where there is no timeline beside. */
  readonly onEntry?: (version: number) => void;
  /** Other clauses that promise the same to the same recipient, with more time. */
  readonly others?: readonly ObligationView[];
  /** An incident's can be taken in hand, unless something speaks against it; a signal's is answered. */
  readonly taking?: { readonly whyNot: string | undefined };
  /** What is owed outside can be recorded as met, with evidence; in the room. */
  readonly meeting?: {
    readonly whyNot: string | undefined;
    readonly begin: (says: string) => void;
  };
};

export function Why({ id, subject, onClose, onEntry, others = [], taking, meeting }: Props) {
  const view = useView("why", { id }, { subject });
  const { now } = useTime();
  const take = useCommand("TakeClock", subject.split("/")[1] ?? "");
  const context = useContextOf("current");
  const why = view.data;
  if (!why)
    return <p className="shell-wait">{problemsIn(view.error)[0]?.message ?? "Counting…"}</p>;
  const { obligation, trigger } = why;
  const who = context?.team.find((person) => person.id === obligation.takenBy)?.name;
  const isMine = obligation.takenBy !== null && obligation.takenBy === context?.by;
  return (
    <section
      className="act why stack"
      aria-label="Why it is due then"
      onKeyDown={(event) => event.key === "Escape" && onClose()}
    >
      <header className="spread">
        <h2 className="line">
          <ObligationMark kind={obligation.recipient.kind} standing={obligation.standing} />
          {owedName(obligation.duty, obligation.recipient)}
        </h2>
        <Button look="quiet" keys="Esc" onClick={onClose}>
          Close
        </Button>
      </header>
      <p>
        {OWED_TO[obligation.recipient.kind]}, <LaneSays owed={obligation} now={now} takenBy={who} />
      </p>
      <blockquote className="clause">
        {why.clauseSays}
        <footer className="secondary">
          clause <code>{obligation.clause}</code>
          {why.source ? `, ${why.source}` : ""}
        </footer>
      </blockquote>
      <h3>Why this time?</h3>
      <ol className="steps">
        <li>
          Counted from <At iso={trigger.at} />, when {trigger.says}.{" "}
          {trigger.entry !== null && onEntry ? (
            <button
              type="button"
              className="button button-quiet"
              onClick={() => onEntry(trigger.entry as number)}
            >
              Show entry {trigger.entry}
            </button>
          ) : null}
        </li>
        {why.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {why.calendar ? <p className="secondary">Calendar: {why.calendar}</p> : null}
      {why.raised ? <p className="risk">{why.raised}</p> : null}
      {obligation.latestAt && obligation.latestAt !== obligation.dueAt ? (
        <p className="secondary">
          The outermost reading that could be defended ends <At iso={obligation.latestAt} />. We
          keep the earlier one.
        </p>
      ) : null}
      {others.length > 0 ? (
        <div>
          <h3>Promised elsewhere too</h3>
          <ul className="steps">
            {others.map((other) => (
              <li key={other.id}>
                {other.says} <code>{other.clause}</code>
                {other.dueAt ? (
                  <>
                    , due <At iso={other.dueAt} relative />
                  </>
                ) : null}
              </li>
            ))}
          </ul>
          <p className="secondary">The earliest of them governs.</p>
        </div>
      ) : null}
      {obligation.prepareAt ? (
        <p>
          To be done in time, begin by <At iso={obligation.prepareAt} relative />.
        </p>
      ) : null}
      <Problems problems={take.problems} />
      {taking && obligation.stoppedAt === null ? (
        <div>
          <Button
            look="first"
            whyNot={
              taking.whyNot ??
              (isMine ? "You have it already." : take.pending ? "One moment." : undefined)
            }
            onClick={() => void take.send({ obligation: id }).catch(() => undefined)}
          >
            I have it
          </Button>{" "}
          {meeting && obligation.recipient.kind !== "team" ? (
            <Button
              whyNot={meeting.whyNot}
              onClick={() => meeting.begin(owedName(obligation.duty, obligation.recipient))}
            >
              It is met…
            </Button>
          ) : null}
          <p className="secondary">Reminders to the others pause until the next rung.</p>
        </div>
      ) : null}
    </section>
  );
}
