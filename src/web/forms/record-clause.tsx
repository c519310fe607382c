/**
 * A clause of a contract: its words, and beside them what is counted, by fields or
 * as YAML. What was typed is kept on this device until it is recorded.
 */

import { useState } from "react";
import type { Party } from "../../api/view.ts";
import { DOCUMENT_WORDS, DOCUMENTS } from "../../core/party/contract-words.ts";
import type { Policy } from "../../core/policy/policy.ts";
import { usePolicy } from "../policy-on-screen.ts";
import { Choices, SelectField, TextArea, TextField, useDraft } from "../ui/field.tsx";
import { PartyForm } from "./party-form.tsx";

type Clause = Party["clauses"][number];
type Props = {
  readonly party: Party;
  readonly clause?: Clause | undefined;
  readonly onClose: () => void;
};

const HOW = [
  { value: "fields", label: "By fields" },
  { value: "yaml", label: "As YAML" },
  { value: "words", label: "Not yet: words only" },
] as const;
const DUTIES = [
  { value: "notify", label: "notify them" },
  { value: "update", label: "send an update" },
  { value: "report", label: "report" },
  { value: "summarise", label: "send a summary of the review" },
  { value: "mitigate", label: "mitigate" },
  { value: "fix", label: "fix" },
  { value: "confirm-closure", label: "confirm closure" },
] as const;
const UNITS = ["hours", "business-hours", "days", "business-days", "months"] as const;

export function RecordClause({ party, clause, onClose }: Props) {
  const policy = usePolicy("current")?.policy;
  const place = `clause-${party.id}-${clause?.id ?? "new"}`;
  const [id, setId] = useState(clause?.id ?? suggested(party));
  const [text, setText, forgetText] = useDraft(`${place}-text`, clause?.text ?? "");
  const [yaml, setYaml, forgetYaml] = useDraft(`${place}-yaml`, clause?.yaml ?? "");
  const [document, setDocument] = useState<string>(clause?.document ?? "dpa");
  const [documentOn, setDocumentOn] = useState(clause?.documentOn ?? "");
  const [section, setSection] = useState(clause?.section ?? "");
  const [how, setHow] = useState<string>(
    clause?.yaml ? "yaml" : clause && !clause.terms ? "words" : "fields",
  );
  const [terms, setTerms] = useState(() => termsIn(clause));
  const anchors = policy ? anchorsOf(policy) : [];
  const from = terms.from === "" ? (anchors[0]?.value ?? "") : terms.from;
  const input = {
    clause: id,
    text,
    document: document as (typeof DOCUMENTS)[number],
    ...(documentOn === "" ? {} : { documentOn }),
    ...(section.trim() === "" ? {} : { section }),
    ...(how === "yaml" ? { yaml } : {}),
    ...(how === "fields"
      ? {
          terms: {
            duty: terms.duty as "notify",
            from,
            within: { count: Number(terms.count), unit: terms.unit as "hours" },
            ...(terms.calendar === "" ? {} : { calendar: terms.calendar }),
          },
        }
      : {}),
  };
  return (
    <PartyForm
      title={clause ? `Record ${clause.id} again` : "Record a clause of the contract"}
      type="RecordClause"
      id={party.id}
      input={input}
      submit="Record the clause"
      beside={["clause", "text", "document", "documentOn", "section", "terms", "yaml"]}
      whyNot={
        text.trim() === "" ? "Copy the words of the clause: they are kept as they are." : undefined
      }
      seen={party.version}
      onClose={onClose}
      onDone={() => (forgetText(), forgetYaml())}
    >
      {(problem) => (
        <>
          <TextArea
            label="The clause, as it stands in the contract"
            autoFocus
            rows={4}
            value={text}
            onChange={setText}
            problem={problem("text")}
          />
          <SelectField
            label="Document"
            value={document}
            choices={DOCUMENTS.map((value) => ({ value, label: DOCUMENT_WORDS[value] }))}
            onChange={setDocument}
            problem={problem("document")}
          />
          <TextField
            label="Dated"
            type="date"
            value={documentOn}
            onChange={setDocumentOn}
            problem={problem("documentOn")}
          />
          <TextField
            label="Place in it"
            placeholder="§7.2"
            value={section}
            onChange={setSection}
            problem={problem("section")}
          />
          <TextField
            label="Its id here"
            value={id}
            onChange={setId}
            hint="It stands in the record for ever: choose one that may be seen."
            problem={problem("clause")}
          />
          <Choices
            label="What is counted"
            name={place}
            value={how}
            choices={HOW}
            onChange={setHow}
          />
          {how === "fields" ? (
            <TermsFields
              terms={{ ...terms, from }}
              onChange={setTerms}
              anchors={anchors}
              policy={policy}
              problem={problem}
            />
          ) : null}
          {how === "yaml" ? (
            <TextArea
              label="The clause as YAML"
              rows={6}
              className="source"
              spellCheck={false}
              placeholder={"duty: notify\nfrom: awareAt\nwithin: { count: 48, unit: hours }"}
              value={yaml}
              onChange={setYaml}
              problem={problem("yaml")}
            />
          ) : null}
          {how === "words" ? (
            <p className="secondary">The words are kept and shown; no clock runs by them.</p>
          ) : null}
        </>
      )}
    </PartyForm>
  );
}

