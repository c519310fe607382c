/** The room's head: what it is, how bad, where it stands, who leads, and what to do next. */

import { Button } from "../../ui/button.tsx";
import { SeverityMark } from "../../ui/mark.tsx";
import { At } from "../../ui/time.tsx";
import { barred } from "../../barred.ts";
import { named } from "../../names.ts";
import { refusal, useRoom } from "./room-state.tsx";
import type { TimeSteps } from "./time-steps.ts";
import { toPaper } from "./to-paper.ts";

const STATES = { open: "open", resolved: "resolved, not closed", closed: "closed" } as const;

export function Head({ steps }: { readonly steps: TimeSteps }) {
  const room = useRoom();
  const { incident, state, policy, open, asOf } = room;
  const phases = [state.phase.main, ...state.phase.beside]
    .filter((id) => id !== undefined)
    .map((id) => named(policy.phases, id));
  const retitle = barred(room, "RetitleIncident");
  return (
    <header className="room-head">
      <div className="line room-title">
        <h1>
          <span className="mono">{incident.id}</span>{" "}
          {incident.sample ? <span className="sample">SAMPLE</span> : null}{" "}
          {state.drill ? <span className="sample">DRILL</span> : null} {incident.title}
        </h1>
        <span className="room-rename">
          <Button look="quiet" whyNot={retitle} onClick={() => open({ kind: "retitle" })}>
            Rename
          </Button>
        </span>
        <span className="secondary">private, {STATES[incident.state]}</span>
      </div>
      <div className="line room-facts">
        <button
          type="button"
          className="room-severity"
          aria-keyshortcuts="S"
          onClick={() => open({ kind: "severity" })}
        >
          <SeverityMark severity={incident.severity} />
          <span className="visually-hidden">, set or change the severity</span>
        </button>
        <span>
          Phase <strong>{phases.length === 0 ? "none yet" : phases.join(" and ")}</strong>
        </span>
        <span className="room-move">
          <Button look="quiet" keys="]" onClick={() => open({ kind: "phase" })}>
            Move on
          </Button>
        </span>
        <span className="room-lead">
          Lead <strong>{incident.lead ?? "nobody"}</strong>
        </span>
        <span className="room-as-of line">
          {asOf === undefined ? (
            <>
              <span className="secondary">as of now</span>
              <Button look="quiet" keys="," onClick={() => void steps.earlier()}>
                Earlier
              </Button>
            </>
          ) : null}
        </span>
      </div>
      {asOf === undefined ? (
        <p className="room-next">
          <strong>Next:</strong> {incident.nextSays}
        </p>
      ) : (
        <div className="said line" role="status">
          <span>
            As it stood <At iso={asOf} relative />. What came after is left out, and nothing can be
            recorded here.
          </span>
          <Button look="quiet" keys="," onClick={() => void steps.earlier()}>
            Earlier
          </Button>
          <Button look="quiet" keys="." onClick={() => void steps.later()}>
            Later
          </Button>
          <Button onClick={steps.toNow}>Back to now</Button>
        </div>
      )}
      <div className="line room-acts">
        {incident.state === "open" ? (
          <Button
            whyNot={barred(room, "ResolveIncident")}
            onClick={() => open({ kind: "resolve" })}
          >
            Resolve…
          </Button>
        ) : (
          <>
            <Button
              whyNot={
                incident.state === "closed"
                  ? "It is closed already."
                  : barred(room, "CloseIncident")
              }
              onClick={() => open({ kind: "close" })}
            >
              Close…
            </Button>
            <Button
              look="quiet"
              whyNot={refusal(room, { type: "ReopenIncident", reason: "…" })}
              onClick={() => open({ kind: "reopen" })}
            >
              Take it up again…
            </Button>
          </>
        )}
        {incident.state === "closed" ? null : (
          <Button
            look="quiet"
            whyNot={barred(room, "RebaseIncident")}
            onClick={() => open({ kind: "rebase" })}
          >
            Policy version {incident.policyVersion}…
          </Button>
        )}
        <Button look="quiet" keys="Ctrl P" onClick={() => toPaper(incident.id, asOf)}>
          Print…
        </Button>
      </div>
    </header>
  );
}
