/**
 * Writing for the status page: the fields beside what everybody will read, and, where
 * subscribers are told, the letter that each of them gets.
 */

import { useState } from "react";
import type { ViewOf } from "../../../api/view.ts";
import { STATES_OF } from "../../../core/status/state.ts";
import { type Instant, toIso } from "../../../core/time/instant.ts";
import { WhenField } from "../../forms/when-field.tsx";
import { problemAt, useCommand } from "../../api.ts";
import { ActForm } from "../../ui/act-form.tsx";
import { Problems, TextArea, TextField, Tick } from "../../ui/field.tsx";
import { Preview } from "./preview.tsx";
import { StateFields, useStates } from "./state-fields.tsx";
import { useWords } from "./use-words.ts";
import { blockedBy, overridesOf, WordsChecked } from "./words-checked.tsx";

export type Page = ViewOf<"status">;
export type Item = Page["items"][number];

type Close = { readonly page: Page; readonly onClose: () => void };
type Kind = Item["kind"];

/** The words, who is told, and what speaks against it: the same for all three. */
function useWriting(page: Page, first: { readonly title?: string; readonly text?: string } = {}) {
  const [title, setTitle] = useState(first.title ?? "");
  const [text, setText] = useState(first.text ?? "");
  const [tells, setTells] = useState(false);
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({});
  const findings = useWords(title, text);
  const overrides = overridesOf(findings ?? [], reasons);
  const blocked = blockedBy(findings ?? [], reasons);
  const tell = page.subscribers === 0 ? {} : { tell: tells ? ("yes" as const) : ("no" as const) };
  return {
    title,
    setTitle,
    text,
    setText,
    tells,
    setTells,
    whyNot:
      text.trim() === ""
        ? "Write what they should know first."
        : blocked.length > 0
          ? "Something in it must not be read by everybody: see the checks."
          : undefined,
    checks: (
      <WordsChecked
        findings={findings}
        reasons={reasons}
        onReason={(code, reason) => setReasons({ ...reasons, [code]: reason })}
      />
    ),
    common: { text, ...tell, ...(overrides.length === 0 ? {} : { overrides: [...overrides] }) },
  };
}

const submitWords = (page: Page, tells: boolean): string =>
  tells
    ? `Publish it, and tell ${page.subscribers} ${page.subscribers === 1 ? "subscriber" : "subscribers"}`
    : "Publish it";

const Tell = ({
  page,
  tells,
  setTells,
}: Pick<ReturnType<typeof useWriting>, "tells" | "setTells"> & { readonly page: Page }) =>
  page.subscribers === 0 ? (
    <p className="secondary">Nobody has subscribed: the page alone changes.</p>
  ) : (
    <Tick
      label={`Tell subscribers (${page.subscribers}), a letter each, in your name`}
      checked={tells}
      onChange={setTells}
    />
  );

const instant = <K extends string>(name: K, at: Instant | undefined) =>
  (at === undefined ? {} : { [name]: toIso(at) }) as Partial<Record<K, string>>;

/** A first word: of an event, or of maintenance that is announced. */
export function OpenNew({ kind, page, onClose }: Close & { readonly kind: Kind }) {
  const sending = useCommand("OpenStatus");
  const writing = useWriting(page);
  const states = useStates(kind);
  const [nextAt, setNextAt] = useState<Instant>();
  const [startsAt, setStartsAt] = useState<Instant>();
  const [endsAt, setEndsAt] = useState<Instant>();
  const { problems } = sending;
  const isMaintenance = kind === "maintenance";
  const send = async (): Promise<void> => {
    const { title, common } = writing;
    const when = isMaintenance
      ? { ...instant("startsAt", startsAt), ...instant("endsAt", endsAt) }
      : instant("nextAt", nextAt);
    const opened = { kind, title, ...states.given, ...common, ...when };
    if (await sending.send(opened).catch(() => undefined)) onClose();
  };
  return (
    <div className="status-write">
      <ActForm
        submit={submitWords(page, writing.tells)}
        whyNot={writing.title.trim() === "" ? "Give it a title first." : writing.whyNot}
        pending={sending.pending}
        onSend={send}
        onClose={onClose}
      >
        <h2>{isMaintenance ? "Announce maintenance" : "A new event"}</h2>
        <Problems problems={problems} beside={BESIDE} />
        <TextField
          label="Title, for everybody"
          autoFocus
          value={writing.title}
          onChange={writing.setTitle}
          problem={problemAt(problems, "title")}
        />
        <StateFields kind={kind} states={states} page={page} problems={problems} />
        <Words writing={writing} problem={problemAt(problems, "text")} />
        {isMaintenance ? (
          <>
            <WhenField
              label="It begins"
              hint="In your own zone."
              problem={problemAt(problems, "startsAt")}
              onChange={setStartsAt}
            />
            <WhenField
              label="It ends"
              hint="By then we say how it went."
              problem={problemAt(problems, "endsAt")}
              onChange={setEndsAt}
            />
          </>
        ) : (
          <Next problem={problemAt(problems, "nextAt")} onChange={setNextAt} />
        )}
        <Tell page={page} {...writing} />
        {writing.checks}
      </ActForm>
      <Preview {...{ page, ...writing, ...states, nextAt, title: writing.title }} />
    </div>
  );
}

