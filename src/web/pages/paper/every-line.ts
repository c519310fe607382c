/**
 * Every line: the whole timeline, oldest first, fetched in pieces so that it can
 * be seen how far it is, and so that ten thousand lines block nothing.
 */

import { useEffect, useState } from "react";
import type { TimelineLine } from "../../../api/view.ts";
import { client } from "../../api.ts";

const PIECE_LINES = 250;

export type EveryLine = {
  readonly pieces: readonly (readonly TimelineLine[])[];
  readonly have: number;
  /** Undefined until the first answer. */
  readonly total: number | undefined;
  readonly isWhole: boolean;
  readonly problem: string | undefined;
  readonly again: () => void;
};

/** `entries` is how many the incident is known to have: when it grows, what is new is fetched too. */
export function useEveryLine(id: string, asOf: string | undefined, entries: number): EveryLine {
  const [pieces, setPieces] = useState<EveryLine["pieces"]>([]);
  const [total, setTotal] = useState<number>();
  const [problem, setProblem] = useState<string>();
  const [wholeAt, setWholeAt] = useState<number>();
  const have = pieces.reduce((sum, piece) => sum + piece.length, 0);
  useEffect(() => {
    if (problem !== undefined || wholeAt === entries) return;
    let isOver = false;
    const asked = { only: "everything", from: have, limit: PIECE_LINES } as const;
    void client
      .read("timeline", { id }, asOf === undefined ? asked : { ...asked, asOf })
      .then((answer) => {
        if (isOver) return;
        if (!answer.ok) return setProblem(answer.problems[0].message);
        const { items, total: all } = answer.value;
        setTotal(all);
        if (items.length > 0) setPieces((before) => [...before, items]);
        if (items.length === 0 || have + items.length >= all) setWholeAt(entries);
      });
    return () => {
      isOver = true;
    };
  }, [id, asOf, entries, have, problem, wholeAt]);
  return {
    pieces,
    have,
    total,
    isWhole: wholeAt === entries,
    problem,
    again: () => setProblem(undefined),
  };
}
