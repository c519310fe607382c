/**
 * Deadlines: the page to keep, of one incident: to everybody on it once it has begun, and to
 * whoever takes it over.
 */

import type { Context, Person } from "../../context.ts";
import type { PageRequested } from "../../notice/notice.ts";
import { type Callable, deadlinesPage } from "../../notice/deadlines-page.ts";
import type { Policy } from "../../policy/policy.ts";
import { startPageDueAt, isOpenAndDated, START_PAGE } from "./start-page-due.ts";
import { incidentOwing } from "./obligation.ts";
import type { Incident } from "../state.ts";

/** The page of the start, once its time has come. */
export function startPage(incident: Incident, context: Context): readonly PageRequested[] {
  const { owed } = incidentOwing(incident, context.policy, context.url);
  const dueAt = startPageDueAt(incident, owed);
  if (dueAt === undefined || context.at < dueAt) return [];
  return [toKeep(incident, context, { page: START_PAGE, to: onIt(incident, context.team) })];
}

/** The page for whoever takes over; `roles` as they are from then on. */
export const handoverPage = (
  incident: Incident,
  context: Context,
  given: { readonly to: Person; readonly roles: Incident["roles"]; readonly first: string },
): PageRequested =>
  toKeep({ ...incident, roles: given.roles }, context, {
    page: `${START_PAGE}#${incident.version}`,
    to: [given.to],
    first: given.first,
  });

function toKeep(
  incident: Incident,
  context: Context,
  given: { readonly page: string; readonly to: readonly Person[]; readonly first?: string },
): PageRequested {
  const { policy, team, url } = context;
  const { owed, link, mark } = incidentOwing(incident, policy, url);
  const call = callable(incident, policy.policy, team);
  return deadlinesPage({ ...given, owed: owed.filter(isOpenAndDated), call, link, mark }, context);
}

/** Whoever holds a role here or has something in hand; where nobody does, everybody who can act. */
function onIt({ roles, held }: Incident, team: readonly Person[]): readonly Person[] {
  const accounts = new Set<string | undefined>([
    ...Object.values(roles),
    ...Object.values(held).map(({ takenBy }) => takenBy),
  ]);
  const here = team.filter(({ id }) => accounts.has(id));
  return here.length > 0
    ? here
    : team.filter(({ role }) => role === "owner" || role === "responder");
}

/** Who holds which role, and whom the policy names outside. */
function callable(
  { roles: held }: Incident,
  { roles }: Policy,
  team: readonly Person[],
): readonly Callable[] {
  const holders = new Map<Person, string[]>();
  for (const { id, name } of roles) {
    const holder = team.find((person) => person.id === held[id]);
    if (holder) holders.set(holder, [...(holders.get(holder) ?? []), name]);
  }
  const inside = [...holders].map(([{ name, phone, mail }, is]) => ({
    name,
    is: is.join(", "),
    reach: [phone ?? "no telephone number is recorded", mail],
  }));
  // What a policy says of somebody outside is one line, their number among it.
  const outside = roles.flatMap(({ outside: isOutside, name: is, contact, mail }) => {
    const [name, ...reach] = [contact, mail].filter((one) => one !== undefined);
    return isOutside && name !== undefined ? [{ is, name, reach }] : [];
  });
  return [...inside, ...outside];
}
