/**
 * The month as weeks from Monday on, a number in each day on which something is
 * due. A day that is chosen narrows the list below; on a telephone the list, day by
 * day, is the agenda and the grid stays away.
 */

import type { ViewOf } from "../../../api/view.ts";
import { formatDate } from "../../../core/time/format.ts";
import { parseDay } from "../../../core/time/day.ts";
import { dayStart, localDay } from "../../../core/time/zone.ts";
import { useTime } from "../../ui/time.tsx";
import type { Filter } from "./filter.ts";
import { monthOf } from "./month.ts";

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

type Props = {
  readonly filter: Filter;
  readonly days: ViewOf<"due">["days"];
  readonly go: (change: Partial<Filter>, replace?: boolean) => void;
};

export function MonthGrid({ filter, days, go }: Props) {
  const { now, zone } = useTime();
  const month = monthOf(filter, now, zone);
  const today = localDay(now, zone);
  const [year = "", number = ""] = month.id.split("-");
  const name = `${MONTHS[Number(number) - 1] ?? ""} ${year}`;
  const weeks = Array.from({ length: month.days.length / 7 }, (_, i) => i * 7);
  const turn = (to: string): void => go({ month: to, day: "" }, true);
  return (
    <section className="month" aria-label={name}>
      <div className="line">
        <button
          type="button"
          className="button button-quiet"
          aria-label="The month before"
          onClick={() => turn(month.before)}
        >
          ←
        </button>
        <h2>{name}</h2>
        <button
          type="button"
          className="button button-quiet"
          aria-label="The month after"
          onClick={() => turn(month.after)}
        >
          →
        </button>
        <button type="button" className="button button-quiet" onClick={() => turn("")}>
          This month
        </button>
        {filter.day === "" ? null : (
          <button
            type="button"
            className="button button-quiet"
            onClick={() => go({ day: "" }, true)}
          >
            The whole month
          </button>
        )}
      </div>
      <table className="month-grid">
        <thead>
          <tr>
            {WEEKDAYS.map((weekday) => (
              <th key={weekday} scope="col">
                {weekday}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((first) => (
            <tr key={first}>
              {month.days.slice(first, first + 7).map(({ date, isInMonth }, i) => (
                <td
                  key={date}
                  className={isInMonth ? undefined : "month-other"}
                  aria-current={parseDay(date) === today ? "date" : undefined}
                >
                  <Day
                    date={date}
                    zone={zone}
                    counted={days[first + i]}
                    isChosen={date === filter.day}
                    onChoose={() => go({ day: date === filter.day ? "" : date }, true)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

type DayProps = {
  readonly date: string;
  readonly zone: string;
  readonly counted: ViewOf<"due">["days"][number] | undefined;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
};

function Day({ date, zone, counted, isChosen, onChoose }: DayProps) {
  const { due, overdue } = counted ?? { due: 0, overdue: 0 };
  const number = Number(date.slice(-2));
  if (due === 0) return <span className="secondary num">{number}</span>;
  const words = formatDate(dayStart(parseDay(date) ?? 0, zone), zone);
  return (
    <button
      type="button"
      className={overdue > 0 ? "month-day risk" : "month-day"}
      aria-pressed={isChosen}
      onClick={onChoose}
    >
      <span className="visually-hidden">{words}: </span>
      <span className="num" aria-hidden="true">
        {number}
      </span>
      <strong className="num">{due}</strong>
      <span className="visually-hidden"> due</span>
      {overdue > 0 ? (
        <span className="num">
          <span aria-hidden="true">✕ </span>
          <span className="visually-hidden">, of them overdue: </span>
          {overdue}
        </span>
      ) : null}
    </button>
  );
}
