/** Begin: the draft made anew from nothing but who you are, with a question for all the rest. */

import { blankPolicy } from "../../../core/policy/blank.ts";
import type { Policy } from "../../../core/policy/policy.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { writeDraft } from "./draft.ts";

type Props = {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly policy: Policy;
  /** Opens the list of what is asked. */
  readonly onBegun: () => void;
};

export function Begin({ open, onClose, policy, onBegun }: Props) {
  const begin = (): void => {
    writeDraft(blankPolicy(policy));
    onClose();
    onBegun();
  };
  return (
    <Dialog title="Begin from nothing" open={open} onClose={onClose}>
      <p>
        The draft becomes a policy without a promise in it. It keeps {policy.organisation}, who
        answers for it, where reports go, and your calendar. Everything else is a question, which
        you answer from the list of findings, one after the other.
      </p>
      <p className="secondary">
        What runs goes on running until you publish; Undo brings the draft before it back.
      </p>
      <div className="line">
        <Button look="first" onClick={begin}>
          Begin
        </Button>
        <Button look="quiet" onClick={onClose}>
          Not now
        </Button>
      </div>
    </Dialog>
  );
}
