/**
 * Attaching: files on a draft, named beside its words.
 *
 * A file is part of what is read and approved: adding or taking off one voids an approval
 * as any edit does. The entry holds the file's name and digest as private text, so that
 * both can be erased, and the bytes with them; who may still be sent it needs nothing else.
 */

import type { Context } from "../../context.ts";
import { type Attachment, fits, type FoundFile, safeName } from "../../notice/attachment.ts";
import { refuse, refuseAll, type Result } from "../../problem.ts";
import type { Recorded } from "../../recorded.ts";
import { changed, editable } from "./drafting.ts";
import type { Incident } from "../state.ts";

export type FileAttached = {
  readonly type: "FileAttached";
  readonly draft: string;
  /** `F-1` within the draft. */
  readonly file: string;
  readonly bytes: number;
  readonly placed?: true;
  /** What can be erased: its name, its digest, who made it. */
  readonly named: {
    readonly name: string;
    readonly sha256: string;
    readonly made?: readonly string[];
  };
  readonly only?: readonly string[];
};
export type FileTakenOff = {
  readonly type: "FileTakenOff";
  readonly draft: string;
  readonly file: string;
};
export type AttachingEvent = FileAttached | FileTakenOff;

export type AttachFile = {
  readonly type: "AttachFile";
  readonly draft: string;
  readonly name: string;
  /** On the wire the bytes in base64; what was found in them by the time it is decided. */
  readonly content: FoundFile;
  readonly only?: readonly string[];
};
export type TakeFileOff = {
  readonly type: "TakeFileOff";
  readonly draft: string;
  readonly file: string;
};

/**
 * Attaches a file. Refuses with `notice-draft-unknown`, `notice-draft-leaving`, `author-missing`,
 * `recipient-unknown`, `file-empty`, `file-too-large`, `files-too-large`, `file-twice`, `too-many`.
 */
export function attachFile(
  incident: Incident,
  { draft: id, name: given, content, only }: AttachFile,
  { person }: Pick<Context, "person">,
): Result<readonly FileAttached[]> {
  const held = editable(incident, id);
  if (!held.ok) return held;
  if (!person) {
    const message =
      "A file is attached by a person: sign in with your own account, or use a token that you made in your own name (scope as-person).";
    return refuse("author-missing", message);
  }
  const { files = [], filesMade = 0, recipients } = held.value;
  const strange = only?.find((one) => !recipients.some((known) => known.id === one));
  if (strange !== undefined) {
    return refuse("recipient-unknown", `${strange} is no recipient of ${id}.`, "/only");
  }
  const name = safeName(given);
  const { sha256, bytes, made, placed } = content;
  const fitting = fits(files, { name, bytes });
  return refuseAll(fitting.ok ? [] : fitting.problems, [
    {
      type: "FileAttached",
      draft: id,
      file: `F-${filesMade + 1}`,
      bytes,
      ...(placed === undefined ? {} : { placed }),
      named: { name, sha256, ...(made === undefined ? {} : { made }) },
      ...(only === undefined ? {} : { only }),
    },
  ]);
}

/** Takes a file off. Refuses with `notice-draft-unknown`, `notice-draft-leaving`, `file-unknown`. */
export function takeFileOff(
  incident: Incident,
  { draft: id, file }: TakeFileOff,
): Result<readonly FileTakenOff[]> {
  const held = editable(incident, id);
  if (!held.ok) return held;
  const found = held.value.files?.some((one) => one.id === file) ?? false;
  return found
    ? refuseAll([], [{ type: "FileTakenOff", draft: id, file }])
    : refuse("file-unknown", `${file} is not attached to ${id}.`, "/file");
}

/** Keeps what is attached; any change of it voids what was approved. */
export function keepAttaching(
  { drafts }: Incident,
  event: AttachingEvent,
  { at }: Pick<Recorded<AttachingEvent>, "at">,
): void {
  const draft = drafts[event.draft];
  if (!draft) return;
  changed(draft, at);
  const { files = [], filesMade = 0 } = draft;
  if (event.type === "FileTakenOff") {
    draft.files = files.filter(({ id }) => id !== event.file);
    return;
  }
  draft.filesMade = filesMade + 1;
  draft.files = [...files, attachmentOf(event)];
}

export const attachmentOf = ({ file, bytes, placed, named, only }: FileAttached): Attachment => ({
  id: file,
  bytes,
  ...named,
  ...(placed === undefined ? {} : { placed }),
  ...(only === undefined ? {} : { only }),
});
