/**
 * Notice page: what one recipient was told, the newest first, with what changed; when
 * the next word comes; what they are asked to do, to tick off; and who has opened it.
 */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import { type Letter, nextWordOf, type Told } from "../core/incident/notice/told.ts";
import { sizeWords } from "../core/notice/attachment.ts";
import { dateWords } from "../core/notice/date-words.ts";
import { PHRASES } from "../core/notice/phrases.ts";
import { readQuote, runsOf } from "../core/notice/quote.ts";
import type { Instant } from "../core/time/instant.ts";
import { agentWords, NOTICE_WORDS } from "./notice-words.ts";

export type Shown = {
  readonly told: Told;
  readonly organisation: string;
  readonly now: Instant;
  readonly hasPdf: boolean;
  /** The path of this page, with its secret. */
  readonly at: string;
};

/** What somebody wrote into the form, and what would be right. */
export type Typed = { readonly name: string; readonly word: string; readonly wrong?: string };

type Given = Shown & { readonly letter: Letter; readonly typed: Typed };

const OPENINGS_SHOWN = 8;

const wordsOf = ({ told }: Pick<Shown, "told">) => NOTICE_WORDS[told.language];
const dated = ({ told: { zone, language } }: Pick<Shown, "told">, at: Instant): string =>
  dateWords(at, zone, language);

export function NoticePage(given: Given) {
  const { letter, told } = given;
  const words = wordsOf(given);
  const { name, mail } = letter.from;
  return (
    <article class="notice">
      <p class="mark-of">
        {words.forWhom(told.name)} · {letter.id}
      </p>
      <h1>{letter.subject}</h1>
      <p class="quiet">{words.sent(name ?? mail, dated(given, letter.sentAt))}</p>
      <Facts {...given} />
      <Changes {...given} />
      <h2>{words.wordHead}</h2>
      <Body text={letter.body} />
      <Files {...given} />
      <Steps {...given} />
      <Received {...given} />
      <Earlier {...given} />
      <Opened {...given} />
    </article>
  );
}

function Facts(given: Given) {
  const { told, now } = given;
  const words = wordsOf(given);
  const next = nextWordOf(told);
  const contact = told.letters[0]?.replyTo;
  const last = told.acknowledged.at(-1);
  return (
    <dl class="facts">
      <div>
        <dt>{words.nextHead}</dt>
        <dd>
          {next === undefined
            ? words.noNext
            : next < now
              ? words.late(dated(given, next))
              : words.next(dated(given, next))}
        </dd>
      </div>
      {contact === undefined ? null : (
        <div>
          <dt>{words.contactHead}</dt>
          <dd>
            {contact.name === undefined ? null : `${contact.name}, `}
            <a href={`mailto:${contact.mail}`}>{contact.mail}</a>
          </dd>
        </div>
      )}
      <div>
        <dt>{words.receivedHead}</dt>
        <dd>{last ? words.received(last.name, dated(given, last.at)) : words.notReceived}</dd>
      </div>
    </dl>
  );
}

