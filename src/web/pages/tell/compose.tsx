/**
 * Compose: one notice, its fields on the left, what each will read on the right, and
 * under both what was found and the next step.
 */

import { useState } from "react";
import type { Audience } from "../../../core/notice/audience.ts";
import type { DraftKind } from "../../../core/notice/draft.ts";
import { problemsIn, useView } from "../../api.ts";
import { Link, useParams } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { WhenField } from "../../forms/when-field.tsx";
import { Button } from "../../ui/button.tsx";
import { whenReleased } from "../../ui/pressed.ts";
import { Problems, SelectField, TextArea, TextField } from "../../ui/field.tsx";
import { At } from "../../ui/time.tsx";
import { Checks } from "./checks.tsx";
import { Files } from "./files.tsx";
import { Preview } from "./preview.tsx";
import { Recipients } from "./recipients.tsx";
import { Send } from "./send.tsx";
import { Slots } from "./slots.tsx";
import { Steps } from "./steps.tsx";
import { type DraftView, useLetter } from "./use-letter.ts";
import "./compose.css";
import "./told.css";

const KINDS = [
  { value: "acknowledgement", label: "Acknowledgement" },
  { value: "preliminary", label: "Preliminary notice" },
  { value: "full", label: "Notice" },
  { value: "update", label: "Update" },
  { value: "correction", label: "Correction" },
  { value: "final", label: "Final notice" },
] as const;

const TO = [
  { value: "customers", label: "Customers who are touched" },
  { value: "controllers", label: "Controllers whose data we process" },
  { value: "reporter", label: "Whoever reported it" },
  { value: "data-subjects", label: "The people whose data it is" },
  { value: "public", label: "Everybody, published" },
] as const;

const TO_HINT: Readonly<Partial<Record<Audience, string>>> = {
  controllers: "With what they need for an assessment of their own.",
  "data-subjects": "By mail to each, published instead, or handed to a customer who tells them.",
  public: "You publish it, and record where it stands.",
};

export function Compose() {
  const { id = "", draft = "" } = useParams() as { id?: string; draft?: string };
  const view = useView("notice-draft", { id, draft });
  if (!view.data)
    return (
      <p className="shell-wait">{problemsIn(view.error)[0]?.message ?? `Opening ${draft}…`}</p>
    );
  return <Writing key={`${id} ${draft}`} incident={id} draft={view.data} />;
}

