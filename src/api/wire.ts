/**
 * The wire: how both ends spell the API, without the schemas.
 *
 * What a client needs in order to ask. That what it asks is well formed the
 * server checks, so no client has to load what checks it.
 */

import type { Role, SubjectKind } from "./command-spec.ts";

/** What a client must know of a command. */
export type CommandRoute = {
  readonly subject: SubjectKind;
  readonly verb: string;
  readonly creates?: true;
  readonly roles: readonly Role[];
};

/** Where the subjects of each kind live in the API. */
export const COLLECTION: Readonly<Record<SubjectKind, string>> = {
  signal: "signals",
  incident: "incidents",
  policy: "policies",
  party: "parties",
  status: "status",
  banner: "banners",
  entry: "entries",
  installation: "installations",
};

/** Fields that carry an instant: text on the wire, milliseconds inside. */
export const INSTANT_FIELDS: ReadonlySet<string> = new Set([
  "receivedAt",
  "happenedAt",
  "dueAt",
  "since",
  "until",
  "lookAgainAt",
  "nextWordAt",
  "nextAt",
  "startsAt",
  "endsAt",
]);

/** What a token may be for. */
export const SCOPES = ["read", "write", "intake", "metrics", "as-person"] as const;
export type Scope = (typeof SCOPES)[number];

export const WORKING_DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** `/api/v1/incidents/{id}/change-severity`, or without an id where the command creates. */
export const commandPath = (command: CommandRoute, subjectId?: string): string =>
  command.creates
    ? `/api/v1/${COLLECTION[command.subject]}/${command.verb}`
    : `/api/v1/${COLLECTION[command.subject]}/${encodeURIComponent(subjectId ?? "{id}").replace("%7Bid%7D", "{id}")}/${command.verb}`;

/** The route of a view with its parameters filled in: `/api/v1/incidents/INC-7`. */
export function viewPath(path: string, parameters: Readonly<Record<string, string>>): string {
  return `/api/v1${path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(parameters[key] ?? ""))}`;
}
