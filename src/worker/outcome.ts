/**
 * Outcome: what became of letters, handed back to the ledger in groups.
 *
 * While one group of a subject is being recorded, whatever else becomes known of it
 * waits and is the next group: few letters are recorded at once, and a fan-out of
 * thousands in as few appends as the database allows. Nothing is forgotten: a report
 * that is refused within a group is handed over by itself, and one that cannot be
 * recorded at all is marked uncertain when its lease is over.
 */

import type { RecordDelivery } from "../core/notice/notice.ts";
import type { OutboxLease } from "../store/outbox.ts";
import { errorWords, problemCodes, type WorkerWorld } from "./world.ts";

type Report = Omit<RecordDelivery, "type">;
type Waiting = { readonly report: Report; readonly done: () => void };

const RECORD_TRIES = 5;
/** Of one append: what waits in memory is bounded. */
const GROUP_MAX = 2_000;
/**
 * Between two groups of one subject at least so many times as long as the last one took: what
 * recording costs hangs on how much the subject owes, hardly on how many letters are in the group.
 * Nothing is lost by it, for the journal has what waits (journal.ts); lists lag behind so long.
 */
const REST_TIMES = 30;
const REST_MS_MAX = 2_000;

export type Recorder = {
  /** Resolves when it is recorded, or was refused and logged. */
  readonly record: (lease: OutboxLease, outcome: RecordDelivery["outcome"]) => Promise<void>;
  /** Nothing is being sent any more: what waits is recorded at once. */
  readonly hurry: () => void;
};

/** While nothing `isSending`, nothing more is to be waited for. */
export function recorder(
  world: Pick<WorkerWorld, "handling" | "now" | "log">,
  isSending: () => boolean,
): Recorder {
  const waiting = new Map<string, Waiting[]>();
  const running = new Set<string>();
  const resting = new Set<() => void>();

  const rest = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        resting.delete(end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      resting.add(end);
    });

  const run = async (subject: string): Promise<void> => {
    if (running.has(subject)) return;
    running.add(subject);
    // What ends in the same moment is recorded together.
    await new Promise((resolve) => setImmediate(resolve));
    for (let group = next(subject); group.length > 0; group = next(subject)) {
      const from = performance.now();
      await recordGroup(
        world,
        subject,
        group.map(({ report }) => report),
      ).catch((error: unknown) =>
        // Their leases run out; then they are recorded as uncertain and sent again.
        world.log.error({ subject, ...errorWords(error) }, "outcomes were not recorded"),
      );
      for (const { done } of group) done();
      const tookMs = performance.now() - from;
      if (isSending()) await rest(Math.min(tookMs * REST_TIMES, REST_MS_MAX));
    }
    running.delete(subject);
  };
  const next = (subject: string): readonly Waiting[] => {
    const all = waiting.get(subject) ?? [];
    const group = all.splice(0, GROUP_MAX);
    if (all.length === 0) waiting.delete(subject);
    return group;
  };

  return {
    record: ({ subject, id: notice, attempt }, outcome) =>
      new Promise((done) => {
        const one = { report: { notice, attempt, outcome }, done };
        const others = waiting.get(subject);
        if (others) others.push(one);
        else waiting.set(subject, [one]);
        void run(subject);
      }),
    hurry() {
      for (const end of resting) end();
    },
  };
}

async function recordGroup(
  world: Pick<WorkerWorld, "handling" | "now" | "log">,
  subject: string,
  reports: readonly Report[],
): Promise<void> {
  const together = reports.length > 1 && subject.startsWith("incident/");
  if (together) {
    const command = { type: "RecordDeliveries", reports } as const;
    if ((await handed(world, subject, command)) === undefined) return;
  }
  for (const report of reports) {
    const codes = await handed(world, subject, { type: "RecordDelivery", ...report });
    if (codes === undefined) continue;
    const { notice, attempt } = report;
    world.log.error(
      { subject, notice, attempt, problems: codes },
      "what became of a letter was refused",
    );
  }
}

/** Undefined where it is recorded; else the codes it was refused with. */
async function handed(
  { handling, now }: Pick<WorkerWorld, "handling" | "now">,
  subject: string,
  command: Parameters<WorkerWorld["handling"]["handle"]>[0]["command"],
): Promise<string | undefined> {
  for (let tries = 1; ; tries += 1) {
    const recorded = await handling.handle({ subject, at: now(), by: "worker", command });
    if (recorded.ok) return undefined;
    const codes = problemCodes(recorded.problems);
    if (tries >= RECORD_TRIES || !/^(?:busy|overloaded)/.test(codes)) return codes;
  }
}
