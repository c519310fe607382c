/** Lint panel: what stands against publishing, why it matters, and what mends it with one press. */

import { applyFix } from "../../../core/policy/lint/fix.ts";
import type { Finding } from "../../../core/policy/lint/lint.ts";
import { Button } from "../../ui/button.tsx";
import { Section } from "../../ui/sheet.tsx";
import { Answer, questionOf } from "./answer.tsx";
import { writeDraft } from "./draft.ts";
import { counted } from "./reading.ts";
import type { Tab } from "./studio.tsx";

type Props = Tab & { readonly onGo: (finding: Pick<Finding, "at" | "line">) => void };

export function LintPanel({ draft, reading, onGo }: Props) {
  const { findings } = reading;
  const policy = reading.document?.policy;
  const blockers = findings.filter(({ level }) => level === "block");
  const warnings = findings.filter(({ level }) => level === "warn");
  // A fix is offsets into the text that was read: over another text it would cut at random.
  // Why it matters is said once for all of a kind.
  const told = new Set<string>();
  const whyOf = ({ code, why }: Finding): string | undefined => {
    if (told.has(code)) return undefined;
    told.add(code);
    return why;
  };
  const isStale = draft.text !== reading.text;
  if (reading.problems.length > 0) return null;
  return (
    <Section
      title="Findings"
      says={
        findings.length === 0
          ? "Nothing stands against publishing it."
          : `${counted(blockers.length, "blocker")}, ${counted(warnings.length, "warning")}.`
      }
    >
      <ol className="plain findings">
        {[...blockers, ...warnings]
          .map((finding) => ({
            finding,
            why: whyOf(finding),
            question: policy && questionOf(finding, policy),
          }))
          .map(({ finding, why, question }) => (
            <li key={keyOf(finding)} className={`finding finding-${finding.level}`}>
              <button type="button" className="finding-go" onClick={() => onGo(finding)}>
                <span className="finding-mark" aria-hidden="true">
                  {finding.level === "block" ? "✕" : "!"}
                </span>
                <span>
                  <span className="visually-hidden">
                    {finding.level === "block" ? "Blocker, " : "Warning, "}
                  </span>
                  <span className="secondary">line {finding.line}</span>{" "}
                  {question === undefined ? finding.message : `${question.asks}`}
                </span>
              </button>
              {why ? <p className="secondary finding-why">{why}</p> : null}
              {question ? <Answer question={question} at={finding.at} /> : null}
              {finding.fixes && finding.fixes.length > 0 ? (
                <p className="line finding-fixes">
                  {finding.fixes.map((fix) => (
                    <Button
                      key={fix.says}
                      whyNot={isStale ? "One moment: the text is being read." : undefined}
                      onClick={() => writeDraft(applyFix(reading.text, fix))}
                    >
                      {fix.says}
                    </Button>
                  ))}
                </p>
              ) : null}
            </li>
          ))}
      </ol>
    </Section>
  );
}

const keyOf = ({ code, line, column, at }: Finding): string => `${code} ${line} ${column} ${at}`;
