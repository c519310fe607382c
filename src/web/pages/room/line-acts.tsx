/** What may be done with the chosen line: mark, link, see the room as it stood, strike, erase. */

import { useState } from "react";
import type { TimelineLine } from "../../../api/view.ts";
import { useCommand } from "../../api.ts";
import { Button } from "../../ui/button.tsx";
import { At } from "../../ui/time.tsx";
import { barred } from "../../barred.ts";
import { refusal, useRoom } from "./room-state.tsx";
import { navigate } from "../../navigation.tsx";

export function LineActs({ line }: { readonly line: TimelineLine }) {
  const room = useRoom();
  const { incident, open } = room;
  const { version, entry, says, key, type } = line;
  const mark = useCommand("MarkEntry", incident.id);
  const [copied, setCopied] = useState(false);
  const link = `${location.origin}${location.pathname}?entry=${version}`;
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(link);
    setCopied(true);
  };
  return (
    <div className="line timeline-acts">
      <Button
        look="quiet"
        keys="K"
        whyNot={refusal(room, { type: "MarkEntry", version, key: !key })}
        onClick={() => void mark.send({ version, key: !key }).catch(() => undefined)}
      >
        {key ? "Unmark" : "Key moment"}
      </Button>
      <Button look="quiet" onClick={() => void copy()}>
        {copied ? "Link copied" : "Copy link"}
      </Button>
      <Button
        look="quiet"
        onClick={() => navigate({ search: { asOf: line.at, entry: String(version) } })}
      >
        As it stood then
      </Button>
      <Button
        look="quiet"
        whyNot={refusal(room, { type: "StrikeEntry", version, reason: "…" })}
        onClick={() => open({ kind: "strike", version, says })}
      >
        Strike…
      </Button>
      {barred(room, "EraseEntry") === undefined ? (
        <Button look="quiet" onClick={() => open({ kind: "erase", version, entry, type, says })}>
          Erase…
        </Button>
      ) : null}
      <span className="secondary num">
        entry {version}, ledger {line.seq}, written <At iso={line.at} />
      </span>
    </div>
  );
}
