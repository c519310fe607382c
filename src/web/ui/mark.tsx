/**
 * Marks: shape, fill and word together, never hue alone.
 *
 * Severity is an ink ladder by rank: filled square, filled triangle, half disc,
 * outline. The shape of an obligation says to whom it is owed; its fill says how
 * it stands.
 */

import type { ObligationView } from "../../api/view.ts";
import { drawMark } from "../../core/tape/mark.ts";

type Severity = { readonly name: string; readonly rank: number; readonly of: number };

/** Scales of any length take the four rungs of ink from the top; the last one is always the outline. */
const inkOf = ({ rank, of }: Severity): 1 | 2 | 3 | 4 =>
  rank === of && of > 1 ? 4 : (Math.min(rank, 3) as 1 | 2 | 3);

const GLYPH = {
  1: <rect x="2" y="2" width="12" height="12" />,
  2: <path d="M8 1.5 15 14H1z" />,
  3: <path d="M8 1.5a6.5 6.5 0 0 1 0 13z M8 1.5a6.5 6.5 0 0 0 0 13" fillRule="evenodd" />,
  4: <circle cx="8" cy="8" r="6" fill="none" strokeDasharray="3 2" />,
} as const;

export function SeverityMark({ severity }: { readonly severity: Severity | null }) {
  if (severity === null) return <span className="severity severity-none">not set</span>;
  const ink = inkOf(severity);
  return (
    <span className={`severity severity-${ink}`}>
      <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
        {GLYPH[ink]}
      </svg>
      {severity.name}
    </span>
  );
}

/** Whose promise it is, in a word, for those who do not see the shape. */
export { OWED_TO } from "../../core/tape/name.ts";

type Shown = Pick<ObligationView, "standing"> & {
  readonly kind: ObligationView["recipient"]["kind"];
};

/** The mark of the tape, beside words. */
export function ObligationMark({ kind, standing }: Shown) {
  const state = standing === "running" || standing === "owed" ? "open" : standing;
  return (
    <svg
      className="obligation-mark"
      viewBox="-9 -9 18 18"
      width="18"
      height="18"
      aria-hidden="true"
      dangerouslySetInnerHTML={{ __html: drawMark(kind, state, 0, 0) }}
    />
  );
}
