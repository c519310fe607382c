/**
 * Record: what became of what was promised, for everybody, where the policy says that it is
 * shown (`publicRecord`).
 *
 * Counts alone, over whole months that are over: nothing leads inside, no party is named, what
 * still runs is left out, and an incident of today moves no number until its month has ended.
 */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import { Hono } from "hono";
import { attainment, keptShare, type Line, total } from "../core/policy/attainment.ts";
import type { Policy } from "../core/policy/policy.ts";
import { clauseSentence } from "../core/policy/sentence.ts";
import { type Day, parseDay, plusMonths, toDateText } from "../core/time/day.ts";
import { dayName } from "../core/time/format.ts";
import { dayStart, localDay } from "../core/time/zone.ts";
import { type AppEnv, basePath } from "../server/world.ts";
import { page, refusalPage } from "./answer.ts";
import { currentPolicy, type Public } from "./place.ts";
import { zoneOf } from "./policy-facts.ts";

export const RECORD_PATH = "/policy/record";

export function recordRoutes(place: Public): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get(RECORD_PATH, async (context) => {
    const policy = (await currentPolicy(place))?.policy;
    const base = basePath(place.url);
    if (policy?.publicRecord === undefined) return notShown(place, base);
    const told = await toldOf(place, policy, policy.publicRecord.months);
    const around = { title: "Promise against record", here: "policy" } as const;
    return page(place, context, around, <Record {...{ ...told, policy, base }} />);
  });
  return routes;
}

const notShown = (place: Public, base: string) =>
  refusalPage(
    place,
    "not-found",
    { title: "Not shown", here: "policy" },
    <>
      <h1>This is not shown here</h1>
      <p>
        The policy does not say that its record is public. <a href={`${base}/policy`}>The policy</a>
      </p>
    </>,
  );

type Told = {
  readonly from: Day;
  readonly to: Day;
  readonly lines: readonly Line[];
};

/** The policy's own promises to others; what still runs says too much of today. */
async function toldOf(place: Public, policy: Policy, months: number): Promise<Told> {
  const zone = zoneOf(policy);
  const today = toDateText(localDay(place.now(), zone));
  const ended = parseDay(`${today.slice(0, 8)}01`) as Day;
  const from = plusMonths(ended, -months);
  const rows = await place.store.views.attainment.byPromise({
    from: dayStart(from, zone),
    until: dayStart(ended, zone),
    now: place.now(),
    withoutSamples: true,
  });
  const counted = rows.filter(
    ({ origin, to, outcome }) => origin === "policy" && to !== "team" && outcome !== "running",
  );
  return { from, to: (ended - 1) as Day, lines: attainment(counted) };
}

function Record({
  policy,
  from,
  to,
  lines,
  base,
}: Told & { readonly policy: Policy; readonly base: string }) {
  const known = lines.filter(({ clause }) => policy.clauses.some(({ id }) => id === clause));
  const others = lines.filter((line) => !known.includes(line));
  return (
    <>
      <h1>Promise against record</h1>
      <p class="by">
        What became of everything that was due to others from {dayName(from, true)} to{" "}
        {dayName(to, true)}.
      </p>
      {lines.length === 0 ? (
        <p>Nothing was due in that time.</p>
      ) : (
        <div class="wide" role="group" aria-label="Promises" tabindex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">Promise</th>
                <th scope="col">Due</th>
                <th scope="col">In time</th>
                <th scope="col">Late</th>
                <th scope="col">Missed</th>
                <th scope="col">Waived</th>
                <th scope="col">Kept</th>
              </tr>
            </thead>
            <tbody>
              {known.map((line) => (
                <tr>
                  <td>{promiseOf(line, policy, base)}</td>
                  <Counts of={line} />
                </tr>
              ))}
              {others.length === 0 ? null : (
                <tr>
                  <td>Promises of earlier versions</td>
                  <Counts of={total(others)} />
                </tr>
              )}
              <tr>
                <th scope="row">All of them</th>
                <Counts of={total(lines)} />
              </tr>
            </tbody>
          </table>
        </div>
      )}
      <p class="quiet">
        Counted from the record, not typed. Exercises, our own targets and what still runs are left
        out; what was met late or missed is not. Waived means that it was found not to apply. The
        days are those of {zoneOf(policy)}.
      </p>
    </>
  );
}

function promiseOf({ clause: id }: Line, policy: Policy, base: string) {
  const clause = policy.clauses.find((one) => one.id === id);
  return <a href={`${base}/policy#${id}`}>{clause ? clauseSentence(clause, policy) : id}</a>;
}

function Counts({
  of,
}: {
  readonly of: Omit<Line, "clause" | "origin" | "duty" | "to" | "party">;
}) {
  const kept = keptShare(of);
  return (
    <>
      {[of.applied, of.met, of.metLate, of.missed, of.waived].map((count) => (
        <td class="to-right">{count}</td>
      ))}
      <td class="to-right">{kept === undefined ? "" : `${Math.floor(kept * 1000) / 10} %`}</td>
    </>
  );
}
