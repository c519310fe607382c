/**
 * Strip: the tape of 28 pixels on every page: the next three obligations of
 * anything you may see, and how many are overdue. Nothing pops up: the strip
 * changes, and what a minute changed is said once to those who listen.
 */

import { useEffect, useRef, useState } from "react";
import type { ViewOf } from "../../api/view.ts";
import { type TapeItem, toItem } from "../../core/tape/item.ts";
import { owedName } from "../../core/tape/name.ts";
import { renderLine } from "../../core/tape/line.ts";
import { MINUTE_MS } from "../../core/time/instant.ts";
import { crossings, shortSpan, whenLabel } from "../../core/tape/words.ts";
import { formatInstant, zoneAbbreviation } from "../../core/time/format.ts";
import { useView } from "../api.ts";
import { Link } from "../navigation.tsx";
import { ROUTES, subjectRoute } from "../paths.ts";
import { Later } from "../ui/later.tsx";
import { ObligationMark } from "../ui/mark.tsx";
import { toInstant, useTime } from "../ui/time.tsx";
import { useShown, useWidth } from "./shown.ts";
import "./tape.css";

type Owed = ViewOf<"obligations">["items"][number];

const SHOWN = 3;
/** What may become due while nobody asks again. */
const WATCHED = 20;

export function Strip() {
  const open = useView("obligations", {}, { standing: "open", limit: WATCHED });
  const missed = useView("obligations", {}, { standing: "missed", limit: 1 });
  const [place, width] = useWidth<HTMLDivElement>();
  const items = open.data?.items ?? [];
  const counted = items.filter(({ dueAt }) => dueAt !== null);
  const overdue = missed.data?.total ?? 0;
  const coming = counted.filter(({ standing }) => standing !== "missed").slice(0, SHOWN);
  const drawn = [...counted.filter(({ standing }) => standing === "missed"), ...coming];
  return (
    <div className="strip" role="region" aria-label="Next due">
      <div className="strip-tape" ref={place} aria-hidden="true">
        {width === 0 || !open.data ? null : (
          <Later>
            <Picture items={drawn.map(namedItem)} width={width} />
          </Later>
        )}
      </div>
      {overdue > 0 ? (
        <Link to={ROUTES.due} className="strip-overdue">
          {overdue} overdue
        </Link>
      ) : null}
      {/* Not known is not nothing: while it loads, or cannot be read, this must not calm anybody. */}
      {coming.length === 0 && overdue === 0 ? (
        <span className="secondary">{nothingDue(open.data)}</span>
      ) : null}
      <ol className="strip-list">
        {coming.map((owed) => (
          <li key={keyOf(owed)}>
            <Link {...subjectRoute(owed.subject)} className="strip-item">
              <ObligationMark kind={owed.recipient.kind} standing={owed.standing} />
              <span className="strip-what">
                {owed.duty} {ownerOf(owed)}
              </span>
              <Due iso={owed.dueAt} />
            </Link>
          </li>
        ))}
      </ol>
      <Said items={items.map(namedItem)} />
    </div>
  );
}

/** What the words beside it say; they stand first. */
function Picture({
  items,
  width,
}: {
  readonly items: readonly TapeItem[];
  readonly width: number;
}) {
  const { now, zone } = useTime();
  const { scale } = useShown();
  const height = "strip" as const;
  const picture = renderLine(items, now, { width, zone, scale, height, isSilent: true });
  return <div dangerouslySetInnerHTML={{ __html: picture }} />;
}

/** `Sat 21:05 CET, 22 h 50 m`: as short as it can be without leaving a guess. */
function Due({ iso }: { readonly iso: string | null }) {
  const { now, zone } = useTime();
  if (iso === null) return null;
  const at = toInstant(iso);
  return (
    <time dateTime={iso} title={formatInstant(at, "UTC")}>
      {whenLabel(at, now, zone)} {zoneAbbreviation(at, zone)}
      <span className="secondary">
        , {at < now ? "late" : shortSpan(Math.floor((at - now) / MINUTE_MS) * MINUTE_MS)}
      </span>
    </time>
  );
}

/** Obligations of different subjects may share an id. */
const keyOf = ({ subject, id }: Owed): string => `${subject} ${id}`;

const namedItem = (owed: Owed): TapeItem => ({
  ...toItem(owed),
  id: keyOf(owed),
  says: `${ownerOf(owed)} ${owedName(owed.duty, owed.recipient)}`,
});

/** Incidents and signals are known by their number, whatever else owes something by its name. */
const ownerOf = ({ subject, subjectTitle }: Owed): string =>
  /^(?:incident|signal)\//.test(subject) ? (subject.split("/")[1] ?? "") : subjectTitle;

function nothingDue(read: { readonly items: readonly unknown[] } | undefined): string {
  if (!read) return "Reading what is due…";
  return read.items.length === 0 ? "Nothing is due." : "What is owed has no date: see Due.";
}

/** Says what became so since it looked last: begin, an hour left, overdue. */
function Said({ items }: { readonly items: readonly TapeItem[] }) {
  const { now, zone } = useTime();
  const last = useRef(now);
  const [said, setSaid] = useState({ polite: "", urgent: "" });
  useEffect(() => {
    if (now <= last.current) return;
    const crossed = crossings(items, last.current, now, zone);
    last.current = now;
    if (crossed.length === 0) return;
    const words = (isUrgent: boolean): string =>
      crossed
        .filter((one) => one.isUrgent === isUrgent)
        .map(({ says }) => says)
        .join(" ");
    setSaid({ polite: words(false), urgent: words(true) });
  }, [now]);
  return (
    <div className="visually-hidden">
      <p role="status">{said.polite}</p>
      <p role="alert">{said.urgent}</p>
    </div>
  );
}
