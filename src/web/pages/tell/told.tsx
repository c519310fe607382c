/**
 * Told: for each recipient what was written, whether anybody has it, what they have done of
 * what was asked, and the calls. What they say themselves comes in while one looks.
 */

import { useState } from "react";
import type { ViewOf } from "../../../api/view.ts";
import { standingWords } from "../../../core/notice/standing-words.ts";
import { problemsIn, useView } from "../../api.ts";
import { Link, useParams } from "../../navigation.tsx";
import { BASE, ROUTES } from "../../paths.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Empty } from "../../ui/sheet.tsx";
import { At } from "../../ui/time.tsx";
import { CallSheet } from "./call.tsx";
import "./told.css";

type Item = ViewOf<"told">["items"][number];

export function Told() {
  const { id = "" } = useParams() as { id?: string };
  const view = useView("told", { id });
  const [calling, setCalling] = useState<Item>();
  if (!view.data)
    return <p className="shell-wait">{problemsIn(view.error)[0]?.message ?? "Opening…"}</p>;
  const { counts, items } = view.data;
  return (
    <article className="told">
      <header>
        <h1>What they were told</h1>
        <p>
          <Link to={ROUTES.incident} params={{ id }}>
            {id}
          </Link>
          {counts.told === 0 ? null : (
            <>
              : {counts.opened} of {counts.told} opened it, {counts.acknowledged} say that they have
              it{counts.steps === 0 ? "" : `, ${counts.done} of ${counts.steps} steps are done`}.
            </>
          )}
        </p>
      </header>
      {items.length === 0 ? (
        <Empty>Nobody was told anything yet: write a notice, or record a call.</Empty>
      ) : (
        <ul className="plain told-list">
          {items.map((item) => (
            <li key={item.recipient}>
              <One incident={id} item={item} onCall={() => setCalling(item)} />
            </li>
          ))}
        </ul>
      )}
      <Dialog
        title={`Call ${calling?.name ?? ""}`}
        open={calling !== undefined}
        onClose={() => setCalling(undefined)}
      >
        {calling ? (
          <CallSheet
            incident={id}
            recipient={calling.recipient}
            onDone={() => setCalling(undefined)}
          />
        ) : null}
      </Dialog>
    </article>
  );
}

const pdfPath = (incident: string, recipient: string): string =>
  `${BASE}/api/v1/incidents/${encodeURIComponent(incident)}/told/${encodeURIComponent(recipient)}/pdf`;

type OneProps = { readonly incident: string; readonly item: Item; readonly onCall: () => void };

function One({ incident, item, onCall }: OneProps) {
  return (
    <section aria-label={item.name}>
      <header className="spread">
        <h2>{item.name}</h2>
        {item.letters.length === 0 ? null : (
          <a href={pdfPath(incident, item.recipient)} download>
            PDF of what they got<span className="visually-hidden">, {item.name}</span>
          </a>
        )}
        <Button look={item.callOwed ? "first" : "quiet"} onClick={onCall}>
          Call…<span className="visually-hidden"> {item.name}</span>
        </Button>
      </header>
      {item.callOwed ? (
        <p className="risk">A person is to speak to them; nothing written meets that.</p>
      ) : null}
      <dl className="told-facts">
        <div>
          <dt>Written</dt>
          <dd>
            {item.letters.length === 0 ? "Nothing" : null}
            {item.letters.map(({ id, sentAt, state, kept, reason, subject, changes }) => (
              <p key={id} className={state === "failed" ? "risk" : undefined}>
                {subject} <span className="mono secondary">{id}</span>
                <br />
                <span className="secondary">
                  <At iso={sentAt} short />, {standingWords({ state, kept })}
                  {changes === null ? null : (
                    <>
                      ;{" "}
                      <Link to={ROUTES.notices} search={{ incident, recipient: item.recipient }}>
                        {changes} {changes === 1 ? "sentence" : "sentences"} changed
                        <span className="visually-hidden"> in {id}</span>
                      </Link>
                    </>
                  )}
                </span>
                {reason === null ? null : (
                  <>
                    <br />
                    {reason}
                  </>
                )}
              </p>
            ))}
          </dd>
        </div>
        <div>
          <dt>Opened</dt>
          <dd>
            <Openings item={item} />
          </dd>
        </div>
        <div>
          <dt>Acknowledged</dt>
          <dd>
            {item.acknowledged.length === 0 ? "Not yet" : null}
            {item.acknowledged.map(({ at, name, notice, word }) => (
              <p key={`${at} ${name}`}>
                by {name}, <At iso={at} short /> <span className="mono secondary">{notice}</span>
                {word === null ? null : <q>{word}</q>}
              </p>
            ))}
          </dd>
        </div>
        {item.steps.length === 0 ? null : (
          <div>
            <dt>
              Steps, {item.steps.filter(({ doneAt }) => doneAt !== null).length} of{" "}
              {item.steps.length} done
            </dt>
            <dd>
              {item.steps.map(({ kind, text, doneAt }) => (
                <p key={`${kind} ${text}`}>
                  <span aria-hidden="true">{doneAt === null ? "☐" : "☑"} </span>
                  {text}{" "}
                  <span className="secondary">
                    {doneAt === null ? (
                      "not yet"
                    ) : (
                      <>
                        done <At iso={doneAt} short />
                      </>
                    )}
                  </span>
                </p>
              ))}
            </dd>
          </div>
        )}
        {item.calls.length === 0 ? null : (
          <div>
            <dt>Calls</dt>
            <dd>
              {item.calls.map((call) => (
                <p key={call.version}>
                  {call.outcome === "spoke" ? `spoke to ${call.who}` : "no answer"},{" "}
                  <At iso={call.happenedAt} short />{" "}
                  <span className="secondary">{call.byName}</span>
                </p>
              ))}
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}

const SHOWN = 4;

function Openings({ item }: { readonly item: Item }) {
  if (item.page === "none") return <>They have no page of their own</>;
  const last = item.opened.slice(-SHOWN).reverse();
  return (
    <>
      {last.length === 0 ? "Not yet" : null}
      {last.map(({ at, agent }) => (
        <p key={at}>
          <At iso={at} short /> <span className="secondary">{agent}</span>
        </p>
      ))}
      {item.opened.length > SHOWN ? (
        <p className="secondary">and {item.opened.length - SHOWN} before</p>
      ) : null}
      {item.page === "ended" ? <p className="secondary">The page was ended.</p> : null}
    </>
  );
}
