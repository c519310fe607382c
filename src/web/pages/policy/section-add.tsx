/** Section add: one more part of the prose, at its end; it is moved from there. */

import { useState } from "react";
import { idFrom } from "../../../core/policy/import/ids.ts";
import type { Policy } from "../../../core/policy/policy.ts";
import { Button } from "../../ui/button.tsx";
import { TextArea, TextField } from "../../ui/field.tsx";
import { useForms } from "./part-edits.ts";

export function AddSection({ policy }: { readonly policy: Policy }) {
  const { edits, tell } = useForms();
  const [isOpen, setOpen] = useState(false);
  const [{ title, text }, setSaid] = useState({ title: "", text: "" });
  const [problem, setProblem] = useState<string>();
  if (!isOpen)
    return (
      <p className="studio-tools">
        <Button look="quiet" onClick={() => setOpen(true)}>
          Add a section
        </Button>
      </p>
    );
  const whyNot =
    title.trim() === "" || text.trim() === "" ? "It has a title and a text." : undefined;
  const close = (): void => {
    setOpen(false);
    setSaid({ title: "", text: "" });
    setProblem(undefined);
  };
  const add = (): void => {
    const taken = new Set(policy.sections.map(({ id }) => id));
    const id = idFrom(title, taken, "section");
    const refused = edits.add(["sections"], { id, title: title.trim(), audience: "public", text });
    setProblem(refused);
    if (refused !== undefined) return;
    tell(`“${title.trim()}” is added at the end. Ctrl Z takes it back.`);
    close();
  };
  return (
    <form
      className="stack studio-editing"
      aria-label="New section"
      onSubmit={(event) => {
        event.preventDefault();
        if (whyNot === undefined) add();
      }}
    >
      <TextField
        label="Title"
        value={title}
        onChange={(next) => setSaid({ title: next, text })}
        autoFocus
      />
      <TextArea
        label="Text"
        value={text}
        rows={6}
        onChange={(next) => setSaid({ title, text: next })}
        hint="Markdown. [[clause-id]] prints how long a clause gives, [[clause-id.sentence]] the whole promise."
        problem={problem}
      />
      <span className="line">
        <Button type="submit" whyNot={whyNot}>
          Add the section
        </Button>
        <Button look="quiet" onClick={close}>
          Not now
        </Button>
      </span>
    </form>
  );
}
