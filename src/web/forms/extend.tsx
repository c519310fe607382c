/**
 * Extension: more time, that somebody has agreed to. What was due first stays on
 * the record and in sight; a law's clause is moved by nobody here, so the form says
 * whose extension this is.
 */

import { useState } from "react";
import type { Instant } from "../../core/time/instant.ts";
import { useRoom } from "../pages/room/room-state.tsx";
import { TextArea, TextField, useDraft } from "../ui/field.tsx";
import { At } from "../ui/time.tsx";
import { CommandForm } from "./command-form.tsx";
import type { ActOn } from "./obligation-form.tsx";
import { WhenField } from "./when-field.tsx";

/** Before a time is typed: no instant that could be meant. */
const UNSAID = 0 as Instant;

export function Extend({ obligation, says }: ActOn) {
  const { incident } = useRoom();
  const owed = incident.obligations.find(({ id }) => id === obligation);
  const [agreedBy, setAgreedBy, forgetBy] = useDraft(`${incident.id}-agreed-${obligation}`, "");
  const [reason, setReason, forgetReason] = useDraft(`${incident.id}-extend-${obligation}`, "");
  const [dueAt, setDueAt] = useState<Instant>();
  return (
    <CommandForm
      title={`${says}: extension`}
      command={{
        type: "ExtendObligation",
        obligation,
        dueAt: dueAt ?? UNSAID,
        agreedBy,
        reason,
      }}
      submit="Record the extension"
      beside={["dueAt", "agreedBy", "reason"]}
      whyNot={dueAt === undefined ? "Say when it is due now." : undefined}
      locks
      onDone={() => (forgetBy(), forgetReason())}
    >
      {(problem) => (
        <>
          {owed?.dueAt ? (
            <p>
              Due <At iso={owed.dueAt} relative />
              {owed.recipient.kind === "authority"
                ? ". This is a law's time: it does not end later because we say so. What you record is our extension, and the first due time is shown with it everywhere."
                : ". That stays on the record, beside the new time."}
            </p>
          ) : null}
          <WhenField
            label="Due now"
            hint="In the zone on screen."
            onChange={setDueAt}
            problem={problem("dueAt")}
          />
          <TextField
            label="Who agreed to it"
            value={agreedBy}
            onChange={setAgreedBy}
            hint={
              owed?.recipient.kind === "team"
                ? "Of us: whoever answers for this target."
                : "On the other side, by name; how, if there is a letter or a call."
            }
            problem={problem("agreedBy")}
          />
          <TextArea
            label="Why it takes longer"
            rows={3}
            value={reason}
            onChange={setReason}
            problem={problem("reason")}
          />
        </>
      )}
    </CommandForm>
  );
}
