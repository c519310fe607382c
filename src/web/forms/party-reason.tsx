/** An act on a party that asks for nothing but why: what is taken away is taken with a reason. */

import { useState } from "react";
import type { CommandType, InputOf } from "../../api/command.ts";
import { TextArea } from "../ui/field.tsx";
import { PartyForm } from "./party-form.tsx";

type Props<T extends CommandType> = {
  readonly title: string;
  readonly type: T;
  /** The party. */
  readonly id: string;
  readonly input: (reason: string) => InputOf<T>;
  readonly submit: string;
  readonly label?: string;
  readonly hint?: string;
  /** The party's version on screen, where it matters what was there. */
  readonly seen?: number;
  readonly onDone?: () => void;
  readonly onClose: () => void;
};

export function PartyReason<T extends CommandType>({
  input,
  label = "Why",
  hint,
  ...form
}: Props<T>) {
  const [reason, setReason] = useState("");
  return (
    <PartyForm
      {...form}
      input={input(reason)}
      beside={["reason"]}
      whyNot={reason.trim() === "" ? "Say why: the reason is kept." : undefined}
    >
      {(problem) => (
        <TextArea
          label={label}
          autoFocus
          rows={2}
          value={reason}
          onChange={setReason}
          hint={hint}
          problem={problem("reason")}
        />
      )}
    </PartyForm>
  );
}
