/**
 * Due: everything that is owed, of any signal or incident, by when it is due.
 *
 * Overdue is on top and counted even when it is nothing. Each row is a lane with
 * its words beside it, and says why when asked. `N` walks, `W` asks, `U` switches
 * to UTC.
 */

import { useState } from "react";
import type { ViewOf } from "../../../api/view.ts";
import type { Context } from "../../../core/context.ts";
import { DAY_MS, type Instant, parseInstant, plus } from "../../../core/time/instant.ts";
import { dayStart, localDay } from "../../../core/time/zone.ts";
import { problemsIn, useView } from "../../api.ts";
import { Link } from "../../navigation.tsx";
import { subjectRoute } from "../../paths.ts";
import { useContextOf } from "../../policy-on-screen.ts";
import { AxisRow, LaneRow } from "../../tape/lanes.tsx";
import { useWidth } from "../../tape/shown.ts";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/sheet.tsx";
import { useTime } from "../../ui/time.tsx";
import { owedName } from "../room/duty-words.ts";
import { useObligationKeys } from "../room/obligation-keys.ts";
import { personName } from "../room/room-state.tsx";
import { Drawer } from "./drawer.tsx";
import "./due.css";

type Owed = ViewOf<"obligations">["items"][number];

/** So many more with each asking, up to what one answer holds. */
const STEP = 50;
const SHOWN_MAX = 200;

export function Due() {
  const [limit, setLimit] = useState(STEP);
  const view = useView("obligations", {}, { standing: "open", limit });
  const context = useContextOf("current");
  const { now, zone } = useTime();
  const [place, width] = useWidth<HTMLDivElement>();
  const [why, setWhy] = useState<string>();
  const items = view.data?.items ?? [];
  useObligationKeys(items.map((owed) => ({ ...owed, id: keyOf(owed) })));
  const axis = { now, startAt: earliest(items, now) };
  const groups = grouped(items, now, zone);
  return (
    <>
      <header className="spread">
        <h1>Due</h1>
        <p className="due-counts num">
          {groups.map(({ title, owed }) => (
            <span
              key={title}
              className={title === "Overdue" && owed.length > 0 ? "risk strong" : ""}
            >
              {title} {owed.length}
            </span>
          ))}
        </p>
      </header>
      <div className="lanes-head due-axis">
        <span />
        <div ref={place}>
          <AxisRow axis={axis} width={width} overdue={groups[0]?.owed.length ?? 0} />
        </div>
        <span />
      </div>
      {view.error ? <p role="alert">{problemsIn(view.error)[0]?.message}</p> : null}
      {view.data && items.length === 0 ? (
        <Empty>
          Nothing is due. What a signal or an incident owes stands here from the moment that starts
          its clock.
        </Empty>
      ) : null}
      {groups.map(({ title, owed }) =>
        owed.length === 0 && title !== "Overdue" ? null : (
          <section key={title} className="due-group" aria-label={title}>
            <h2>
              {title} <span className="secondary num">{owed.length}</span>
            </h2>
            {title === "Overdue" && owed.length === 0 && view.data ? (
              <p className="secondary">Nothing is overdue.</p>
            ) : null}
            <ol className="lanes">
              {owed.map((one) => (
                <DueRow
                  key={keyOf(one)}
                  owed={one}
                  axis={axis}
                  width={width}
                  context={context}
                  isOpen={why === keyOf(one)}
                  onOpen={() => setWhy(why === keyOf(one) ? undefined : keyOf(one))}
                />
              ))}
            </ol>
          </section>
        ),
      )}
      {view.data?.next ? (
        <p className="line">
          <span>{view.data.total - items.length} more, all later than these.</span>
          <Button
            whyNot={
              limit >= SHOWN_MAX
                ? "No more fit on one page: look at one incident, or ask the command line."
                : undefined
            }
            onClick={() => setLimit(limit + STEP)}
          >
            Show {STEP} more
          </Button>
        </p>
      ) : null}
    </>
  );
}

type RowProps = {
  readonly owed: Owed;
  readonly axis: { readonly now: Instant; readonly startAt: Instant };
  readonly width: number;
  readonly context: Context | undefined;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
};

function DueRow({ owed, axis, width, context, isOpen, onOpen }: RowProps) {
  const [, id = ""] = owed.subject.split("/", 2);
  return (
    <li className="due-row">
      <LaneRow
        owed={{ ...owed, id: keyOf(owed) }}
        axis={axis}
        width={width}
        name={`${id} ${owedName(owed.duty, owed.recipient)}`}
        takenBy={context && personName(context, owed.takenBy ?? undefined)}
        isOpen={isOpen}
        onOpen={onOpen}
      />
      <p className="due-says">
        <Link {...subjectRoute(owed.subject)}>
          {id} {owed.subjectTitle}
        </Link>{" "}
        <span className="secondary">{owed.says}</span>
      </p>
      {isOpen ? <Drawer subject={owed.subject} obligation={owed.id} onClose={onOpen} /> : null}
    </li>
  );
}

/** Obligations of different subjects may share an id. */
const keyOf = ({ subject, id }: Owed): string => `${subject} ${id}`;

const earliest = (owed: readonly Owed[], now: Instant): Instant =>
  owed.reduce<Instant>((first, { startedAt }) => {
    const at = parseInstant(startedAt) ?? first;
    return at < first ? at : first;
  }, now);

function grouped(owed: readonly Owed[], now: Instant, zone: string) {
  const midnight = dayStart(localDay(now, zone) + 1, zone);
  const limits = [now, midnight, plus(now, 3 * DAY_MS), Infinity];
  const titles = ["Overdue", "Today", "In 72 hours", "Later"];
  const groups = titles.map((title) => ({ title, owed: [] as Owed[] }));
  const uncounted: Owed[] = [];
  for (const one of owed) {
    const dueAt = one.dueAt === null ? undefined : parseInstant(one.dueAt);
    if (dueAt === undefined) uncounted.push(one);
    else groups[limits.findIndex((limit) => dueAt <= limit)]?.owed.push(one);
  }
  return [...groups, { title: "Without a number", owed: uncounted }].filter(
    (group) => group.title !== "Without a number" || group.owed.length > 0,
  );
}
