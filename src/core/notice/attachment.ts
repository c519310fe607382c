/**
 * Attachment: a file that goes out with a notice, as the record names it.
 *
 * The bytes lie in the store under their SHA-256; here is what a rule and a reader need:
 * a name that is safe wherever it is saved, how large it is, what it says of whoever made
 * it. A name is made safe once, when the file is attached, so that what is previewed,
 * approved, mailed and downloaded is one and the same.
 */

import { type Problem, refuse, refuseAll, type Result } from "../problem.ts";

/** What was found in the bytes, where somebody may look at them (server/files/file-facts.ts). */
export type FoundFile = {
  /** In hex. */
  readonly sha256: string;
  readonly bytes: number;
  /** What the file itself says of who made it: a name, a company. */
  readonly made?: readonly string[];
  /** A photograph that says where it was taken. */
  readonly placed?: true;
};

export type Attachment = FoundFile & {
  /** `F-1` within its draft. */
  readonly id: string;
  readonly name: string;
  /** Recipients, `customer:cus_…`; all of them where it is absent. */
  readonly only?: readonly string[];
};

/** As much as leaves within one attempt on a slow line. */
export const FILE_BYTES_MAX = 5_000_000;
/** Together; as mail they are a third larger, and many servers take no more. */
export const FILES_BYTES_MAX = 10_000_000;
export const FILES_MAX = 10;
const NAME_CHARACTERS_MAX = 100;

/** Devices of one system, whatever their ending: a file of that name can be saved by nobody there. */
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;

/**
 * The name under which a file can be saved anywhere and shown without misleading: no folders, no
 * line breaks, nothing that turns the reading direction, no leading dot, no name of a device.
 */
export function safeName(given: string): string {
  const last = given.split(/[/\\]/).findLast((part) => part.trim() !== "") ?? "";
  const plain = last
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]+/gu, "")
    .replace(/[<>:"|?*%;]+/g, "-")
    .replace(/\s+/g, " ")
    .replace(/^[.\s-]+|[.\s]+$/g, "");
  const named = plain === "" ? "file" : RESERVED.test(plain) ? `_${plain}` : plain;
  return shortened(named);
}

/** The ending stays: it says what opens it. */
function shortened(name: string): string {
  if (name.length <= NAME_CHARACTERS_MAX) return name;
  const ending = withoutHalves(endingOf(name).slice(0, 10));
  return `${withoutHalves(name.slice(0, NAME_CHARACTERS_MAX - ending.length)).trim()}${ending}`;
}

/** Cut within a letter of two halves, neither is left. */
const withoutHalves = (text: string): string => text.replace(/\p{Cs}/gu, "");

/** `.pdf`; empty where there is none. */
export const endingOf = (name: string): string => /\.[^.\s]+$/.exec(name)?.[0].toLowerCase() ?? "";

/** Types that mail programs show by themselves and that run nothing; everything else is bytes. */
const TYPES: Readonly<Record<string, string>> = {
  ".csv": "text/csv",
  ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  ".jpeg": "image/jpeg",
  ".jpg": "image/jpeg",
  ".json": "application/json",
  ".md": "text/markdown",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".txt": "text/plain",
  ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  ".zip": "application/zip",
};

/** As it is said in a mail. A page offers every file as bytes to be saved. */
export const typeOf = (name: string): string => TYPES[endingOf(name)] ?? "application/octet-stream";

/** `214 KB`, `3.1 MB`, `10 MB`. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 999_500
    ? `${Math.round(bytes / 1000)} KB`
    : `${(bytes / 1e6).toFixed(1).replace(/\.0$/, "")} MB`;
}

/** What `recipient` gets of these. */
export const filesFor = (files: readonly Attachment[], recipient: string): readonly Attachment[] =>
  files.filter(({ only }) => only === undefined || only.includes(recipient));

/** Refuses with `file-empty`, `file-too-large`, `files-too-large`, `too-many`, `file-twice`. */
export function fits(
  files: readonly Attachment[],
  { name, bytes }: Pick<Attachment, "name" | "bytes">,
): Result<void> {
  if (bytes === 0)
    return refuse("file-empty", `${name} is empty: attach the file that was meant.`, "/content");
  if (bytes > FILE_BYTES_MAX) return tooLarge(name);
  const problems: Problem[] = [];
  const together = files.reduce((sum, file) => sum + file.bytes, bytes);
  if (together > FILES_BYTES_MAX) {
    const message = `With ${name} they are larger together than a notice carries, ${sizeWords(FILES_BYTES_MAX)}: many mail servers take no more. Give large files another way, and say in the notice which.`;
    problems.push({ code: "files-too-large", message, at: "/content" });
  }
  if (files.length >= FILES_MAX) {
    const message = `A notice carries at most ${FILES_MAX} files: put them into one archive.`;
    problems.push({ code: "too-many", message, at: "/draft" });
  }
  if (files.some((file) => file.name.toLowerCase() === name.toLowerCase())) {
    const message = `A file called ${name} is attached already: take that off first, or give this one another name.`;
    problems.push({ code: "file-twice", message, at: "/name" });
  }
  return refuseAll(problems, undefined);
}

export const tooLarge = (name: string): Result<never> =>
  refuse(
    "file-too-large",
    `${name} is larger than a file may be here, ${sizeWords(FILE_BYTES_MAX)}: give it another way, and say in the notice which.`,
    "/content",
  );
