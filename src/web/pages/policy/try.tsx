/** Try: a situation on the draft, with its tape, before anybody has to rely on it. */

import { Situation } from "../simulate/situation.tsx";
import { Replay } from "./replay.tsx";
import { counted } from "./reading.ts";
import type { Tab } from "./studio.tsx";

export function Try({ reading }: Tab) {
  const policy = reading.document?.policy;
  if (!policy || reading.problems.length > 0)
    return <p>{counted(reading.problems.length, "place")} cannot be read: mend them first.</p>;
  return (
    <>
      <p className="secondary">
        By the draft as it stands, the contracts on record and the laws that could bind us. Nothing
        of this is recorded.
      </p>
      <Situation policy={policy} text={reading.text} />
      <Replay text={reading.text} />
    </>
  );
}
