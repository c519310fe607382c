/**
 * Group commit: many callers wait, one transaction at a time writes for them.
 *
 * While one batch is being made durable the next one gathers, so the cost of an
 * fsync is shared by whoever came in the meantime. Nothing is answered before
 * the batch it was in is durable. The queue has a limit: beyond it the honest
 * answer is "overloaded", at once.
 *
 * What is in the queue is in memory only; nobody has been told that it is kept.
 */

export type Waiting<Item, Answer> = {
  readonly item: Item;
  readonly answer: (answer: Answer) => void;
  readonly fail: (error: unknown) => void;
};

export type Queue<Item, Answer> = {
  /** Removes and returns the oldest. */
  take(countMax: number): Waiting<Item, Answer>[];
  /** Puts taken ones back in front, in their order: they were not written. */
  putBack(taken: readonly Waiting<Item, Answer>[]): void;
  readonly length: number;
};

export interface GroupCommit<Item, Answer> {
  /** The answer once it is durable, or "overloaded" at once. Rejects with what `write` failed with. */
  submit(item: Item): Promise<Answer | "overloaded">;
  /** Writes what waits, takes no more, and resolves when all is answered. */
  close(): Promise<void>;
}

/**
 * `write` takes what it can from the queue, makes it durable and answers it; it is called
 * again while anything waits, never twice at once. If it throws, all that wait are told.
 */
export function groupCommit<Item, Answer>(
  queueMax: number,
  write: (queue: Queue<Item, Answer>) => Promise<void>,
): GroupCommit<Item, Answer> {
  let waiting: Waiting<Item, Answer>[] = [];
  let running: Promise<void> | undefined;
  let closed = false;

  const queue: Queue<Item, Answer> = {
    take: (countMax) => waiting.splice(0, countMax),
    putBack: (taken) => {
      waiting = [...taken, ...waiting];
    },
    get length() {
      return waiting.length;
    },
  };

  const run = async (): Promise<void> => {
    try {
      while (waiting.length > 0) await write(queue);
    } catch (error) {
      for (const one of waiting.splice(0)) one.fail(error);
    } finally {
      running = undefined;
    }
  };

  return {
    submit(item) {
      if (closed) return Promise.reject(new Error("the store is closed"));
      if (waiting.length >= queueMax) return Promise.resolve("overloaded");
      return new Promise<Answer | "overloaded">((answer, fail) => {
        waiting.push({ item, answer, fail });
        running ??= Promise.resolve().then(run);
      });
    },
    async close() {
      closed = true;
      while (running) await running;
    },
  };
}