function Writing({ incident, draft }: { readonly incident: string; readonly draft: DraftView }) {
  const letter = useLetter(incident, draft);
  const [at, setAt] = useState(0);
  const { written, write, save } = letter;
  const frozen = draft.state !== "draft" && draft.state !== "approved";
  const soonest = draft.meets.find(({ dueAt }) => dueAt !== null)?.dueAt;
  const keep = (): void => void save();
  return (
    <article
      className="compose"
      onKeyDown={(event) => {
        if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
        event.preventDefault();
        keep();
      }}
    >
      <header className="compose-head">
        <h1>
          {KINDS.find(({ value }) => value === written.kind)?.label} {draft.id}
        </h1>
        <p>
          <Link to={ROUTES.incident} params={{ id: incident }}>
            {incident}
          </Link>
          , in the name of {draft.authorName}
          {soonest ? (
            <>
              ; to arrive by <At iso={soonest} relative />
            </>
          ) : null}
          .{" "}
          <span className="secondary compose-saved" role="status">
            {letter.pending
              ? "Saving…"
              : letter.isChanged
                ? "Not saved yet."
                : `Saved, revision ${draft.revision}.`}
          </span>{" "}
          {frozen ? null : (
            // Its place is kept: what comes and goes at the top moves everything below.
            <span className={letter.isChanged ? undefined : "compose-nothing"}>
              <Button look="quiet" keys="Ctrl S" onClick={keep}>
                Save
              </Button>
            </span>
          )}
        </p>
        <Problems problems={letter.problems} />
        {letter.problems.some(({ code }) => code === "notice-draft-changed") ? (
          <Button onClick={letter.takeTheirs}>Take theirs, and drop what is here</Button>
        ) : null}
      </header>
      <div className="compose-columns">
        <section className="stack compose-fields" aria-label="What it says">
          <SelectField
            label="Kind"
            value={written.kind}
            choices={KINDS}
            onChange={(kind) => {
              if (frozen) return;
              write({ kind: kind as DraftKind });
              keep();
            }}
          />
          {written.kind === "correction" ? (
            <SelectField
              label="Corrects"
              hint="It goes to everybody who got that one."
              value={written.corrects ?? ""}
              choices={[
                { value: "", label: "Say which notice was wrong" },
                ...draft.sent.map(({ id, subject }) => ({ value: id, label: `${id} ${subject}` })),
              ]}
              onChange={(corrects) => {
                const wrong = draft.sent.find(({ id }) => id === corrects);
                if (frozen || !wrong) return;
                write({ corrects, to: wrong.to });
                keep();
              }}
            />
          ) : (
            <SelectField
              label="To"
              value={written.to}
              choices={TO}
              hint={TO_HINT[written.to]}
              onChange={(to) => {
                if (frozen) return;
                write({ to: to as Audience });
                keep();
              }}
            />
          )}
          <TextField
            label="Subject"
            hint="Plain words; our name and its reference are put around it."
            value={written.subject}
            readOnly={frozen}
            problem={
              draft.findings.find(({ at, code }) => at === "/subject" && code !== "subject-missing")
                ?.message
            }
            onChange={(subject) => write({ subject })}
            onBlur={() => whenReleased(keep)}
          />
          <Slots incident={incident} draft={draft} letter={letter} frozen={frozen} />
          <Steps draft={draft} letter={letter} frozen={frozen} />
          <Files incident={incident} draft={draft} frozen={frozen} />
          {frozen ? null : (
            <WhenField
              label="We write again by"
              hint={
                written.nextWordAt === undefined
                  ? "Needed in a preliminary notice, and where something is not known yet; it is owed once this arrives."
                  : "It is owed once this arrives."
              }
              problem={
                draft.findings.find(
                  ({ at, code }) => at === "/nextWordAt" && code !== "next-word-missing",
                )?.message
              }
              onChange={(nextWordAt) => {
                if (nextWordAt === undefined) return;
                write({ nextWordAt });
                keep();
              }}
            />
          )}
          {written.nextWordAt === undefined ? null : (
            <p>
              Next word by <At iso={draft.nextWordAt ?? ""} />
            </p>
          )}
          <details>
            <summary>Opening, answers, signature</summary>
            <div className="stack">
              <TextArea
                label="Opening"
                hint="A sentence of ours in the recipient's language, if left empty."
                rows={2}
                value={written.opening ?? ""}
                readOnly={frozen}
                onChange={(opening) => write({ opening })}
                onBlur={() => whenReleased(keep)}
              />
              <TextField
                label="Answers go to"
                hint="Your own address, if left empty."
                value={written.replyTo}
                readOnly={frozen}
                problem={draft.findings.find((one) => one.at === "/replyTo")?.message}
                onChange={(replyTo) => write({ replyTo })}
                onBlur={() => whenReleased(keep)}
              />
              <TextField
                label="Below your name"
                hint="A telephone number."
                value={written.signature ?? ""}
                readOnly={frozen}
                onChange={(signature) => write({ signature })}
                onBlur={() => whenReleased(keep)}
              />
            </div>
          </details>
          <h2>For</h2>
          <Recipients incident={incident} draft={draft} frozen={frozen} />
        </section>
        <section className="compose-preview" aria-label="What they will read">
          <Preview incident={incident} draft={draft} at={at} onMove={setAt} />
        </section>
      </div>
      <footer className="compose-foot">
        {frozen ? null : <Checks draft={draft} />}
        <Send incident={incident} draft={draft} letter={letter} />
      </footer>
    </article>
  );
}
