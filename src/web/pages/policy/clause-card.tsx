/** Clause card: one promise as it will run, tried on a few moments, and the form that changes it. */

import { useMemo } from "react";
import type { Clause } from "../../../core/policy/clause.ts";
import type { PolicyDocument } from "../../../core/policy/parse/parse.ts";
import { proseReferences } from "../../../core/policy/prose/prose.ts";
import { clauseSentence } from "../../../core/policy/sentence.ts";
import { examples } from "../../../core/policy/worked.ts";
import { SelectField } from "../../ui/field.tsx";
import { Section } from "../../ui/sheet.tsx";
import { useTime } from "../../ui/time.tsx";
import { ClauseForm } from "./clause-form.tsx";

type Props = {
  readonly document: PolicyDocument;
  readonly id: string | undefined;
  readonly onChoose: (id: string) => void;
};

export function ClauseCard({ document, id, onChoose }: Props) {
  const { policy } = document;
  const index = policy.clauses.findIndex((clause) => clause.id === id);
  const clause = policy.clauses[index];
  return (
    <Section title="Clause">
      <SelectField
        label="The promise"
        value={clause?.id ?? ""}
        choices={[
          ...(clause ? [] : [{ value: "", label: "Choose one, or press its words in the text" }]),
          ...policy.clauses.map((one) => ({ value: one.id, label: one.id })),
        ]}
        onChange={onChoose}
      />
      {clause ? (
        <>
          <p className="clause-says">
            {clauseSentence(clause, policy)}{" "}
            <span className="secondary">{usedWords(clause, document)}</span>
          </p>
          <ClauseForm key={clause.id} clause={clause} index={index} document={document} />
          <Worked clause={clause} document={document} />
        </>
      ) : null}
    </Section>
  );
}

/** In how many places of the prose its words stand. */
function usedWords({ id }: Clause, { policy }: PolicyDocument): string {
  const used = policy.sections
    .flatMap((section) => ("text" in section ? proseReferences(section.text) : []))
    .filter(({ names }) => names.split(".")[0] === id).length;
  return used === 0
    ? "No sentence of the text names it: the list of promises does."
    : used === 1
      ? "Used in 1 place of the text."
      : `Used in ${used} places of the text.`;
}

/** Three moments, and the arithmetic of each. */
export function Worked({
  clause,
  document,
}: {
  readonly clause: Clause;
  readonly document: PolicyDocument;
}) {
  const { now } = useTime();
  const tried = useMemo(() => examples(clause, document.policy, now), [clause, document, now]);
  return (
    <ul className="plain worked" aria-label="Worked examples">
      {tried.map(({ label, says, steps }) => (
        <li key={label}>
          <details>
            <summary>
              <span className="secondary">{label}.</span> {says}
            </summary>
            <ol>
              {steps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          </details>
        </li>
      ))}
    </ul>
  );
}
