/**
 * Timeline: everything that was written, newest first, of any length.
 *
 * Only what is near the screen is in the document. One line at a time is chosen:
 * arrows walk, K marks it as a key moment, and its acts stand below it. Jumps go
 * to the ends, to an entry by its number, and from every fact and clock to the
 * line that started it.
 */

import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { TimelineLine } from "../../../api/view.ts";
import { formatDate, zoneAbbreviation } from "../../../core/time/format.ts";
import { useCommand } from "../../api.ts";
import { useKeys } from "../../ui/keys.ts";
import { toInstant, useTime } from "../../ui/time.tsx";
import { refusal, useRoom } from "./room-state.tsx";
import { usePointed } from "../../tape/pointed.ts";
import { TimelineRow } from "./timeline-row.tsx";
import { useLines, useTotal } from "./timeline-pages.ts";
import { useWindow } from "./use-window.ts";

export const DENSITIES = [
  { only: "key", label: "Key" },
  { only: "work", label: "Work" },
  { only: "everything", label: "Everything" },
] as const;
export type Density = (typeof DENSITIES)[number]["only"];

type Props = {
  readonly density: Density;
  readonly onDensity: (density: Density) => void;
  /** The entry to bring on screen. */
  readonly wanted: number | undefined;
  readonly onShown: () => void;
};

export function Timeline({ density, onDensity, wanted, onShown }: Props) {
  const room = useRoom();
  const { zone } = useTime();
  const { incident, asOf } = room;
  const known = useTotal(incident.id, density, asOf);
  const [count, setCount] = useState(known ?? 0);
  const list = useWindow(count);
  const lines = useLines(incident.id, density, asOf, list.range);
  const [chosen, setChosen] = useState<number>();
  const pointed = usePointed();
  const focus = useRef<number | undefined>(undefined);
  const mark = useCommand("MarkEntry", incident.id);

  useEffect(() => setCount(lines.total ?? 0), [lines.total]);
  useEffect(() => {
    if (wanted === undefined || density !== "everything" || count === 0) return;
    const place = count - wanted;
    if (place >= 0 && place < count) list.show(place);
    setChosen(wanted);
    focus.current = wanted;
    onShown();
  }, [wanted, count, density]);
  useEffect(() => {
    if (focus.current === undefined) return;
    const line = list.list.current?.querySelector<HTMLElement>(`[data-version="${focus.current}"]`);
    if (!line) return;
    focus.current = undefined;
    line.focus({ preventScroll: true });
  });

  const go = (place: number): void => {
    const within = Math.max(0, Math.min(place, count - 1));
    const line = lines.at(within);
    if (within < list.range.from + 2 || within >= list.range.to - 2) list.show(within);
    if (!line) return;
    setChosen(line.version);
    focus.current = line.version;
  };
  const toEnd = (place: number): void => {
    list.show(place);
    const line = lines.at(place);
    setChosen(line?.version);
    if (line) focus.current = line.version;
  };
  const walk = (event: KeyboardEvent): void => {
    const at = (event.target as HTMLElement).dataset["place"];
    if (at === undefined) return;
    const steps: Record<string, () => void> = {
      ArrowDown: () => go(Number(at) + 1),
      ArrowUp: () => go(Number(at) - 1),
      Home: () => toEnd(0),
      End: () => toEnd(count - 1),
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    step();
  };
  const shown: TimelineLine[] = [];
  const places: number[] = [];
  for (let place = list.range.from; place < list.range.to; place += 1) places.push(place);
  for (const place of places) {
    const line = lines.at(place);
    if (line) shown.push(line);
  }
  const marked = shown.find(({ version }) => version === chosen);
  const marking = marked && { version: marked.version, key: !marked.key };
  useKeys([
    {
      keys: "K",
      says: "Mark the chosen line as a key moment, or unmark it",
      act: () => marking && void mark.send(marking).catch(() => undefined),
      whyNot: marking
        ? refusal(room, { type: "MarkEntry", ...marking })
        : "Choose a line of the timeline first.",
    },
  ]);
  const top = shown[0];
  return (
    <>
      <div className="spread timeline-head">
        <h2>Timeline</h2>
        <div className="line">
          <span role="group" aria-label="How much of it" className="densities">
            {DENSITIES.map(({ only, label }, index) => (
              <button
                key={only}
                type="button"
                aria-pressed={only === density}
                aria-keyshortcuts={String(index + 1)}
                onClick={() => onDensity(only)}
              >
                {label}
              </button>
            ))}
          </span>
          <span className="secondary num">
            {lines.total === undefined ? "" : `${lines.total} lines`}
          </span>
          <button type="button" className="button button-quiet" onClick={() => toEnd(0)}>
            Newest
          </button>
          <button type="button" className="button button-quiet" onClick={() => toEnd(count - 1)}>
            Oldest
          </button>
        </div>
      </div>
      <p className="timeline-day num" aria-hidden="true">
        {top
          ? `${formatDate(toInstant(top.at), zone)}, ${zoneAbbreviation(toInstant(top.at), zone)}`
          : ""}
      </p>
      <div className="timeline-box" ref={list.viewport} onScroll={list.onScroll} onKeyDown={walk}>
        {lines.total === 0 ? (
          <p className="secondary timeline-none">
            {density === "everything"
              ? "Nothing is written yet."
              : "No line of this kind yet. Press 3 for everything."}
          </p>
        ) : null}
        <ol
          ref={list.list}
          className="timeline-lines"
          style={{ paddingTop: list.before, paddingBottom: list.after }}
        >
          {places.map((place) => {
            const line = lines.at(place);
            return line ? (
              <TimelineRow
                key={line.version}
                line={line}
                place={place}
                newer={lines.at(place - 1)?.at}
                isChosen={line.version === chosen}
                isPointed={startedBy(line, pointed)}
                isFirst={chosen === undefined && place === places[0]}
                onChoose={setChosen}
              />
            ) : (
              <li
                key={`wait-${place}`}
                data-place={place}
                className="timeline-wait"
                aria-busy="true"
              >
                …
              </li>
            );
          })}
        </ol>
      </div>
    </>
  );
}

/** Whether this line started the clock of an obligation. */
const startedBy = ({ clocks }: TimelineLine, obligation: string | undefined): boolean =>
  clocks.some((clock) => clock.change === "added" && clock.obligation === obligation);
