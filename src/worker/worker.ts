/**
 * Worker: whatever happens without anybody asking, one list of steps, in order.
 *
 *   clock, zone rules, program, wake, mailbox, read, announce, digest, deliver, checkpoint, check,
 *   security.txt, forget, sweep
 *
 * There is nothing to restore: what is due, kept or to be sent stands in the
 * database, and a round looks there. Each step takes a bounded amount, so none
 * starves another; one that fails is logged and tried again in the next round. In
 * between the worker sleeps until the next instant that anything is due, for a
 * second at most, or until this process has kept a body or recorded an entry.
 */

import { type Instant, SECOND_MS } from "../core/time/instant.ts";
import { announcing } from "./announce.ts";
import { checking } from "./check.ts";
import { checkpointing } from "./checkpoint.ts";
import { watchingClock } from "./clock.ts";
import { delivering } from "./deliver.ts";
import { digesting } from "./digest.ts";
import { forgetting } from "./forget.ts";
import { givingWay } from "./give-way.ts";
import { lookingIntoMailbox } from "./mailbox.ts";
import { watchingProgram } from "./program.ts";
import { reading } from "./read.ts";
import { keepingSecurityTxt } from "./security-txt.ts";
import { sweeping } from "./sweep.ts";
import { waking } from "./wake.ts";
import { watchingZoneRules } from "./zone-rules.ts";
import { errorWords, type Step, type WorkerWorld } from "./world.ts";

const SLEEP_MS_MAX = SECOND_MS;
/** Between rounds that hints ask for: what comes meanwhile is taken together. */
const REST_MS = 2;
/** Between rounds while reading gives way: each of them takes from whoever waits for an answer. */
const STORM_REST_MS = 10;
const SLOW_MS = 5 * SECOND_MS;

export type Worker = {
  /** One round at `now`. True where there is more to do at once. */
  readonly tick: (now: Instant) => Promise<boolean>;
  /** Resolves when no letter is being sent and no check runs. */
  readonly settled: () => Promise<void>;
  /** Begins to do rounds by itself. */
  readonly run: () => void;
  /** When the last round began; undefined before the first. */
  readonly lastTickAt: () => Instant | undefined;
  /** Ends after the present round, lets letters under way finish, signs a last checkpoint. */
  readonly stop: () => Promise<void>;
};

/** A worker that goes on by itself. */
export async function startWorker(world: WorkerWorld): Promise<Worker> {
  const worker = createWorker(world);
  worker.run();
  return worker;
}

/** A worker that does nothing until it is told to. */
export function createWorker(world: WorkerWorld): Worker {
  const { store, log } = world;
  const nap = napping();
  const deliveries = delivering(world, nap.wake);
  const checkpoints = checkpointing(world);
  const checks = checking(world);
  const mailbox = lookingIntoMailbox(world);
  const way = givingWay(store.raw.mostKeeping, world.monotonicMs ?? (() => performance.now()));
  const steps: readonly (readonly [name: string, step: Step])[] = [
    ["clock", watchingClock(world)],
    ["zone rules", watchingZoneRules(world)],
    ["program", watchingProgram(world)],
    ["wake", waking(world)],
    ["mailbox", mailbox.step],
    ["read", reading(world, way)],
    ["announce", announcing(world)],
    ["digest", digesting(world)],
    ["deliver", deliveries.step],
    ["checkpoint", checkpoints.step],
    ["check", checks.step],
    ["security.txt", keepingSecurityTxt(world)],
    ["forget", forgetting(world)],
    ["sweep", sweeping(world)],
  ];
  let lastTickAt: Instant | undefined;
  let stopping = false;
  let running: Promise<void> | undefined;

  const round = async (now: Instant): Promise<boolean> => {
    lastTickAt = now;
    let more = false;
    for (const [name, step] of steps) more = (await guarded(name, step, now)) || more;
    return more;
  };
  // One at a time: whoever asks for a round knows that none before it is half done.
  let last: Promise<unknown> = Promise.resolve();
  const tick = (now: Instant): Promise<boolean> => {
    const mine = last.then(() => round(now));
    last = mine;
    return mine;
  };
  const guarded = async (name: string, step: Step, now: Instant): Promise<boolean> => {
    const startedAt = performance.now();
    try {
      return await step(now);
    } catch (error) {
      log.error({ step: name, ...errorWords(error) }, "a step of the worker failed");
      return false;
    } finally {
      const ms = Math.round(performance.now() - startedAt);
      if (ms > SLOW_MS) log.warn({ step: name, ms }, "a step of the worker is slow");
    }
  };
  const goOn = async (): Promise<void> => {
    while (!stopping) {
      const more = await tick(world.now());
      if (stopping) return;
      if (way.wasGiven()) await nap.rest(STORM_REST_MS);
      else await nap.rest(more ? REST_MS : await untilNext());
    }
  };
  const untilNext = async (): Promise<number> => {
    const now = world.now();
    try {
      // While enough is claimed, whoever makes room for more wakes this.
      const toSend = deliveries.hasRoom() ? await store.outbox.next(now) : undefined;
      const due = [await store.due.next(now), toSend];
      const next = Math.min(...due.flatMap((at) => at ?? []), now + SLEEP_MS_MAX);
      return Math.max(REST_MS, next - now);
    } catch {
      // The database is away; the steps have said so.
      return SLEEP_MS_MAX;
    }
  };

  const onRaw = (): void => {
    if (!way.wasGiven()) nap.wake();
  };
  const hints = [store.onRaw(onRaw), store.onCommit(nap.wake)];
  return {
    tick,
    async settled() {
      await mailbox.settled();
      await deliveries.settled();
      await checks.settled();
    },
    run() {
      running ??= goOn();
    },
    lastTickAt: () => lastTickAt,
    async stop() {
      stopping = true;
      for (const unsubscribe of hints) unsubscribe();
      nap.wake();
      await running;
      await mailbox.settled();
      await deliveries.settled();
      await checks.settled();
      await guarded("checkpoint", async (now) => (await checkpoints.sign(now), false), world.now());
    },
  };
}

/** Sleep that can be cut short. Being woken while awake cuts the next sleep short. */
function napping() {
  let woken = false;
  let end: (() => void) | undefined;
  return {
    wake(): void {
      woken = true;
      end?.();
    },
    async rest(ms: number): Promise<void> {
      if (!woken)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          end = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      else await new Promise((resolve) => setTimeout(resolve, REST_MS));
      woken = false;
      end = undefined;
    },
  };
}
