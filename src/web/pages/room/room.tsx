/**
 * Room: one incident, run from one screen.
 *
 *   head       what it is, how bad, where it stands, what to do next
 *   owed       the obligations as lanes under one axis
 *   timeline   the widest thing, and what scrolls; the log composer under it
 *   beside     facts, who is touched, gates, roles, or the form that is open
 *
 * On a phone these are three leaves, one at a time. `asOf`, `entry` and `why` in the
 * address say which past instant, which line and which obligation are shown.
 */

import { useEffect, useMemo, useRef, useState } from "react";
import type { CommandType } from "../../../api/command.ts";
import type { ViewOf } from "../../../api/view.ts";
import type { Incident } from "../../../core/incident/state.ts";
import { problemsIn, useView } from "../../api.ts";
import { barred } from "../../barred.ts";
import { Link, navigate, useParams, useSearch } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { useIncidentContext } from "../../policy-on-screen.ts";
import { useKeys } from "../../ui/keys.ts";
import { afterTurns, Later } from "../../ui/later.tsx";
import { takeOver } from "../../first/take.ts";
import { Aside } from "./aside.tsx";
import { Composer } from "./composer.tsx";
import { Head } from "./head.tsx";
import { actNamed } from "./act-named.ts";
import { Owed } from "./owed.tsx";
import { PrintTable } from "./print-table.tsx";
import { type Act, RoomProvider, type RoomState } from "./room-state.tsx";
import { useTimeSteps } from "./time-steps.ts";
import { usePrintKey } from "./to-paper.ts";
import { DENSITIES, type Density, Timeline } from "./timeline.tsx";
import "./room.css";

const LEAVES = [
  { leaf: "timeline", label: "Timeline" },
  { leaf: "owed", label: "Owed" },
  { leaf: "aside", label: "State" },
] as const;
type Leaf = (typeof LEAVES)[number]["leaf"];

export function Room() {
  const { id = "" } = useParams() as { id?: string };
  const { asOf } = useSearch() as { asOf?: string };
  const view = useView("incident", { id }, asOf === undefined ? {} : { asOf });
  if (view.error && !view.data)
    return (
      <>
        <h1>{id}</h1>
        <p>{problemsIn(view.error)[0]?.message}</p>
        {asOf === undefined ? null : (
          <Link to={ROUTES.incident} params={{ id }}>
            As it stands now
          </Link>
        )}
      </>
    );
  if (!view.data) return <p className="shell-wait">Opening {id}…</p>;
  return <Standing key={id} incident={view.data} asOf={asOf} />;
}

function Standing({
  incident,
  asOf,
}: {
  readonly incident: ViewOf<"incident">;
  readonly asOf: string | undefined;
}) {
  const asked = useSearch() as Record<string, string | undefined>;
  const { entry, asOf: _, why, do: toDo, ...search } = asked;
  const context = useIncidentContext(incident);
  const begun = why === undefined ? actNamed(toDo) : { kind: "why" as const, obligation: why };
  const [acts, setActs] = useState<readonly Act[]>(begun === undefined ? [] : [begun]);
  const [leaf, setLeaf] = useState<Leaf>(begun === undefined ? "timeline" : "aside");
  /** Where a form was opened from: a telephone goes back there when it is done. */
  const openedFrom = useRef<Leaf>("aside");
  const leafNow = useRef(leaf);
  leafNow.current = leaf;
  const [density, setDensity, showDensity] = useDensity(entry !== undefined);
  const [wanted, setWanted] = useState<number | undefined>(entry ? Number(entry) : undefined);
  const composer = useRef<HTMLTextAreaElement>(null);
  const steps = useTimeSteps(incident, asOf, (at) =>
    navigate({ search: { ...search, ...(at === undefined ? {} : { asOf: at }) } }),
  );

  const jump = (version: number): void => {
    // Only with every line in it does the timeline know where an entry stands.
    if (density !== "everything") showDensity("everything");
    setLeaf("timeline");
    setWanted(version);
  };
  const open = (act: Act | undefined): void => {
    setActs((before) => {
      if (act === undefined) return before.slice(0, -1);
      return act.kind === "show" || act.kind === "except" ? [...before, act] : [act];
    });
    if (act) {
      if (acts.length === 0) openedFrom.current = leafNow.current;
      setLeaf("aside");
    } else if (acts.length === 1) setLeaf(openedFrom.current);
    // Why something is due has an address, which can be sent to somebody.
    const shown = act?.kind === "why" ? { why: act.obligation } : {};
    if (shown.why !== why || toDo !== undefined)
      navigate({ search: { ...search, ...(asOf ? { asOf } : {}), ...shown }, replace: true });
  };
  const room = useMemo<RoomState | undefined>(
    () =>
      context && {
        incident,
        state: incident.folded as unknown as Incident,
        context: asOf === undefined ? context : { ...context, at: steps.at },
        policy: context.policy.policy,
        asOf,
        act: acts.at(-1),
        open,
        jump,
      },
    // `open` and `jump` are new with every change of what they close over.
    [incident, context, asOf, acts, density],
  );
  usePrintKey(incident.id, asOf);
  useRoomKeys({ room, open, setDensity, composer, setLeaf, steps });
  useEffect(() => {
    document.title = incident.id;
    return () => {
      document.title = "Duenotice";
    };
  }, [incident.id]);
  if (!room) return <p className="shell-wait">Opening {incident.id}…</p>;
  return (
    <RoomProvider value={room}>
      <article
        className="room"
        data-leaf={leaf}
        data-acting={room.act === undefined ? undefined : ""}
        data-wide={
          room.act?.kind === "review" || room.act?.kind === "public-review" ? "" : undefined
        }
      >
        <Head steps={steps} />
        <nav className="room-leaves" aria-label="Parts of the room">
          {LEAVES.map(({ leaf: one, label }) => (
            <button
              key={one}
              type="button"
              aria-pressed={leaf === one}
              onClick={() => setLeaf(one)}
            >
              {label}
              {one === "owed" ? ` ${openCount(incident)}` : ""}
            </button>
          ))}
        </nav>
        <Later ahead>
          <Owed steps={steps} />
        </Later>
        <div className="room-columns">
          <section className="room-timeline" aria-label="Timeline">
            <Later ahead>
              <Timeline
                key={`${density} ${asOf ?? ""}`}
                density={density}
                onDensity={setDensity}
                wanted={wanted}
                onShown={() => setWanted(undefined)}
              />
            </Later>
            <Later ahead>
              <Composer field={composer} />
            </Later>
          </section>
          <Later>
            <Aside />
          </Later>
        </div>
        <Later>
          <PrintTable />
        </Later>
        <Later>
          <Stands />
        </Later>
      </article>
    </RoomProvider>
  );
}

