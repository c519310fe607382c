/** The letters as they will be read, one recipient at a time. */

import { sizeWords } from "../../../core/notice/attachment.ts";
import { runsOf } from "../../../core/notice/quote.ts";
import { Button } from "../../ui/button.tsx";
import { OutwardSheet } from "../../ui/sheet.tsx";
import { pathOf, pdfPathOf } from "./files.tsx";
import type { DraftView } from "./use-letter.ts";

type Shown = DraftView["letters"][number];

type Sheet = {
  readonly letter: Shown;
  readonly name: string;
  readonly incident: string;
  readonly draft: string;
};

export function LetterSheet({ letter, name, incident, draft }: Sheet) {
  return (
    <OutwardSheet recipient={name}>
      <dl className="letter-head">
        <dt>From</dt>
        <dd>
          {letter.from.name} &lt;{letter.from.mail}&gt;
        </dd>
        <dt>Answers to</dt>
        <dd>{letter.replyTo.mail}</dd>
        <dt>To</dt>
        <dd>{letter.to.mail === "" ? name : `${letter.to.name ?? ""} <${letter.to.mail}>`}</dd>
        <dt>Subject</dt>
        <dd>
          <strong>{letter.subject}</strong>
        </dd>
      </dl>
      <Body text={letter.body} />
      {letter.to.mail === "" ? (
        <p>
          <a href={pdfPathOf(incident, draft)} download>
            PDF to publish or hand over
          </a>
        </p>
      ) : null}
      {letter.files.length === 0 ? null : (
        <ul className="plain letter-files" aria-label="Attached">
          {letter.files.map((file) => (
            <li key={file.id}>
              <a href={pathOf(incident, draft, file.id)} download>
                {file.name}
              </a>{" "}
              {sizeWords(file.bytes)}
            </li>
          ))}
        </ul>
      )}
    </OutwardSheet>
  );
}

/** To the last character what leaves; somebody else's words are set apart, as the recipient sees them. */
function Body({ text }: { readonly text: string }) {
  const runs = runsOf(text);
  const end = (index: number): string => (index < runs.length - 1 ? "\n" : "");
  return (
    <pre className="outward-text">
      {runs.map(({ quoted, lines }, index) => {
        const words = lines.join("\n") + end(index);
        return quoted ? (
          // oxlint-disable-next-line react/no-array-index-key
          <span key={index} className="letter-quote">
            {words}
          </span>
        ) : (
          words
        );
      })}
    </pre>
  );
}

type Props = {
  readonly incident: string;
  readonly draft: DraftView;
  readonly at: number;
  readonly onMove: (at: number) => void;
};

/** The preview beside the fields. */
export function Preview({ incident, draft, at, onMove }: Props) {
  const { letters, recipients } = draft;
  const letter = letters[Math.min(at, letters.length - 1)];
  if (!letter)
    return <p className="secondary">Name somebody, and read here what they will read.</p>;
  const name = recipients.find(({ id }) => id === letter.recipient)?.name ?? letter.recipient;
  return (
    <>
      <div className="line" role="group" aria-label="Recipients">
        <Button
          look="quiet"
          whyNot={at === 0 ? "This is the first." : undefined}
          onClick={() => onMove(at - 1)}
        >
          Before
        </Button>
        <span aria-live="polite">
          {name}, {Math.min(at, letters.length - 1) + 1} of {recipients.length}
        </span>
        <Button
          look="quiet"
          whyNot={at >= letters.length - 1 ? "This is the last." : undefined}
          onClick={() => onMove(at + 1)}
        >
          Next
        </Button>
      </div>
      <LetterSheet letter={letter} name={name} incident={incident} draft={draft.id} />
    </>
  );
}
