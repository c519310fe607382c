/**
 * Drawer: why one obligation is due when it is, and what can be done about it,
 * beside the board. It has an address of its own, so it can be sent to somebody.
 *
 * Of an incident it is the same why and the same forms as in the room, on the
 * incident's own state; of a signal there is taking it and meeting it.
 */

import { Link, navigate } from "../../navigation.tsx";
import { useMemo, useState } from "react";
import type { ViewOf } from "../../../api/view.ts";
import type { Incident } from "../../../core/incident/state.ts";
import { decide, type SignalCommand } from "../../../core/signal/signal.ts";
import type { Signal } from "../../../core/signal/state.ts";
import { ObligationForm } from "../../forms/obligation-form.tsx";
import { problemsIn, useView } from "../../api.ts";
import { MeetSignal } from "../../forms/meet-signal.tsx";
import { ROUTES } from "../../paths.ts";
import { useContextOf, useIncidentContext } from "../../policy-on-screen.ts";
import { MeetElsewhere, MeetIncident } from "../room/meeting-act.tsx";
import { type Acts, incidentActs } from "../room/obligation-acts.ts";
import { barred } from "../../barred.ts";
import { type Act, RoomProvider, type RoomState } from "../room/room-state.tsx";
import { Why } from "../room/why.tsx";

export type DrawerProps = {
  readonly subject: string;
  readonly obligation: string;
  readonly onClose: () => void;
};

export function Drawer(props: DrawerProps) {
  const [kind, id = ""] = props.subject.split("/", 2);
  return (
    <aside className="due-drawer" aria-label="The obligation" tabIndex={-1}>
      {kind === "incident" ? (
        <OfIncident id={id} {...props} />
      ) : kind === "signal" ? (
        <OfSignal id={id} {...props} />
      ) : (
        <OfOther {...props} />
      )}
    </aside>
  );
}

function OfIncident({ id, ...props }: DrawerProps & { readonly id: string }) {
  const view = useView("incident", { id });
  if (!view.data)
    return <p className="shell-wait">{problemsIn(view.error)[0]?.message ?? "Opening…"}</p>;
  return <Opened key={id} incident={view.data} {...props} />;
}

function Opened({
  incident,
  obligation,
  onClose,
}: DrawerProps & { readonly incident: ViewOf<"incident"> }) {
  const context = useIncidentContext(incident);
  const [act, open] = useState<Act>();
  const room = useMemo<RoomState | undefined>(
    () =>
      context && {
        incident,
        state: incident.folded as unknown as Incident,
        context,
        policy: context.policy.policy,
        asOf: undefined,
        act,
        // A form of the room is opened in the room; what is said of an obligation, here.
        open: (one) => (one && !("obligation" in one) ? toRoom(incident.id, one) : open(one)),
        jump: () => undefined,
      },
    [incident, context, act],
  );
  if (!room) return <p className="shell-wait">Opening {incident.id}…</p>;
  const isForm = act !== undefined && "obligation" in act && act.kind !== "why";
  return (
    <RoomProvider value={room}>
      {isForm ? (
        <ObligationForm act={act.kind} obligation={act.obligation} says={act.says} />
      ) : (
        <Why
          id={obligation}
          subject={`incident/${incident.id}`}
          onClose={onClose}
          entryLink={(version, says) => (
            <Link
              to={ROUTES.incident}
              params={{ id: incident.id }}
              search={{ entry: String(version) } as never}
            >
              {says}
            </Link>
          )}
          meeting={(owed) => <MeetIncident owed={owed} />}
          acts={incidentActs(room, obligation)}
        />
      )}
    </RoomProvider>
  );
}

const toRoom = (id: string, act: Act): void =>
  navigate({
    to: ROUTES.incident,
    params: { id },
    search: { do: act.kind === "reporter" ? `reporter:${act.signal}` : act.kind } as never,
  });

/** A contact to be checked, an update of the status page, the policy to be looked at: done there. */
const OfOther = ({ subject, obligation, onClose }: DrawerProps) => (
  <Why
    id={obligation}
    subject={subject}
    onClose={onClose}
    entryLink={(_, words) => words}
    meeting={(owed) => <MeetElsewhere owed={owed} />}
  />
);

function OfSignal({ id, subject, obligation, onClose }: DrawerProps & { readonly id: string }) {
  const view = useView("signal", { id });
  const context = useContextOf("current");
  const [says, setSays] = useState<string>();
  const signal = view.data;
  if (!signal)
    return <p className="shell-wait">{problemsIn(view.error)[0]?.message ?? "Opening…"}</p>;
  const whyNot = (command: SignalCommand, type: string): string | undefined => {
    if (!context) return "One moment.";
    const decided = decide(signal.folded as unknown as Signal, command, context);
    const no = decided.ok ? undefined : decided.problems[0].message;
    return barred({ asOf: undefined, context }, type) ?? no;
  };
  const meeting = (evidence: string) =>
    whyNot({ type: "MeetObligation", obligation, evidence }, "MeetSignalObligation");
  const acts: Acts = {
    take: "TakeSignalClock",
    whyNotTake: whyNot({ type: "TakeClock", obligation }, "TakeSignalClock"),
    others: [{ act: "meet", label: "It is met…", whyNot: meeting("…") }],
    begin: (_, words) => setSays(words),
  };
  return says === undefined ? (
    <Why
      id={obligation}
      subject={subject}
      onClose={onClose}
      meeting={(owed) => <MeetElsewhere owed={owed} />}
      acts={acts}
      entryLink={(_, words) => (
        <Link to={ROUTES.signal} params={{ id }}>
          {words}
        </Link>
      )}
    />
  ) : (
    <MeetSignal
      id={id}
      obligation={obligation}
      says={says}
      whyNot={meeting}
      onClose={() => setSays(undefined)}
    />
  );
}
