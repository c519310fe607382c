/** Law where none is looked at yet, and what may be done about laws in every incident. */

import { useCommand } from "../../api.ts";
import { Link } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { Button } from "../../ui/button.tsx";
import { Part } from "./part.tsx";
import { barred } from "../../barred.ts";
import { useRoom } from "./room-state.tsx";

export const NoLaw = () => (
  <Part title="Law" act={<LawActs />}>
    <p className="secondary">
      No law is looked at here. What we are is stated under <Link to={ROUTES.law}>Law</Link>.
    </p>
  </Part>
);

export function LawActs() {
  const room = useRoom();
  return (
    <span className="line">
      <TakeUp />
      <Button
        look="quiet"
        whyNot={barred(room, "OpenRegime")}
        onClick={() => room.open({ kind: "regime" })}
      >
        Open a law
      </Button>
    </span>
  );
}

function TakeUp() {
  const room = useRoom();
  const { send, problems } = useCommand("TakeUpLaw", room.incident.id);
  return (
    <Button
      look="quiet"
      whyNot={problems[0]?.message ?? barred(room, "TakeUpLaw")}
      onClick={() => void send({}).catch(() => undefined)}
    >
      Look again
    </Button>
  );
}
