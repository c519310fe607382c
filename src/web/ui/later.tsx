/**
 * Later: what may stand there a moment after the rest.
 *
 * A page drawn in one go answers nobody meanwhile. What is inside here is drawn in
 * a turn of its own, after what stands already was painted, and each one in another
 * turn than the one before, so that the browser takes keys and clicks in between.
 * Only the first time: once there, it changes with the page.
 */

import { type ReactNode, useEffect, useState } from "react";

type Turn = { readonly act: () => void };

const waiting: Turn[] = [];
/** For when nobody waits any more. */
const last: Turn[] = [];

/** One turn after each paint; in a page that is not looked at, after a moment. */
function takeTurns(): void {
  let isTaken = false;
  const take = (): void => {
    if (isTaken) return;
    isTaken = true;
    (waiting.shift() ?? last.shift())?.act();
    if (waiting.length + last.length > 0) takeTurns();
  };
  requestAnimationFrame(() => setTimeout(take));
  setTimeout(take, HIDDEN_MS);
}

/** No frame is painted in the background: then this is what a turn waits. */
const HIDDEN_MS = 100;

type Props = {
  /** Part of what the server draws of a page, which has no turns (web/first/). */
  readonly ahead?: boolean;
  readonly children: ReactNode;
};

export function Later({ ahead = false, children }: Props) {
  return useTurn() || (ahead && IS_DRAWN_AHEAD) ? children : null;
}

/** Whether this is the server drawing a first view. */
export const IS_DRAWN_AHEAD = typeof document === "undefined";

/** Does something once everything that waits for a turn has had it. */
export function afterTurns(act: () => void): void {
  last.push({ act });
  if (waiting.length + last.length === 1) takeTurns();
}

/** Whether one's own turn has come, once it `isWanted`; from then on it has. */
export function useTurn(isWanted = true): boolean {
  const [isTurn, setIsTurn] = useState(false);
  useEffect(() => {
    if (!isWanted) return;
    const turn = { act: () => setIsTurn(true) };
    waiting.push(turn);
    if (waiting.length + last.length === 1) takeTurns();
    return () => {
      const at = waiting.indexOf(turn);
      if (at >= 0) waiting.splice(at, 1);
    };
  }, [isWanted]);
  return isTurn;
}
