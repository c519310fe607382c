/**
 * The command registry: everything a person or a program may ask for, once.
 *
 * From this list come the routes, the access table, OpenAPI, the CLI's verbs and
 * the web's forms. A command is about one subject; a command marked `creates`
 * makes its subject, and its route has no id.
 *
 *   POST /api/v1/incidents/INC-7/change-severity   {"to": "high", "reason": "…"}
 *
 * Instants are RFC 3339 with an offset on the wire, milliseconds inside.
 */

import type { z } from "zod";
import type { CommandSpec } from "./command-spec.ts";
import { FILING_COMMANDS } from "./filing-commands.ts";
import { SEAT_COMMANDS } from "./seat-commands.ts";
import { INCIDENT_COMMANDS } from "./incident-commands.ts";
import { NOTICE_COMMANDS } from "./notice-commands.ts";
import { PARTY_COMMANDS } from "./party-commands.ts";
import { RECORD_COMMANDS } from "./record-commands.ts";
import { STATUS_COMMANDS } from "./status-commands.ts";
import { TEAM_COMMANDS } from "./team-commands.ts";
import { SIGNAL_COMMANDS } from "./signal-commands.ts";

export type { CommandSpec, SubjectKind } from "./command-spec.ts";

export const COMMANDS = [
  ...SIGNAL_COMMANDS,
  ...INCIDENT_COMMANDS,
  ...TEAM_COMMANDS,
  ...NOTICE_COMMANDS,
  ...FILING_COMMANDS,
  ...SEAT_COMMANDS,
  ...PARTY_COMMANDS,
  ...RECORD_COMMANDS,
  ...STATUS_COMMANDS,
] as const;

export type CommandType = (typeof COMMANDS)[number]["type"];
export type SpecOf<T extends CommandType> = Extract<(typeof COMMANDS)[number], { type: T }>;
/** What a caller sends for a command of type T. */
export type InputOf<T extends CommandType> = z.input<SpecOf<T>["input"]>;

/** The spec of a command type; undefined when there is none. */
export const commandSpec = (type: string): CommandSpec | undefined =>
  COMMANDS.find((command) => command.type === type);
