/**
 * Promises kept: what became of everything that was due in a period, clause by clause.
 *
 * Each number opens what stands behind it. Period and number are in the address, so that
 * they can be sent to somebody.
 */

import { useState } from "react";
import type { ListedObligation, ViewOf } from "../../../api/view.ts";
import { problemsIn, useView } from "../../api.ts";
import { Link, navigate, useSearch } from "../../navigation.tsx";
import { ROUTES, subjectRoute } from "../../paths.ts";
import { Problems, TextField } from "../../ui/field.tsx";
import { Empty, Section } from "../../ui/sheet.tsx";
import { At } from "../../ui/time.tsx";
import "./promises.css";

type Attained = ViewOf<"attainment">;
type Item = Attained["items"][number];
type Outcome = "met" | "met-late" | "missed" | "waived" | "running";
type Search = Readonly<Record<string, string | undefined>>;

const COLUMNS = [
  { field: "met", outcome: "met", label: "Met" },
  { field: "metLate", outcome: "met-late", label: "Late" },
  { field: "missed", outcome: "missed", label: "Missed" },
  { field: "waived", outcome: "waived", label: "Waived" },
  { field: "running", outcome: "running", label: "Still open" },
] as const;

const ORIGINS: Readonly<Record<Item["origin"], string>> = {
  policy: "",
  contract: "Contract",
  law: "Law",
  "owed-to-us": "Owed to us",
};

export function Promises() {
  const search = useSearch() as Search;
  const { from, to } = search;
  const asked = useView(
    "attainment",
    {},
    {
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    },
  );
  const { data } = asked;
  return (
    <Section
      id="promises"
      title="Promises kept"
      says="Everything with a due time in the period, by when it was due. Drills are left out. What was extended counts by the later time."
    >
      {data ? <Period from={data.from} to={data.to} zone={data.zone} /> : null}
      <Problems problems={problemsIn(asked.error)} beside={[]} />
      {data === undefined ? null : data.items.length === 0 ? (
        <Empty>Nothing was due in this period.</Empty>
      ) : (
        <>
          <Table attained={data} search={search} />
          <Behind attained={data} search={search} />
        </>
      )}
    </Section>
  );
}

/** Goes to an address of this page; what is not named there is gone. */
const go = (search: Readonly<Record<string, string>>): void =>
  navigate({ to: ROUTES.ledger, search, replace: true });

function Period({ from, to, zone }: Pick<Attained, "from" | "to" | "zone">) {
  const [first, setFirst] = useState(from);
  const [last, setLast] = useState(to);
  const year = to.slice(0, 4);
  return (
    <form
      className="line promises-period"
      onSubmit={(event) => {
        event.preventDefault();
        go({ from: first, to: last });
      }}
    >
      <TextField label="From" type="date" required value={first} onChange={setFirst} />
      <TextField label="To" type="date" required value={last} onChange={setLast} />
      <button type="submit" className="button">
        Show
      </button>
      <span className="line no-print">
        <Link to={ROUTES.ledger}>Twelve months</Link>
        <Link to={ROUTES.ledger} search={{ from: `${year}-01-01`, to: `${year}-12-31` }}>
          {year}
        </Link>
      </span>
      <span className="secondary">days in {zone}</span>
    </form>
  );
}

function Table({ attained, search }: { readonly attained: Attained; readonly search: Search }) {
  const { items, total } = attained;
  return (
    <table className="promises">
      <thead>
        <tr>
          <th scope="col">Promise</th>
          <th scope="col" className="num">
            Due
          </th>
          {COLUMNS.map(({ label }) => (
            <th key={label} scope="col" className="num">
              {label}
            </th>
          ))}
          <th scope="col" className="num">
            Kept
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={`${item.origin} ${item.clause} ${item.to} ${item.party}`}>
            <th scope="row">
              {item.says}
              <span className="secondary promises-of">
                {[ORIGINS[item.origin], item.partyName, item.clause].filter(Boolean).join(", ")}
                {item.disputed > 0 ? `, ${item.disputed} disputed` : ""}
                {item.extended > 0 ? `, ${item.extended} extended` : ""}
              </span>
            </th>
            <td className="num" data-label="Due">
              {item.applied}
            </td>
            {COLUMNS.map(({ field, outcome, label }) => (
              <td key={field} className="num" data-label={label}>
                <Count item={item} count={item[field]} outcome={outcome} search={search} />
              </td>
            ))}
            <td className="num" data-label="Kept">
              {share(item.kept)}
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">All of them</th>
          <td className="num" data-label="Due">
            {total.applied}
          </td>
          {COLUMNS.map(({ field, label }) => (
            <td key={field} className="num" data-label={label}>
              {total[field]}
            </td>
          ))}
          <td className="num" data-label="Kept">
            {share(total.kept)}
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

/** Cut, not rounded: one that was missed among a thousand is not all of them. */
const share = (kept: number | null): string =>
  kept === null ? "–" : `${Math.floor(kept * 1_000) / 10} %`;

type CountProps = {
  readonly item: Item;
  readonly count: number;
  readonly outcome: Outcome;
  readonly search: Search;
};

function Count({ item, count, outcome, search }: CountProps) {
  if (count === 0) return <span className="secondary">0</span>;
  const isShown = search["clause"] === item.clause && search["outcome"] === outcome;
  return (
    <Link
      to={ROUTES.ledger}
      search={{ ...periodOf(search), ...behind(item), outcome }}
      aria-current={isShown ? "true" : undefined}
    >
      {count}
    </Link>
  );
}

const periodOf = ({ from, to }: Search): Record<string, string> => ({
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});

const behind = ({ clause, party }: Item): Record<string, string> => ({
  clause,
  ...(party === null ? {} : { party }),
});

/** What one number stands for. */
function Behind({ attained, search }: { readonly attained: Attained; readonly search: Search }) {
  const { clause, outcome, party } = search;
  const item = attained.items.find(
    (one) => one.clause === clause && (one.party ?? undefined) === party,
  );
  const column = COLUMNS.find((one) => one.outcome === outcome);
  const list = useView(
    "obligations",
    {},
    {
      clause: clause ?? "",
      standing: column?.outcome ?? "met",
      dueOn: `${attained.from}/${attained.to}`,
      drills: "hidden",
      limit: 200,
      ...(party === undefined ? {} : { party }),
    },
    { enabled: item !== undefined && column !== undefined },
  );
  if (!item || !column) return null;
  const { items = [], total = 0 } = list.data ?? {};
  return (
    <section aria-live="polite" className="promises-behind">
      <h3>
        {column.label}: {item.says}
      </h3>
      <ul className="plain">
        {items.map((owed) => (
          <li key={`${owed.subject} ${owed.id}`}>
            <Owed owed={owed} />
          </li>
        ))}
      </ul>
      {total > items.length ? <p className="secondary">And {total - items.length} more.</p> : null}
    </section>
  );
}

function Owed({ owed }: { readonly owed: ListedObligation }) {
  const { to, params } = subjectRoute(owed.subject);
  return (
    <span className="line">
      <Link to={to} params={params}>
        <span className="mono">{params.id}</span> {owed.subjectTitle}
      </Link>
      {owed.recipient.name === null ? null : <span>to {owed.recipient.name}</span>}
      {owed.dueAt === null ? null : (
        <span className="secondary">
          due <At iso={owed.dueAt} />
        </span>
      )}
      {owed.stoppedAt === null ? null : (
        <span className="secondary">
          done <At iso={owed.stoppedAt} />
        </span>
      )}
    </span>
  );
}
