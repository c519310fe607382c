/** Incidents: where we are, newest first. Filters stand in the address and share no content. */

import { lazy, Suspense, useState } from "react";
import { useView } from "../api.ts";
import { Link, navigate, useSearch } from "../navigation.tsx";
import { ROUTES } from "../paths.ts";
import { Button } from "../ui/button.tsx";
import { MiniTape } from "../tape/mini.tsx";
import { useKeys } from "../ui/keys.ts";
import { ObligationMark, SeverityMark } from "../ui/mark.tsx";
import { Empty } from "../ui/sheet.tsx";
import { At } from "../ui/time.tsx";
import { More, usePages } from "../ui/pages.tsx";

// A list is looked at more often than it is added to.
const OpenIncident = lazy(async () => ({
  default: (await import("../forms/open-incident.tsx")).OpenIncident,
}));

/** What one answer holds; an incident whose clocks are not among them has its next one in words. */
const OWED_MAX = 200;

const STATES = ["open", "resolved", "closed", "all"] as const;
type State = (typeof STATES)[number];

export function Incidents() {
  const search = useSearch() as { state?: string; q?: string };
  const state: State = STATES.find((one) => one === search.state) ?? "open";
  const pages = usePages();
  const list = useView(
    "incidents",
    {},
    { state, limit: 50, ...(search.q ? { q: search.q } : {}), ...pages.query },
  );
  const owed = useView("obligations", {}, { standing: "open", limit: OWED_MAX });
  const [opening, setOpening] = useState(false);
  useKeys([{ keys: "N", says: "Open an incident", act: () => setOpening(true) }]);
  const items = list.data?.items ?? [];
  return (
    <>
      <header className="spread">
        <h1>Incidents</h1>
        <nav className="line" aria-label="Filter">
          {STATES.map((one) => (
            <Link
              key={one}
              to={ROUTES.incidents}
              search={{ state: one }}
              className={one === state ? "filter filter-on" : "filter"}
              aria-current={one === state ? "true" : undefined}
            >
              {one}
              {one === state && list.data ? (
                <span className="secondary"> {list.data.total}</span>
              ) : null}
            </Link>
          ))}
        </nav>
        <input
          className="search"
          type="search"
          aria-label="Search in titles"
          placeholder="Search"
          defaultValue={search.q}
          onChange={(event) =>
            navigate({
              to: ROUTES.incidents,
              search: { state, ...(event.target.value ? { q: event.target.value } : {}) },
              replace: true,
            })
          }
        />
        <Button keys="N" onClick={() => setOpening(true)}>
          Open an incident
        </Button>
      </header>
      <Suspense>{opening ? <OpenIncident onClose={() => setOpening(false)} /> : null}</Suspense>
      {items.length > 0 ? (
        <table className="rows">
          <thead>
            <tr>
              <th scope="col">Incident</th>
              <th scope="col">Severity</th>
              <th scope="col">Phase</th>
              <th scope="col">Lead</th>
              <th scope="col">Next due</th>
              <th scope="col">Owed</th>
              <th scope="col">Opened</th>
            </tr>
          </thead>
          <tbody>
            {items.map((incident) => (
              <tr key={incident.id}>
                <th scope="row">
                  <Link to={ROUTES.incident} params={{ id: incident.id }}>
                    {incident.id}
                  </Link>{" "}
                  {incident.sample ? <span className="sample">SAMPLE</span> : null} {incident.title}
                </th>
                <td data-label="Severity">
                  <SeverityMark severity={incident.severity} />
                </td>
                <td data-label="Phase" className="whole">
                  {incident.state === "open"
                    ? incident.phases.map(({ name }) => name).join(", ") || "not begun"
                    : incident.state}
                </td>
                <td data-label="Lead" className="whole">
                  {incident.lead ?? <span className="secondary">nobody</span>}
                </td>
                <td
                  data-label="Next due"
                  className={incident.next?.standing === "missed" ? "risk" : undefined}
                >
                  {incident.next?.dueAt ? (
                    <span className="line">
                      <ObligationMark
                        kind={incident.next.recipient.kind}
                        standing={incident.next.standing}
                      />
                      {incident.next.duty} <At iso={incident.next.dueAt} short relative />
                    </span>
                  ) : (
                    <span className="secondary">nothing</span>
                  )}
                </td>
                <td data-label="Owed">
                  <MiniTape
                    of={incident.id}
                    owed={(owed.data?.items ?? []).filter(
                      ({ subject }) => subject === `incident/${incident.id}`,
                    )}
                  />
                </td>
                <td data-label="Opened">
                  <At iso={incident.openedAt} short />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <More pages={pages} next={list.data?.next} />
      {list.data && items.length === 0 ? (
        <Empty act={<Button onClick={() => setOpening(true)}>Open an incident</Button>}>
          {state === "open"
            ? "No incident is open. One begins when you accept a signal in the inbox."
            : "No incident is in this state."}
        </Empty>
      ) : null}
    </>
  );
}
