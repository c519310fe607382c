/** The thread with whoever reported it: what was said, and the answer in your own name. */

import { useState } from "react";
import { problemsIn, useView } from "../../api.ts";
import { Button } from "../../ui/button.tsx";
import { At } from "../../ui/time.tsx";
import { Reply } from "../inbox/reply.tsx";
import { SentFiles } from "../inbox/sent-files.tsx";
import { Prose } from "./prose.tsx";
import { barred } from "../../barred.ts";
import { useRoom } from "./room-state.tsx";

/** Entries of a signal that are words between us and the reporter. */
const SPOKEN: ReadonlySet<string> = new Set(["SignalRecorded", "ReporterWrote", "NoticeRequested"]);

export function ReporterThread({ id }: { readonly id: string }) {
  const room = useRoom();
  const view = useView("signal", { id });
  const [asks, setAsks] = useState<boolean>();
  const signal = view.data;
  const close = (): void => room.open(undefined);
  if (!signal)
    return <p className="shell-wait">{problemsIn(view.error)[0]?.message ?? "Opening…"}</p>;
  const cannot = barred(
    room,
    signal.acknowledgedAt === null ? "SendAcknowledgement" : "AnswerReporter",
  );
  return (
    <section
      className="act stack"
      aria-label={`Reporter of ${id}`}
      onKeyDown={(event) => event.key === "Escape" && close()}
    >
      <header className="spread">
        <h2>Reporter of {id}</h2>
        <Button look="quiet" keys="Esc" onClick={close}>
          Close
        </Button>
      </header>
      <p>
        {signal.sender.name ?? signal.sender.mail ?? "Somebody who left no name"}
        {signal.acknowledgedAt === null ? (
          <strong className="risk">, has had no word from a person yet</strong>
        ) : (
          <>
            , acknowledged <At iso={signal.acknowledgedAt} short />
          </>
        )}
      </p>
      <ol className="plain thread">
        {signal.timeline
          .filter(({ type }) => SPOKEN.has(type))
          .map((line) => (
            <li key={line.version}>
              <p className="secondary">
                <At iso={line.at} short /> {line.byName}: {line.says}
              </p>
              {line.text ? <Prose text={line.text} /> : null}
            </li>
          ))}
      </ol>
      <SentFiles id={id} files={signal.files} />
      {asks === undefined ? (
        <div className="line">
          <Button
            look="first"
            whyNot={signal.hasReporter ? cannot : "Nobody left an address to answer to."}
            onClick={() => setAsks(false)}
          >
            {signal.acknowledgedAt === null ? "Acknowledge…" : "Write to them…"}
          </Button>
          <Button
            whyNot={signal.hasReporter ? cannot : "Nobody left an address to answer to."}
            onClick={() => setAsks(true)}
          >
            Ask for more…
          </Button>
        </div>
      ) : (
        <Reply
          key={String(asks)}
          signal={signal}
          context={room.context}
          asks={asks}
          onClose={() => setAsks(undefined)}
        />
      )}
    </section>
  );
}
