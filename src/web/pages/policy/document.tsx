/**
 * Document: the policy as its readers will see it, each part with what changes it.
 *
 * A promise in the prose is a chip made from its clause: pressing it opens the clause.
 * Everything here goes into the source at its own place (core/policy/edit.ts).
 */

import { useMemo, useState } from "react";
import type { Finding } from "../../../core/policy/lint/lint.ts";
import type { PolicyDocument } from "../../../core/policy/parse/parse.ts";
import { PARTS } from "../../../core/policy/parts.ts";
import type { Policy } from "../../../core/policy/policy.ts";
import { Link } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { About } from "./about.tsx";
import { AddSection } from "./section-add.tsx";
import { draftEdits, FormsOf } from "./part-edits.ts";
import { SectionView } from "./section-view.tsx";

type Props = {
  readonly document: PolicyDocument;
  readonly findings: readonly Finding[];
  /** The pointer somebody wants to look at. */
  readonly at: string | undefined;
  readonly chosen: string | undefined;
  readonly onClause: (id: string) => void;
};

export function Document({ document, findings, at, chosen, onClause }: Props) {
  const { policy } = document;
  const edits = useMemo(() => draftEdits(document), [document]);
  const [told, tell] = useState("");
  const forms = { policy, findings, edits, at, isBeside: false, tell, mend: undefined };
  return (
    <FormsOf value={{ ...forms, renamed: {} }}>
      <div className="outward studio-document">
        <p className="outward-to">As readers will see it</p>
        <p role="status" className="visually-hidden">
          {told}
        </p>
        <About document={document} at={at} findings={findings.filter((one) => !isProse(one))} />
        {policy.sections.map((section, index) => (
          <SectionView
            key={section.id}
            document={document}
            section={section}
            index={index}
            findings={findings.filter(({ at: place }) => isIn(place, `/sections/${index}`))}
            isWanted={at !== undefined && isIn(at, `/sections/${index}`)}
            chosen={chosen}
            onClause={onClause}
          />
        ))}
        <AddSection policy={policy} />
        <StandsOn policy={policy} />
      </div>
    </FormsOf>
  );
}

/** What is printed after the text from the policy's own lists, and where each is changed. */
function StandsOn({ policy }: { readonly policy: Policy }) {
  return (
    <section className="studio-section studio-stands">
      <header className="spread">
        <h2>What the text stands on</h2>
      </header>
      <dl>
        {PARTS.map(({ id, name, keys: [key = ""] }) => (
          <div key={id}>
            <dt>
              <Link to={ROUTES.policyParts} search={{ part: id }}>
                {name}
              </Link>
            </dt>
            <dd>
              {namesIn(
                (policy as Readonly<Record<string, unknown>>)[
                  key === "calendar" ? "calendars" : key
                ],
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function namesIn(value: unknown): string {
  if (!Array.isArray(value)) return "";
  const names = value.map(
    (one: { name?: string; claim?: string; id?: string }) => one.name ?? one.claim ?? one.id ?? "",
  );
  return names.join(", ");
}

const isIn = (pointer: string, above: string): boolean => `${pointer}/`.startsWith(`${above}/`);
const isProse = ({ at }: Finding): boolean => at.startsWith("/sections/");
