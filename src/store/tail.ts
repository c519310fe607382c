/**
 * Tail: whoever watches the ledger learns of every entry, in order, none twice.
 *
 * The truth is a query (`seq > last`), asked every 200 ms while anybody watches
 * and at once after a commit of this process. Other processes tell by NOTIFY,
 * which is only ever a hint: losing one costs a fifth of a second. One query
 * serves all who are up to date; whoever is behind catches up alone.
 */

import pg from "pg";
import type { EntryHint, Ledger } from "./ledger.ts";
import type { Locate } from "./pool.ts";
import { clientSettings } from "./sql.ts";

const POLL_MS = 200;
const PAGE_ENTRIES = 500;

export interface Tail {
  /**
   * Calls `listener` with every entry after `seq`, in order. `listener` must not throw.
   * Answers with how to stop.
   */
  follow(seq: number, listener: (entries: readonly EntryHint[]) => void): () => void;
  /** Something was committed: the ledger has this many entries now. */
  hint(size: number): void;
  close(): Promise<void>;
}

type Follower = { seq: number; readonly listener: (entries: readonly EntryHint[]) => void };

export function openTail(
  ledger: Pick<Ledger, "after">,
  listenOn: Locate | undefined,
  log: (line: string) => void,
): Tail {
  const followers = new Set<Follower>();
  const listening = listenOn && listenTo(listenOn, () => void poll());
  let timer: NodeJS.Timeout | undefined;
  let polling = false;
  let again = false;
  let closed = false;

  const schedule = (): void => {
    if (timer !== undefined || closed || followers.size === 0) return;
    timer = setTimeout(() => {
      timer = undefined;
      void poll();
    }, POLL_MS);
    timer.unref();
  };

  const poll = async (): Promise<void> => {
    if (polling) {
      again = true;
      return;
    }
    polling = true;
    try {
      do {
        again = false;
        while (!closed && (await step(ledger, followers)));
      } while (again && !closed);
    } catch (error) {
      log(
        `the ledger could not be followed: ${error instanceof Error ? error.message : String(error)}`,
      );
    } finally {
      polling = false;
      schedule();
    }
  };

  return {
    follow(seq, listener) {
      const follower = { seq, listener };
      followers.add(follower);
      listening?.start();
      void poll();
      return () => {
        followers.delete(follower);
        if (followers.size === 0) void listening?.stop();
      };
    },
    hint(size) {
      for (const { seq } of followers) if (seq < size - 1) return void poll();
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      followers.clear();
      await listening?.stop();
    },
  };
}

/** One query, for those who are furthest behind; true while anybody may be behind still. */
async function step(
  ledger: Pick<Ledger, "after">,
  followers: ReadonlySet<Follower>,
): Promise<boolean> {
  if (followers.size === 0) return false;
  const from = Math.min(...[...followers].map(({ seq }) => seq));
  const entries = await ledger.after(from, PAGE_ENTRIES);
  const last = entries.at(-1);
  if (last === undefined) return false;
  for (const follower of followers) {
    if (follower.seq >= last.seq) continue;
    const fresh = follower.seq === from ? entries : entries.filter(({ seq }) => seq > follower.seq);
    follower.seq = last.seq;
    if (fresh.length > 0) follower.listener(fresh);
  }
  return entries.length === PAGE_ENTRIES || [...followers].some(({ seq }) => seq < last.seq);
}

function listenTo(locate: Locate, onHint: () => void) {
  let client: Promise<pg.Client | undefined> | undefined;

  const connect = async (): Promise<pg.Client | undefined> => {
    const made = new pg.Client(clientSettings(await locate()));
    const forget = (): void => {
      client = undefined;
    };
    made.on("error", forget);
    made.on("end", forget);
    made.on("notification", onHint);
    try {
      await made.connect();
      await made.query("listen duenotice");
      return made;
    } catch {
      forget(); // Only a hint: polling goes on without it.
      await made.end().catch(() => {});
      return undefined;
    }
  };

  return {
    start(): void {
      client ??= connect();
    },
    async stop(): Promise<void> {
      const made = await client;
      client = undefined;
      await made?.end().catch(() => {});
    },
  };
}
