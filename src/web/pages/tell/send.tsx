/**
 * Read back, approve, send, hold back: the last steps, each stating what it does.
 *
 * Every letter is read to its end before it can be approved; whoever wrote it and has
 * nobody else says why. While it is held, Escape brings it back.
 */

import { useEffect, useRef, useState } from "react";
import { useCommand, useView } from "../../api.ts";
import { Link } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Choices, Problems, TextField } from "../../ui/field.tsx";
import { useKeys } from "../../ui/keys.ts";
import { At } from "../../ui/time.tsx";
import { AskApproval } from "./ask-approval.tsx";
import { LetterSheet } from "./preview.tsx";
import type { DraftView, Letter } from "./use-letter.ts";

type Props = { readonly incident: string; readonly draft: DraftView; readonly letter: Letter };

export function Send({ incident, draft, letter }: Props) {
  const [reading, setReading] = useState(false);
  const blocks = draft.findings.filter(({ level }) => level === "block").length;
  const mails = !draft.mailed
    ? "the text"
    : draft.recipients.length === 1
      ? "1 mail"
      : `${draft.recipients.length} mails`;
  if (draft.state === "sent" && !draft.mailed) {
    return (
      <p role="status">
        Published or handed over {draft.sentAt === null ? null : <At iso={draft.sentAt} />}; where
        stands in the timeline.
      </p>
    );
  }
  if (draft.state === "holding") return <Holding incident={incident} draft={draft} mails={mails} />;
  if (draft.state === "sent") return <Left incident={incident} draft={draft} mails={mails} />;
  if (draft.state === "discarded") return <p>Put away, unsent.</p>;
  const whyNot = letter.isChanged
    ? "Save it first: what is read back is what is saved."
    : blocks > 0
      ? `${blocks} to mend before it can leave.`
      : undefined;
  return (
    <div className="line">
      {draft.state === "approved" && !draft.mailed ? (
        <Published incident={incident} draft={draft} />
      ) : draft.state === "approved" ? (
        <SendButton incident={incident} draft={draft} mails={mails} />
      ) : (
        <>
          <Button look="first" whyNot={whyNot} onClick={() => setReading(true)}>
            Read back {mails}
          </Button>
          <AskApproval incident={incident} draft={draft} whyNot={whyNot} />
        </>
      )}
      <Dialog title="Read back" open={reading} onClose={() => setReading(false)}>
        <ReadBack incident={incident} draft={draft} onDone={() => setReading(false)} />
      </Dialog>
    </div>
  );
}

function SendButton({
  incident,
  draft,
  mails,
}: Omit<Props, "letter"> & { readonly mails: string }) {
  const sending = useCommand("SendDraft", incident);
  const me = useView("me").data?.person.id;
  const whyNot =
    me === draft.author ? undefined : `It carries the name of ${draft.authorName}: they send it.`;
  return (
    <>
      <Button
        look="first"
        whyNot={whyNot ?? (sending.pending ? "One moment." : undefined)}
        onClick={() =>
          void sending.send({ draft: draft.id, hash: draft.hash }).catch(() => undefined)
        }
      >
        Send {mails} as {draft.authorName}
      </Button>
      <span className="secondary">
        Approved by {draft.approvedBy}
        {draft.alone ? ", alone" : ""}.
      </span>
      <Problems problems={sending.problems} />
    </>
  );
}

/** That they left; or, where nothing leaves this machine, that they have reached nobody. */
function Left({ incident, draft, mails }: Omit<Props, "letter"> & { readonly mails: string }) {
  const mail = useView("me").data?.mail;
  const when = draft.sentAt === null ? null : <At iso={draft.sentAt} />;
  return (
    <p role="status">
      {mails} {mail?.configured === false ? "made as files" : "left"} {when} in the name of{" "}
      {draft.authorName}.{" "}
      {mail?.configured === false
        ? "No mail server is set up: they lie here and have reached nobody. "
        : null}
      <Link to={ROUTES.told} params={{ id: incident }}>
        What they were told
      </Link>
    </p>
  );
}

