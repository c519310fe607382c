/**
 * Publish policy: the document as text, with what keeps it from being published
 * line by line, by the same parser and linter as the server's.
 */

import "../strict.ts";
import { useState } from "react";
import { isPublishable, lint } from "../../core/policy/lint.ts";
import { parsePolicy } from "../../core/policy/parse.ts";
import { useCommand, useView } from "../api.ts";
import { Button } from "../ui/button.tsx";
import { Problems, TextArea, useDraft } from "../ui/field.tsx";

type Props = { readonly onDone: () => void };

export function PublishPolicy({ onDone }: Props) {
  const { data } = useView("policy", { version: "current" });
  if (!data?.text) return <p className="shell-wait">Opening…</p>;
  return <Editor text={data.text} onDone={onDone} />;
}

function Editor({ text, onDone }: Props & { readonly text: string }) {
  const command = useCommand("PublishPolicy");
  const [draft, setDraft, forget] = useDraft("policy", text);
  const [alone, setAlone] = useState("");
  const parsed = parsePolicy(draft);
  const findings = parsed.ok ? lint(parsed.value) : [];
  const whyNot =
    draft === text
      ? "Nothing is changed yet."
      : !parsed.ok
        ? `${parsed.problems.length} places cannot be read.`
        : !isPublishable(findings)
          ? "What blocks is listed below."
          : command.pending
            ? "One moment."
            : undefined;
  const publish = async (): Promise<void> => {
    const input = { text: draft, ...(alone.trim() === "" ? {} : { alone }) };
    if (!(await command.send(input).catch(() => undefined))) return;
    forget();
    onDone();
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => (event.preventDefault(), void (whyNot ?? publish()))}
    >
      <TextArea
        label="The document"
        className="source"
        rows={24}
        spellCheck={false}
        value={draft}
        onChange={setDraft}
        hint="YAML. Give it a version of its own; open incidents keep the one they began under."
      />
      <TextArea
        label="Why nobody else approves it"
        rows={2}
        value={alone}
        onChange={setAlone}
        hint="Where somebody else could, propose it instead. The reason is kept for good."
      />
      <div className="line">
        <Button type="submit" look="first" whyNot={whyNot}>
          Publish it; it runs from then on
        </Button>
        <Button look="quiet" onClick={forget}>
          Throw the changes away
        </Button>
      </div>
      <Problems problems={parsed.ok ? command.problems : parsed.problems} />
      {findings.length > 0 ? (
        <ul className="problems">
          {findings.map((finding) => (
            <li key={`${finding.code} ${finding.line} ${finding.column} ${finding.at}`}>
              {finding.level === "block" ? "Blocks" : "Look at"} line {finding.line}, column{" "}
              {finding.column}: {finding.message} <code className="secondary">{finding.code}</code>
            </li>
          ))}
        </ul>
      ) : null}
    </form>
  );
}
