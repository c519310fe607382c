/** The decision whether to notify, and the notices that are being written. */

import { lazy, Suspense } from "react";
import { overtaken } from "../../../core/incident/outward/decision.ts";
import { toIso } from "../../../core/time/instant.ts";
import { barred } from "../../barred.ts";
import { personName } from "../../names.ts";
import { Link } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { Button } from "../../ui/button.tsx";
import { At } from "../../ui/time.tsx";
import { Part } from "./part.tsx";
import { useRoom } from "./room-state.tsx";
import { useNewNotice } from "./new-notice.ts";

const ToldLine = lazy(async () => ({ default: (await import("./told-line.tsx")).ToldLine }));

const OUTCOME = {
  notify: "Notify",
  "do-not-notify": "Do not notify",
  later: "Not decided yet",
} as const;

export function Telling() {
  return (
    <>
      <Decision />
      <Drafts />
    </>
  );
}

function Decision() {
  const room = useRoom();
  const { state, policy, context, open, jump } = room;
  const last = state.decisions.at(-1);
  const contradicted = overtaken(state, policy);
  if ((policy.decision ?? []).length === 0) return null;
  return (
    <Part
      title="Must we notify?"
      act={
        <Button
          look="quiet"
          keys="D"
          whyNot={barred(room, "Decide")}
          onClick={() => open({ kind: "decide" })}
        >
          Decide
        </Button>
      }
    >
      {last === undefined ? (
        <p className="secondary">Nobody has decided yet. A no is recorded as well as a yes.</p>
      ) : (
        <>
          <p>
            <strong>{OUTCOME[last.outcome]}</strong>{" "}
            <span className="secondary">
              {personName(context, last.by)}, <At iso={toIso(last.at)} short />{" "}
              <button type="button" className="entry-link" onClick={() => jump(last.version)}>
                entry {last.version}
              </button>
            </span>
          </p>
          <p className="prose">{last.reason}</p>
          {last.facts.length === 0 ? null : (
            <p className="secondary">
              By what was known:{" "}
              {last.facts.map((version) => (
                <button
                  key={version}
                  type="button"
                  className="entry-link"
                  onClick={() => jump(version)}
                >
                  entry {version}
                </button>
              ))}
            </p>
          )}
          {last.awaits === "counsel" ? (
            <p className="risk">
              It stands once counsel agrees.{" "}
              <Button
                look="quiet"
                whyNot={barred(room, "AgreeAsCounsel")}
                onClick={() => open({ kind: "counsel" })}
              >
                Counsel has read it
              </Button>
            </p>
          ) : null}
          {last.counsel === undefined ? null : (
            <p className={last.counsel.agreed ? "secondary" : "risk"}>
              {last.counsel.name} {last.counsel.agreed ? "agreed" : "did not agree"},{" "}
              <button
                type="button"
                className="entry-link"
                onClick={() => jump(last.counsel?.version ?? 0)}
              >
                entry {last.counsel.version}
              </button>
            </p>
          )}
          {contradicted.map(({ question, answered, state: is, version }) => (
            <p key={question} className="risk" role="status">
              Open again: “{policy.decision?.find(({ id }) => id === question)?.ask}” was answered{" "}
              {answered}, and{" "}
              <button type="button" className="entry-link" onClick={() => jump(version)}>
                entry {version}
              </button>{" "}
              says {is.replace("-", " ")}.
            </p>
          ))}
          <ul className="plain secondary">
            {policy.decision?.map(({ id, ask }) => (
              <li key={id}>
                {ask} {last.answers[id] ?? ""}
              </li>
            ))}
          </ul>
        </>
      )}
    </Part>
  );
}

const STATE = {
  draft: "being written",
  approved: "approved, not sent",
  holding: "leaves in a moment",
  sending: "leaving",
  sent: "sent",
  discarded: "put away",
} as const;

function Drafts() {
  const room = useRoom();
  const { state, incident } = room;
  const drafts = Object.values(state.drafts).filter((draft) => draft.state !== "discarded");
  const start = useNewNotice();
  return (
    <Part
      title="Notices"
      act={
        <Button
          look="quiet"
          whyNot={barred(room, "DraftNotice") ?? start.whyNot}
          onClick={() => void start.begin()}
        >
          New notice
        </Button>
      }
    >
      {drafts.length === 0 ? (
        <p className="secondary">No notice was begun here.</p>
      ) : (
        <ul className="plain">
          {drafts.map(({ id, content, state: is, changedAt }) => (
            <li key={id}>
              <Link to={ROUTES.compose} params={{ id: incident.id, draft: id }}>
                {id} {content.subject === "" ? `a ${content.kind} notice` : content.subject}
              </Link>{" "}
              <span className="secondary">
                {STATE[is]}, <At iso={toIso(changedAt)} short />
              </span>
            </li>
          ))}
        </ul>
      )}
      <Suspense>
        <ToldLine id={incident.id} />
      </Suspense>
    </Part>
  );
}
