/** Filings: every stage that the laws of an incident ask an authority to be told, and how each stands. */

import { problemsIn, useView } from "../../api.ts";
import { Link, useParams } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { Empty } from "../../ui/sheet.tsx";
import { At } from "../../ui/time.tsx";
import { Differences } from "./differences.tsx";
import { filingPlace, STANDING } from "./filing-words.ts";
import "./filing.css";

export function Filings() {
  const { id = "" } = useParams();
  const view = useView("filings", { id });
  if (!view.data)
    return <p className="shell-wait">{problemsIn(view.error)[0]?.message ?? "Opening…"}</p>;
  const { items, differences } = view.data;
  const filed = items.filter((one) => one.filed > 0).length;
  return (
    <article className="filing">
      <header className="filing-head">
        <p>
          <Link to={ROUTES.incident} params={{ id }}>
            {id}
          </Link>
        </p>
        <h1>Filings</h1>
        <p>
          {items.length === 0
            ? ""
            : `${filed} of ${items.length} stages were filed. Not every stage is asked of everybody: what is not owed says so.`}
        </p>
      </header>
      {items.length === 0 ? (
        <Empty>
          No law that is looked at here asks for a filing. A law is opened in the room, under Law.
        </Empty>
      ) : (
        <table className="rows">
          <thead>
            <tr>
              <th scope="col">Law and stage</th>
              <th scope="col">To</th>
              <th scope="col">Due</th>
              <th scope="col">How it stands</th>
              <th scope="col">Not known yet</th>
            </tr>
          </thead>
          <tbody>
            {items.map((one) => (
              <tr key={`${one.regime} ${one.stage}`}>
                <th scope="row">
                  <Link {...filingPlace(id, one)}>
                    {one.name}, {one.stage}
                  </Link>
                </th>
                <td data-label="To">{one.recipient}</td>
                <td data-label="Due">{one.dueAt === null ? "-" : <At iso={one.dueAt} short />}</td>
                <td data-label="How it stands" className={one.standing === "missed" ? "risk" : ""}>
                  {one.standing === null ? "not owed now" : STANDING[one.standing]}
                  {one.filed > 1 ? `, and ${one.filed - 1} follow-up` : ""}
                </td>
                <td data-label="Not known yet">
                  {one.open === 0
                    ? "nothing"
                    : `${one.open} ${one.open === 1 ? "field" : "fields"}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Differences items={differences} isFiled={filed > 0} />
    </article>
  );
}
