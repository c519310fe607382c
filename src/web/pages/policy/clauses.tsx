/** Clauses: every promise with all that it says, tried on a few moments; added, changed, taken away. */

import { useState } from "react";
import type { Clause } from "../../../core/policy/clause.ts";
import type { PolicyDocument } from "../../../core/policy/parse/parse.ts";
import { clauseSentence } from "../../../core/policy/sentence.ts";
import { navigate, useSearch } from "../../navigation.tsx";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { Section } from "../../ui/sheet.tsx";
import { Worked } from "./clause-card.tsx";
import { ClauseForm } from "./clause-form.tsx";
import { OverDraft } from "./over-draft.tsx";
import { ItemActs } from "./part-acts.tsx";
import { Rename } from "./part-rename.tsx";
import { putItem } from "./putting.ts";
import { counted } from "./reading.ts";
import type { Tab } from "./studio.tsx";

export function Clauses(tab: Tab) {
  return (
    <OverDraft {...tab} at={undefined}>
      {(document) => <List document={document} />}
    </OverDraft>
  );
}

function List({ document }: { readonly document: PolicyDocument }) {
  const search = useSearch();
  const { clauses } = document.policy;
  return (
    <Section
      title="Clauses"
      says={`${counted(clauses.length, "promise")}, each with what it comes to at a few moments.`}
      side={<AddClause document={document} />}
    >
      <ol className="plain clauses">
        {clauses.map((clause, index) => (
          <ClauseRow
            key={clause.id}
            clause={clause}
            index={index}
            document={document}
            isOpen={search["clause"] === clause.id}
            onToggle={(isOpen) =>
              navigate({ search: { clause: isOpen ? clause.id : undefined }, replace: true })
            }
          />
        ))}
      </ol>
    </Section>
  );
}

type RowProps = {
  readonly clause: Clause;
  readonly index: number;
  readonly document: PolicyDocument;
  readonly isOpen: boolean;
  readonly onToggle: (isOpen: boolean) => void;
};

function ClauseRow({ clause, index, document, isOpen, onToggle }: RowProps) {
  return (
    <li className="clause-row">
      <header className="spread">
        <h3 className="mono">{clause.id}</h3>
        <span className="line">
          <Button look="quiet" aria-expanded={isOpen} onClick={() => onToggle(!isOpen)}>
            {isOpen ? "Done" : "Change"}
            <span className="visually-hidden"> {clause.id}</span>
          </Button>
          <ItemActs
            list={LIST}
            index={index}
            length={document.policy.clauses.length}
            name={clause.id}
          />
        </span>
      </header>
      <p>
        {clauseSentence(clause, document.policy)}{" "}
        {clause.assumed ? <span className="secondary">(our reading)</span> : null}
      </p>
      {isOpen ? (
        <>
          <Rename list={LIST} index={index} id={clause.id} noun="clause" onRenamed={onRenamed} />
          <ClauseForm clause={clause} index={index} document={document} />
        </>
      ) : null}
      <Worked clause={clause} document={document} />
    </li>
  );
}

const LIST = ["clauses"];

/** What is open is named in the address. */
const onRenamed = (clause: string): void => navigate({ search: { clause }, replace: true });

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** A new promise begins as our own target without a number: nothing is made up. */
function AddClause({ document }: { readonly document: PolicyDocument }) {
  const [id, setId] = useState<string>();
  const isTaken = document.policy.clauses.some((clause) => clause.id === id);
  if (id === undefined) return <Button onClick={() => setId("")}>Add a clause</Button>;
  const problem = isTaken
    ? "A clause has this id already."
    : ID.test(id)
      ? undefined
      : "Lower-case words joined by hyphens, like notify-customers.";
  return (
    <form
      className="line"
      onSubmit={(event) => {
        event.preventDefault();
        if (problem !== undefined) return;
        putItem(["clauses"], {
          id,
          duty: "notify",
          to: "customer",
          from: "confirmedAt",
          within: "best-effort",
        });
        setId(undefined);
        navigate({ search: { clause: id }, replace: true });
      }}
    >
      <TextField
        label="Its id, which everything cites"
        value={id}
        onChange={setId}
        problem={id === "" ? undefined : problem}
        autoFocus
      />
      <Button type="submit" whyNot={problem}>
        Add it
      </Button>
      <Button look="quiet" onClick={() => setId(undefined)}>
        Not now
      </Button>
    </form>
  );
}
