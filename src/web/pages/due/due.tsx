/**
 * Due: everything that is owed, of any signal or incident: by when, to whom, on
 * which day. Nothing is missed.
 *
 * Overdue is on top and counted even when it is nothing. What is looked at stands
 * in the address, and so does the obligation whose drawer is open. `N` walks, `W`
 * asks why, `U` switches to UTC.
 */

import { lazy, Suspense, useEffect } from "react";
import { problemsIn, useView } from "../../api.ts";
import { navigate, useSearch } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { useTime } from "../../ui/time.tsx";
import { BoardHead } from "./board-head.tsx";
import { BoardList } from "./board-list.tsx";
import { type Filter, filterOf, queryOf, recipientOf, searchOf } from "./filter.ts";
import { keyOf } from "./lines.ts";
import { monthOf } from "./month.ts";
import { PrintList } from "./print-list.tsx";
import { useBoard } from "./use-board.ts";
import "./due.css";

// What only some look at comes when they do.
const Drawer = lazy(async () => ({ default: (await import("./drawer.tsx")).Drawer }));
const Month = lazy(async () => ({ default: (await import("./month-grid.tsx")).MonthGrid }));
const NothingDue = lazy(async () => ({ default: (await import("./nothing.tsx")).NothingDue }));

export function Due() {
  const filter = filterOf(useSearch());
  const { now, zone, utc } = useTime();
  const me = useView("me").data?.person.id;
  const team = useView("people").data?.items;
  const month = monthOf(filter, now, zone);
  const isCalendar = filter.mode === "calendar";
  const counts = useView(
    "due",
    {},
    {
      ...recipientOf(filter),
      ...(filter.slack ? {} : { slack: "hidden" }),
      ...(utc ? { zone: "utc" } : {}),
      ...(isCalendar ? { days: month.edges } : {}),
    },
  );
  const board = useBoard(
    { ...queryOf(filter, me ?? ""), ...(isCalendar ? month.within : {}) },
    counts.dataUpdatedAt,
    filter.show !== "mine" || me !== undefined,
  );
  const go = (change: Partial<Filter>, replace = false): void =>
    navigate({ to: ROUTES.due, search: searchOf({ ...filter, ...change }), replace });
  const opened = filter.why === "" ? undefined : keyOf({ subject: filter.of, id: filter.why });
  const close = (): void => {
    go({ of: "", why: "" }, true);
    const row = `[data-obligation="${CSS.escape(opened ?? "")}"]`;
    requestAnimationFrame(() => document.querySelector<HTMLElement>(row)?.focus());
  };
  useEffect(() => {
    document.title = "Due";
    return () => {
      document.title = "Duenotice";
    };
  }, []);
  const isEmpty = board.total === 0 && filter.show === "open" && filter.to === "" && !isCalendar;
  const problem = problemsIn(board.error ?? counts.error)[0];
  return (
    <div className="due" data-open={opened === undefined ? undefined : ""}>
      <BoardHead filter={filter} counts={counts.data} total={board.total} go={go} />
      {problem ? <p role="alert">{problem.message}</p> : null}
      <div className="due-body">
        <div className="due-main">
          <Suspense fallback={null}>
            {isCalendar ? <Month filter={filter} days={counts.data?.days ?? []} go={go} /> : null}
            {isEmpty ? <NothingDue /> : null}
          </Suspense>
          {isEmpty ? null : (
            <BoardList
              key={`${filter.mode} ${filter.show} ${filter.to} ${filter.slack} ${filter.month} ${filter.day}`}
              mode={filter.mode}
              board={board}
              counts={filter.show === "open" ? counts.data : undefined}
              team={team}
              opened={opened}
              onOpen={(owed) =>
                opened === keyOf(owed) ? close() : go({ of: owed.subject, why: owed.id })
              }
            />
          )}
        </div>
        {opened === undefined ? null : (
          <Suspense fallback={<aside className="due-drawer">Opening…</aside>}>
            <Drawer key={opened} subject={filter.of} obligation={filter.why} onClose={close} />
          </Suspense>
        )}
      </div>
      <PrintList board={board} />
    </div>
  );
}
