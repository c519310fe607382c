/** Met, of a signal: the reporter was reached in another way than by mail from here. */

import { useState } from "react";
import { type Instant, toIso } from "../../core/time/instant.ts";
import { problemAt, useCommand } from "../api.ts";
import { ActForm } from "../ui/act-form.tsx";
import { Problems, TextArea, useDraft } from "../ui/field.tsx";
import { WhenField } from "./when-field.tsx";

type Props = {
  readonly id: string;
  readonly obligation: string;
  readonly says: string;
  /** Why it would be refused with this evidence. */
  readonly whyNot: (evidence: string) => string | undefined;
  readonly onClose: () => void;
};

export function MeetSignal({ id, obligation, says, whyNot, onClose }: Props) {
  const [evidence, setEvidence, forget] = useDraft(`${id}-meet-${obligation}`, "");
  const [happenedAt, setHappenedAt] = useState<Instant>();
  const meeting = useCommand("MeetSignalObligation", id);
  const send = async (): Promise<void> => {
    const when = happenedAt === undefined ? {} : { happenedAt: toIso(happenedAt) };
    try {
      await meeting.send({ obligation, evidence, ...when });
    } catch {
      return;
    }
    forget();
    onClose();
  };
  const problem = (field: string): string | undefined => problemAt(meeting.problems, field);
  return (
    <ActForm
      submit="Record that it is met"
      whyNot={whyNot(evidence)}
      pending={meeting.pending}
      onSend={send}
      onClose={onClose}
    >
      <h2>{says}: met</h2>
      <TextArea
        label="What shows it"
        autoFocus
        rows={3}
        value={evidence}
        onChange={setEvidence}
        hint="How you reached them, and when."
        problem={problem("evidence")}
      />
      <WhenField
        label="When it was done"
        hint="Now, if not said."
        onChange={setHappenedAt}
        problem={problem("happenedAt")}
      />
      <Problems problems={meeting.problems} beside={["evidence", "happenedAt"]} />
    </ActForm>
  );
}
