/**
 * Owed: the obligations of the room as its tape, with their list.
 *
 * Where two clauses promise the same to the same recipient, the tighter one has the
 * lane and the other is a slack mark. Pointing at a lane lights the entry that
 * started it; with Shift the pointer asks for the room as it stood.
 */

import { useEffect, useMemo, useState } from "react";
import { isOpen } from "../../../core/tape/item.ts";
import { overdueCount } from "../../../core/tape/words.ts";
import { useShown } from "../../tape/shown.ts";
import { point } from "../../tape/pointed.ts";
import { client } from "../../api.ts";
import { Tape } from "../../tape/tape.tsx";
import { Link } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { useTime } from "../../ui/time.tsx";
import type { ghosts } from "./ghosts.ts";
import { useObligationKeys } from "./obligation-keys.ts";
import { useRoom } from "./room-state.tsx";
import { itemsOf } from "./tape-items.ts";
import type { TimeSteps } from "./time-steps.ts";

export function Owed({ steps }: { readonly steps: TimeSteps }) {
  const { incident, state, context, act, open, jump, asOf } = useRoom();
  const { ghosts: isGhostly } = useShown();
  const time = useTime();
  const now = asOf === undefined ? time.now : context.at;
  // A line that is logged changes the incident, and mostly nothing that is owed.
  const items = useMemo(
    () => itemsOf(incident, context),
    [incident.obligations, incident.customers, context],
  );
  const countGhosts = useGhosts(isGhostly);
  const would = useMemo(
    () => (isGhostly && countGhosts ? countGhosts({ incident, state, context }) : []),
    [isGhostly, countGhosts, incident, state, context],
  );
  const drawn = useMemo(() => [...items, ...would], [items, would]);
  /** The entry that started a clock; why it runs is what knows it. */
  const toStart = async (id: string): Promise<void> => {
    const why = await client.read("why", { id }, { subject: `incident/${incident.id}` });
    if (why.ok && why.value.trigger.entry !== null) jump(why.value.trigger.entry);
  };
  const openCount = items.filter((item) => isOpen(item, now)).length;
  const overdue = overdueCount(items, now);
  useObligationKeys(incident.obligations);
  return (
    <section className="room-owed" aria-label="What is owed">
      <h2 className="room-owed-says visually-hidden">
        {openCount} owed{overdue > 0 ? `, ${overdue} overdue` : ""}
      </h2>
      {items.length === 0 ? (
        <p className="secondary">Nothing is owed. Facts and the severity start the clocks.</p>
      ) : null}
      {incident.owedTotal > incident.obligations.length ? (
        <p className="secondary">
          The {incident.obligations.length} soonest of {incident.owedTotal} are here.{" "}
          <Link to={ROUTES.due}>All of them are on Due</Link>.
        </p>
      ) : null}
      <Tape
        of={incident.id}
        items={drawn}
        now={now}
        opened={act?.kind === "why" ? act.obligation : undefined}
        onOpen={(obligation) => {
          // What does not run yet has no why: the fact that would start it is where to go.
          const isGhost = would.some(({ id }) => id === obligation);
          open(isGhost ? { kind: "fact" } : { kind: "why", obligation });
        }}
        onPoint={point}
        onHook={(obligation) => void toStart(obligation)}
        onScrub={(at) => (at >= time.now ? steps.toNow() : steps.to(new Date(at).toISOString()))}
      />
    </section>
  );
}

type Ghosts = typeof ghosts;

/** How ghosts are counted, fetched when somebody first wants to see them. */
function useGhosts(isWanted: boolean): Ghosts | undefined {
  const [read, setRead] = useState<{ readonly ghosts: Ghosts }>();
  useEffect(() => {
    if (isWanted) void import("./ghosts.ts").then(setRead);
  }, [isWanted]);
  return read?.ghosts;
}
