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
 * The store's tail follows the ledger once for all streams. A stream that does
 * not take what it is sent is closed: it comes back and says where it was.
 */

import type { Handler } from "hono";
import { SECOND_MS } from "../core/time/instant.ts";
import type { EntryHint, Ledger } from "../store/ledger.ts";
import type { Tail } from "../store/tail.ts";
import type { Caller } from "./access-port.ts";
import { thrown } from "./log.ts";
import { OK, only, refusal } from "./http/problem.ts";
import { type AppEnv, basePath, type World } from "./world.ts";

export const STREAMS_MAX = 5_000;
export const STREAMS_PER_CALLER_MAX = 24;
/** What may wait for one stream before it is given up. */
export const STREAM_BYTES_MAX = 256 * 1024;
/** Further behind than this, reading everything again is cheaper. */
export const BEHIND_ENTRIES_MAX = 2_000;
const HEARTBEAT_MS = 15 * SECOND_MS;

/** Who may come in is nobody's business but the owners', who have views for it. */
const HIDDEN = /^access\//;

export type Live = {
  /** GET /events. */
  readonly handler: Handler<AppEnv>;
  /** Ends every stream; they come back to whoever serves next. */
  readonly close: () => void;
  readonly count: () => number;
};

type Stream = {
  readonly caller: Caller;
  /** Does nothing where the stream is over; ends it where it does not keep up. */
  readonly send: (frame: Uint8Array) => void;
  readonly end: () => void;
};

/** What is followed: the store has both. */
export type Followed = {
  readonly ledger: Pick<Ledger, "head">;
  readonly tail: Pick<Tail, "follow">;
};

export function liveEvents(world: World, { ledger, tail }: Followed): Live {
  const streams = new Set<Stream>();
  const keepUp = upkeep(world, streams);
  const toFrames = framesFor(() => keepUp.checkCallers());
  return {
    handler: async (context) => {
      const caller = context.var.caller as Caller;
      const base = basePath(world.config.url);
      if (!caller.scopes.has("read"))
        return refusal(only("not-allowed", "This token may not read: it needs the scope read."), {
          base,
        });
      // Asked for first: from counting to opening nothing is waited for, so that many at once are counted.
      const head = (await ledger.head()).size - 1;
      const own = [...streams].filter(({ caller: { by } }) => by === caller.by).length;
      if (streams.size >= STREAMS_MAX || own >= STREAMS_PER_CALLER_MAX)
        return refusal(only("too-many-requests", "Too many streams are open; close one first."), {
          base,
          retryAfterSeconds: 30,
        });
      const asked = context.req.header("last-event-id") ?? context.req.query("after");
      if (asked !== undefined && !/^(?:-1|\d{1,15})$/.test(asked))
        return refusal(only("bad-header", "Last-Event-ID must be the id of an event."), { base });
      const start = startAt(asked === undefined ? undefined : Number(asked), head);
      const follow = (stream: Stream): (() => void) =>
        tail.follow(start.seq, (entries) => {
          const frames = toFrames(entries);
          if (frames.length > 0) stream.send(frames);
        });
      const body = open(streams, caller, start, follow);
      keepUp.start();
      return new Response(body, { status: OK, headers: HEADERS });
    },
    close: () => {
      for (const stream of streams) stream.end();
      keepUp.stop();
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
  follow: (stream: Stream) => () => void,
): ReadableStream<Uint8Array> {
  let release = (): void => {};
  return new ReadableStream<Uint8Array>(
    {
      start(sink) {
        const stream: Stream = {
          caller,
          end() {
            if (!streams.has(stream)) return;
            release();
            sink.close();
          },
          send(bytes) {
            if (!streams.has(stream)) return;
            if ((sink.desiredSize ?? 0) < bytes.length) stream.end();
            else sink.enqueue(bytes);
          },
        };
        streams.add(stream);
        // The id makes a reconnect resume here even if nothing was recorded meanwhile.
        stream.send(frame(`retry: 2000\nid: ${seq}\nevent: ${says}\ndata: {"seq":${seq}}`));
        const unfollow = follow(stream);
        release = () => {
          streams.delete(stream);
          unfollow();
        };
      },
      cancel: () => release(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: STREAM_BYTES_MAX }),
  );
}

/** Entries as bytes, made once for all who are at the same place: the tail gives them one array. */
function framesFor(onAccess: () => void): (entries: readonly EntryHint[]) => Uint8Array {
  const made = new WeakMap<readonly EntryHint[], Uint8Array>();
  return (entries) => {
    const known = made.get(entries);
    if (known) return known;
    const shown = entries.filter(({ subject }) => !HIDDEN.test(subject));
    if (shown.length < entries.length) onAccess();
    const frames = encoder.encode(shown.map(frameOf).join(""));
    made.set(entries, frames);
    return frames;
  };
}

function frameOf({ seq, subject, version, type }: EntryHint): string {
  return `id: ${seq}\ndata: ${JSON.stringify({ seq, subject, version, type })}\n\n`;
}

/** Heartbeats, and the end of whoever may no longer come in: at once when access changes. */
function upkeep(world: World, streams: ReadonlySet<Stream>) {
  let timer: NodeJS.Timeout | undefined;
  const checkCallers = (): void => {
    endUnfounded(world, streams).catch((error: unknown) =>
      world.log.warn(thrown(error), "the callers of open streams could not be asked about"),
    );
  };
  const beat = (): void => {
    for (const stream of streams) stream.send(HEARTBEAT);
    checkCallers();
    if (streams.size === 0) stop();
  };
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  const start = (): void => {
    timer ??= setInterval(beat, HEARTBEAT_MS).unref();
  };
  return { checkCallers, start, stop };
}

async function endUnfounded({ access, now }: World, streams: ReadonlySet<Stream>): Promise<void> {
  const callers = new Map([...streams].map(({ caller }) => [caller.credential, caller]));
  const asked = [...callers].map(
    async ([credential, caller]) => [credential, await access.isStanding(caller, now())] as const,
  );
  const standing = new Map(await Promise.all(asked));
  // Who came in while this was asked was recognised a moment ago.
  for (const stream of streams) if (standing.get(stream.caller.credential) === false) stream.end();
}
