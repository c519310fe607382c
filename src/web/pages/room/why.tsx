/**
 * Why: an obligation with nothing left to believe. The promise in its own words,
 * the fact that started it, the arithmetic step by step, the calendar that counts,
 * what else is promised, what meets it, who has it, and all that was said of it.
 */

import type { ReactNode } from "react";
import type { ObligationView, ViewOf } from "../../../api/view.ts";
import { problemsIn, useCommand, useView } from "../../api.ts";
import { Link } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { useContextOf } from "../../policy-on-screen.ts";
import { isAtRisk, toItem } from "../../../core/tape/item.ts";
import { LaneSays } from "../../tape/says.tsx";
import { Button } from "../../ui/button.tsx";
import { Problems } from "../../ui/field.tsx";
import { ObligationMark, OWED_TO } from "../../ui/mark.tsx";
import { At, useTime } from "../../ui/time.tsx";
import { owedName } from "../../../core/tape/name.ts";
import type { Acts } from "./obligation-acts.ts";
import { personName } from "../../names.ts";
import "./why.css";

type Props = {
  readonly id: string;
  readonly subject: string;
  readonly onClose: () => void;
  /** Shows an entry where there is a timeline beside. */
  readonly onEntry?: (version: number) => void;
  /** A link to an entry, where the timeline is elsewhere. */
  readonly entryLink?: (version: number, says: string) => ReactNode;
  /** The act that meets it, where there is one. */
  readonly meeting?: (owed: ObligationView) => ReactNode;
  /** Absent where nothing can be done from here. */
  readonly acts?: Acts | undefined;
};

type Reason = ViewOf<"why">;
type EntryOf = (version: number) => ReactNode;

export function Why({ id, subject, onClose, onEntry, entryLink, meeting, acts }: Props) {
  const view = useView("why", { id }, { subject });
  const { now } = useTime();
  const context = useContextOf("current");
  const why = view.data;
  if (!why)
    return <p className="shell-wait">{problemsIn(view.error)[0]?.message ?? "Counting…"}</p>;
  const { obligation } = why;
  const who = context && personName(context, obligation.takenBy ?? undefined);
  const entry: EntryOf = (version) =>
    onEntry ? (
      <button type="button" className="button button-quiet" onClick={() => onEntry(version)}>
        Show entry {version}
      </button>
    ) : (
      entryLink?.(version, `Show entry ${version}`)
    );
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
          {why.source && why.words === null ? `, ${why.source}` : ""}
        </footer>
      </blockquote>
      {why.words === null ? null : (
        <blockquote className="clause">
          {why.words}
          <footer className="secondary">{why.source}, as it stands there</footer>
        </blockquote>
      )}
      <ToFiling subject={subject} obligation={obligation} />
      {meeting?.(obligation)}
      {acts && obligation.stoppedAt === null ? <Doing why={why} acts={acts} /> : null}
      <Counting why={why} entry={entry} />
      <Elsewhere why={why} />
      <h3>What meets it</h3>
      <p>{why.metSays}</p>
      {obligation.prepareAt ? (
        <p className={isAtRisk(toItem(obligation), now) ? "risk" : undefined}>
          {isAtRisk(toItem(obligation), now)
            ? "At risk: it should have been begun, and nobody has it. Preparation began "
            : "To be done in time, begin by "}
          <At iso={obligation.prepareAt} relative />.
        </p>
      ) : null}
      <History why={why} entry={entry} />
    </section>
  );
}

/** What an authority receives has its pack: where it is filled, taken away and recorded as filed. */
function ToFiling({
  subject,
  obligation: { law, recipient, stoppedAt },
}: {
  readonly subject: string;
  readonly obligation: Reason["obligation"];
}) {
  if (law === null || recipient.kind !== "authority") return null;
  const [, id = ""] = subject.split("/", 2);
  return (
    <p>
      <Link to={ROUTES.filing} params={{ id, ...law, stage: law.stage.replaceAll("/", "-") }}>
        {stoppedAt === null ? "What is to be filed, field by field" : "What was filed"}
      </Link>
    </p>
  );
}

function Counting({ why, entry }: { readonly why: Reason; readonly entry: EntryOf }) {
  const { obligation, trigger } = why;
  return (
    <>
      <h3>Why this time?</h3>
      <ol className="steps">
        <li>
          Counted from <At iso={trigger.at} />, when {trigger.says}.{" "}
          {trigger.entry === null ? null : entry(trigger.entry)}
        </li>
        {why.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {why.calendar ? <p className="secondary">Calendar: {why.calendar}</p> : null}
      {why.raised ? <p className="risk">{why.raised}</p> : null}
      {obligation.originalDueAt && obligation.dueAt ? (
        <p>
          <strong>Our extension:</strong> originally due <At iso={obligation.originalDueAt} />, now
          due <At iso={obligation.dueAt} />.
        </p>
      ) : null}
      {obligation.latestAt && obligation.latestAt !== obligation.dueAt ? (
        <p className="secondary">
          The outermost reading that could be defended ends <At iso={obligation.latestAt} />. We
          keep the earlier one.
        </p>
      ) : null}
    </>
  );
}

function Elsewhere({ why: { others } }: { readonly why: Reason }) {
  if (others.length === 0) return null;
  return (
    <div>
      <h3>Promised elsewhere too</h3>
      <ul className="steps">
        {others.map(({ governs, obligation }) => (
          <li key={obligation.id}>
            {obligation.says} <code>{obligation.clause}</code>
            {obligation.dueAt ? (
              <>
                , due <At iso={obligation.dueAt} relative />
              </>
            ) : null}
            <span className="secondary">{governs ? ": this one governs" : ": slack"}</span>
          </li>
        ))}
      </ul>
      <p className="secondary">For each recipient and duty the earliest governs.</p>
    </div>
  );
}

function History({ why: { history }, entry }: { readonly why: Reason; readonly entry: EntryOf }) {
  if (history.length === 0) return null;
  return (
    <div>
      <h3>What was said of it</h3>
      <ol className="why-history">
        {history.map(({ version, at, byName, says, text, struck }) => (
          <li key={version} className={struck ? "struck" : undefined}>
            <At iso={at} short /> {byName}: {struck ? <s>{says}</s> : says} {entry(version)}
            {text === null ? null : <p className="why-text">{text}</p>}
          </li>
        ))}
      </ol>
    </div>
  );
}

function Doing({ why: { obligation }, acts }: { readonly why: Reason; readonly acts: Acts }) {
  const take = useCommand(acts.take, obligation.subject.split("/")[1] ?? "");
  const context = useContextOf("current");
  const isMine = obligation.takenBy !== null && obligation.takenBy === context?.by;
  const says = owedName(obligation.duty, obligation.recipient);
  return (
    <div className="why-acts">
      <Button
        look="first"
        whyNot={
          acts.whyNotTake ??
          (isMine ? "You have it already." : take.pending ? "One moment." : undefined)
        }
        onClick={() => void take.send({ obligation: obligation.id }).catch(() => undefined)}
      >
        I have it
      </Button>
      {acts.others.map(({ act, label, whyNot }) => (
        <Button key={act} whyNot={whyNot} onClick={() => acts.begin(act, says)}>
          {label}
        </Button>
      ))}
      <p className="secondary">Having it pauses the reminders until the next rung.</p>
      <Problems problems={take.problems} />
    </div>
  );
}
