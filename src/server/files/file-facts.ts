/**
 * File facts: what a file tells of itself beside its contents, read when it is attached.
 *
 *   .docx .xlsx .pptx   docProps/core.xml and app.xml: who wrote it, the company
 *   .pdf                /Author of its Info, dc:creator of its XMP
 *   .jpg                Exif: Artist, and whether a place is in it
 *   .png                tEXt Author
 *
 * Looked for so that a person can be warned; nothing is changed and nothing is shown of it
 * elsewhere. Everything here is bounded and throws nothing: what cannot be read says nothing.
 * It is a check of the ordinary, and no proof that a file holds no names.
 */

import { inflateRawSync } from "node:zlib";
import type { FoundFile } from "../../core/notice/attachment.ts";

export type FileFacts = Pick<FoundFile, "made" | "placed">;

const MADE_MAX = 5;
const MADE_CHARACTERS_MAX = 80;
const PART_BYTES_MAX = 256 * 1024;

/** By what the bytes are, whatever the name says. */
export function fileFacts(bytes: Buffer): FileFacts {
  const { names, placed } = read(bytes);
  const made = [...new Set(names.map(plain))].filter((name) => name !== "").slice(0, MADE_MAX);
  return { ...(made.length === 0 ? {} : { made }), ...(placed ? { placed: true as const } : {}) };
}

type Read = { readonly names: readonly string[]; readonly placed?: boolean };

function read(bytes: Buffer): Read {
  try {
    if (bytes.subarray(0, 4).equals(Buffer.from("PK\x03\x04", "latin1")))
      return { names: officeNames(bytes) };
    if (bytes.subarray(0, 1024).includes("%PDF-")) return { names: pdfNames(bytes) };
    if (bytes[0] === 0xff && bytes[1] === 0xd8) return exif(bytes);
    if (bytes.subarray(1, 4).toString("latin1") === "PNG") return { names: pngNames(bytes) };
  } catch (error) {
    // Of a file that is cut off or was made to confuse: it says nothing of itself.
    if (!(error instanceof RangeError || (error as NodeJS.ErrnoException).code !== undefined))
      throw error;
  }
  return { names: [] };
}

const plain = (name: string): string =>
  name
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ")
    .trim()
    .slice(0, MADE_CHARACTERS_MAX);

function officeNames(bytes: Buffer): readonly string[] {
  const core = zipPart(bytes, "docProps/core.xml");
  const app = zipPart(bytes, "docProps/app.xml");
  return [
    ...inside(core, "dc:creator"),
    ...inside(core, "cp:lastModifiedBy"),
    ...inside(app, "Company"),
    ...inside(app, "Manager"),
  ];
}

const inside = (xml: string, element: string): readonly string[] =>
  [...xml.matchAll(new RegExp(`<${element}(?: [^>]{0,200})?>([^<]{1,500})</${element}>`, "g"))].map(
    ([, text = ""]) => fromXml(text),
  );

const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};
const fromXml = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => NAMED[name] ?? "");

const LOCAL_HEAD_BYTES = 30;
const CENTRAL_HEAD_BYTES = 46;

/** One part of a zip archive as text, by its directory at the end; empty where there is none. */
function zipPart(bytes: Buffer, name: string): string {
  const end = bytes.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  if (end < 0) return "";
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) =>
      bytes.readUInt16LE(at + offset),
    ) as [number, number, number];
    const start = at + CENTRAL_HEAD_BYTES;
    if (bytes.toString("utf8", start, start + nameLength) === name) return unpacked(bytes, at);
    at = start + nameLength + extra + comment;
  }
  return "";
}

function unpacked(bytes: Buffer, central: number): string {
  const method = bytes.readUInt16LE(central + 10);
  const length = bytes.readUInt32LE(central + 20);
  const local = bytes.readUInt32LE(central + 42);
  const from =
    local + LOCAL_HEAD_BYTES + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const packed = bytes.subarray(from, from + length);
  if (method === 0) return packed.subarray(0, PART_BYTES_MAX).toString("utf8");
  return method === 8
    ? inflateRawSync(packed, { maxOutputLength: PART_BYTES_MAX }).toString("utf8")
    : "";
}

