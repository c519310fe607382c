/**
 * One signal, whole: what came in, from whom, what we owe about it, what was
 * said since, and the acts that decide it.
 */

import { lazy, Suspense } from "react";
import { decide } from "../../../core/signal/signal.ts";
import type { Signal } from "../../../core/signal/state.ts";
import type { SignalCommand } from "../../../core/signal/signal.ts";
import { problemsIn, useView } from "../../api.ts";
import { Link } from "../../navigation.tsx";
import { publicPath, ROUTES } from "../../paths.ts";
import { useContextOf } from "../../policy-on-screen.ts";
import { Button } from "../../ui/button.tsx";
import { useKeys } from "../../ui/keys.ts";
import { ObligationMark, OWED_TO } from "../../ui/mark.tsx";
import { Section } from "../../ui/sheet.tsx";
import { At } from "../../ui/time.tsx";
import type { Act } from "./inbox.tsx";

/** Loaded when the first one is opened: most who look do not act. */
const FormOf = lazy(async () => ({ default: (await import("./form-of.tsx")).FormOf }));

const SentFiles = lazy(async () => ({ default: (await import("./sent-files.tsx")).SentFiles }));

type Props = {
  readonly id: string;
  readonly act: Act;
  readonly onAct: (act: Act) => void;
  readonly onDone: () => void;
};

export function SignalPane({ id, act, onAct, onDone }: Props) {
  const view = useView("signal", { id });
  const context = useContextOf("current");
  const signal = view.data;
  const whyNot = (command: SignalCommand): string | undefined => {
    if (!context || !signal) return "One moment.";
    const decided = decide(signal.folded as unknown as Signal, command, context);
    return decided.ok ? undefined : decided.problems[0].message;
  };
  // The note is typed afterwards, so only what does not depend on it is asked here.
  const whyNotClose = whyNot({ type: "CloseSignal", reason: "false-positive", note: "…" });
  const whyNotAccept = whyNot({ type: "ConfirmSignal", title: signal?.title ?? "" });
  const whyNotReply = signal?.hasReporter ? undefined : "Nobody left a way to be answered.";
  const whyNotSnooze =
    signal?.state === "open" ? undefined : "Only an open signal can be put aside.";
  useKeys(
    [
      ["1", "Accept: confirm into an incident", "accept", whyNotAccept],
      ["2", "Close as a duplicate", "duplicate", whyNotClose],
      ["3", "Close: not ours, or noise", "close", whyNotClose],
      ["4", "Ask the reporter for more", "ask", whyNotReply],
      ["R", "Acknowledge or answer the reporter", "reply", whyNotReply],
      ["H", "Put aside for a while", "snooze", whyNotSnooze],
    ].map(([keys = "", says = "", name, no]) => ({
      keys,
      says,
      act: () => onAct(name as Act),
      whyNot: no,
    })),
  );
  if (!signal)
    return <p className="shell-wait">{problemsIn(view.error)[0]?.message ?? "Opening…"}</p>;
  const done = (): void => {
    onAct(undefined);
    onDone();
  };
  return (
    <article
      className="signal"
      aria-label={signal.title}
      // While typing no key of the page acts; Escape is the way out, and the draft is kept.
      onKeyDown={(event) => event.key === "Escape" && act !== undefined && onAct(undefined)}
    >
      <p className="secondary spread">
        <span>
          <span className="mono">{id}</span> {signal.channel}, received{" "}
          <At iso={signal.receivedAt} relative />
        </span>
        <Link to={ROUTES.inbox} className="signal-back">
          Back to the list
        </Link>
      </p>
      <h2>
        {signal.sample ? <span className="sample">SAMPLE</span> : null} {signal.title}
      </h2>
      <Standing signal={signal} />
      <div className="line signal-acts">
        <Button look="first" keys="1" whyNot={whyNotAccept} onClick={() => onAct("accept")}>
          Accept
        </Button>
        <Button keys="2" whyNot={whyNotClose} onClick={() => onAct("duplicate")}>
          Duplicate
        </Button>
        <Button keys="3" whyNot={whyNotClose} onClick={() => onAct("close")}>
          Not ours, noise
        </Button>
        <Button keys="4" whyNot={whyNotReply} onClick={() => onAct("ask")}>
          Needs info
        </Button>
        <Button keys="R" whyNot={whyNotReply} onClick={() => onAct("reply")}>
          Reply
        </Button>
        <Button keys="H" whyNot={whyNotSnooze} onClick={() => onAct("snooze")}>
          Put aside
        </Button>
      </div>
      {act !== undefined && context ? (
        <Suspense fallback={<p className="secondary">Opening…</p>}>
          <FormOf
            act={act}
            signal={signal}
            context={context}
            onClose={() => onAct(undefined)}
            onDone={done}
          />
        </Suspense>
      ) : null}
      <Said signal={signal} />
    </article>
  );
}

