/** Import customers: pasted or from a file, tried out first, all of them or none. */

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ImportProgress } from "../../api/party-file.ts";
import { type Imported, importFile } from "../pages/parties/party-files.ts";
import { Button } from "../ui/button.tsx";
import { Problems, TextArea, useDraft } from "../ui/field.tsx";

const EXAMPLE =
  "name,contact_name,contact_mail,clause,clause_text,clause_document,clause_duty,clause_from,clause_count,clause_unit";

const STAGES: Readonly<Record<ImportProgress["stage"], string>> = {
  read: "read",
  checked: "checked",
  decided: "made ready",
  recorded: "recorded",
};

export function ImportCustomers({ onClose }: { readonly onClose: () => void }) {
  const queries = useQueryClient();
  const [pasted, setPasted, forget] = useDraft("import-customers", "");
  const [file, setFile] = useState<File>();
  const [progress, setProgress] = useState<ImportProgress>();
  const [pending, setPending] = useState(false);
  const [outcome, setOutcome] = useState<Imported>();
  const source = file ?? (pasted.trim() === "" ? undefined : pasted);
  const whyNot = pending
    ? "One moment."
    : source === undefined
      ? "Choose a file, or paste its rows."
      : undefined;

  const send = async (dryRun: boolean): Promise<void> => {
    if (source === undefined || pending) return;
    setPending(true);
    setOutcome(undefined);
    const done = await importFile(source, dryRun, setProgress);
    setPending(false);
    setProgress(undefined);
    setOutcome(done);
    if (dryRun || !done.answer) return;
    forget();
    await queries.invalidateQueries();
    onClose();
  };
  return (
    <form className="stack" onSubmit={(event) => (event.preventDefault(), void send(false))}>
      <p className="secondary">
        CSV in UTF-8 whose first line names the columns, or JSON as an export writes it. All rows
        are added, or none. Only <code>name</code> is needed; a row that repeats a name adds a
        contact or a clause.
      </p>
      <div className="field">
        <label htmlFor="import-file">File</label>
        <input
          id="import-file"
          type="file"
          accept=".csv,.tsv,.txt,.json,text/csv,application/json"
          onChange={({ target }) => (setFile(target.files?.[0]), setOutcome(undefined))}
        />
      </div>
      {file ? null : (
        <TextArea
          label="Or paste the rows"
          rows={8}
          className="source"
          spellCheck={false}
          placeholder={EXAMPLE}
          value={pasted}
          onChange={(value) => (setPasted(value), setOutcome(undefined))}
        />
      )}
      <p role="status" className="secondary">
        {progress ? `${progress.done} of ${progress.of} ${STAGES[progress.stage]}` : null}
        {outcome?.answer ? said(outcome.answer.read) : null}
        {outcome && outcome.problems.length > 0
          ? "Nothing was imported. Mend these, and try again:"
          : null}
      </p>
      <Problems problems={outcome?.problems ?? []} />
      <div className="line">
        <Button type="submit" look="first" whyNot={whyNot}>
          Import all rows
        </Button>
        <Button whyNot={whyNot} onClick={() => void send(true)}>
          Try it out
        </Button>
      </div>
    </form>
  );
}

const said = (read: number): string =>
  `All of it is good: ${read} ${read === 1 ? "customer" : "customers"} would be added.`;