/** A text in parentheses or as hexadecimal; UTF-16 where it begins with its mark. */
function pdfNames(bytes: Buffer): readonly string[] {
  const text = bytes.toString("latin1");
  const literal = [...text.matchAll(/\/Author\s{0,9}\(((?:[^()\\]|\\.){1,500})\)/gs)].map(
    ([, found = ""]) => pdfText(Buffer.from(found.replace(/\\([()\\])/g, "$1"), "latin1")),
  );
  const hex = [...text.matchAll(/\/Author\s{0,9}<([0-9A-Fa-f\s]{2,2000})>/g)].map(
    ([, found = ""]) => pdfText(Buffer.from(found.replace(/\s+/g, ""), "hex")),
  );
  return [...literal, ...hex, ...xmpNames(text)];
}

/** A file has one such part, or a few where it was saved anew; one of a million is a trap. */
function xmpNames(text: string): readonly string[] {
  const [, ...parts] = text.split("<dc:creator>", XMP_PARTS_MAX + 1);
  return parts.flatMap((part) => {
    const [found = "", end] = part.slice(0, XMP_CHARACTERS_MAX).split("</dc:creator>", 2);
    if (end === undefined) return [];
    return inside(Buffer.from(found, "latin1").toString("utf8"), "rdf:li");
  });
}

const XMP_PARTS_MAX = 20;
const XMP_CHARACTERS_MAX = 2_000;

const pdfText = (bytes: Buffer): string =>
  bytes[0] === 0xfe && bytes[1] === 0xff
    ? Buffer.from(bytes.subarray(2, 2 + 2 * Math.floor((bytes.length - 2) / 2)))
        .swap16()
        .toString("utf16le")
    : bytes.toString("latin1");

const EXIF_ARTIST = 0x013b;
const EXIF_PLACE = 0x8825;
/** More than is shown of a name; five thousand entries may all point at the same long one. */
const NAME_BYTES_MAX = 1_000;

/** The segments of a JPEG up to its picture; the first directory of its Exif. */
function exif(bytes: Buffer): Read {
  for (let at = 2; at + 4 < bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda; ) {
    const length = bytes.readUInt16BE(at + 2);
    if (bytes[at + 1] === 0xe1 && bytes.toString("latin1", at + 4, at + 8) === "Exif")
      return tiff(bytes.subarray(at + 10, at + 2 + length));
    at += 2 + length;
  }
  return { names: [] };
}

function tiff(bytes: Buffer): Read {
  const little = bytes.toString("latin1", 0, 2) === "II";
  const short = (at: number) => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const long = (at: number) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const first = long(4);
  const names: string[] = [];
  let placed = false;
  for (let i = 0; i < short(first); i += 1) {
    const at = first + 2 + 12 * i;
    if (short(at) === EXIF_PLACE) placed = true;
    if (short(at) !== EXIF_ARTIST) continue;
    const length = long(at + 4);
    const from = length <= 4 ? at + 8 : long(at + 8);
    const end = from + Math.min(length, NAME_BYTES_MAX);
    names.push(bytes.toString("utf8", from, end).replace(/\0.*$/s, ""));
  }
  return { names, placed };
}

function pngNames(bytes: Buffer): readonly string[] {
  const names: string[] = [];
  for (let at = 8; at + 12 < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const [kind, text] = [
      bytes.toString("latin1", at + 4, at + 8),
      bytes.toString("latin1", at + 8, at + 8 + Math.min(length, NAME_BYTES_MAX)),
    ];
    if (kind === "tEXt" && text.startsWith("Author\0")) names.push(text.slice("Author\0".length));
    at += 12 + length;
  }
  return names;
}
