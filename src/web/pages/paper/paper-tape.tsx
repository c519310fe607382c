/** The tape on paper: as it stands at this instant, and the tables below say the same. */

import { renderTape } from "../../../core/tape/tape.ts";
import { parseInstant } from "../../../core/time/instant.ts";
import { useTime } from "../../ui/time.tsx";
import { itemsOf } from "../room/tape-items.ts";
import type { OnPaper } from "./paper.tsx";

/** As wide as a sheet of A4 between its margins, at the size of its text. */
const WIDTH = 860;

export function PaperTape({ incident, context, asOf }: OnPaper) {
  const { zone, now } = useTime();
  const items = itemsOf(incident, context);
  if (items.length === 0) return null;
  const at = parseInstant(asOf ?? "") ?? now;
  const svg = renderTape(items, at, { width: WIDTH, zone, of: incident.id });
  return <div className="paper-tape" dangerouslySetInnerHTML={{ __html: svg }} />;
}
