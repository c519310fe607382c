/**
 * The PDF room: documents in, PDF bytes out, one at a time in a thread of its own
 * (src/room.ts), so that a long table never holds up a request.
 *
 * The same document gives the same bytes. The thread ends when no document came for a while,
 * because what WebAssembly once took in memory it never gives back.
 */

import { ok, refuse, type Result } from "../core/problem.ts";
import { MINUTE_MS, SECOND_MS } from "../core/time/instant.ts";
import { openRoom, type RoomLimits, threadOf } from "../room.ts";
import { type PdfDocument, toInput } from "./document.ts";
import type { Printed } from "./worker.ts";

export type PdfRoom = {
  /** Refuses with `pdf-language`, `pdf-too-large`, `pdf-busy` or `pdf-slow`. */
  readonly print: (document: PdfDocument) => Promise<Result<Uint8Array<ArrayBuffer>>>;
  /** Ends the thread; what still waits is refused. */
  readonly close: () => Promise<void>;
};

/** Ten thousand rows take about 20 s of one core, and a busy machine has less than one. */
const LIMITS: RoomLimits = { timeMs: 90 * SECOND_MS, waitingMax: 20, idleMs: MINUTE_MS };

export function openPdfRoom(limits: RoomLimits = LIMITS): PdfRoom {
  const room = openRoom<string, Printed>(
    () => threadOf("pdf-worker.js", new URL("./worker.ts", import.meta.url)),
    limits,
  );
  return {
    async print(document) {
      const input = toInput(document);
      if (!input.ok) return input;
      const came = await room.ask(input.value);
      if ("refused" in came) return came.refused === "busy" ? BUSY : TOO_SLOW;
      if ("broken" in came.answer)
        throw new Error(`the PDF could not be set: ${came.answer.broken}`);
      return ok(came.answer.bytes);
    },
    close: room.close,
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
