/**
 * Lanes: what is owed as rows under one head, a row of 44 pixels each.
 *
 * A row is a button: its words say everything that its picture does. The width is
 * measured once for all rows, so that now stands at the same place in each of them.
 */

import type { ObligationView } from "../../api/view.ts";
import { isAtRisk, stateOf, toItem } from "../../core/tape/item.ts";
import { drawMark } from "../../core/tape/mark.ts";
import { renderLine } from "../../core/tape/line.ts";
import { renderHead } from "../../core/tape/head.ts";
import { itemSentence } from "../../core/tape/words.ts";
import type { Instant } from "../../core/time/instant.ts";
import type { Span } from "../../core/time/open-hours.ts";
import { useTime } from "../ui/time.tsx";
import { Picture } from "./picture.tsx";
import { LaneSays } from "./says.tsx";
import { useShown, useTapeKeys } from "./shown.ts";
import { walk } from "./walk.ts";
import "./tape.css";

/** What all rows under one head share. */
type Axis = { readonly now: Instant; readonly startAt: Instant };

/** Hours and days above the rows, the time of now, how many are overdue. */
export function AxisRow({
  axis: { now, startAt },
  width,
  overdue = 0,
}: {
  readonly axis: Axis;
  readonly width: number;
  readonly overdue?: number;
}) {
  const { zone } = useTime();
  const { scale } = useShown();
  useTapeKeys();
  if (width === 0) return null;
  return <Picture svg={renderHead(now, { width, zone, scale, startAt, overdue })} />;
}

export type LaneProps = {
  readonly owed: ObligationView;
  readonly axis: Axis;
  readonly width: number;
  readonly pauses?: readonly Span[];
  /** Who it is owed to, or what it is about. */
  readonly name: string;
  readonly takenBy?: string | undefined;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
};

/** One row: its name, its picture, when it is due; opening it says why. */
export function LaneRow({ owed, axis, width, pauses, name, takenBy, isOpen, onOpen }: LaneProps) {
  const { zone } = useTime();
  const { scale } = useShown();
  const { now, startAt } = axis;
  const item = { ...toItem(owed, { takenBy, ...(pauses ? { paused: pauses } : {}) }), says: name };
  const state = stateOf(item, now);
  const tone = isAtRisk(item, now) ? "risk" : state.startsWith("met") ? "met" : state;
  const height = "row" as const;
  return (
    <button
      type="button"
      className={`lane lane-${tone}`}
      aria-expanded={isOpen}
      data-obligation={owed.id}
      data-due={item.dueAt}
      onClick={onOpen}
      onKeyDown={walk}
    >
      <span className="lane-name" aria-hidden="true">
        <svg
          viewBox="-9 -9 18 18"
          width="18"
          height="18"
          dangerouslySetInnerHTML={{ __html: drawMark(item.to, state, 0, 0) }}
        />
        <span className="lane-words">{name}</span>
      </span>
      <span className="visually-hidden">{itemSentence(item, now, zone)}</span>
      {width === 0 ? (
        <span className="lane-picture" />
      ) : (
        <span
          className="lane-picture"
          aria-hidden="true"
          dangerouslySetInnerHTML={{
            __html: renderLine([item], now, { width, zone, scale, startAt, height }),
          }}
        />
      )}
      <span aria-hidden="true">
        <LaneSays owed={owed} now={now} takenBy={takenBy} />
      </span>
    </button>
  );
}