const CLOSED_AS: Readonly<Record<string, string>> = {
  duplicate: "a duplicate",
  "false-positive": "a false positive",
  "out-of-scope": "out of scope",
  "not-reproducible": "not reproducible",
  "wont-act": "real, but not acted on",
};

export type Whole = NonNullable<ReturnType<typeof useView<"signal">>["data"]>;

function Standing({ signal }: { readonly signal: Whole }) {
  return (
    <ul className="plain">
      {signal.incident ? (
        <li>
          Confirmed into{" "}
          <Link to={ROUTES.incident} params={{ id: signal.incident }}>
            {signal.incident}
          </Link>
          .
        </li>
      ) : null}
      {signal.closedAs ? (
        <li>Closed: {CLOSED_AS[signal.closedAs] ?? signal.closedAs}. It is still counted.</li>
      ) : null}
      {signal.obligations.map((owed) => (
        <li key={owed.id} className={owed.standing === "missed" ? "risk line" : "line"}>
          <ObligationMark kind={owed.recipient.kind} standing={owed.standing} />
          <span>
            {owed.duty}, {OWED_TO[owed.recipient.kind]},{" "}
            {owed.standing === "met" ? "met" : owed.standing === "met-late" ? "met late" : "due"}{" "}
            {owed.stoppedAt ? (
              <At iso={owed.stoppedAt} />
            ) : owed.dueAt ? (
              <At iso={owed.dueAt} relative />
            ) : (
              (owed.word ?? "")
            )}
          </span>
        </li>
      ))}
      {signal.notices
        .filter(({ state }) => state === "failed" || state === "deferred")
        .map((notice) => (
          <li key={notice.id} className="risk">
            NOT DELIVERED to {notice.to}: {notice.reason}
          </li>
        ))}
    </ul>
  );
}

function Said({ signal }: { readonly signal: Whole }) {
  const fields = Object.entries(signal.fields);
  return (
    <>
      {signal.text ? (
        <Section
          title="What it says"
          side={
            signal.casePath ? (
              <a href={publicPath(signal.casePath.replace(/^\//, ""))}>The reporter's page</a>
            ) : null
          }
        >
          {/* Content is data: shown as it came, never rendered or executed. */}
          <pre className="signal-text">{signal.text}</pre>
        </Section>
      ) : null}
      {signal.raw ? (
        <Section
          title="The body, as it came"
          says="It could not be read as what its sender should send. Nothing of it is lost."
        >
          <pre className="signal-text">{signal.raw}</pre>
        </Section>
      ) : null}
      {signal.files.length === 0 ? null : (
        <Suspense fallback={null}>
          <SentFiles id={signal.id} files={signal.files} />
        </Suspense>
      )}
      {fields.length > 0 ? (
        <Section title="Fields">
          <table>
            <tbody>
              {fields.map(([name, value]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td className="mono">{value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Section>
      ) : null}
      {signal.alike.length > 0 ? (
        <Section title="Looks like">
          <ul className="plain">
            {signal.alike.map(({ id, title }) => (
              <li key={id}>
                <Link to={ROUTES.signal} params={{ id }}>
                  {id} {title}
                </Link>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Section title="Timeline">
        <ol className="plain">
          {signal.timeline.map((line) => (
            <li key={line.version}>
              <At iso={line.at} short /> <span className="secondary">{line.byName}</span>{" "}
              {line.says}
              {line.text && line.type !== "SignalRecorded" ? (
                <pre className="signal-text">{line.text}</pre>
              ) : null}
            </li>
          ))}
        </ol>
      </Section>
    </>
  );
}
