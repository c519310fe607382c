/** Record that the permanent fix is out; the policy's fix gates are in sight. */

import { useState } from "react";
import type { Instant } from "../../core/time/instant.ts";
import { GateList } from "../pages/room/gates.tsx";
import { useRoom } from "../pages/room/room-state.tsx";
import { TextArea, TextField, useDraft } from "../ui/field.tsx";
import { CommandForm, given } from "./command-form.tsx";
import { WhenField } from "./when-field.tsx";

export function ShipFix({ text: first = "" }: { readonly text?: string | undefined }) {
  const { incident, policy } = useRoom();
  const [text, setText, forgetText] = useDraft(`${incident.id}-fix`, first);
  const [release, setRelease, forgetRelease] = useDraft(`${incident.id}-release`, "");
  const [happenedAt, setHappenedAt] = useState<Instant>();
  return (
    <CommandForm
      title="Record that the fix is out"
      command={{
        type: "ShipFix",
        text,
        ...given("release", release),
        ...(happenedAt === undefined ? {} : { happenedAt }),
      }}
      submit="Record the fix"
      beside={["text", "release", "happenedAt"]}
      locks
      onDone={() => (forgetText(), forgetRelease())}
    >
      {(problem) => (
        <>
          <GateList of="fix" gates={policy.gates.fix ?? []} />
          <TextArea
            label="What was fixed"
            autoFocus
            rows={3}
            value={text}
            onChange={setText}
            problem={problem("text")}
          />
          <TextField
            label="Release, where there is one"
            value={release}
            onChange={setRelease}
            placeholder="2.14.3"
            problem={problem("release")}
          />
          <WhenField
            label="When it was out"
            hint="Now, if not said."
            onChange={setHappenedAt}
            problem={problem("happenedAt")}
          />
        </>
      )}
    </CommandForm>
  );
}
