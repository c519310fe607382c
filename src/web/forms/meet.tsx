/**
 * Met: a duty towards somebody else was done outside this program (a call, a
 * letter, a filing), with what shows it. It is met at the instant it happened.
 */

import { useState } from "react";
import type { Instant } from "../../core/time/instant.ts";
import { useRoom } from "../pages/room/room-state.tsx";
import { TextArea, useDraft } from "../ui/field.tsx";
import { CommandForm } from "./command-form.tsx";
import type { ActOn } from "./obligation-form.tsx";
import { WhenField } from "./when-field.tsx";

export function Meet({ obligation, says }: ActOn) {
  const { incident } = useRoom();
  const [evidence, setEvidence, forget] = useDraft(`${incident.id}-meet-${obligation}`, "");
  const [happenedAt, setHappenedAt] = useState<Instant>();
  return (
    <CommandForm
      title={`${says}: met`}
      command={{
        type: "MeetObligation",
        obligation,
        evidence,
        ...(happenedAt === undefined ? {} : { happenedAt }),
      }}
      submit="Record that it is met"
      beside={["evidence", "happenedAt"]}
      locks
      onDone={forget}
    >
      {(problem) => (
        <>
          <TextArea
            label="What shows it"
            autoFocus
            rows={3}
            value={evidence}
            onChange={setEvidence}
            hint="Whom you spoke to and when; what was sent or filed, and under which number."
            problem={problem("evidence")}
          />
          <WhenField
            label="When it was done"
            hint="Now, if not said."
            onChange={setHappenedAt}
            problem={problem("happenedAt")}
          />
        </>
      )}
    </CommandForm>
  );
}
