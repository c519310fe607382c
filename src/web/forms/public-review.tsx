/**
 * What everybody may read of the incident: written for them alone, and published when those
 * who were owed word have had it. Loaded by those who write it.
 */

import { useState } from "react";
import { useCommand } from "../api.ts";
import { barred } from "../barred.ts";
import { publicPath } from "../paths.ts";
import { useRoom } from "../pages/room/room-state.tsx";
import { Button } from "../ui/button.tsx";
import { Problems, TextArea, TextField, useDraft } from "../ui/field.tsx";
import { At } from "../ui/time.tsx";
import { toIso } from "../../core/time/instant.ts";
import { CommandForm, given } from "./command-form.tsx";

export function WritePublicReview() {
  const { incident, state } = useRoom();
  const written = state.publicReview?.written;
  const [text, setText, forget] = useDraft(`${incident.id}-public`, written?.text ?? "");
  const [title, setTitle] = useState(written?.title ?? "");
  const [happenedOn, setHappenedOn] = useState(written?.happenedOn ?? "");
  return (
    <>
      <CommandForm
        title="For everybody"
        command={{ type: "WritePublicReview", title, text, ...given("happenedOn", happenedOn) }}
        submit="Save it; nothing is published yet"
        beside={["title", "text", "happenedOn"]}
        locks
        onDone={forget}
      >
        {(problem) => (
          <>
            <TextField
              label="Title for everybody"
              maxLength={160}
              value={title}
              onChange={setTitle}
              hint="Not the private title: nothing of that leaves the room."
              problem={problem("title")}
            />
            <TextField
              label="Day it happened"
              type="date"
              value={happenedOn}
              onChange={setHappenedOn}
              problem={problem("happenedOn")}
            />
            <TextArea
              label="What everybody reads, as Markdown"
              rows={14}
              value={text}
              onChange={setText}
              hint="What happened, whom it concerned, what you did, what you changed. No customer is named."
              problem={problem("text")}
            />
          </>
        )}
      </CommandForm>
      <Publishing />
    </>
  );
}

/** As it was last saved; an edit above is saved first. */
function Publishing() {
  const room = useRoom();
  const { incident, state } = room;
  const publish = useCommand("PublishPublicReview", incident.id);
  const withdraw = useCommand("WithdrawPublicReview", incident.id);
  const [reason, setReason] = useState("");
  const { published, publicRef = "" } = state.publicReview ?? {};
  const ifVersion = { ifVersion: incident.version };
  return (
    <section className="stack">
      <p className="secondary">
        {published ? (
          <>
            Everybody reads it at <a href={publicPath(`past/${publicRef}`)}>{publicRef}</a> since{" "}
            <At iso={toIso(published.at)} short />.
          </>
        ) : (
          "Nobody outside reads it yet."
        )}
      </p>
      <Problems problems={[...publish.problems, ...withdraw.problems]} />
      <span>
        <Button
          look="first"
          whyNot={
            barred(room, "PublishPublicReview") ??
            (state.publicReview ? undefined : "Save what everybody may read first.") ??
            (publish.pending ? "One moment." : undefined)
          }
          onClick={() => void publish.send({}, ifVersion).catch(() => undefined)}
        >
          {published ? "Publish the change" : "Publish what is saved"}
        </Button>
      </span>
      {published ? (
        <>
          <TextField label="Why it is taken back" value={reason} onChange={setReason} />
          <span>
            <Button
              whyNot={reason.trim() === "" ? "Say why: the reason is kept." : undefined}
              onClick={() => void withdraw.send({ reason }, ifVersion).catch(() => undefined)}
            >
              Take it off the page
            </Button>
          </span>
        </>
      ) : null}
    </section>
  );
}
