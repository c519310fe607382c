/**
 * Events: a stream that says what was recorded, as it is recorded (SSE).
 *
 *   id: 41
 *   data: {"seq":41,"subject":"incident/INC-7","version":12,"type":"SeverityChanged"}
 *
 * Only ids and types: whoever listens asks a view for the rest, and gets what
 * they may see. The id is the place in the ledger, so whoever was away names the
 * last one and misses nothing; the ledger itself is the buffer. Who was away too
 * long, or names a place that the ledger does not have (it was restored from a
 * backup), is told "reset": read everything again.
 *
 * One reader follows the ledger for all streams. A stream that does not take
 * what it is sent is closed: it comes back and says where it was.
 */

import type { Handler } from "hono";
import { SECOND_MS } from "../core/time/instant.ts";
import type { EntryHint, Ledger } from "../store/ledger.ts";
import type { Caller } from "./access-port.ts";
import { thrown } from "./log.ts";
import { OK, only, refusal } from "./problem.ts";
import { type AppEnv, basePath, type World } from "./world.ts";

export const STREAMS_MAX = 5_000;
export const STREAMS_PER_CALLER_MAX = 24;
/** What may wait for one stream before it is given up. */
export const STREAM_BYTES_MAX = 256 * 1024;
/** Further behind than this, reading everything again is cheaper. */
export const BEHIND_ENTRIES_MAX = 2_000;
const PAGE_ENTRIES_MAX = 500;
const HEARTBEAT_MS = 15 * SECOND_MS;
const POLL_MS = 200;

/** Who may come in is nobody's business but the owners', who have views for it. */
const HIDDEN = /^access\//;

export type Live = {
  /** GET /events. */
  readonly handler: Handler<AppEnv>;
  /** A hint that something was recorded; without one it is found a moment later. */
  readonly hint: () => void;
  /** Ends every stream; they come back to whoever serves next. */
  readonly close: () => void;
  readonly count: () => number;
};

type Stream = {
  readonly caller: Caller;
  /** The last place that was sent, or passed over. */
  seq: number;
  /** False where the stream is over or does not keep up. */
  readonly send: (frame: Uint8Array) => boolean;
  readonly end: () => void;
};

type LedgerReader = Pick<Ledger, "after" | "head">;

export function liveEvents(world: World, ledger: LedgerReader): Live {
  const streams = new Set<Stream>();
  const follower = follow(world, ledger, streams);
  return {
    handler: async (context) => {
      const caller = context.var.caller as Caller;
      const base = basePath(world.config.url);
      const own = [...streams].filter(({ caller: { by } }) => by === caller.by).length;
      if (streams.size >= STREAMS_MAX || own >= STREAMS_PER_CALLER_MAX)
        return refusal(only("too-many-requests", "Too many streams are open; close one first."), {
          base,
          retryAfterSeconds: 30,
        });
      const asked = context.req.header("last-event-id") ?? context.req.query("after");
      if (asked !== undefined && !/^\d{1,15}$/.test(asked))
        return refusal(only("bad-header", "Last-Event-ID must be the id of an event."), { base });
      const head = (await ledger.head()).size - 1;
      const start = startAt(asked === undefined ? undefined : Number(asked), head);
      const body = open(streams, caller, start, () => follower.start());
      return new Response(body, { status: OK, headers: HEADERS });
    },
    hint: follower.hint,
    close: () => {
      for (const stream of streams) stream.end();
    },
    count: () => streams.size,
  };
}

const HEADERS = {
  "content-type": "text/event-stream",
  "cache-control": "no-store",
  // nginx would otherwise gather what is sent.
  "x-accel-buffering": "no",
};

const encoder = new TextEncoder();
const frame = (text: string): Uint8Array => encoder.encode(`${text}\n\n`);
const HEARTBEAT = frame(":");

type Start = { readonly seq: number; readonly says: "ready" | "reset" };

/** Where a stream starts: where it was, or at the head. */
export function startAt(asked: number | undefined, head: number): Start {
  if (asked === undefined) return { seq: head, says: "ready" };
  if (asked > head || head - asked > BEHIND_ENTRIES_MAX) return { seq: head, says: "reset" };
  return { seq: asked, says: "ready" };
}