function Changes(given: Given) {
  const { changes = [] } = given.letter;
  if (changes.length === 0) return null;
  const words = wordsOf(given);
  return (
    <section>
      <h2>{words.changedHead}</h2>
      <ul class="plain changes">
        {changes.map(({ is, text }) => (
          <li>
            {is === "gone" ? (
              <del>
                <span class="unseen">{words.gone}</span>
                {text}
              </del>
            ) : (
              <ins>
                <span class="unseen">{words.came}</span>
                {text}
              </ins>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** To be saved, never shown here: the name is text, and the link saves bytes. */
function Files(given: Given) {
  const { at, letter, told } = given;
  if (letter.files.length === 0) return null;
  return (
    <section id="notice_files">
      <h2>{PHRASES[told.language].filesHead}</h2>
      <ul class="plain">
        {letter.files.map(({ draft, id, name, bytes, sha256 }) => (
          <li>
            <a href={`${at}/files/${draft}/${id}`} download>
              {name}
            </a>
            <p class="quiet digest">
              {sizeWords(bytes)} · SHA-256 {sha256}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Our letters put the name of an element in capitals on a line of its own. */
function Body({ text }: { readonly text: string }) {
  return (
    <div class="prose">
      {text
        .trim()
        .split(/\n{2,}/)
        .map((part) => {
          const [first = "", ...rest] = part.split("\n");
          const isHead = rest.length > 0 && first.length < 90 && isCapitals(first);
          return isHead ? (
            <>
              <h3>{first}</h3>
              <Words text={rest.join("\n")} />
            </>
          ) : (
            <Words text={part} />
          );
        })}
    </div>
  );
}

/** What is ours as it was written; what is quoted as a quotation with its source. */
function Words({ text }: { readonly text: string }) {
  return (
    <>
      {runsOf(text).map(({ quoted, lines }) => {
        if (!quoted) return <p class="as-written">{lines.join("\n")}</p>;
        const { text: said, signed } = readQuote(lines);
        return (
          <blockquote>
            <p class="as-written">{said}</p>
            {signed === undefined ? null : <footer class="quiet">{signed}</footer>}
          </blockquote>
        );
      })}
    </>
  );
}

const isCapitals = (line: string): boolean => /\p{Lu}/u.test(line) && line === line.toUpperCase();

function Steps(given: Given) {
  const { told, at } = given;
  const words = wordsOf(given);
  const say = PHRASES[told.language];
  if (told.steps.length === 0) return null;
  return (
    <section id="notice_steps">
      <h2>{say.stepsHead}</h2>
      <p class="quiet">{words.stepsHint}</p>
      <ol class="plain steps">
        {told.steps.map(({ notice, step, kind, text, doneAt }) => (
          <li class={doneAt === undefined ? undefined : "done"}>
            <div>
              <p>
                <strong>{say.step[kind]}:</strong> {text}
              </p>
              {doneAt === undefined ? null : (
                <p class="quiet">✓ {words.doneAt(dated(given, doneAt))}</p>
              )}
            </div>
            <form method="post" action={`${at}/step`}>
              <input type="hidden" name="step" value={`${notice}.${step}`} />
              <button
                type="submit"
                name="done"
                value={doneAt === undefined ? "yes" : "no"}
                class={doneAt === undefined ? undefined : "second"}
              >
                {doneAt === undefined ? words.done : words.undo}
                <span class="unseen"> {text}</span>
              </button>
            </form>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Received(given: Given) {
  const { told, typed } = given;
  const words = wordsOf(given);
  // A later word asks again: it is another thing to have received.
  const isSaid = told.acknowledged.some(({ notice }) => notice === told.letters[0]?.id);
  return (
    <section id="notice_received">
      <h2>{isSaid ? words.receivedHead : words.ackHead}</h2>
      {isSaid ? null : <p class="quiet">{words.ackHint}</p>}
      {told.acknowledged.length === 0 ? null : (
        <ul class="plain">
          {told.acknowledged.map(({ at: when, name, notice, word }) => (
            <li>
              ✓ {words.received(name, dated(given, when))} · {notice}
              {word === undefined ? null : <p class="as-written">{word}</p>}
            </li>
          ))}
        </ul>
      )}
      {isSaid ? (
        <details open={typed.wrong !== undefined}>
          <summary>{words.again}</summary>
          <ReceiptForm {...given} />
        </details>
      ) : (
        <ReceiptForm {...given} />
      )}
    </section>
  );
}

function ReceiptForm(given: Given) {
  const { at, typed } = given;
  const words = wordsOf(given);
  const described = typed.wrong === undefined ? undefined : "name_wrong";
  return (
    <form method="post" action={`${at}/acknowledge`} novalidate>
      <div class="field">
        <label for="field_name">{words.name}</label>
        {typed.wrong === undefined ? null : (
          <p class="wrong" id="name_wrong">
            {typed.wrong}
          </p>
        )}
        <input
          id="field_name"
          type="text"
          name="name"
          value={typed.name}
          maxlength={200}
          required
          autocomplete="name"
          aria-describedby={described}
          aria-invalid={typed.wrong === undefined ? undefined : "true"}
        />
      </div>
      <div class="field">
        <label for="field_word">{words.word}</label>
        <textarea
          id="field_word"
          name="word"
          rows={2}
          maxlength={10000}
        >{`\n${typed.word}`}</textarea>
      </div>
      <button type="submit">{words.ack}</button>
    </form>
  );
}

function Earlier(given: Given) {
  const { told, at, letter, hasPdf } = given;
  const words = wordsOf(given);
  return (
    <section>
      <h2>{words.earlierHead}</h2>
      <ol class="plain">
        {told.letters.map(({ id, subject, sentAt }, index) => (
          <li>
            {id === letter.id ? (
              <strong>{subject}</strong>
            ) : (
              <a href={index === 0 ? at : `${at}?of=${id}`}>{subject}</a>
            )}
            <p class="quiet">
              {dated(given, sentAt)} · {id}
              {index === 0 && told.letters.length > 1 ? ` · ${words.newest}` : ""}
            </p>
          </li>
        ))}
      </ol>
      <p>
        {words.kept} {hasPdf ? <a href={`${at}/notice.pdf`}>PDF</a> : null}
        {hasPdf ? ", " : null}
        <a href={`${at}/notice.json`}>JSON</a>
      </p>
    </section>
  );
}

const fileName = ({ told }: Given, which: string): string =>
  told.letters.flatMap(({ files }) => files).find(({ draft, id }) => `${draft}/${id}` === which)
    ?.name ?? which;

function Opened(given: Given) {
  const { opened } = given.told;
  const words = wordsOf(given);
  const shown = opened.slice(-OPENINGS_SHOWN).reverse();
  const before = opened.length - shown.length;
  return (
    <section>
      <h2>{words.openedHead}</h2>
      <p class="quiet">{words.openedHint}</p>
      <ul>
        {shown.map(({ at, what, file, agent }) => (
          <li>
            {dated(given, at)}: {words.opened[what]}
            {file === undefined ? "" : ` (${fileName(given, file)})`}
            {agent === undefined ? "" : `, ${agentWords(words, agent)}`}
          </li>
        ))}
        {before === 0 ? null : <li>{words.earlierOpenings(before)}</li>}
      </ul>
    </section>
  );
}
