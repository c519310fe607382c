/** Record a mitigation: a control that reduces the risk now. It counts from when it was applied. */

import { useState } from "react";
import type { Instant } from "../../core/time/instant.ts";
import { forecast } from "../pages/room/forecast.ts";
import { useRoom } from "../pages/room/room-state.tsx";
import { SelectField, TextArea, Tick, useDraft } from "../ui/field.tsx";
import { ClocksForecast } from "./clocks-forecast.tsx";
import { CommandForm } from "./command-form.tsx";
import { WhenField } from "./when-field.tsx";

export function ApplyMitigation({ text: first = "" }: { readonly text?: string | undefined }) {
  const { incident, state, context, policy } = useRoom();
  const [kind, setKind] = useState(policy.mitigations[0]?.id ?? "");
  const [text, setText, forget] = useDraft(`${incident.id}-mitigate`, first);
  const [partial, setPartial] = useState(false);
  const [happenedAt, setHappenedAt] = useState<Instant>();
  const command = {
    type: "ApplyMitigation",
    kind,
    text,
    ...(partial ? { partial } : {}),
    ...(happenedAt === undefined ? {} : { happenedAt }),
  } as const;
  const asked = { ...command, text: text.trim() === "" ? "…" : text };
  return (
    <CommandForm
      title="Record a mitigation"
      command={command}
      submit={partial ? "Record it as partial" : "Record it"}
      beside={["kind", "text", "happenedAt"]}
      onDone={forget}
    >
      {(problem) => (
        <>
          <SelectField
            label="Kind"
            autoFocus
            value={kind}
            choices={policy.mitigations.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={setKind}
            problem={problem("kind")}
          />
          <TextArea
            label="What was done"
            rows={3}
            value={text}
            onChange={setText}
            problem={problem("text")}
          />
          <Tick
            label="Partial: it reduces the risk without ending the impact, and stops no clock"
            checked={partial}
            onChange={setPartial}
          />
          <WhenField
            label="When it was applied"
            hint="Now, if not said."
            onChange={setHappenedAt}
            problem={problem("happenedAt")}
          />
          <ClocksForecast result={forecast(state, asked, context)} />
        </>
      )}
    </CommandForm>
  );
}
