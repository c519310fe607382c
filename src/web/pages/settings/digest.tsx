/** Digest: a mail each Monday and on the first of a month, for who asks for it. */

import { useState } from "react";
import type { DigestChoice } from "../../../api/access.ts";
import { Button } from "../../ui/button.tsx";
import { Problems, Tick } from "../../ui/field.tsx";
import { Section } from "../../ui/sheet.tsx";
import { useAct, useAnswer } from "./access-calls.ts";

export function DigestMails() {
  const { data } = useAnswer<DigestChoice>("/me/digest");
  return data ? <Choice key={JSON.stringify(data)} chosen={data} /> : null;
}

function Choice({ chosen }: { readonly chosen: DigestChoice }) {
  const { problems, send } = useAct();
  const [weekly, setWeekly] = useState(chosen.weekly);
  const [remediations, setRemediations] = useState(chosen.remediations);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const unchanged = weekly === chosen.weekly && remediations === chosen.remediations;
  return (
    <Section
      title="Digest by mail"
      says={`At 8:00 ${chosen.weekly || chosen.remediations ? chosen.zone : zone}; without titles and names of parties.`}
    >
      <form
        className="stack"
        onSubmit={(event) => (
          event.preventDefault(), void send("/me/digest", { weekly, remediations, zone })
        )}
      >
        <Tick
          label="Each Monday: what is overdue, and what is due within the week"
          checked={weekly}
          onChange={setWeekly}
        />
        <Tick
          label="On the first of a month: the open remediations that are yours"
          checked={remediations}
          onChange={setRemediations}
        />
        <Problems problems={problems} />
        <div>
          <Button type="submit" whyNot={unchanged ? "Nothing is changed." : undefined}>
            Save
          </Button>
        </div>
      </form>
    </Section>
  );
}
