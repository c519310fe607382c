/** A clause of the contract that binds no longer, and why. */

import { useState } from "react";
import type { Party } from "../../api/view.ts";
import { TextArea } from "../ui/field.tsx";
import { PartyForm } from "./party-form.tsx";

export function RemoveClause({
  party,
  clause,
  onClose,
}: {
  readonly party: Party;
  readonly clause: string;
  readonly onClose: () => void;
}) {
  const [reason, setReason] = useState("");
  return (
    <PartyForm
      title={`${clause} binds no longer`}
      type="RemoveClause"
      id={party.id}
      input={{ clause, reason }}
      submit="Record that it binds no longer"
      beside={["reason"]}
      whyNot={reason.trim() === "" ? "Say why: the reason is kept." : undefined}
      onClose={onClose}
    >
      {(problem) => (
        <TextArea
          label="Why"
          autoFocus
          rows={2}
          value={reason}
          onChange={setReason}
          hint="An incident that touches them goes by it until their contract is taken up anew."
          problem={problem("reason")}
        />
      )}
    </PartyForm>
  );
}
