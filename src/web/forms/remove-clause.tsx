/** A clause of the contract that binds no longer, and why. */

import type { Party } from "../../api/view.ts";
import { PartyReason } from "./party-reason.tsx";

export const RemoveClause = ({
  party,
  clause,
  onClose,
}: {
  readonly party: Party;
  readonly clause: string;
  readonly onClose: () => void;
}) => (
  <PartyReason
    title={`${clause} binds no longer`}
    type="RemoveClause"
    id={party.id}
    input={(reason) => ({ clause, reason })}
    submit="Record that it binds no longer"
    hint="An incident that touches them goes by it until their contract is taken up anew."
    onClose={onClose}
  />
);
