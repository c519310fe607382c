/** Diff: what the draft does and says otherwise than what runs. */

import { DifferenceView } from "./difference-view.tsx";
import { counted } from "./reading.ts";
import type { Tab } from "./studio.tsx";

export function Diff({ draft, reading }: Tab) {
  if (reading.problems.length > 0)
    return <p>{counted(reading.problems.length, "place")} cannot be read: mend them first.</p>;
  return <DifferenceView base={draft.base} text={reading.text} />;
}