function open(
  streams: Set<Stream>,
  caller: Caller,
  { seq, says }: Start,
  onOpen: () => void,
): ReadableStream<Uint8Array> {
  let mine: Stream;
  return new ReadableStream<Uint8Array>(
    {
      start(sink) {
        const end = (): void => {
          if (streams.delete(mine)) sink.close();
        };
        mine = {
          caller,
          seq,
          end,
          send(bytes) {
            if (!streams.has(mine)) return false;
            if ((sink.desiredSize ?? 0) < bytes.length) end();
            else sink.enqueue(bytes);
            return streams.has(mine);
          },
        };
        streams.add(mine);
        // The id makes a reconnect resume here even if nothing was recorded meanwhile.
        mine.send(frame(`retry: 2000\nid: ${seq}\nevent: ${says}\ndata: {"seq":${seq}}`));
        onOpen();
      },
      cancel() {
        streams.delete(mine);
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: STREAM_BYTES_MAX }),
  );
}

/** The one reader: it runs while there is a stream, and looks when hinted or a moment has passed. */
function follow(
  world: World,
  ledger: LedgerReader,
  streams: Set<Stream>,
): { readonly start: () => void; readonly hint: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isRunning = false;
  let isHinted = false;
  let beatAt = 0;

  const run = async (): Promise<void> => {
    clearTimeout(timer);
    if (isRunning) {
      isHinted = true;
      return;
    }
    isRunning = true;
    try {
      do {
        isHinted = false;
        await advance(world, ledger, streams);
        await beat();
      } while (isHinted);
    } catch (error) {
      // The database is away: streams stay open, and the next look continues where this one was.
      world.log.warn(thrown(error), "events could not be read");
    } finally {
      isRunning = false;
    }
    if (streams.size > 0) timer = setTimeout(run, POLL_MS).unref();
  };

  const beat = async (): Promise<void> => {
    const now = performance.now();
    if (now - beatAt < HEARTBEAT_MS) return;
    beatAt = now;
    for (const stream of streams) stream.send(HEARTBEAT);
    await endUnfounded(world, streams);
  };

  const start = (): void => {
    if (streams.size === 1) beatAt = performance.now();
    void run();
  };
  return { start, hint: () => void (streams.size > 0 && run()) };
}

/** Sends every stream what it has not had; those at the same place share one read and one frame. */
async function advance(
  world: World,
  ledger: LedgerReader,
  streams: ReadonlySet<Stream>,
): Promise<void> {
  for (;;) {
    if (streams.size === 0) return;
    let from = Number.POSITIVE_INFINITY;
    for (const { seq } of streams) if (seq < from) from = seq;
    const page = await ledger.after(from, PAGE_ENTRIES_MAX);
    const last = page.at(-1);
    if (last === undefined) return;
    const frames = framesOf(page);
    for (const stream of streams) {
      if (stream.seq !== from) continue;
      stream.seq = last.seq;
      if (frames.length > 0) stream.send(frames);
    }
    if (page.some(({ subject }) => HIDDEN.test(subject))) await endUnfounded(world, streams);
  }
}

function framesOf(page: readonly EntryHint[]): Uint8Array {
  const shown = page.filter(({ subject }) => !HIDDEN.test(subject));
  return encoder.encode(
    shown
      .map(({ seq, subject, version, type }) => {
        const data = JSON.stringify({ seq, subject, version, type });
        return `id: ${seq}\ndata: ${data}\n\n`;
      })
      .join(""),
  );
}

/** Ends the streams of those who may no longer come in. */
async function endUnfounded({ access, now }: World, streams: ReadonlySet<Stream>): Promise<void> {
  const callers = new Map([...streams].map(({ caller }) => [caller.credential, caller]));
  const asked = [...callers].map(
    async ([credential, caller]) => [credential, await access.isStanding(caller, now())] as const,
  );
  const standing = new Map(await Promise.all(asked));
  // Who came in while this was asked was recognised a moment ago.
  for (const stream of [...streams])
    if (standing.get(stream.caller.credential) === false) stream.end();
}
