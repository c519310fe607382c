/** What is known: facts, who is touched, phase and gates, measures, roles, signals, the way to closing. */

import { lazy, Suspense } from "react";
import { openGates } from "../../../core/incident/response/gate.ts";
import { toIso } from "../../../core/time/instant.ts";
import { useCommand } from "../../api.ts";
import { Button } from "../../ui/button.tsx";
import { Later } from "../../ui/later.tsx";
import { At } from "../../ui/time.tsx";
import { GateList } from "./gates.tsx";
import { customerName, FACT_SIGN, FACT_WORD } from "./known-words.ts";
import { Learning } from "./learning.tsx";
import { NoLaw } from "./no-law.tsx";
import { Providers } from "./providers.tsx";
import { Measures } from "./measures.tsx";
import { Part } from "./part.tsx";
import { Roles, Signals } from "./roles.tsx";
import { barred } from "../../barred.ts";
import { named } from "../../names.ts";
import { refusal, useRoom } from "./room-state.tsx";

/** With the derivation of laws, which most incidents do not need. */
const Law = lazy(async () => ({ default: (await import("./law.tsx")).Law }));

/** Few incidents are read from outside: it is no part of the room's weight. */
const Seats = lazy(async () => ({ default: (await import("./seats.tsx")).Seats }));

/** Below what is known first; loaded with it, and not before it. */
const Telling = lazy(async () => ({ default: (await import("./decision.tsx")).Telling }));

export function Known() {
  const { state } = useRoom();
  return (
    <>
      <Facts />
      {state.law === undefined ? (
        <NoLaw />
      ) : (
        <Suspense fallback={null}>
          <Law />
        </Suspense>
      )}
      <Touched />
      <Suspense fallback={null}>
        <Telling />
      </Suspense>
      <Later>
        <Providers />
        <Phases />
        <Measures />
      </Later>
      <Later>
        <Roles />
        <Signals />
        <Suspense fallback={null}>
          <SeatsHere />
        </Suspense>
        <Learning />
      </Later>
    </>
  );
}

function SeatsHere() {
  const room = useRoom();
  return <Seats incident={room.incident.id} barred={barred(room, "GiveSeat")} />;
}

function Facts() {
  const room = useRoom();
  const { state, policy, incident, open, jump } = room;
  const facts = Object.values(state.facts);
  return (
    <Part
      title="Facts"
      act={
        <Button
          look="quiet"
          keys="F"
          whyNot={barred(room, "RecordFact")}
          onClick={() => open({ kind: "fact" })}
        >
          Record
        </Button>
      }
    >
      {facts.length === 0 ? (
        <p className="secondary">Nothing is suspected or confirmed yet.</p>
      ) : (
        <ul className="facts">
          {facts.map(({ claim, state: is, concerning, since, version }) => (
            <li key={`${claim} ${concerning ?? ""}`} className={`fact fact-${is}`}>
              <span aria-hidden="true">{FACT_SIGN[is]}</span>
              <span>
                {policy.facts.find((one) => one.claim === claim)?.says ?? claim}
                {concerning ? `, at ${customerName(incident.customers, concerning)}` : ""}{" "}
                <span className="secondary">
                  {FACT_WORD[is]} <At iso={toIso(since)} short />{" "}
                  <button type="button" className="entry-link" onClick={() => jump(version)}>
                    entry {version}
                  </button>
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Part>
  );
}

function Touched() {
  const room = useRoom();
  const { incident, state, policy, open } = room;
  return (
    <Part
      title="Touched"
      act={
        <span className="line">
          <Button
            look="quiet"
            whyNot={barred(room, "TouchCustomers")}
            onClick={() => open({ kind: "touch-list" })}
          >
            From a list
          </Button>
          <Button
            look="quiet"
            whyNot={barred(room, "TouchCustomer")}
            onClick={() => open({ kind: "touch" })}
          >
            Add a customer
          </Button>
        </span>
      }
    >
      {incident.customers.length === 0 ? (
        <p className="secondary">No customer is recorded as affected.</p>
      ) : (
        <ul className="plain">
          {incident.customers.map(({ id, name }) => {
            const stage = state.customers.find((one) => one.id === id)?.stage;
            return (
              <li key={id} className="spread">
                <span>
                  {name}{" "}
                  <span className="secondary">
                    {policy.stages?.find((one) => one.id === stage)?.name ?? ""}
                  </span>
                </span>
                <span className="line">
                  <TakeUpContract customer={id} name={name} />
                  <Button
                    look="quiet"
                    whyNot={refusal(room, { type: "ClearCustomer", customer: id, reason: "…" })}
                    onClick={() => open({ kind: "clear", customer: id })}
                  >
                    Not affected<span className="visually-hidden"> {name}</span>
                  </Button>
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </Part>
  );
}

/** An incident goes by what was signed when the customer was touched, until somebody says so. */
function TakeUpContract({ customer, name }: { readonly customer: string; readonly name: string }) {
  const room = useRoom();
  const { send, problems } = useCommand("RebindCustomer", room.incident.id);
  return (
    <Button
      look="quiet"
      whyNot={problems[0]?.message ?? barred(room, "RebindCustomer")}
      onClick={() => void send({ customer }).catch(() => undefined)}
    >
      Contract anew<span className="visually-hidden"> of {name}</span>
    </Button>
  );
}

function Phases() {
  const room = useRoom();
  const { state, policy, context, open } = room;
  const { main, beside, visited } = state.phase;
  const index = policy.phases.findIndex(({ id }) => id === main);
  const [now, next] = [policy.phases[index], policy.phases[index + 1]];
  const gates = [...(now?.leave ?? []), ...(next?.enter ?? [])];
  const stillOpen =
    openGates(state, now?.id ?? "", now?.leave, context).length +
    openGates(state, next?.id ?? "", next?.enter, context).length;
  return (
    <Part
      title="Phase"
      act={
        <Button look="quiet" keys="]" onClick={() => open({ kind: "phase" })}>
          Move
        </Button>
      }
    >
      <ol className="phases">
        {policy.phases.map(({ id, name, does }) => (
          <li
            key={id}
            title={does}
            aria-current={id === main ? "step" : undefined}
            className={id === main || beside.includes(id) ? "phase-now" : undefined}
          >
            {name}
            {beside.includes(id) ? (
              <>
                {" "}
                <span className="secondary">beside</span> <LeaveBeside phase={id} />
              </>
            ) : visited.includes(id) && id !== main ? (
              <span className="secondary"> ✓</span>
            ) : null}
          </li>
        ))}
      </ol>
      {next && gates.length > 0 ? (
        <>
          <p className="secondary">
            Gates to {next.name}: {gates.length - stillOpen} of {gates.length}
          </p>
          {now ? <GateList of={now.id} gates={now.leave ?? []} /> : null}
          <GateList of={next.id} gates={next.enter ?? []} />
        </>
      ) : null}
    </Part>
  );
}

function LeaveBeside({ phase }: { readonly phase: string }) {
  const room = useRoom();
  const { incident, policy } = room;
  const leave = useCommand("LeavePhase", incident.id);
  return (
    <Button
      look="quiet"
      whyNot={leave.problems[0]?.message ?? refusal(room, { type: "LeavePhase", phase })}
      onClick={() => void leave.send({ phase }).catch(() => undefined)}
    >
      Leave<span className="visually-hidden"> {named(policy.phases, phase)}</span>
    </Button>
  );
}
