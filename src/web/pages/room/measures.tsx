/** What was done against it: mitigations, fixes with their gates, the verification. */

import { toIso } from "../../../core/time/instant.ts";
import { Button } from "../../ui/button.tsx";
import { At } from "../../ui/time.tsx";
import { GateList } from "./gates.tsx";
import { Part } from "./part.tsx";
import { barred } from "../../barred.ts";
import { named } from "../../names.ts";
import { refusal, useRoom } from "./room-state.tsx";

export function Measures() {
  const room = useRoom();
  const { state, policy, open } = room;
  const gates = policy.gates.fix ?? [];
  return (
    <Part
      title="Measures"
      act={
        <span className="line">
          <Button
            look="quiet"
            whyNot={barred(room, "ApplyMitigation")}
            onClick={() => open({ kind: "mitigate" })}
          >
            Mitigation
          </Button>
          <Button
            look="quiet"
            whyNot={barred(room, "ShipFix")}
            onClick={() => open({ kind: "fix" })}
          >
            Fix
          </Button>
          <Button
            look="quiet"
            whyNot={refusal(room, { type: "VerifyFix", note: "…" })}
            onClick={() => open({ kind: "verify" })}
          >
            Verify
          </Button>
        </span>
      }
    >
      {state.mitigations.length + state.fixes.length === 0 ? (
        <p className="secondary">Nothing reduces the risk yet.</p>
      ) : null}
      <ul className="plain">
        {state.mitigations.map(({ id, kind, text, happenedAt, partial, liftedAt }) => (
          <li key={id}>
            <div className="spread">
              <span className={liftedAt === undefined ? undefined : "struck"}>
                {id} {named(policy.mitigations, kind)}
                {partial ? ", partial" : ""}{" "}
                <span className="secondary">
                  <At iso={toIso(happenedAt)} short />
                </span>
              </span>
              {liftedAt === undefined ? (
                <Button
                  look="quiet"
                  whyNot={refusal(room, { type: "LiftMitigation", mitigation: id, reason: "…" })}
                  onClick={() => open({ kind: "lift", mitigation: id })}
                >
                  Lift<span className="visually-hidden"> {id}</span>
                </Button>
              ) : (
                <span className="secondary">
                  lifted <At iso={toIso(liftedAt)} short />
                </span>
              )}
            </div>
            <p className="secondary">{text}</p>
          </li>
        ))}
        {state.fixes.map(({ id, text, release, happenedAt }) => (
          <li key={id}>
            {id} fix{release ? ` in ${release}` : ""}{" "}
            <span className="secondary">
              <At iso={toIso(happenedAt)} short />
            </span>
            <p className="secondary">{text}</p>
          </li>
        ))}
        {state.moments["verifiedAt"] === undefined ? null : (
          <li>
            ✓ verified{" "}
            <span className="secondary">
              <At iso={toIso(state.moments["verifiedAt"])} short />
            </span>
          </li>
        )}
      </ul>
      {state.fixes.length === 0 && gates.length > 0 ? (
        <details>
          <summary>Gates of a fix</summary>
          <GateList of="fix" gates={gates} />
        </details>
      ) : null}
    </Part>
  );
}