/** The approved text at hand, and where it stands once somebody has put it there. */
function Published({ incident, draft }: Omit<Props, "letter">) {
  const recording = useCommand("RecordPublished", incident);
  const [how, setHow] = useState<"published" | "handed-over">("published");
  const [where, setWhere] = useState("");
  const text = draft.letters[0] ? `${draft.letters[0].subject}\n\n${draft.letters[0].body}` : "";
  return (
    <div className="stack">
      <p>
        Approved by {draft.approvedBy}. Publish it or hand it over, then record where it stands.{" "}
        <a
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download={`${draft.id}.txt`}
        >
          Download the text
        </a>
      </p>
      <Choices
        label="It was"
        name="published-how"
        value={how}
        choices={[
          { value: "published", label: "Published" },
          { value: "handed-over", label: "Handed to a customer who tells them" },
        ]}
        onChange={(value) => setHow(value as typeof how)}
      />
      <TextField
        label={how === "published" ? "Where it stands" : "Who tells them"}
        value={where}
        onChange={setWhere}
      />
      <Problems problems={recording.problems} />
      <Button
        look="first"
        whyNot={
          where.trim() === ""
            ? "Say where it stands, or who tells them."
            : recording.pending
              ? "One moment."
              : undefined
        }
        onClick={() =>
          void recording
            .send({ draft: draft.id, hash: draft.hash, how, where })
            .catch(() => undefined)
        }
      >
        Record that it {how === "published" ? "stands there" : "was handed over"}
      </Button>
    </div>
  );
}

function Holding({ incident, draft, mails }: Omit<Props, "letter"> & { readonly mails: string }) {
  const stopping = useCommand("HoldBack", incident);
  const stop = (): void => void stopping.send({ draft: draft.id }).catch(() => undefined);
  useKeys([{ keys: "Escape", says: "Hold back what is about to leave", act: stop }]);
  return (
    <div className="holding" role="status">
      <p>
        <strong>Held.</strong> {mails} {draft.recipients.length === 1 ? "leaves" : "leave"}{" "}
        {draft.holdUntil === null ? "soon" : <At iso={draft.holdUntil} />}. Nothing has left yet.
      </p>
      <Button look="first" keys="Esc" onClick={stop}>
        Hold it back
      </Button>
      <Problems problems={stopping.problems} />
    </div>
  );
}

/** One letter after the other; each is ticked when it was read. */
function ReadBack({
  incident,
  draft,
  onDone,
}: Omit<Props, "letter"> & { readonly onDone: () => void }) {
  const approving = useCommand("ApproveNotice", incident);
  const me = useView("me").data?.person.id;
  const [at, setAt] = useState(0);
  const [alone, setAlone] = useState("");
  const letter = draft.letters[at];
  const sheet = useRef<HTMLDivElement>(null);
  // Each is read from its head, wherever the one before ended.
  useEffect(() => {
    let around: HTMLElement | null = sheet.current;
    while (around && around.tagName !== "BODY") {
      around.scrollTop = 0;
      around = around.parentElement;
    }
  }, [at]);
  const isLast = at >= draft.letters.length - 1;
  const isOwn = me === draft.author;
  const more = draft.recipients.length - draft.letters.length;
  const approve = async (): Promise<void> => {
    const own = isOwn ? { alone } : {};
    await approving
      .send({ draft: draft.id, hash: draft.hash, ...own })
      .then(onDone, () => undefined);
  };
  if (!letter) return null;
  const name = draft.recipients.find(({ id }) => id === letter.recipient)?.name ?? "";
  return (
    <div className="stack" ref={sheet}>
      <LetterSheet
        letter={letter}
        name={`${name}, ${at + 1} of ${draft.recipients.length}`}
        incident={incident}
        draft={draft.id}
      />
      {isLast ? (
        <>
          {more > 0 ? (
            <p className="secondary">
              And {more} more, which differ only in name, address, language and their own words.
            </p>
          ) : null}
          {isOwn ? (
            <TextField
              label="You wrote it: why can nobody else read it?"
              hint="It is recorded as approved by yourself."
              value={alone}
              onChange={setAlone}
            />
          ) : null}
          <Problems problems={approving.problems} />
          <Button
            look="first"
            whyNot={
              isOwn && alone.trim() === ""
                ? "Say why nobody else can read it, or let somebody else approve."
                : approving.pending
                  ? "One moment."
                  : undefined
            }
            onClick={() => void approve()}
          >
            I have read all of it: approve
          </Button>
        </>
      ) : (
        <Button look="first" onClick={() => setAt(at + 1)}>
          I have read this one: next
        </Button>
      )}
    </div>
  );
}
