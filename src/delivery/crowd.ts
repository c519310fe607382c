/**
 * Crowd: a sender in a thread of its own, for as long as there is a crowd to send to.
 *
 * Composing and handing over ten thousand letters is seconds of computing. Where as many wait
 * as one fan-out brings, that is done beside: whoever works in the app meanwhile is answered,
 * and what is recorded of letters is recorded while others leave. A single letter or a page to
 * the team is sent where it always was; a thread would take longer to start than they take.
 *
 * A thread that breaks takes its connections with it, and perhaps its last words: whatever it
 * had and was not heard of is in doubt, which is said of it. There is no second one then: what
 * breaks once may break each time, and the sender here needs none.
 */

import type { Worker } from "node:worker_threads";
import { MINUTE_MS } from "../core/time/instant.ts";
import { threadOf } from "../room.ts";
import type { Letter } from "./letter.ts";
import type { Dkim } from "./mime.ts";
import type { Sent } from "./sent.ts";
import type { SmtpServer } from "./server.ts";
import type { SmtpSender } from "./smtp.ts";

/** How many must be under way at once to be a crowd. */
const CROWD_MIN = 24;
const IDLE_MS = MINUTE_MS;

export type Setup = { readonly server: SmtpServer; readonly dkim: Dkim | undefined };
/** What the thread is told. */
export type ToCrowd =
  | { readonly setup: Setup }
  | { readonly letters: readonly (readonly [number: number, letter: Letter])[] }
  | { readonly close: true };
/** What it tells: whose turn has come, and what became of whom. */
export type FromCrowd = {
  readonly begun: readonly number[];
  readonly sent: readonly (readonly [number: number, sent: Sent])[];
};

type Waiting = {
  readonly onBegin: (() => void) | undefined;
  readonly settle: (sent: Sent) => void;
};

const crowdWorker = (): Worker =>
  threadOf("crowd-worker.js", new URL("./crowd-worker.ts", import.meta.url));

/** Through `own`, and where there is a crowd through a thread. */
export function withCrowd(own: SmtpSender, setup: Setup, thread = crowdWorker): SmtpSender {
  let alone = 0;
  let crowd: ReturnType<typeof crowdThread> | undefined;
  let mayHave = true;

  const inCrowd = (letter: Letter): boolean => {
    // What is large or takes the installation's key to make is made where it lies.
    if (letter.encrypted !== undefined || (letter.files ?? []).length > 0) return false;
    if (crowd?.isOpen()) return true;
    if (alone < CROWD_MIN || !mayHave) return false;
    crowd = crowdThread(setup, thread(), () => {
      mayHave = false;
    });
    return true;
  };

  return {
    async send(letter, onBegin) {
      if (inCrowd(letter) && crowd) return crowd.send(letter, onBegin);
      alone += 1;
      try {
        return await own.send(letter, onBegin);
      } finally {
        alone -= 1;
      }
    },
    close() {
      own.close();
      crowd?.close();
    },
  };
}

function crowdThread(setup: Setup, thread: Worker, onBroke: () => void) {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let next: [number, Letter][] = [];
  let idle: NodeJS.Timeout | undefined;
  let isOpen = true;
  thread.unref();
  const tell = (what: ToCrowd): void => thread.postMessage(what);

  const hand = (): void => {
    tell({ letters: next });
    next = [];
  };
  const rest = (): void => {
    clearTimeout(idle);
    if (waiting.size === 0) idle = setTimeout(close, IDLE_MS).unref();
  };
  const close = (): void => {
    clearTimeout(idle);
    isOpen = false;
    tell({ close: true });
  };
  const broke = (error?: Error): void => {
    // Once it was told to close, its end is none.
    if (isOpen || waiting.size > 0) onBroke();
    isOpen = false;
    const reason = `The thread that sends ended: ${error?.message ?? "nobody said why"}.`;
    for (const { settle } of waiting.values()) settle({ is: "deferred", reason, uncertain: true });
    waiting.clear();
  };
  thread.on("message", ({ begun, sent }: FromCrowd) => {
    for (const number of begun) waiting.get(number)?.onBegin?.();
    for (const [number, what] of sent) {
      waiting.get(number)?.settle(what);
      waiting.delete(number);
    }
    rest();
  });
  thread.on("error", broke);
  thread.on("exit", () => broke());
  tell({ setup });

  return {
    isOpen: () => isOpen,
    send: (letter: Letter, onBegin?: () => void): Promise<Sent> =>
      new Promise((settle) => {
        clearTimeout(idle);
        last += 1;
        waiting.set(last, { onBegin, settle });
        if (next.length === 0) setImmediate(hand);
        next.push([last, letter]);
      }),
    close,
  };
}
