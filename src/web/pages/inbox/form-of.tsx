/** The form of each act on a signal. */

import type { Context } from "../../../core/context.ts";
import { Accept, CloseAs, Snooze } from "./decide.tsx";
import type { Act } from "./inbox.tsx";
import { Reply } from "./reply.tsx";
import type { Whole } from "./signal-pane.tsx";

type Props = {
  readonly act: NonNullable<Act>;
  readonly signal: Whole;
  readonly context: Context;
  readonly onClose: () => void;
  readonly onDone: () => void;
};

export function FormOf({ act, signal, context, onClose, onDone }: Props) {
  switch (act) {
    case "accept":
      return <Accept signal={signal} context={context} onClose={onClose} />;
    case "duplicate":
      return <CloseAs signal={signal} duplicate onClose={onClose} onDone={onDone} />;
    case "close":
      return <CloseAs signal={signal} duplicate={false} onClose={onClose} onDone={onDone} />;
    case "snooze":
      return <Snooze signal={signal} onClose={onClose} onDone={onDone} />;
    case "reply":
    case "ask":
      return (
        <Reply key={act} signal={signal} context={context} asks={act === "ask"} onClose={onClose} />
      );
  }
}
