/**
 * Inbox: decide on signals, on keys, one after another.
 *
 *   J K  next, previous     1 accept   2 duplicate   3 not ours or noise   4 needs info
 *   R    reply              H put aside              Enter open the incident
 *   Esc  not now
 *
 * The list on the left, the chosen signal on the right; on a phone one after the
 * other. Which filter and which signal is in the address.
 */

import { lazy, Suspense, useState } from "react";
import type { SignalRow } from "../../../api/view.ts";
import { problemsIn, useView } from "../../api.ts";
import { Link, navigate, useParams, useSearch } from "../../navigation.tsx";
import type { Search } from "../../place.ts";
import { ROUTES } from "../../paths.ts";
import { Button } from "../../ui/button.tsx";
import { useKeys } from "../../ui/keys.ts";
import { ObligationMark } from "../../ui/mark.tsx";
import { Empty } from "../../ui/sheet.tsx";
import { At } from "../../ui/time.tsx";
import { SignalPane } from "./signal-pane.tsx";
import "./inbox.css";

const NewSignal = lazy(() =>
  (async () => ({ default: (await import("../../forms/record-signal.tsx")).RecordSignal }))(),
);

const FILTERS = [
  { state: "open", label: "Open" },
  { state: "snoozed", label: "Put aside" },
  { state: "closed", label: "Closed" },
  { state: "confirmed", label: "Confirmed" },
  { state: "unreadable", label: "Unreadable" },
] as const;
type Filter = (typeof FILTERS)[number]["state"];

/** What is being done with the signal on screen. */
export type Act = "accept" | "duplicate" | "close" | "reply" | "ask" | "snooze" | undefined;

const PAGE = 50;

export function Inbox() {
  const { id } = useParams() as { id?: string };
  const { do: toDo, ...search } = useSearch() as { state?: string; q?: string; do?: string };
  const state: Filter = FILTERS.find((filter) => filter.state === search.state)?.state ?? "open";
  const list = useView("signals", {}, { state, limit: PAGE, ...(search.q ? { q: search.q } : {}) });
  const items = list.data?.items ?? [];
  const shown = id ?? items[0]?.id;
  const [act, setAct] = useState<Act>(toDo === "reply" || toDo === "accept" ? toDo : undefined);
  const [isRecording, setRecording] = useState(false);

  const go = (step: 1 | -1): void => {
    const index = items.findIndex((item) => item.id === shown);
    const next = items[Math.min(Math.max(index + step, 0), items.length - 1)];
    setAct(undefined);
    if (next) navigate({ to: ROUTES.signal, params: { id: next.id }, search });
  };
  const incident = items.find((item) => item.id === shown)?.incident;
  useKeys([
    { keys: "J", says: "Next signal", act: () => go(1) },
    { keys: "K", says: "Previous signal", act: () => go(-1) },
    { keys: "Escape", says: "Not now: leave what you began", act: () => setAct(undefined) },
    {
      keys: "Enter",
      says: "Open its incident",
      act: () => incident && navigate({ to: ROUTES.incident, params: { id: incident } }),
      whyNot: incident ? undefined : "It is confirmed into no incident.",
    },
  ]);

  return (
    <>
      <header className="spread">
        <h1>Inbox</h1>
        <nav className="line" aria-label="Filter">
          {FILTERS.map((filter) => (
            <Link
              key={filter.state}
              to={ROUTES.inbox}
              search={{ state: filter.state }}
              className={filter.state === state ? "filter filter-on" : "filter"}
              aria-current={filter.state === state ? "true" : undefined}
            >
              {filter.label}
              {filter.state === state && list.data ? (
                <span className="secondary"> {list.data.total}</span>
              ) : null}
            </Link>
          ))}
        </nav>
        <Button keys="C" onClick={() => setRecording(true)}>
          Record a signal
        </Button>
      </header>
      <div className={id ? "inbox inbox-chosen" : "inbox"}>
        {items.length > 0 ? (
          <ol className="inbox-list" aria-label="Signals">
            {items.map((signal) => (
              <SignalLine
                key={signal.id}
                signal={signal}
                isShown={signal.id === shown}
                search={search}
              />
            ))}
          </ol>
        ) : (
          <Nothing
            says={problemsIn(list.error)[0]?.message ?? (list.data ? NOTHING[state] : "Opening…")}
          />
        )}
        {shown ? (
          <SignalPane key={shown} id={shown} act={act} onAct={setAct} onDone={() => go(1)} />
        ) : null}
      </div>
      <Suspense>{isRecording ? <NewSignal onClose={() => setRecording(false)} /> : null}</Suspense>
    </>
  );
}

function SignalLine({
  signal,
  isShown,
  search,
}: {
  readonly signal: SignalRow;
  readonly isShown: boolean;
  readonly search: Search;
}) {
  const { next } = signal;
  return (
    <li className={isShown ? "inbox-line inbox-line-on" : "inbox-line"}>
      <Link
        to={ROUTES.signal}
        params={{ id: signal.id }}
        search={search}
        aria-current={isShown ? "true" : undefined}
      >
        <span className="spread">
          <span className="inbox-title">
            {signal.sample ? <span className="sample">SAMPLE</span> : null} {signal.title}
          </span>
          <At iso={signal.receivedAt} short />
        </span>
        <span className="spread secondary">
          <span>
            {signal.sender.name ?? signal.sender.mail ?? signal.source}
            {signal.count > 1 ? `, came ${signal.count} times` : ""}
            {signal.firing ? ", still firing" : ""}
          </span>
          {next?.dueAt ? (
            <span className={next.standing === "missed" ? "risk line" : "line"}>
              <ObligationMark kind={next.recipient.kind} standing={next.standing} />
              {next.duty} <At iso={next.dueAt} short relative />
            </span>
          ) : null}
        </span>
      </Link>
    </li>
  );
}

const NOTHING: Readonly<Record<Filter, string>> = {
  open: "No open signals. What monitors send, what is reported on the public form and what you record with C arrives here.",
  snoozed: "Nothing is put aside.",
  closed: "No signal was closed yet.",
  confirmed: "No signal was accepted into an incident yet.",
  unreadable: "Everything that came in could be read.",
};

function Nothing({ says }: { readonly says: string }) {
  return (
    <div className="inbox-nothing">
      <Empty>{says}</Empty>
    </div>
  );
}
