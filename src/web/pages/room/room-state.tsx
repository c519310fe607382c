/**
 * The room's state: the incident on screen, what may be done with it, and which
 * form is open. Every button asks `whyNot` here, which is the same decide as the
 * server's; nothing about what is allowed is written in a component.
 */

import { createContext, useContext } from "react";
import type { ViewOf } from "../../../api/view.ts";
import type { Context } from "../../../core/context.ts";
import { type IncidentCommand, whyNot } from "../../../core/incident/incident.ts";
import type { Incident } from "../../../core/incident/state.ts";
import type { Policy } from "../../../core/policy/policy.ts";
import { type Asking, barred } from "../../barred.ts";

/** What is open beside the timeline. */
export type Act =
  | { readonly kind: "why"; readonly obligation: string }
  | {
      readonly kind: "severity" | "fact" | "mitigate" | "fix" | "role" | "phase" | "close";
      /** What was written behind the command. */
      readonly text?: string;
    }
  | {
      readonly kind: "meet" | "extend" | "waive" | "dispute" | "settle";
      readonly obligation: string;
      readonly says: string;
    }
  | { readonly kind: "enter"; readonly phase: string }
  | { readonly kind: "show" | "except"; readonly of: string; readonly gate: string }
  | {
      readonly kind:
        | "verify"
        | "resolve"
        | "reopen"
        | "touch"
        | "touch-list"
        | "regime"
        | "involve";
    }
  | { readonly kind: "decide" | "counsel" }
  | { readonly kind: "clear-provider"; readonly provider: string }
  | { readonly kind: "tell"; readonly name: string }
  | { readonly kind: "review" | "public-review" | "add-remediation" | "retitle" | "rebase" }
  | { readonly kind: "lift"; readonly mitigation: string }
  | { readonly kind: "clear"; readonly customer: string }
  | { readonly kind: "change-remediation"; readonly remediation: string }
  | { readonly kind: "strike"; readonly version: number; readonly says: string }
  | {
      readonly kind: "erase";
      readonly version: number;
      readonly entry: string;
      readonly type: string;
      readonly says: string;
    }
  | { readonly kind: "reporter"; readonly signal: string };

export type RoomState = {
  readonly incident: ViewOf<"incident">;
  /** The same as core folds it. */
  readonly state: Incident;
  readonly context: Context;
  readonly policy: Policy;
  /** The past instant that is on screen; undefined for now. */
  readonly asOf: string | undefined;
  readonly act: Act | undefined;
  readonly open: (act: Act | undefined) => void;
  /** Shows an entry in the timeline, by its number in the incident. */
  readonly jump: (version: number) => void;
};

const Held = createContext<RoomState | undefined>(undefined);
export const RoomProvider = Held.Provider;

export function useRoom(): RoomState {
  const room = useContext(Held);
  if (!room) throw new Error("useRoom outside a room");
  return room;
}

/** Why `command` would be refused, as a sentence; undefined if it would not. */
export function refusal(
  room: Asking & Pick<RoomState, "state" | "context">,
  command: IncidentCommand,
): string | undefined {
  return barred(room, command.type) ?? whyNot(room.state, command, room.context)?.message;
}
