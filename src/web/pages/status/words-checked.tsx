/** What was found against words for everybody, and the reasons for which it may stand. */

import { TextField } from "../../ui/field.tsx";
import type { WordFinding } from "./use-words.ts";

const LOOKED_FOR =
  "Looked for: private titles, references, customers, reporters, tickets, times without zone, placeholders, markup, wording.";

type Props = {
  readonly findings: readonly WordFinding[] | undefined;
  readonly reasons: Readonly<Record<string, string>>;
  readonly onReason: (code: string, reason: string) => void;
};

export function WordsChecked({ findings, reasons, onReason }: Props) {
  const codes = blockedBy(findings ?? [], {});
  return (
    <section aria-label="Checks">
      {findings === undefined || findings.length === 0 ? null : (
        <ul className="plain checks" aria-live="polite">
          {findings.map(({ code, level, message, at }) => (
            <li key={`${code} ${at} ${message}`} className={`check check-${level}`}>
              <span aria-hidden="true">{level === "block" ? "✕" : "!"}</span>
              <span>
                <span className="visually-hidden">
                  {level === "block" ? "Blocks: " : "Warning: "}
                </span>
                {message}
              </span>
            </li>
          ))}
        </ul>
      )}
      {codes.map((code) => (
        <TextField
          key={code}
          label={`Why it may stand all the same (${code})`}
          hint="Kept on the record."
          value={reasons[code] ?? ""}
          onChange={(reason) => onReason(code, reason)}
        />
      ))}
      <p className="secondary">
        {findings?.length === 0 ? "Nothing was found. " : ""}
        {LOOKED_FOR}
      </p>
    </section>
  );
}

/** Codes that block and have no reason yet. */
export const blockedBy = (
  findings: readonly WordFinding[],
  reasons: Readonly<Record<string, string>>,
): readonly string[] => [
  ...new Set(
    findings
      .filter(({ level, code }) => level === "block" && (reasons[code] ?? "").trim() === "")
      .map(({ code }) => code),
  ),
];

/** As the command takes them. */
export const overridesOf = (
  findings: readonly WordFinding[],
  reasons: Readonly<Record<string, string>>,
): readonly { readonly code: string; readonly reason: string }[] =>
  [...new Set(findings.filter(({ level }) => level === "block").map(({ code }) => code))]
    .filter((code) => (reasons[code] ?? "").trim() !== "")
    .map((code) => ({ code, reason: reasons[code] ?? "" }));
