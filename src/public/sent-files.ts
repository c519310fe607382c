/**
 * Sent files: a public form that may carry files, read within limits.
 *
 * Three things bound what somebody without an account can put here: how much one form may
 * carry, how much all forms that are arriving hold in memory, and how much is kept in an hour,
 * of one network and of everybody. Where a file is left out, everything that was written stays
 * on the page, with a sentence for each file.
 */

import {
  SENT_FILE_BYTES_MAX,
  SENT_FILES_BYTES_MAX,
  SENT_FILES_MAX,
  type SentFile,
} from "../core/signal/sent-file.ts";
import { safeName, sizeWords } from "../core/notice/attachment.ts";
import { ok, type Result } from "../core/problem.ts";
import { networkOf } from "../server/http/address.ts";
import {
  boundaryOf,
  type Left,
  type MultipartLimits,
  readMultipart,
  type Room,
  roomOf,
} from "../server/files/multipart.ts";
import { type Limit, limitTo } from "../server/http/rate.ts";
import type { AppContext } from "../server/world.ts";
import { isFromElsewhere, readForm } from "./form.ts";
import type { Public } from "./place.ts";

export type SentForm = {
  readonly fields: URLSearchParams;
  readonly files: readonly { readonly name: string; readonly bytes: Buffer }[];
  /** What is wrong with the files, in sentences; absent where all of them can be kept. */
  readonly wrong?: string;
  /** Gives back the memory that the files took. */
  readonly done: () => void;
};

const LIMITS: MultipartLimits = {
  // Four times what is kept: a browser shows no answer to what it was not let finish.
  bodyBytesMax: 4 * SENT_FILES_BYTES_MAX,
  fieldBytesMax: 512 * 1024,
  fileBytesMax: SENT_FILE_BYTES_MAX,
  filesMax: SENT_FILES_MAX,
  filesBytesMax: SENT_FILES_BYTES_MAX,
};
const HELD_BYTES_MAX = 64 * 1024 * 1024;
/** Forms with files: of one network, and of everybody together. */
const OF_ONE = { perMinute: 2, burst: 10 };
const OF_ALL = { perMinute: 10, burst: 60 };

/** Forms of one network that hold files while they arrive, which may take long over a slow line. */
const ARRIVING_MAX = 2;
const NO_ROOM = roomOf(0);

type Taking = {
  readonly room: Room;
  readonly ofOne: Limit;
  readonly ofAll: Limit;
  /** How many are arriving, by network. */
  readonly arriving: Map<string, number>;
};
const takings = new WeakMap<Public, Taking>();

function takingOf(place: Public): Taking {
  const known = takings.get(place);
  if (known) return known;
  const limits = { ofOne: limitTo(OF_ONE), ofAll: limitTo(OF_ALL) };
  const made = { room: roomOf(HELD_BYTES_MAX), ...limits, arriving: new Map<string, number>() };
  takings.set(place, made);
  return made;
}

/**
 * A form with or without files. Refuses with `cross-site`, `body-too-large`, `body-encoded`,
 * `bad-format`.
 */
export async function readSentForm(place: Public, context: AppContext): Promise<Result<SentForm>> {
  const request = context.req.raw;
  const boundary = boundaryOf(request.headers.get("content-type"));
  if (boundary === undefined || request.body === null) {
    const fields = await readForm(place, context);
    return fields.ok ? ok({ fields: fields.value, files: [], done: () => {} }) : fields;
  }
  const elsewhere = isFromElsewhere(place, request.headers);
  if (elsewhere) return elsewhere;
  const taking = takingOf(place);
  const read = await arrived(request, boundary, networkOf(context.var.client.address), taking);
  if (!read.ok) return read;
  const { left, files } = read.value;
  const said = left.map(sentenceOf);
  const mayKeep = files.length === 0 || mayTake(place, context, taking);
  const wrong = mayKeep ? said : [...said, TOO_FAST];
  return ok({ ...read.value, ...(wrong.length === 0 ? {} : { wrong: wrong.join(" ") }) });
}

/** Of one network a few at once: nobody alone takes the room for hours by sending slowly. */
async function arrived(
  request: Request,
  boundary: string,
  network: string,
  { room, arriving }: Taking,
): ReturnType<typeof readMultipart> {
  const before = arriving.get(network) ?? 0;
  arriving.set(network, before + 1);
  try {
    const body = request.body as AsyncIterable<Uint8Array> & ReadableStream;
    return await readMultipart(body, boundary, LIMITS, before < ARRIVING_MAX ? room : NO_ROOM);
  } finally {
    const now = (arriving.get(network) ?? 1) - 1;
    if (now > 0) arriving.set(network, now);
    else arriving.delete(network);
  }
}

const TOO_FAST =
  "Many files have come in within a short time, and no more are taken for a moment: send the report without them now, and the files from your case page later.";

function mayTake({ now }: Public, context: AppContext, { ofOne, ofAll }: Taking): boolean {
  const network = networkOf(context.var.client.address);
  return ofOne.take(network, now()).allowed && ofAll.take("all", now()).allowed;
}

function sentenceOf({ name: given, why }: Left): string {
  const name = safeName(given);
  switch (why) {
    case "empty":
      return `${name} is empty.`;
    case "too-large":
      return `${name} is larger than one file may be, ${sizeWords(SENT_FILE_BYTES_MAX)}.`;
    case "too-large-together":
      return `With ${name} the files are larger together than one message takes, ${sizeWords(SENT_FILES_BYTES_MAX)}.`;
    case "too-many":
      return `${name} is one file too many: one message takes ${SENT_FILES_MAX}.`;
    case "no-room":
      return `${name} could not be taken, because many files are coming in at this moment.`;
  }
}

/** Keeps the bytes, and answers with what the record is to say of them. */
export const keepSent = (
  { store, now }: Public,
  files: SentForm["files"],
): Promise<readonly SentFile[]> =>
  Promise.all(
    files.map(async ({ name, bytes }) => ({
      name: safeName(name),
      bytes: bytes.length,
      sha256: await store.blobs.keep(bytes, now()),
    })),
  );
