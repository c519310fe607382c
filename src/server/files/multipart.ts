/**
 * Multipart: a form with files, as browsers send one (RFC 7578), read while it arrives.
 *
 *   --X CRLF Content-Disposition: form-data; name="title" CRLF CRLF A listable bucket CRLF --X--
 *
 * Nothing but what fits is ever held: of a file that is too large, or one too many, the rest
 * is read past and its name kept, so that whoever sent it is told which one it was and loses
 * nothing of what they wrote. What is held of all forms that arrive at once is bounded, too.
 * Deliberately not here: nested multipart, other charsets, transfer encodings; no browser
 * sends them, and RFC 7578 gave them up.
 */

import { ok, refuse, type Result } from "../../core/problem.ts";

export type MultipartLimits = {
  /** Of the whole body, with everything that is read past. */
  readonly bodyBytesMax: number;
  /** Of all fields that are no files, together. */
  readonly fieldBytesMax: number;
  readonly fileBytesMax: number;
  readonly filesMax: number;
  readonly filesBytesMax: number;
};

export type SentFile = { readonly name: string; readonly bytes: Buffer };
/** What is wrong with a file that was not held. */
export type Left = {
  readonly name: string;
  readonly why: "too-large" | "too-many" | "too-large-together" | "empty" | "no-room";
};
export type MultipartForm = {
  readonly fields: URLSearchParams;
  readonly files: readonly SentFile[];
  readonly left: readonly Left[];
};

/** Bytes of files in forms that are arriving; `take` says whether there is room. */
export type Room = { take(bytes: number): boolean; give(bytes: number): void };

export function roomOf(bytesMax: number): Room {
  let held = 0;
  return {
    take(bytes) {
      if (held + bytes > bytesMax) return false;
      held += bytes;
      return true;
    },
    give(bytes) {
      held -= bytes;
    },
  };
}

const HEAD_BYTES_MAX = 4_096;
const PARTS_MAX = 100;
const LINE = "\r\n";
const malformed = (): Result<never> =>
  refuse("bad-format", "The form did not arrive whole: send it again.");

/** The boundary that a content type names; undefined where it is no multipart form. */
export function boundaryOf(contentType: string | null): string | undefined {
  const [, quoted, plain] =
    /^multipart\/form-data\s*;(?:.*;)?\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(
      contentType ?? "",
    ) ?? [];
  return quoted ?? plain;
}

/**
 * The form. The bytes of its files are held in `room` until `done` is called.
 * Refuses with `bad-format`, `body-too-large`.
 */
export async function readMultipart(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
  limits: MultipartLimits,
  room: Room,
): Promise<Result<Form>> {
  const form = formIn(limits, room);
  const read = await readParts(body, boundary, limits.bodyBytesMax, form);
  if (!read.ok) {
    form.done();
    return read;
  }
  const { fields, files, left, done } = form;
  return ok({ fields, files, left, done });
}

type Sink = {
  begin(head: Head): void;
  /** False where the fields hold more than they may. */
  add(bytes: Buffer): boolean;
  end(): void;
};
type Form = MultipartForm & { readonly done: () => void };
type Head = { readonly name: string; readonly file?: string };

/** Cuts the stream into its parts: a delimiter is found whatever it falls across. */
async function readParts(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
  bytesMax: number,
  sink: Sink,
): Promise<Result<void>> {
  const cut = cutterOf(Buffer.from(`${LINE}--${boundary}`, "latin1"), sink);
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > bytesMax) return tooLarge(bytesMax);
    const found = cut(chunk);
    if (found === "over") return ok(undefined);
    if (found === "malformed") return malformed();
    if (found === "too-large") return tooLarge(bytesMax);
  }
  return malformed();
}

type Cut = "more" | "over" | "malformed" | "too-large";

