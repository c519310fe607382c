/**
 * Marks: shape, fill and word together, never hue alone.
 *
 * Severity is an ink ladder by rank: filled square, filled triangle, half disc,
 * outline. The shape of an obligation says to whom it is owed; its fill says how
 * it stands.
 */

import type { ObligationView } from "../../api/view.ts";

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

type Kind = ObligationView["recipient"]["kind"];

/** Whose promise it is, in a word, for those who do not see the shape. */
export const OWED_TO: Readonly<Record<string, string>> = {
  team: "our own target",
  reporter: "to the reporter",
  customer: "to a customer",
  authority: "to an authority",
  provider: "owed to us",
  public: "to the public",
};

/** The outline of each shape around (0, 0), radius 6. */
export function shapePath(kind: Kind): string {
  switch (kind) {
    case "customer":
      return "M0-7 7 0 0 7-7 0z";
    case "authority":
      return "M-5.5-5.5h11v11h-11z";
    case "reporter":
      return "M0-6.5 6.5 5.5h-13z";
    case "provider":
      return "M-3.5-6h7L7 0 3.5 6h-7L-7 0z";
    default:
      return "M0-6a6 6 0 1 1 0 12a6 6 0 1 1 0-12z";
  }
}

/** Through the whole mark: said not to apply. */
export const SLASH = "M-8 8 8-8";

const FILL = {
  running: "none",
  owed: "none",
  met: "var(--met)",
  "met-late": "var(--met)",
  missed: "var(--risk)",
  waived: "none",
} as const;

export function ObligationMark({
  kind,
  standing,
}: {
  readonly kind: Kind;
  readonly standing: ObligationView["standing"];
}) {
  const stroke =
    standing === "missed"
      ? "var(--risk)"
      : standing.startsWith("met")
        ? "var(--met)"
        : "currentColor";
  return (
    <svg
      className="obligation-mark"
      viewBox="-9 -9 18 18"
      width="18"
      height="18"
      aria-hidden="true"
    >
      <path d={shapePath(kind)} fill={FILL[standing]} stroke={stroke} strokeWidth="1.5" />
      {standing.startsWith("met") ? (
        <path d="M-3 0-0.8 2.4 3.2-2.4" fill="none" stroke="var(--paper)" strokeWidth="1.6" />
      ) : null}
      {standing === "waived" ? <path d={SLASH} fill="none" stroke={stroke} /> : null}
      {standing === "missed" ? (
        <path d="M-2.4-2.4 2.4 2.4M2.4-2.4-2.4 2.4" stroke="var(--paper)" strokeWidth="1.6" />
      ) : null}
    </svg>
  );
}
