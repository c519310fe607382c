/**
 * Status, as the public pages read it: the page's own record and the zone that its times
 * are told in. Nothing else is looked at, so nothing else can be shown.
 */

import { emptyStatusPage, type StatusPage } from "../core/status/state.ts";
import type { Instant } from "../core/time/instant.ts";
import type { Public } from "./place.ts";

export type StatusShown = {
  readonly page: StatusPage;
  readonly organisation: string;
  readonly zone: string;
  readonly now: Instant;
};

export async function statusShown({ handling, now }: Public): Promise<StatusShown> {
  const [opened, { organisation, zone }] = await Promise.all([
    handling.subjects.open("status", "current"),
    handling.installation(),
  ]);
  return { page: opened?.folded.state ?? emptyStatusPage(), organisation, zone, now: now() };
}

/** Whether anybody has put something on the page. */
export const isInUse = ({ components, incidents }: StatusPage): boolean =>
  components.some(({ removed }) => !removed) || incidents.length > 0;
