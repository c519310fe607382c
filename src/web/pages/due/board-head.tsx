/** The head of the board: how it stands in one sentence of numbers, what is looked at, how. */

import type { ViewOf } from "../../../api/view.ts";
import { Link } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { Tick } from "../../ui/field.tsx";
import { type Filter, MODES, RECIPIENTS, searchOf, type Show, SHOWS } from "./filter.ts";

const MODE_WORDS = { time: "by time", party: "by party", calendar: "calendar" } as const;

type Props = {
  readonly filter: Filter;
  readonly counts: ViewOf<"due"> | undefined;
  /** How many this filter leaves. */
  readonly total: number | undefined;
  readonly go: (change: Partial<Filter>, replace?: boolean) => void;
};

export function BoardHead({ filter, counts, total, go }: Props) {
  return (
    <header className="due-head">
      <div className="spread">
        <h1>Due</h1>
        <nav className="line" aria-label="In which order">
          {MODES.map((mode) => (
            <Link
              key={mode}
              to={ROUTES.due}
              search={searchOf({ ...filter, mode, why: "", of: "" })}
              className={mode === filter.mode ? "filter filter-on" : "filter"}
              aria-current={mode === filter.mode ? "true" : undefined}
            >
              {MODE_WORDS[mode]}
            </Link>
          ))}
        </nav>
        {counts ? <Counts filter={filter} counts={counts} /> : null}
        <span className="line due-links">
          <Link to={ROUTES.settings}>.ics</Link>
          <button type="button" className="button button-quiet" onClick={() => print()}>
            Print
          </button>
        </span>
      </div>
      <div className="line due-filters">
        <span>
          <label htmlFor="due-show">Show</label>{" "}
          <select
            id="due-show"
            value={filter.show}
            onChange={(event) => go({ show: event.target.value as Show }, true)}
          >
            {SHOWS.map(({ show, label }) => (
              <option key={show} value={show}>
                {label}
              </option>
            ))}
          </select>
        </span>
        <span>
          <label htmlFor="due-to">To</label>{" "}
          <select
            id="due-to"
            value={filter.to}
            onChange={(event) => go({ to: event.target.value }, true)}
          >
            {RECIPIENTS.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </span>
        <Tick label="Slack too" checked={filter.slack} onChange={(slack) => go({ slack }, true)} />
        <span className="secondary num" role="status">
          {total === undefined ? "" : total === 1 ? "1 obligation" : `${total} obligations`}
        </span>
      </div>
    </header>
  );
}

function Counts({ filter, counts }: { readonly filter: Filter; readonly counts: ViewOf<"due"> }) {
  const { overdue, atRisk, today, soon, later, ghosts } = counts;
  const shown = (show: Show, label: string, count: number) => (
    <Link
      to={ROUTES.due}
      search={searchOf({ ...filter, show, mode: "time", why: "", of: "" })}
      className={count > 0 ? "risk strong" : "due-none"}
    >
      {label} {count}
    </Link>
  );
  return (
    <p className="due-counts num">
      {shown("overdue", "Overdue", overdue)}
      {shown("risk", "At risk", atRisk)}
      <span>Today {today}</span>
      <span>72 h {soon}</span>
      <span>Later {later}</span>
      {ghosts.total === 0 ? (
        <span>Ghosts 0</span>
      ) : (
        <details className="due-ghosts">
          <summary>Ghosts {ghosts.total}</summary>
          <div>
            <p>Would start if what is suspected were confirmed now:</p>
            <ul className="plain">
              {ghosts.incidents.map(({ id, title, count }) => (
                <li key={id}>
                  <Link to={ROUTES.incident} params={{ id }}>
                    {id} {title}
                  </Link>
                  : {count}
                </li>
              ))}
            </ul>
          </div>
        </details>
      )}
    </p>
  );
}
