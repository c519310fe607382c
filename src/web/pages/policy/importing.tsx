/** Importing: the text somebody has today, put in the place of the draft; one step back undoes it. */

import { useState } from "react";
import { parsePolicy } from "../../../core/policy/parse.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { TextArea } from "../../ui/field.tsx";
import { writeDraft } from "./draft.ts";
import type { Tab } from "./studio.tsx";

type Props = Pick<Tab, "draft"> & { readonly open: boolean; readonly onClose: () => void };

export function Importing({ open, onClose }: Props) {
  const [text, setText] = useState("");
  const isPolicy = text.trim() !== "" && /^format:\s*duenotice\//m.test(text);
  const problems = isPolicy ? parsePolicy(text) : undefined;
  const take = (): void => {
    writeDraft(text);
    setText("");
    onClose();
  };
  return (
    <Dialog title="Paste my policy" open={open} onClose={onClose}>
      <TextArea
        label="Your policy"
        rows={12}
        value={text}
        onChange={setText}
        hint="The YAML of a policy. It takes the place of the draft; Undo brings the draft back."
      />
      <label className="line">
        Or a file{" "}
        <input type="file" onChange={(event) => void read(event.target.files?.[0], setText)} />
      </label>
      {problems?.ok === false ? (
        <p className="secondary">{problems.problems.length} places in it cannot be read yet.</p>
      ) : null}
      <div className="line">
        <Button
          look="first"
          whyNot={
            isPolicy ? undefined : "Paste a policy that begins with format: duenotice/policy/1."
          }
          onClick={take}
        >
          Make it the draft
        </Button>
      </div>
    </Dialog>
  );
}

async function read(file: File | undefined, put: (text: string) => void): Promise<void> {
  if (file) put(await file.text());
}
