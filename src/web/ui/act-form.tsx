/**
 * ActForm: the frame of a form that does one thing.
 *
 * What stops its button stops Enter and Ctrl Enter too, so nothing that is greyed
 * can be sent by the keyboard, and nothing that is being sent is sent again.
 */

import type { ReactNode } from "react";
import { Button } from "./button.tsx";

type Props = {
  /** What pressing it does: "Close the signal". */
  readonly submit: string;
  /** Why it may not be sent now; undefined when it may. */
  readonly whyNot?: string | undefined;
  /** It is on its way. */
  readonly pending: boolean;
  readonly onSend: () => Promise<void>;
  readonly onClose: () => void;
  readonly look?: "stack" | "sheet";
  readonly children: ReactNode;
};

export function ActForm({
  submit,
  whyNot,
  pending,
  onSend,
  onClose,
  look = "stack",
  children,
}: Props) {
  const cannot = whyNot ?? (pending ? "One moment." : undefined);
  const send = (): void => {
    if (cannot === undefined) void onSend();
  };
  return (
    <form
      className={look === "stack" ? "act stack" : "act"}
      onSubmit={(event) => (event.preventDefault(), send())}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        send();
      }}
    >
      {children}
      <div className="line">
        <Button type="submit" look="first" keys="Ctrl Enter" whyNot={cannot}>
          {submit}
        </Button>
        <Button look="quiet" onClick={onClose}>
          Not now
        </Button>
      </div>
    </form>
  );
}
