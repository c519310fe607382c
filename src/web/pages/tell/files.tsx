/**
 * Files that go with the notice: chosen or dropped, kept at once, part of what is approved.
 * What is attached can be saved and looked at; nothing of it is shown here.
 */

import { useState } from "react";
import {
  FILE_BYTES_MAX,
  FILES_BYTES_MAX,
  FILES_MAX,
  sizeWords,
} from "../../../core/notice/attachment.ts";
import { useCommand } from "../../api.ts";
import { BASE } from "../../paths.ts";
import { Button } from "../../ui/button.tsx";
import { Problems } from "../../ui/field.tsx";
import type { DraftView } from "./use-letter.ts";

type Props = { readonly incident: string; readonly draft: DraftView; readonly frozen: boolean };

export function Files({ incident, draft, frozen }: Props) {
  const attach = useCommand("AttachFile", incident);
  const off = useCommand("TakeFileOff", incident);
  const [wrong, setWrong] = useState<string>();
  const add = async (files: readonly File[]): Promise<void> => {
    setWrong(undefined);
    for (const file of files) {
      if (file.size > FILE_BYTES_MAX) {
        setWrong(
          `${file.name} has ${sizeWords(file.size)}, and a file may have ${sizeWords(FILE_BYTES_MAX)}.`,
        );
        return;
      }
      const content = await base64Of(file);
      const sent = attach.send({ draft: draft.id, name: file.name, content });
      if (!(await sent.then(() => true).catch(() => false))) return;
    }
  };
  return (
    <fieldset
      className="stack compose-files"
      onDragOver={(event) => {
        if (!frozen) event.preventDefault();
      }}
      onDrop={(event) => {
        if (frozen) return;
        event.preventDefault();
        void add([...event.dataTransfer.files]);
      }}
    >
      <legend>Attached</legend>
      {draft.files.length === 0 ? (
        <p className="secondary">Nothing.</p>
      ) : (
        <ul className="plain">
          {draft.files.map((file) => (
            <li key={file.id} className="compose-file">
              <a href={pathOf(incident, draft.id, file.id)} download>
                {file.name}
              </a>{" "}
              <span className="secondary">
                {sizeWords(file.bytes)}
                {file.only === null ? "" : `, for ${file.only.length} of them`}
              </span>
              {frozen ? null : (
                <Button
                  look="quiet"
                  onClick={() => {
                    off.send({ draft: draft.id, file: file.id }).catch(() => {});
                  }}
                >
                  Take off<span className="visually-hidden"> {file.name}</span>
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {frozen ? null : (
        <label className="compose-choose">
          <span>Attach files</span>
          <input
            type="file"
            multiple
            onChange={(event) => {
              const { files } = event.currentTarget;
              void add([...(files ?? [])]);
              event.currentTarget.value = "";
            }}
          />
          <span className="secondary">
            {attach.pending
              ? "Keeping it…"
              : `Or drop them here: ${FILES_MAX} at most, ${sizeWords(FILES_BYTES_MAX)} together.`}
          </span>
        </label>
      )}
      {wrong === undefined ? null : (
        <p role="alert" className="problem">
          {wrong}
        </p>
      )}
      <Problems problems={[...attach.problems, ...off.problems]} />
    </fieldset>
  );
}

export const pathOf = (incident: string, draft: string, file: string): string =>
  `${BASE}/api/v1/incidents/${incident}/drafts/${draft}/files/${file}`;

/** In pieces: what is given to `btoa` at once is a list of arguments, and the stack is short. */
async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += PIECE_BYTES)
    text += String.fromCharCode(...bytes.subarray(at, at + PIECE_BYTES));
  return btoa(text);
}

const PIECE_BYTES = 8_192;

/** The text of what nobody is mailed, on paper. */
export const pdfPathOf = (incident: string, draft: string): string =>
  `${BASE}/api/v1/incidents/${incident}/drafts/${draft}/pdf`;