const BESIDE = ["title", "text", "nextAt", "startsAt", "endsAt", "components"];

const Words = ({
  writing,
  problem,
}: {
  readonly writing: ReturnType<typeof useWriting>;
  readonly problem: string | undefined;
}) => (
  <TextArea
    label="What they should know"
    hint="Plain text. Every clock time with its zone."
    rows={6}
    value={writing.text}
    onChange={writing.setText}
    problem={problem}
  />
);

const Next = (props: {
  readonly problem: string | undefined;
  readonly onChange: (at: Instant | undefined) => void;
}) => <WhenField label="Next update by" hint="It is a clock of ours from then on." {...props} />;

/** The next word on what is open. */
export function WriteUpdate({ item, page, onClose }: Close & { readonly item: Item }) {
  const sending = useCommand("UpdateStatus");
  const writing = useWriting(page);
  const last = item.updates.at(-1);
  const states = useStates(item.kind, last?.state, last?.components);
  const [nextAt, setNextAt] = useState<Instant>();
  const isLast = states.state === STATES_OF[item.kind].at(-1);
  const send = async (): Promise<void> => {
    const when = isLast ? {} : instant("nextAt", nextAt);
    const said = { status: item.id, ...states.given, ...writing.common, ...when };
    if (await sending.send(said).catch(() => undefined)) onClose();
  };
  return (
    <div className="status-write">
      <ActForm
        submit={submitWords(page, writing.tells)}
        whyNot={writing.whyNot}
        pending={sending.pending}
        onSend={send}
        onClose={onClose}
      >
        <h3>The next update</h3>
        <Problems problems={sending.problems} beside={BESIDE} />
        <StateFields kind={item.kind} states={states} page={page} problems={sending.problems} />
        <Words writing={writing} problem={problemAt(sending.problems, "text")} />
        {isLast ? null : (
          <Next problem={problemAt(sending.problems, "nextAt")} onChange={setNextAt} />
        )}
        <Tell page={page} {...writing} />
        {writing.checks}
      </ActForm>
      <Preview
        {...{ page, ...writing, ...states, nextAt: isLast ? undefined : nextAt, title: item.title }}
      />
    </div>
  );
}

/** Other words for what was said: the old ones are struck and stay. */
export function Correct({
  item,
  update,
  page,
  onClose,
}: Close & { readonly item: Item; readonly update: Item["updates"][number] }) {
  const sending = useCommand("CorrectStatus");
  const writing = useWriting(page, { text: update.text });
  const send = async (): Promise<void> => {
    const said = { status: item.id, update: update.update, ...writing.common };
    if (await sending.send(said).catch(() => undefined)) onClose();
  };
  const isSame = writing.text === update.text;
  return (
    <ActForm
      submit={writing.tells ? submitWords(page, true) : "Publish the correction"}
      whyNot={isSame ? "These are its words already." : writing.whyNot}
      pending={sending.pending}
      onSend={send}
      onClose={onClose}
    >
      <Problems problems={sending.problems} beside={["text"]} />
      <Words writing={writing} problem={problemAt(sending.problems, "text")} />
      <p className="secondary">What stood there is struck, and can still be read.</p>
      <Tell page={page} {...writing} />
      {writing.checks}
    </ActForm>
  );
}
