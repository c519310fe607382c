/**
 * Composer: busy hands write here. Enter sends, Shift-Enter is a new line, `@18:20`
 * backdates and shows the instant it means before anything is sent, `/` opens the
 * form of a command. What is typed is kept on this device until it is sent.
 */

import { type ClipboardEvent, type KeyboardEvent, type RefObject, useRef, useState } from "react";
import type { IncidentCommand } from "../../../core/incident/incident.ts";
import { formatBoth } from "../../../core/time/format.ts";
import { useCommand } from "../../api.ts";
import { wireOf } from "../../forms/command-form.tsx";
import { Button } from "../../ui/button.tsx";
import { Problems, useDraft } from "../../ui/field.tsx";
import { relation, useTime } from "../../ui/time.tsx";
import { completions, compose, pasted, type Slash } from "./composer-text.ts";
import { refusal, useRoom } from "./room-state.tsx";

type Line = Extract<IncidentCommand, { type: "Log" }>;

export function Composer({ field }: { readonly field: RefObject<HTMLTextAreaElement | null> }) {
  const room = useRoom();
  const { incident, open } = room;
  const { now, zone } = useTime();
  const [text, setText, forget] = useDraft(`${incident.id}-log`, "");
  const [picked, setPicked] = useState(0);
  const log = useCommand("Log", incident.id);
  const onItsWay = useRef<string>(undefined);
  const composed = compose(text, now, zone);
  const offered = completions(text);
  const choice = offered[Math.min(picked, offered.length - 1)];
  const line: Line = {
    type: "Log",
    text: composed.ok && composed.value.kind === "line" ? composed.value.text : "…",
    ...(composed.ok && composed.value.kind === "line" && composed.value.happenedAt !== undefined
      ? { happenedAt: composed.value.happenedAt }
      : {}),
  };
  const cannot = refusal(room, line) ?? (composed.ok ? undefined : composed.problems[0].message);

  const complete = (slash: Slash): void => {
    setText(`/${slash.name} `);
    setPicked(0);
    field.current?.focus();
  };
  const send = async (): Promise<void> => {
    if (!composed.ok || composed.value.kind === "empty") return;
    if (composed.value.kind === "slash") {
      const { slash, rest } = composed.value;
      forget();
      open({ kind: slash.act, text: rest });
      return;
    }
    // The next line may be sent while this one is on its way; the same one may not.
    if (cannot !== undefined || onItsWay.current === text) return;
    onItsWay.current = text;
    // Shown as sent at once; put back if it was not.
    forget();
    const sent = await log.send(wireOf(line)).catch(() => undefined);
    onItsWay.current = undefined;
    if (!sent) setText([text, field.current?.value].filter(Boolean).join("\n"));
    field.current?.focus();
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key === "Escape") event.currentTarget.blur();
    if (offered.length > 0 && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setPicked((picked + step + offered.length) % offered.length);
      return;
    }
    const completes = event.key === "Tab" || (event.key === "Enter" && text !== `/${choice?.name}`);
    if (choice && completes && !event.shiftKey) {
      event.preventDefault();
      complete(choice);
      return;
    }
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      void send();
    }
  };
  const paste = (event: ClipboardEvent<HTMLTextAreaElement>): void => {
    const given = event.clipboardData.getData("text/plain");
    const block = pasted(given);
    if (block === given) return;
    event.preventDefault();
    const { selectionStart, selectionEnd } = event.currentTarget;
    const before = text.slice(0, selectionStart);
    const joint = before === "" || before.endsWith("\n") ? "" : "\n";
    setText(`${before}${joint}${block}${text.slice(selectionEnd)}`);
  };
  return (
    <form className="composer" onSubmit={(event) => (event.preventDefault(), void send())}>
      {offered.length > 0 ? (
        <ul className="composer-offers" aria-label="Commands">
          {offered.map((slash) => (
            <li key={slash.name}>
              <button
                type="button"
                tabIndex={-1}
                data-picked={slash === choice ? "" : undefined}
                onClick={() => complete(slash)}
              >
                <code>/{slash.name}</code> {slash.says}
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <Problems problems={log.problems} />
      <div className="composer-row">
        <textarea
          ref={field}
          aria-label="Write a line into the timeline"
          aria-keyshortcuts="L"
          aria-describedby="composer-says"
          placeholder="Log what you see or do…"
          rows={Math.min(8, text.split("\n").length)}
          value={text}
          onChange={(event) => (setText(event.target.value), setPicked(0))}
          onKeyDown={press}
          onPaste={paste}
        />
        <Button
          type="submit"
          look="first"
          keys="Enter"
          whyNot={text.trim() === "" ? "Write something first." : cannot}
        >
          {composed.ok && composed.value.kind === "slash" ? "Open" : "Log"}
        </Button>
      </div>
      <p id="composer-says" className="composer-says num" role="status">
        {!composed.ok ? (
          <span className="risk">{composed.problems[0].message}</span>
        ) : line.happenedAt !== undefined ? (
          `Happened ${formatBoth(line.happenedAt, zone)}, ${relation(line.happenedAt, now)}; written now.`
        ) : (
          "Internal. @18:20 backdates, / for commands, Shift-Enter for a new line."
        )}
      </p>
    </form>
  );
}
