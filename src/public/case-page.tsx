/**
 * Case page: where a report stands, for the one who holds its link.
 */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import { sizeWords } from "../core/notice/attachment.ts";
import { filesThere, type SignalFile } from "../core/signal/sent-file.ts";
import type { Signal } from "../core/signal/state.ts";
import { formatBoth } from "../core/time/format.ts";
import { type Instant, toIsoSeconds } from "../core/time/instant.ts";
import { acknowledgedAt, CASE_STATES, type CaseState, type Message } from "./case-state.ts";
import { CaseTape, type Owed } from "./case-tape.tsx";
import { Field, FilesField } from "./field.tsx";

export const REPLY_CHARACTERS_MAX = 40_000;

type Given = {
  readonly signal: Signal;
  readonly state: CaseState;
  readonly messages: readonly Message[];
  readonly owed: readonly Owed[];
  readonly organisation: string;
  readonly zone: string;
  readonly now: Instant;
  /** Where the reply goes. */
  readonly action: string;
  readonly link: string;
  readonly reply: Written;
};

/** The reply as it was begun, and what is wrong with it. */
export type Written = {
  readonly once: string;
  readonly text: string;
  readonly wrong?: string;
  readonly hadFiles: boolean;
  readonly filesWrong?: string;
};

const WORDS: Readonly<Record<CaseState, string>> = {
  received: "Your report has arrived. Nobody has answered yet.",
  looking: "A person has answered you, and we are looking at it.",
  confirmed: "It is as you say, or near enough: we are working on it.",
  fixing: "We are reducing the risk, and removing the cause.",
  fixed: "The cause is removed.",
};

export function CasePage(given: Given) {
  const { signal, state, owed, now, link } = given;
  const isClosed = signal.state === "closed";
  return (
    <>
      <h1>Your report {signal.reference}</h1>
      <p class="lead">
        {isClosed ? "We have looked at this report and closed it." : WORDS[state]}
        {isClosed ? " If you think that is wrong, write below: it is read." : ""}
      </p>
      <States {...given} />
      <div class="note">
        <p>
          Keep the address of this page: it is the only way back here, and whoever has it can read
          what you and we write.
        </p>
        <p>
          <code>{link}</code>
        </p>
      </div>
      <CaseTape owed={owed} since={signal.receivedAt ?? now} now={now} />
      <Conversation {...given} />
      <Reply {...given} />
    </>
  );
}

function States({ signal, state, zone }: Given) {
  const reached = CASE_STATES.indexOf(state);
  const times: Partial<Record<CaseState, Instant | undefined>> = {
    received: signal.receivedAt,
    looking: acknowledgedAt(signal),
  };
  return (
    <ol class="states">
      {CASE_STATES.map((name, index) => (
        <li
          class={index <= reached ? "done" : undefined}
          aria-current={index === reached ? "step" : undefined}
        >
          <strong>{name}</strong>
          <span>
            <Time at={times[name]} zone={zone} />
          </span>
        </li>
      ))}
    </ol>
  );
}

function Time({ at, zone }: { readonly at: Instant | undefined; readonly zone: string }) {
  if (at === undefined) return null;
  return <time datetime={toIsoSeconds(at)}>{formatBoth(at, zone)}</time>;
}

const EXPLOITED: Readonly<Record<string, string>> = {
  yes: "Used by others already: yes",
  no: "Used by others already: no sign of it",
  unknown: "Used by others already: not known",
};

function Conversation({ signal, messages, organisation, zone }: Given) {
  const { where, impact, exploited } = signal.fields;
  const more = [
    where && `Where: ${where}`,
    impact && `What could be done with it: ${impact}`,
    exploited && EXPLOITED[exploited],
    signal.wish && `Credit and publication: ${signal.wish}`,
  ].filter(Boolean);
  const first = [signal.title, signal.text, more.join("\n")].filter((part) => part !== "");
  return (
    <section>
      <h2>What was written</h2>
      <ol class="words">
        <li>
          <p class="quiet">
            You, <Time at={signal.receivedAt} zone={zone} />
          </p>
          <p class="body">{first.join("\n\n")}</p>
          <Sent files={signal.files.filter(({ at }) => at === signal.receivedAt)} />
        </li>
        {messages.map(({ at, from, text, files }) => (
          <li class={from === undefined ? undefined : "ours"}>
            <p class="quiet">
              {from === undefined ? "You" : from === "" ? organisation : `${from}, ${organisation}`}
              , <Time at={at} zone={zone} />
            </p>
            {text === "" ? null : <p class="body">{text}</p>}
            <Sent files={files} />
          </li>
        ))}
      </ol>
      {messages.some(({ from }) => from !== undefined) ? null : (
        <p class="quiet">
          What a person of {organisation} writes to you stands here, too, once it has been sent.
        </p>
      )}
    </section>
  );
}

/** Names alone: what they sent is for the team, and whoever else has this address must not get it. */
function Sent({ files = [] }: { readonly files?: readonly SignalFile[] | undefined }) {
  const there = filesThere(files);
  if (there.length === 0) return null;
  return (
    <ul class="quiet">
      {there.map(({ name, bytes }) => (
        <li>
          <bdi>{name}</bdi>, {sizeWords(bytes)}
        </li>
      ))}
    </ul>
  );
}

function Reply({ action, reply }: Given) {
  return (
    <section id="case_reply" class="unprinted">
      <h2>Write more</h2>
      <form method="post" action={action} enctype="multipart/form-data" novalidate>
        <input type="hidden" name="once" value={reply.once} />
        <Field
          name="text"
          label="Your message"
          value={reply.text}
          wrong={reply.wrong}
          required
          rows={6}
          max={REPLY_CHARACTERS_MAX}
          hint="Something you found since, an answer, a correction, how you would like to be named."
        />
        <FilesField wrong={reply.filesWrong} isAgain={reply.hadFiles} />
        <button type="submit">Send the message</button>
      </form>
    </section>
  );
}
