/**
 * The running picture: everything that was sent, is held, failed or was acknowledged, one line
 * for each incident or for each party. What needs somebody stands out by words, not by colour
 * alone; each line leads to the letters behind it, in order.
 */

import type { ViewOf } from "../../../api/view.ts";
import { countWords } from "../../../core/notice/standing-words.ts";
import { problemsIn, useView } from "../../api.ts";
import { Link } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { More, usePages } from "../../ui/pages.tsx";
import { Empty } from "../../ui/sheet.tsx";
import { At } from "../../ui/time.tsx";
import "./picture.css";

type Row = ViewOf<"running-picture">["items"][number];
type By = "incident" | "party";

const WHAT = {
  incident: ["incident or report", "incidents and reports"],
  party: ["party", "parties"],
} as const;

export function Picture({ by, incident }: { readonly by: By; readonly incident?: string }) {
  const pages = usePages();
  const only = incident === undefined ? {} : { incident };
  const view = useView("running-picture", {}, { by, ...only, ...pages.query });
  if (!view.data)
    return <p className="secondary">{problemsIn(view.error)[0]?.message ?? "One moment…"}</p>;
  const { items, next, total } = view.data;
  if (items.length === 0 && !pages.hasBack)
    return <Empty>Nothing was sent yet, and nothing is being written.</Empty>;
  return (
    <>
      <table className="rows picture">
        <caption className="picture-caption">
          {total} {WHAT[by][total === 1 ? 0 : 1]}, last written to first
        </caption>
        <thead>
          <tr>
            <th scope="col">{by === "incident" ? "About" : "Party"}</th>
            <th scope="col">Letters</th>
            <th scope="col">Opened</th>
            <th scope="col">Acknowledged</th>
            <th scope="col">Last word</th>
            <th scope="col">Next word promised</th>
          </tr>
        </thead>
        <tbody>
          {items.map((row) => (
            <Line key={row.id} row={row} by={by} only={only} />
          ))}
        </tbody>
      </table>
      <More pages={pages} next={next} />
    </>
  );
}

type LineProps = {
  readonly row: Row;
  readonly by: By;
  readonly only: { readonly incident?: string };
};

function Line({ row, by, only }: LineProps) {
  const { notices, opened, acknowledged, lastAt, lastAcknowledged, nextWordAt } = row;
  return (
    <tr>
      <th scope="row">
        <Name row={row} by={by} only={only} />
      </th>
      <td data-label="Letters" className={row.failed > 0 ? "risk whole" : "whole"}>
        {countWords(row)}
      </td>
      <td data-label="Opened" className={noneIf(notices === 0)}>
        {notices === 0 ? "-" : `${opened} of ${notices}`}
      </td>
      <td data-label="Acknowledged" className={noneIf(notices === 0) ?? "whole"}>
        {notices === 0 ? "-" : `${acknowledged} of ${notices}`}
        {by === "party" && acknowledged > 0 ? (
          <span className="secondary">
            {lastAcknowledged ? ", the last word too" : ", not the last word"}
          </span>
        ) : null}
      </td>
      <td data-label="Last word">{lastAt === null ? "none yet" : <At iso={lastAt} short />}</td>
      <td data-label="Next word promised" className={noneIf(nextWordAt === null)}>
        {nextWordAt === null ? "-" : <At iso={nextWordAt} short relative />}
      </td>
    </tr>
  );
}

const noneIf = (isNone: boolean): string | undefined => (isNone ? "picture-none" : undefined);

/** Where the letters behind a line stand, in order. */
function Name({ row: { id, name }, by, only }: LineProps) {
  if (by === "party")
    return (
      <Link to={ROUTES.notices} search={{ recipient: id, ...only }}>
        <bdi>{name}</bdi>
      </Link>
    );
  const [kind, reference = ""] = id.split("/", 2);
  if (kind !== "incident") return <>{name === reference ? name : `${reference} ${name}`}</>;
  return (
    <>
      <Link to={ROUTES.notices} search={{ incident: reference, by: "party" }}>
        {reference}
      </Link>{" "}
      {name}
    </>
  );
}