type Terms = {
  readonly duty: string;
  readonly from: string;
  readonly count: string;
  readonly unit: string;
  readonly calendar: string;
};
type Choice = { readonly value: string; readonly label: string };

function TermsFields({
  terms,
  onChange,
  anchors,
  policy,
  problem,
}: {
  readonly terms: Terms;
  readonly onChange: (terms: Terms) => void;
  readonly anchors: readonly Choice[];
  readonly policy: Policy | undefined;
  readonly problem: (field: string) => string | undefined;
}) {
  const set = (field: keyof Terms) => (value: string) => onChange({ ...terms, [field]: value });
  const calendars = (policy?.calendars ?? []).map(({ id, name }) => ({
    value: id,
    label: name ?? id,
  }));
  return (
    <>
      <SelectField
        label="What we owe"
        value={terms.duty}
        choices={DUTIES}
        onChange={set("duty")}
        problem={problem("terms/duty")}
      />
      <TextField
        label="Within"
        type="number"
        min={1}
        value={terms.count}
        onChange={set("count")}
        problem={problem("terms/within")}
      />
      <SelectField
        label="Unit"
        value={terms.unit}
        choices={UNITS.map((value) => ({ value, label: value.replace("-", " ") }))}
        onChange={set("unit")}
      />
      <SelectField
        label="Counted from"
        value={terms.from}
        choices={anchors}
        onChange={set("from")}
        problem={problem("terms/from")}
      />
      <SelectField
        label="By which calendar"
        value={terms.calendar}
        choices={[{ value: "", label: "the policy's own" }, ...calendars]}
        onChange={set("calendar")}
        problem={problem("terms/calendar")}
      />
    </>
  );
}

/** What a clause can count from: the claims of the policy, and the anchors of law and contracts. */
function anchorsOf({ facts }: Policy): readonly Choice[] {
  return [
    ...facts.map(({ claim, says }) => ({
      value: `${claim}:confirmed`,
      label: `it is confirmed that ${says}`,
    })),
    { value: "awareAt", label: "we become aware" },
    { value: "openedAt", label: "the incident is opened" },
    { value: "receivedAt", label: "it reaches us" },
    ...facts.map(({ claim, says }) => ({
      value: `${claim}:suspected`,
      label: `it is suspected that ${says}`,
    })),
  ];
}

function termsIn(clause: Clause | undefined): Terms {
  const { duty, from, within, calendar } = (clause?.terms ?? {}) as Partial<{
    duty: string;
    from: string | { claim: string; is: string };
    within: { count: number; unit: string };
    calendar: string;
  }>;
  return {
    duty: duty ?? "notify",
    from: typeof from === "object" ? `${from.claim}:${from.is}` : (from ?? ""),
    count: String(within?.count ?? 48),
    unit: within?.unit ?? "hours",
    calendar: calendar ?? "",
  };
}

/** `kestrel-dpa-1`: of the name's first word, and a number that is free. */
function suggested({ name, clauses }: Party): string {
  const word = /[a-z0-9]+/.exec(name.toLowerCase())?.[0] ?? "contract";
  const taken = new Set(clauses.map(({ id }) => id));
  let number = clauses.length + 1;
  while (taken.has(`${word}-dpa-${number}`)) number += 1;
  return `${word}-dpa-${number}`;
}