/** The last of its parts: after it the room can do without what the server drew of it. */
function Stands() {
  useEffect(() => afterTurns(takeOver), []);
  return null;
}

/** How many run; of very many only the soonest are here. */
const openCount = ({ obligations, owedTotal }: ViewOf<"incident">): string =>
  `${obligations.filter(isOpen).length}${owedTotal > obligations.length ? "+" : ""}`;

const isOpen = ({ stoppedAt }: { readonly stoppedAt: string | null }): boolean =>
  stoppedAt === null;

/** The density on screen, how a person chooses it for good, and how a jump does for once. */
function useDensity(
  seeksEntry: boolean,
): readonly [Density, (density: Density) => void, (density: Density) => void] {
  const [density, setDensity] = useState<Density>(() => {
    if (seeksEntry) return "everything";
    const kept = localStorage.getItem("due-lines");
    return DENSITIES.find(({ only }) => only === kept)?.only ?? "work";
  });
  return [
    density,
    (next) => {
      localStorage.setItem("due-lines", next);
      setDensity(next);
    },
    setDensity,
  ];
}

type Keys = {
  readonly room: RoomState | undefined;
  readonly open: (act: Act | undefined) => void;
  readonly setDensity: (density: Density) => void;
  readonly composer: { readonly current: HTMLTextAreaElement | null };
  readonly setLeaf: (leaf: Leaf) => void;
  readonly steps: ReturnType<typeof useTimeSteps>;
};

function useRoomKeys({ room, open, setDensity, composer, setLeaf, steps }: Keys): void {
  const phases = room?.policy.phases ?? [];
  const now = phases.findIndex(({ id }) => id === room?.state.phase.main);
  const not = (type: CommandType): string | undefined =>
    room ? barred(room, type) : "One moment.";
  const phase = (step: 1 | -1) => {
    const to = phases[now + step];
    return {
      act: () => to && open({ kind: "enter", phase: to.id }),
      whyNot: to ? not("EnterPhase") : `There is no phase ${step === 1 ? "after" : "before"} this.`,
    };
  };
  useKeys([
    {
      keys: "L",
      says: "Write a line into the timeline",
      act: () => {
        setLeaf("timeline");
        // On a phone the leaf is only there after this.
        requestAnimationFrame(() => composer.current?.focus());
      },
      whyNot: not("Log"),
    },
    {
      keys: "F",
      says: "Record a fact",
      act: () => open({ kind: "fact" }),
      whyNot: not("RecordFact"),
    },
    {
      keys: "D",
      says: "Decide whether to notify",
      act: () => open({ kind: "decide" }),
      whyNot: not("Decide"),
    },
    {
      keys: "S",
      says: "Set or change the severity",
      act: () => open({ kind: "severity" }),
      whyNot: not("ChangeSeverity"),
    },
    { keys: "[", says: "Go back a phase", ...phase(-1) },
    { keys: "]", says: "Enter the next phase", ...phase(1) },
    ...DENSITIES.map(({ only, label }, index) => ({
      keys: String(index + 1),
      says: `Timeline: ${label}`,
      act: () => setDensity(only),
    })),
    { keys: ",", says: "As it stood one entry earlier", act: () => void steps.earlier() },
    { keys: ".", says: "As it stood one entry later", act: () => void steps.later() },
    {
      keys: "Escape",
      says: "Close what is open",
      act: () => open(undefined),
      whyNot: room?.act ? undefined : "Nothing is open.",
    },
  ]);
}
