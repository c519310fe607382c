/**
 * The PDF room: documents in, PDF bytes out, one at a time in a thread of its own, so
 * that a long table never holds up a request.
 *
 * The same document gives the same bytes. The thread starts with the first document
 * and ends when none came for a while, because what WebAssembly once took in memory
 * it never gives back. A document that takes too long is ended with its thread; a
 * queue that is full refuses at once instead of growing.
 */

import { Worker } from "node:worker_threads";
import { ok, refuse, type Result } from "../core/problem.ts";
import { MINUTE_MS, SECOND_MS } from "../core/time/instant.ts";
import { type PdfDocument, toInput } from "./document.ts";
import type { Printed } from "./worker.ts";

export type PdfRoom = {
  /** Refuses with `pdf-language`, `pdf-too-large`, `pdf-busy` or `pdf-slow`. */
  readonly print: (document: PdfDocument) => Promise<Result<Uint8Array<ArrayBuffer>>>;
  /** Ends the thread; what still waits is refused. */
  readonly close: () => Promise<void>;
};

export type PdfLimits = {
  /** For one document, the start of the thread included. */
  readonly timeMs: number;
  readonly waitingMax: number;
  readonly idleMs: number;
};

/** Ten thousand rows take about 20 s of one core, and a busy machine has less than one. */
const LIMITS: PdfLimits = { timeMs: 90 * SECOND_MS, waitingMax: 20, idleMs: MINUTE_MS };

type Waiting = {
  readonly input: string;
  readonly settle: (printed: Result<Uint8Array<ArrayBuffer>>) => void;
  readonly fail: (error: Error) => void;
};

export function openPdfRoom(limits: PdfLimits = LIMITS): PdfRoom {
  const waiting: Waiting[] = [];
  let current: Waiting | undefined;
  let thread: Worker | undefined;
  let timer: NodeJS.Timeout | undefined;

  const next = (): void => {
    clearTimeout(timer);
    current = waiting.shift();
    if (current === undefined) {
      timer = setTimeout(() => void end(), limits.idleMs).unref();
      return;
    }
    thread ??= start();
    timer = setTimeout(tooSlow, limits.timeMs);
    thread.postMessage(current.input);
  };

  /** Settles the document in hand by what came of it, and takes the next one. */
  const done = (settle: (one: Waiting) => void): void => {
    const one = current;
    current = undefined;
    if (one) settle(one);
    next();
  };

  const start = (): Worker => {
    const worker = threadOf();
    worker.unref();
    worker.on("message", (printed: Printed) =>
      done(({ settle, fail }) =>
        "bytes" in printed
          ? settle(ok(printed.bytes))
          : fail(new Error(`the PDF could not be set: ${printed.broken}`)),
      ),
    );
    worker.on("error", (error) => {
      if (thread === worker) thread = undefined;
      done(({ fail }) => fail(error));
    });
    return worker;
  };

  const end = async (): Promise<void> => {
    const worker = thread;
    thread = undefined;
    // Its last words are not for the document that the next thread has in hand.
    worker?.removeAllListeners();
    await worker?.terminate();
  };

  const tooSlow = (): void => {
    void end();
    done(({ settle }) => settle(TOO_SLOW));
  };

  return {
    print(document) {
      const input = toInput(document);
      if (!input.ok) return Promise.resolve(input);
      if (waiting.length >= limits.waitingMax) return Promise.resolve(BUSY);
      return new Promise((settle, fail) => {
        waiting.push({ input: input.value, settle, fail });
        if (current === undefined) next();
      });
    },
    async close() {
      clearTimeout(timer);
      for (const one of [...(current ? [current] : []), ...waiting.splice(0)]) one.settle(BUSY);
      current = undefined;
      await end();
    },
  };
}

const BUSY = refuse(
  "pdf-busy",
  "Too many PDFs are being made at the moment; ask again in a minute, or take the text or JSON.",
);
const TOO_SLOW = refuse(
  "pdf-slow",
  "This PDF took too long to make and was given up; take the text or JSON, or a part of it.",
);

declare const DUE_BUNDLED: boolean | undefined;

/** Built, the thread's file lies beside this one; from the sources it is TypeScript, as in tests. */
function threadOf(): Worker {
  if (typeof DUE_BUNDLED !== "undefined" && DUE_BUNDLED)
    return new Worker(new URL("./pdf-worker.js", import.meta.url));
  const source = JSON.stringify(new URL("./worker.ts", import.meta.url).href);
  const load = `import("tsx/esm/api").then(({ tsImport }) => tsImport(${source}, ${source}))`;
  return new Worker(load, { eval: true });
}
