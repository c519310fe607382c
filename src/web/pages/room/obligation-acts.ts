/**
 * What can be done with one obligation, and why not: core's own answer, for the
 * room and for the board alike.
 */

import type { CommandType } from "../../../api/command.ts";
import type { IncidentCommand } from "../../../core/incident/incident.ts";
import type { Instant } from "../../../core/time/instant.ts";
import { type Act, refusal, type RoomState } from "./room-state.tsx";

export type ObligationAct = "meet" | "extend" | "waive" | "dispute" | "settle";

export type Acts = {
  /** What taking it in hand sends. */
  readonly take: Extract<CommandType, "TakeClock" | "TakeSignalClock">;
  readonly whyNotTake: string | undefined;
  /** The other acts that there are, each with what speaks against it now. */
  readonly others: readonly {
    readonly act: ObligationAct;
    readonly label: string;
    readonly whyNot: string | undefined;
  }[];
  readonly begin: (act: ObligationAct, says: string) => void;
};

const LABELS: Readonly<Record<ObligationAct, string>> = {
  meet: "It is met…",
  extend: "Record an extension…",
  waive: "It does not apply…",
  dispute: "Disagree…",
  settle: "Settle the dispute…",
};

/** Later than anything: asks whether an extension is possible at all. */
const SOME_TIME = 8_640_000_000_000_000 as Instant;

const asked = (act: ObligationAct, obligation: string): IncidentCommand => {
  switch (act) {
    case "meet":
      return { type: "MeetObligation", obligation, evidence: "…" };
    case "extend":
      return {
        type: "ExtendObligation",
        obligation,
        dueAt: SOME_TIME,
        agreedBy: "…",
        reason: "…",
      };
    case "waive":
      return { type: "WaiveObligation", obligation, reason: "…" };
    case "dispute":
      return { type: "DisputeObligation", obligation, ground: "not-owed", reason: "…" };
    case "settle":
      return { type: "SettleDispute", obligation, outcome: "stands", reason: "…" };
  }
};

/** What may be done with what an incident owes. */
export function incidentActs(room: RoomState, obligation: string): Acts {
  const isDisputed = room.state.arranged[obligation]?.dispute !== undefined;
  const acts: readonly ObligationAct[] = [
    "meet",
    "extend",
    "waive",
    isDisputed ? "settle" : "dispute",
  ];
  return {
    take: "TakeClock",
    whyNotTake: refusal(room, { type: "TakeClock", obligation }),
    others: acts.map((act) => ({
      act,
      label: LABELS[act],
      whyNot: refusal(room, asked(act, obligation)),
    })),
    begin: (act, says) => room.open({ kind: act, obligation, says } satisfies Act),
  };
}
