/** Who does what, and the signals this began with: people inside, and people who told us. */

import { useCommand } from "../../api.ts";
import { Link } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { Button } from "../../ui/button.tsx";
import { Part } from "./part.tsx";
import { barred } from "../../barred.ts";
import { named, personName } from "../../names.ts";
import { refusal, useRoom } from "./room-state.tsx";

export function Roles() {
  const room = useRoom();
  const { state, policy, context, open } = room;
  return (
    <Part
      title="Roles"
      act={
        <span className="line">
          <Link to={ROUTES.handover}>Hand over</Link>
          <Button
            look="quiet"
            whyNot={barred(room, "TakeRole")}
            onClick={() => open({ kind: "role" })}
          >
            Give
          </Button>
        </span>
      }
    >
      <ul className="plain">
        {policy.roles.map(({ id, name, outside, contact }) => (
          <li key={id} className="spread">
            <span>{name}</span>
            {outside ? (
              <span className="secondary">outside{contact ? `, ${contact}` : ""}</span>
            ) : (
              <RoleHolder role={id} name={personName(context, state.roles[id])} />
            )}
          </li>
        ))}
      </ul>
    </Part>
  );
}

function RoleHolder({ role, name }: { readonly role: string; readonly name: string | undefined }) {
  const room = useRoom();
  const { incident, policy, open } = room;
  const leave = useCommand("LeaveRole", incident.id);
  const what = named(policy.roles, role);
  if (name === undefined)
    return (
      <Button
        look="quiet"
        whyNot={barred(room, "TakeRole")}
        onClick={() => open({ kind: "role", text: role })}
      >
        nobody yet<span className="visually-hidden">, give {what}</span>
      </Button>
    );
  return (
    <span className="line">
      {name}
      <Button
        look="quiet"
        whyNot={refusal(room, { type: "LeaveRole", role })}
        onClick={() => void leave.send({ role }).catch(() => undefined)}
      >
        Take back<span className="visually-hidden"> {what}</span>
      </Button>
    </span>
  );
}

export function Signals() {
  const { incident, state, open } = useRoom();
  if (incident.signals.length === 0) return null;
  return (
    <Part title="Signals">
      <ul className="plain">
        {incident.signals.map(({ id, title, acknowledgedAt }) => {
          const hasReporter = state.signals.some(
            ({ signal, reporter }) => signal === id && reporter !== undefined,
          );
          return (
            <li key={id} className="spread">
              <Link to={ROUTES.signal} params={{ id }}>
                <span className="mono">{id}</span> {title}
              </Link>
              {hasReporter ? (
                <Button look="quiet" onClick={() => open({ kind: "reporter", signal: id })}>
                  {acknowledgedAt === null ? "Acknowledge" : "Reporter"}
                  <span className="visually-hidden"> of {id}</span>
                </Button>
              ) : null}
            </li>
          );
        })}
      </ul>
    </Part>
  );
}
