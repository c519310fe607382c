/**
 * Tape: what one incident owes, as a picture with a lane for each, and as a list
 * of buttons that says the same and is always there.
 *
 * The list has the focus: arrows walk it, Enter opens, and the lane of the button
 * that has the focus is the one with nights below it. Collapsed, it is out of
 * sight and still read.
 */

import { useMemo, useState } from "react";
import { scaleAfter, SCALE_SAYS } from "../../core/tape/axis.ts";
import { isOpen, type TapeItem } from "../../core/tape/item.ts";
import { inOrderOfRows } from "../../core/tape/room.ts";
import { axisOf } from "../../core/tape/line.ts";
import { GUTTER_PX, renderTape, roomHeight } from "../../core/tape/tape.ts";
import { itemSentence, nextOf } from "../../core/tape/words.ts";
import { formatTime } from "../../core/time/format.ts";
import type { Instant } from "../../core/time/instant.ts";
import { IS_DRAWN_AHEAD, useTurn } from "../ui/later.tsx";
import { useTime } from "../ui/time.tsx";
import { Picture } from "./picture.tsx";
import { useSecond } from "./second.ts";
import { useShown, useTapeKeys, useWidth } from "./shown.ts";
import { walk } from "./walk.ts";
import "./tape.css";

/** Below this a tape runs down the screen. */
const DOWN_PX = 560;

type Props = {
  /** Before the summary: `INC-7`. */
  readonly of: string;
  readonly items: readonly TapeItem[];
  readonly now: Instant;
  readonly opened: string | undefined;
  readonly onOpen: (id: string) => void;
  readonly onPoint?: (id: string | undefined) => void;
  /** Where its clock started was clicked. */
  readonly onHook?: (id: string) => void;
  /** Asks for how things stood at an instant. */
  readonly onScrub?: (at: Instant) => void;
};

export function Tape({ of, items, now: minute, opened, onOpen, onPoint, onHook, onScrub }: Props) {
  const { zone } = useTime();
  const { scale, ghosts } = useShown();
  const [place, width] = useWidth<HTMLDivElement>();
  const [focused, setFocused] = useState<string>();
  const [isListed, setListed] = useState(false);
  useTapeKeys();
  const shown = useMemo(
    () =>
      inOrderOfRows(
        items.filter(({ isGhost }) => ghosts || !isGhost),
        minute,
      ),
    [items, ghosts, minute],
  );
  const focus = shown.find(({ id }) => id === (focused ?? opened)) ?? nextOf(shown, minute);
  const now = useSecond(minute, focus?.dueAt);
  const height = width < DOWN_PX ? ("down" as const) : ("room" as const);
  // The picture of a hundred lanes is some milliseconds: drawn again when something in it moved, and
  // first when nothing else is.
  const isDrawn = useTurn(width > 0);
  const svg = useMemo(
    () =>
      !isDrawn ? "" : renderTape(shown, now, { width, zone, scale, height, focus: focus?.id, of }),
    [isDrawn, shown, now, width, zone, scale, height, focus?.id, of],
  );
  const count = shown.filter((item) => isOpen(item, now)).length;
  return (
    <div className="tape-place" ref={place}>
      {shown.length === 0 ? null : !isDrawn ? (
        // Its place, so that what stands below keeps its own. How wide it is only the browser knows,
        // and how high hangs on what is in it.
        <svg
          className="tape"
          width="1"
          height={roomHeight(shown, now, { zone, scale, focus: focus?.id })}
        />
      ) : (
        <Picture
          svg={svg}
          onPick={(id) => {
            setFocused(id);
            onOpen(id);
          }}
          onHook={onHook}
          onPoint={onPoint}
          scrub={
            onScrub && height === "room"
              ? {
                  axis: axisOf(shown, now, { scale }),
                  gutter: GUTTER_PX,
                  says: (at) => `as of ${formatTime(at, zone)}`,
                  go: onScrub,
                }
              : undefined
          }
        />
      )}
      <div className="tape-foot">
        <button
          type="button"
          className="button button-quiet"
          aria-expanded={isListed}
          onClick={() => setListed(!isListed)}
        >
          {isListed ? "Hide the list" : `List, ${count} open of ${shown.length}`}
        </button>
        <span className="secondary tape-keys">
          {SCALE_SAYS[scale]} <kbd>Z</kbd> {SCALE_SAYS[scaleAfter(scale)]}
        </span>
      </div>
      <ol className={isListed ? "tape-list" : "tape-list visually-hidden"}>
        {(IS_DRAWN_AHEAD ? [] : shown).map((item) => (
          <li key={item.id}>
            <button
              type="button"
              data-obligation={item.id}
              data-due={item.dueAt}
              tabIndex={isListed || item === focus ? 0 : -1}
              aria-expanded={opened === item.id}
              onFocus={() => setFocused(item.id)}
              onClick={() => onOpen(item.id)}
              onKeyDown={walk}
              onPointerEnter={() => onPoint?.(item.id)}
              onPointerLeave={() => onPoint?.(undefined)}
            >
              {itemSentence(item, now, zone)}
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}
