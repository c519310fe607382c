/**
 * A room: questions in, answers out, one at a time in a thread of its own, so that a long one
 * never holds up a request.
 *
 * The thread starts with the first question and ends when none came for a while. A question
 * that takes too long is ended with its thread; a queue that is full refuses at once instead
 * of growing. What an answer means is not known here.
 */

import { Worker } from "node:worker_threads";

export type RoomLimits = {
  /** For one question, the start of the thread included. */
  readonly timeMs: number;
  readonly waitingMax: number;
  readonly idleMs: number;
};

/** What came of a question. */
export type Came<Answer> = { readonly answer: Answer } | { readonly refused: "busy" | "slow" };

export type Room<Asked, Answer> = {
  readonly ask: (asked: Asked) => Promise<Came<Answer>>;
  /** Ends the thread; what still waits is refused as busy. */
  readonly close: () => Promise<void>;
};

type Waiting<Asked, Answer> = {
  readonly asked: Asked;
  readonly settle: (came: Came<Answer>) => void;
  readonly fail: (error: Error) => void;
};

export function openRoom<Asked, Answer>(
  thread: () => Worker,
  limits: RoomLimits,
): Room<Asked, Answer> {
  type Waits = Waiting<Asked, Answer>;
  const waiting: Waits[] = [];
  let current: Waits | undefined;
  let worker: Worker | undefined;
  let timer: NodeJS.Timeout | undefined;

  const next = (): void => {
    clearTimeout(timer);
    current = waiting.shift();
    if (current === undefined) {
      timer = setTimeout(() => void end(), limits.idleMs).unref();
      return;
    }
    worker ??= start();
    timer = setTimeout(tooSlow, limits.timeMs);
    worker.postMessage(current.asked);
  };

  /** Settles the question in hand by what came of it, and takes the next one. */
  const done = (settle: (one: Waits) => void): void => {
    const one = current;
    current = undefined;
    if (one) settle(one);
    next();
  };

  const start = (): Worker => {
    const started = thread();
    started.unref();
    started.on("message", (answer: Answer) => done(({ settle }) => settle({ answer })));
    started.on("error", (error) => {
      if (worker === started) worker = undefined;
      done(({ fail }) => fail(error));
    });
    return started;
  };

  const end = async (): Promise<void> => {
    const ended = worker;
    worker = undefined;
    // Its last words are not for the question that the next thread has in hand.
    ended?.removeAllListeners();
    await ended?.terminate();
  };

  const tooSlow = (): void => {
    void end();
    done(({ settle }) => settle({ refused: "slow" }));
  };

  return {
    ask(asked) {
      if (waiting.length >= limits.waitingMax) return Promise.resolve({ refused: "busy" });
      return new Promise((settle, fail) => {
        waiting.push({ asked, settle, fail });
        if (current === undefined) next();
      });
    },
    async close() {
      clearTimeout(timer);
      for (const one of [...(current ? [current] : []), ...waiting.splice(0)])
        one.settle({ refused: "busy" });
      current = undefined;
      await end();
    },
  };
}

declare const DUE_BUNDLED: boolean | undefined;

/**
 * The thread of a room. Built, its file lies beside this one, under the name that the build
 * gives it; from the sources it is TypeScript, as in tests.
 */
export function threadOf(built: string, from: URL): Worker {
  if (typeof DUE_BUNDLED !== "undefined" && DUE_BUNDLED)
    return new Worker(new URL(`./${built}`, import.meta.url));
  const source = JSON.stringify(from.href);
  const load = `import("tsx/esm/api").then(({ tsImport }) => tsImport(${source}, ${source}))`;
  return new Worker(load, { eval: true });
}
