/**
 * A new notice, for everybody who is touched: a preliminary one where nobody was told yet, or
 * what a part of the room begins it with. What is mailed to nobody names its reader by itself.
 */

import { useState } from "react";
import type { InputOf } from "../../../api/command.ts";
import { RECIPIENTS_AT_ONCE_MAX } from "../../../core/notice/draft.ts";
import { client, useCommand, valueOf } from "../../api.ts";
import { navigate } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { useRoom } from "./room-state.tsx";

export function useNewNotice(): {
  readonly begin: (content?: InputOf<"DraftNotice">) => Promise<void>;
  readonly whyNot: string | undefined;
} {
  const { incident, state } = useRoom();
  const drafting = useCommand("DraftNotice", incident.id);
  const naming = useCommand("NameRecipients", incident.id);
  const [problem, setProblem] = useState<string>();
  const isTold = Object.values(state.drafts).some((draft) => draft.state === "sent");
  const nameTouched = async (draft: string): Promise<void> => {
    const { touched } = valueOf(await client.read("notice-draft", { id: incident.id, draft }, {}));
    const reachable = touched.filter(({ to }) => to !== null);
    for (let at = 0; at < reachable.length; at += RECIPIENTS_AT_ONCE_MAX) {
      const some = reachable.slice(at, at + RECIPIENTS_AT_ONCE_MAX);
      await naming.send({ draft, recipients: some.map(({ customer }) => ({ customer })) });
    }
  };
  const begin = async (content?: InputOf<"DraftNotice">): Promise<void> => {
    const draft = `D-${Object.keys(state.drafts).length + 1}`;
    try {
      const kind = isTold ? "update" : "preliminary";
      await drafting.send(content ?? { kind, subject: "", slots: [] });
      if ((content?.to ?? "customers") === "customers") await nameTouched(draft);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      return;
    }
    navigate({ to: ROUTES.compose, params: { id: incident.id, draft } });
  };
  return { begin, whyNot: drafting.pending || naming.pending ? "One moment." : problem };
}
