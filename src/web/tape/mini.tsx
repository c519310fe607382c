/** Mini: one incident's open obligations in a line of marks, for a row of a table. */

import type { ObligationView } from "../../api/view.ts";
import { toItems } from "../../core/tape/item.ts";
import { renderLine } from "../../core/tape/line.ts";
import { useTime } from "../ui/time.tsx";
import { useShown } from "./shown.ts";

const WIDTH = 220;

type Props = { readonly of: string; readonly owed: readonly ObligationView[] };

export function MiniTape({ of, owed }: Props) {
  const { now, zone } = useTime();
  const { scale } = useShown();
  const counted = owed.filter(({ dueAt }) => dueAt !== null);
  if (counted.length === 0) return null;
  const options = { width: WIDTH, zone, scale, of, height: "row" } as const;
  return (
    <div
      className="tape-mini"
      dangerouslySetInnerHTML={{ __html: renderLine(toItems(counted), now, options) }}
    />
  );
}
