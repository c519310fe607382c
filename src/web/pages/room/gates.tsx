/**
 * Gates: what must be true before going on, in the policy's sentences.
 *
 * Each says whether it holds for whoever is looking, what it still wants, and
 * what was shown. A gate that does not apply here is not listed.
 */

import { openGates, showGate } from "../../../core/incident/response/gate.ts";
import { situationOf } from "../../../core/incident/situation.ts";
import { answer } from "../../../core/policy/condition/condition.ts";
import type { Gate } from "../../../core/policy/policy.ts";
import { Button } from "../../ui/button.tsx";
import { Prose } from "./prose.tsx";
import { barred } from "../../barred.ts";
import { personName } from "../../names.ts";
import { useRoom } from "./room-state.tsx";

type Props = { readonly of: string; readonly gates: readonly Gate[] };

export function GateList({ of, gates }: Props) {
  const { state } = useRoom();
  const situation = situationOf(state);
  const asked = gates.filter(
    ({ when }) => when === undefined || answer(when, situation, undefined) === "yes",
  );
  if (asked.length === 0) return null;
  return (
    <ul className="gates" aria-label="Gates">
      {asked.map((gate) => (
        <GateLine key={gate.id} of={of} gate={gate} />
      ))}
    </ul>
  );
}

function GateLine({ of, gate }: { readonly of: string; readonly gate: Gate }) {
  const room = useRoom();
  const { state, context, open } = room;
  const [problem] = openGates(state, of, [gate], context);
  const key = `${of}/${gate.id}`;
  const shown = state.shown[key];
  const excepted = state.excepted[key];
  return (
    <li className={problem ? "gate" : "gate gate-holds"}>
      <span aria-hidden="true">{problem ? "○" : "✓"}</span>
      <div>
        <p>
          <span className="visually-hidden">{problem ? "Open: " : "Holds: "}</span>
          {gate.says}
        </p>
        {problem ? (
          <p className="secondary">
            {problem.message.replace(gate.says, "").trim().replace(/:$/, ".")}
          </p>
        ) : null}
        {shown ? (
          <div className="secondary">
            Shown by {personName(context, shown.by)}: <Prose text={shown.evidence.join("\n")} />
          </div>
        ) : null}
        {excepted ? (
          <p className="secondary">
            An exception by {personName(context, excepted.by)} is on the record.
          </p>
        ) : null}
        {problem ? (
          <div className="line">
            {isShowable(gate, room) ? (
              <Button
                whyNot={barred(room, "ShowGate")}
                onClick={() => open({ kind: "show", of, gate: gate.id })}
              >
                Show it
              </Button>
            ) : null}
            <Button
              look="quiet"
              whyNot={barred(room, "ExceptGate")}
              onClick={() => open({ kind: "except", of, gate: gate.id })}
            >
              Record an exception
            </Button>
          </div>
        ) : null}
      </div>
    </li>
  );

  /** Where the record itself tells, there is nothing to show. */
  function isShowable({ id }: Gate, { state: now, context: asking }: typeof room): boolean {
    const evidence = ["https://example.org/"];
    return showGate(now, { type: "ShowGate", of, gate: id, evidence }, asking).ok;
  }
}
