/**
 * Seat extract: what a seat has read, as an extract of the ledger that anybody verifies offline.
 *
 *   GET /api/v1/exports/seat?incident=INC-7&seat=G-7QK4M2XY&upTo=41
 *
 * is the team's copy of it, of any opening; the seat's own is below its address.
 *
 * The incident's entries up to the version that was shown, whole, and the entries that say who
 * gave the seat and when it was opened; of every other entry only the leaf hash. So it leads to
 * the same signed root as any other export, and says nothing of anything else.
 */

import type { Handler } from "hono";
import { type ViewSpec, VIEWS } from "../../api/view.ts";
import type { Caller } from "../access-port.ts";
import { OK, only, refusal } from "../http/problem.ts";
import { type AppEnv, basePath, type World } from "../world.ts";
import type { Handling } from "../handling.ts";
import type { Store } from "../../store/store.ts";
import type { Instant } from "../../core/time/instant.ts";

/** Below /api/v1. */
export const SEAT_PATH = "/exports/seat";
const UNKNOWN = only("seat-unknown", "Nobody was given such a seat, or not for this incident.");
const NO_NUMBER = only("bad-query", "upTo is the number of the last entry that was read, from 1.");

type Place = {
  readonly store: Pick<Store, "exportTo">;
  readonly handling: Pick<Handling, "subjects">;
  readonly now: () => Instant;
};

/** The extract for the team. */
export const seatExports =
  (world: Pick<World, "config" | "access">, place: Place): Handler<AppEnv> =>
  async ({ req, var: { caller } }) => {
    const base = basePath(world.config.url);
    const spec = VIEWS.find(({ name }) => name === "seats") as ViewSpec;
    const may = world.access.mayView(caller as Caller, spec);
    if (!may.ok) return refusal(may.problems, { base });
    const [incident = "", seat = ""] = [req.query("incident"), req.query("seat")];
    const opened = await place.handling.subjects.open("incident", incident);
    const state = opened?.folded.state;
    const isKnown =
      state?.seats?.given.some(({ id }) => id === seat) ||
      state?.seats?.visits.some((visit) => visit.seat === seat);
    if (!state || !isKnown) return refusal(UNKNOWN, { base });
    const upTo = Number(req.query("upTo") ?? state.version);
    if (!(Number.isSafeInteger(upTo) && upTo >= 1)) return refusal(NO_NUMBER, { base });
    return extractOf(place, incident, seat, Math.min(upTo, state.version));
  };

/** The extract as a file. Made whole before it is sent: a slow reader holds no connection. */
export async function extractOf(
  place: Place,
  incident: string,
  seat: string,
  upTo: number,
): Promise<Response> {
  const also = await ownEntries(place, incident, seat);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const take = (chunk: Uint8Array): void => void chunks.push(new Uint8Array(chunk));
  const only = { subject: `incident/${incident}`, upTo, also };
  const made = await place.store.exportTo("whole", place.now(), take, only);
  if (!made.ok) return refusal(made.problems, { base: "" });
  return new Response(new Blob(chunks), {
    status: OK,
    headers: {
      "content-type": "application/jsonl; charset=utf-8",
      "content-disposition": `attachment; filename="${incident}-as-read-up-to-${upTo}.jsonl"`,
      "cache-control": "no-store",
    },
  });
}

/** The numbers of the entries that are about the seat itself. */
async function ownEntries(
  { handling }: Place,
  incident: string,
  seat: string,
): Promise<readonly number[]> {
  const opened = await handling.subjects.open("incident", incident);
  return (opened?.entries ?? []).flatMap(({ event, version }) =>
    "seat" in event && event.seat === seat ? [version] : [],
  );
}
