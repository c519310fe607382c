/** Part hours: when a calendar is open, day by day, with a break or none. */

import type { Path } from "../../../core/policy/places.ts";
import { WEEKDAYS } from "../../../core/time/day.ts";
import { Button } from "../../ui/button.tsx";
import { FieldProblem, TextField, Tick } from "../../ui/field.tsx";
import { type FieldProps, useForms } from "./part-edits.ts";
import { Slow } from "./slow.tsx";

const DAYS = {
  mon: "Monday",
  tue: "Tuesday",
  wed: "Wednesday",
  thu: "Thursday",
  fri: "Friday",
  sat: "Saturday",
  sun: "Sunday",
} as const;

type Window = readonly [string, string];
type Windows = { readonly [day in keyof typeof DAYS]?: readonly Window[] };

/** What a day that was closed opens with, until its own hours are written. */
const OFFICE: Window = ["09:00", "17:00"];
const REST_OF_WEEK = ["tue", "wed", "thu", "fri"] as const;

type Props = FieldProps & { readonly label: string; readonly problem: string | undefined };

export function Hours({ field, path, value, label, problem }: Props) {
  const { edits } = useForms();
  const windows = (value ?? {}) as Windows;
  const first = WEEKDAYS.map((day) => windows[day]?.[0]).find((one) => one !== undefined);
  const { mon = [] } = windows;
  const isSame = REST_OF_WEEK.every(
    (day) => JSON.stringify(windows[day] ?? []) === JSON.stringify(mon),
  );
  return (
    <fieldset className="choices part-hours">
      <legend>{label}</legend>
      {field.hint ? <p className="field-hint">{field.hint}</p> : null}
      <FieldProblem says={problem} stands />
      {WEEKDAYS.map((day) => (
        <Day
          key={day}
          name={DAYS[day]}
          path={[...path, day]}
          windows={windows[day] ?? []}
          opens={first ?? OFFICE}
        />
      ))}
      {mon.length === 0 || isSame ? null : (
        <span>
          <Button
            look="quiet"
            onClick={() =>
              void edits.set(path, {
                ...Object.fromEntries(["mon", ...REST_OF_WEEK].map((day) => [day, mon])),
                ...(windows.sat ? { sat: windows.sat } : {}),
                ...(windows.sun ? { sun: windows.sun } : {}),
              })
            }
          >
            Monday's hours from Tuesday to Friday too
          </Button>
        </span>
      )}
    </fieldset>
  );
}

function Day({
  name,
  path,
  windows,
  opens,
}: {
  readonly name: string;
  readonly path: Path;
  readonly windows: readonly Window[];
  readonly opens: Window;
}) {
  const { edits } = useForms();
  const put = (next: readonly Window[]) => edits.set(path, next.length === 0 ? undefined : next);
  return (
    <div className="part-day" role="group" aria-label={name}>
      <Tick
        label={name}
        checked={windows.length > 0}
        onChange={(on) => void put(on ? [opens] : [])}
      />
      {windows.length === 0 ? <span className="secondary">closed</span> : null}
      <span className="part-windows">
        {windows.map((window, index) => (
          // oxlint-disable-next-line react/no-array-index-key
          <span key={index} className="line">
            <Clock
              label={`${name}, opens at`}
              value={window[0]}
              onChange={(from) => put(windows.with(index, [from, window[1]]))}
            />
            <span aria-hidden="true">to</span>
            <Clock
              label={`${name}, closes at`}
              value={window[1]}
              onChange={(to) => put(windows.with(index, [window[0], to]))}
            />
            {windows.length > 1 ? (
              <Button
                look="quiet"
                aria-label={`Take away: ${window.join(" to ")} of ${name}`}
                onClick={() => void put(windows.filter((_, i) => i !== index))}
              >
                <span aria-hidden="true">×</span>
              </Button>
            ) : null}
          </span>
        ))}
        {windows.length > 0 ? (
          <Button
            look="quiet"
            onClick={() => void put([...windows, [windows.at(-1)?.[1] ?? "17:00", "24:00"]])}
          >
            Add hours
          </Button>
        ) : null}
      </span>
    </div>
  );
}

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/;

/** 24:00 ends a day, which a browser's own field for a time does not know. */
function Clock({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (time: string) => string | undefined;
}) {
  const { isBeside } = useForms();
  const shown = { label: <span className="visually-hidden">{label}</span>, value };
  const put = (time: string): string | undefined =>
    TIME.test(time) ? onChange(time) : "A time is like 09:00, and 24:00 at the latest.";
  return isBeside ? (
    <TextField {...shown} onChange={onChange} />
  ) : (
    <Slow {...shown} onChange={put} />
  );
}
