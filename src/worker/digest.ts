/**
 * Digests: once a minute it is looked whether the week or the month of somebody who asked has
 * begun, and what is open is counted for them. Whether it was sent already is decided by the
 * record, so a restart neither loses one nor sends it twice.
 */

import { foldAccess } from "../core/access/access.ts";
import { digestsDue, remediationsLetter, weeklyLetter } from "../core/access/digest.ts";
import type { Incident } from "../core/incident/state.ts";
import { duePhrase } from "../core/notice/reminder.ts";
import { foldSubject } from "../core/subject.ts";
import { DAY_MS, type Instant, MINUTE_MS, plus } from "../core/time/instant.ts";
import { localDate } from "../core/time/wall-time.ts";
import type { ListedObligation } from "../store/views/obligation.ts";
import { problemCodes, type Step, type WorkerWorld } from "./world.ts";

const WEEK_MS = 7 * DAY_MS;
/** Of one list; a mail names fewer. */
const ROWS_MAX = 200;
const INCIDENTS_MAX = 200;

export function digesting(world: WorkerWorld): Step {
  const { handling, log } = world;
  let lookedAt: Instant | undefined;
  return async (now) => {
    if (lookedAt !== undefined && Math.abs(now - lookedAt) < MINUTE_MS) return false;
    lookedAt = now;
    const entries = await handling.world.ledger.read("access/current");
    const access = foldAccess(entries as Parameters<typeof foldAccess>[0]);
    for (const due of digestsDue(access, now)) {
      const { account, digest, period, zone } = due;
      const letter =
        digest === "weekly"
          ? await weekly(world, period, zone, now)
          : remediationsLetter(await remediationsOf(world, account), localDate(now, zone));
      const sent = await handling.handle({
        subject: "access/current",
        at: now,
        by: "worker",
        command: {
          type: "SendDigest",
          account,
          digest,
          period,
          ...(letter === undefined ? {} : { letter }),
        },
      });
      if (!sent.ok) log.error({ problems: problemCodes(sent.problems) }, "a digest was refused");
    }
    return false;
  };
}

async function weekly(world: WorkerWorld, period: string, zone: string, now: Instant) {
  const { obligations } = world.store.views;
  const page = { limit: ROWS_MAX };
  const filter = { withoutDrills: true } as const;
  const until = { ...filter, dueUntil: plus(now, WEEK_MS), dueFrom: now };
  const [late, soon] = await Promise.all([
    obligations.list({ ...filter, standing: "missed" }, now, page),
    obligations.list({ ...until, standing: "open" }, now, page),
  ]);
  const lines = (rows: readonly ListedObligation[]) =>
    rows.flatMap(({ dueAt, duty, recipientKind }) =>
      dueAt === null ? [] : [{ at: dueAt, says: duePhrase(duty, recipientKind) }],
    );
  return weeklyLetter(period, {
    overdue: late.ok ? lines(late.value.items) : [],
    due: soon.ok ? lines(soon.value.items) : [],
    counts: {
      overdue: late.ok ? late.value.total : 0,
      due: soon.ok ? soon.value.total : 0,
    },
    zone,
    url: world.url,
  });
}

/** The open remediations that this person owns, in every incident that is not closed. */
async function remediationsOf({ store, handling, url }: WorkerWorld, account: string) {
  const { incidents } = store.views;
  const [open, resolved] = await Promise.all([
    incidents.list({ state: "open" }, { limit: INCIDENTS_MAX }),
    incidents.list({ state: "resolved" }, { limit: INCIDENTS_MAX }),
  ]);
  const rows = [open, resolved].flatMap((one) => (one.ok ? one.value.items : []));
  const states = await Promise.all(
    rows.map(async ({ id, subject }) => {
      const entries = await handling.world.ledger.read(subject);
      return foldSubject({ kind: "incident", id }, entries).state as Incident;
    }),
  );
  return states
    .filter(({ drill, sample }) => !drill && !sample)
    .flatMap(({ reference, remediations }) =>
      remediations
        .filter(
          ({ owner, status }) => owner === account && status !== "done" && status !== "dropped",
        )
        .map(({ targetOn }) => ({ targetOn, link: `${url}/app/incidents/${reference}` })),
    );
}