function cutterOf(delimiter: Buffer, sink: Sink): (chunk: Uint8Array) => Cut {
  // As if a line had ended before it: so the first delimiter is one like the others.
  let rest: Buffer = Buffer.from(LINE);
  let [at, parts]: ["preamble" | "line" | "head" | "part", number] = ["preamble", 0];
  const line = (): Cut | undefined => {
    if (rest.length < LINE.length) return "more";
    const next = rest.subarray(0, LINE.length).toString("latin1");
    // What stands behind the last delimiter is nothing of ours.
    if (next === "--") return "over";
    parts += 1;
    if (next !== LINE || parts > PARTS_MAX) return "malformed";
    // Its end stays: a part without a head begins with the empty line at once.
    at = "head";
    return undefined;
  };
  const head = (): Cut | undefined => {
    const end = rest.indexOf(LINE + LINE);
    if ((end < 0 ? rest.length : end) > HEAD_BYTES_MAX) return "malformed";
    if (end < 0) return "more";
    const found = headOf(rest.subarray(0, end).toString("utf8"));
    if (!found) return "malformed";
    sink.begin(found);
    rest = rest.subarray(end + 2 * LINE.length);
    at = "part";
    return undefined;
  };
  const part = (): Cut | undefined => {
    const end = rest.indexOf(delimiter);
    const sure = end < 0 ? Math.max(rest.length - delimiter.length + 1, 0) : end;
    if (at === "part" && !sink.add(rest.subarray(0, sure))) return "too-large";
    rest = rest.subarray(end < 0 ? sure : end + delimiter.length);
    if (end < 0) return "more";
    if (at === "part") sink.end();
    at = "line";
    return undefined;
  };
  return (chunk) => {
    rest = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk]);
    for (;;) {
      const found = at === "line" ? line() : at === "head" ? head() : part();
      if (found !== undefined) return found;
    }
  };
}

/** What a part calls itself; a browser writes a quote and a line's end in a name as %22, %0D%0A. */
function headOf(text: string): Head | undefined {
  const disposition = /(?:^|\r\n)content-disposition:\s*form-data\s*;([^\r\n]*)/i.exec(text)?.[1];
  const parameter = (name: string): string | undefined => {
    const found = new RegExp(`(?:^|;)\\s*${name}="((?:[^"\\\\]|\\\\.)*)"`, "i").exec(
      disposition ?? "",
    )?.[1];
    return found
      ?.replace(/\\(["\\])/g, "$1")
      .replace(/%(22|0D|0A)/gi, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      );
  };
  const name = parameter("name");
  if (name === undefined) return undefined;
  const file = parameter("filename");
  return file === undefined ? { name } : { name, file };
}

function tooLarge(bytesMax: number): Result<never> {
  const message = `Everything together may have at most ${Math.floor(bytesMax / 1e6)} MB here: send fewer files at once.`;
  return refuse("body-too-large", message);
}

/** The form that the parts make, as far as it fits. */
function formIn(limits: MultipartLimits, room: Room): Sink & Form {
  const { fieldBytesMax, fileBytesMax, filesMax, filesBytesMax } = limits;
  const fields = new URLSearchParams();
  const files: SentFile[] = [];
  const left: Left[] = [];
  let [fieldBytes, fileBytes, taken] = [0, 0, 0];
  let part: { readonly head: Head; chunks: Buffer[]; bytes: number; why?: Left["why"] };
  const leave = (why: Left["why"]): void => {
    part.why ??= why;
    room.give(part.bytes);
    taken -= part.bytes;
    Object.assign(part, { chunks: [], bytes: 0 });
  };
  const addToFile = (bytes: Buffer): void => {
    if (part.why !== undefined || bytes.length === 0) return;
    if (files.length >= filesMax) return leave("too-many");
    if (part.bytes + bytes.length > fileBytesMax) return leave("too-large");
    if (fileBytes + part.bytes + bytes.length > filesBytesMax) return leave("too-large-together");
    if (!room.take(bytes.length)) return leave("no-room");
    taken += bytes.length;
    part.chunks.push(Buffer.from(bytes));
    part.bytes += bytes.length;
  };
  const endFile = (name: string): void => {
    const { chunks, bytes, why } = part;
    // A field for files in which nothing was chosen.
    if (name === "" && bytes === 0 && why === undefined) return;
    if (why !== undefined || bytes === 0) left.push({ name, why: why ?? "empty" });
    else {
      fileBytes += bytes;
      files.push({ name, bytes: Buffer.concat(chunks, bytes) });
    }
  };
  return {
    fields,
    files,
    left,
    done: () => {
      room.give(taken);
      taken = 0;
    },
    begin(head) {
      part = { head, chunks: [], bytes: 0 };
    },
    add(bytes) {
      if (part.head.file !== undefined) {
        addToFile(bytes);
        return true;
      }
      fieldBytes += bytes.length;
      part.chunks.push(Buffer.from(bytes));
      return fieldBytes <= fieldBytesMax;
    },
    end() {
      const { head, chunks } = part;
      if (head.file !== undefined) endFile(head.file);
      else fields.append(head.name, Buffer.concat(chunks).toString("utf8"));
    },
  };
}
