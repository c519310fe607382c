/**
 * Closure: resolved and closed are two states with two clocks.
 *
 * Resolved says that it is over for those who were affected; closed says that we
 * have learned from it and owe nothing any more. Closing names everything that is
 * still open at once, so that nobody finds out one refusal at a time.
 */

export type IncidentResolved = { readonly type: "IncidentResolved"; readonly note: string };
export type IncidentReopened = { readonly type: "IncidentReopened"; readonly reason: string };
export type IncidentClosed = { readonly type: "IncidentClosed"; readonly note: string };

export type ResolveIncident = { readonly type: "ResolveIncident"; readonly note: string };
export type ReopenIncident = { readonly type: "ReopenIncident"; readonly reason: string };
export type CloseIncident = { readonly type: "CloseIncident"; readonly note: string };
