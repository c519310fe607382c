/**
 * view_file: which bytes a subject names, so that what nobody names can go and what is
 * named can be looked for. Of what was erased there is no row.
 */

import { ERASED } from "../../core/erasure.ts";
import type { Incident } from "../../core/incident/state.ts";
import { filesThere } from "../../core/signal/sent-file.ts";
import type { Signal } from "../../core/signal/state.ts";
import type { Table } from "./table.ts";

export type FileViewRow = {
  /** `D-1/F-2` within its incident, `F-2` within its signal. */
  readonly id: string;
  /** SHA-256 in hex. */
  readonly digest: string;
};

export const FILE_VIEW: Table<FileViewRow> = {
  name: "view_file",
  columns: { id: "text", digest: "text" },
};

/** Of what a reporter sent along. */
export const signalFileRows = ({ files }: Signal): readonly FileViewRow[] =>
  filesThere(files).map(({ id, sha256 }) => ({ id, digest: sha256 }));

export const fileRows = ({ drafts }: Incident): readonly FileViewRow[] =>
  Object.values(drafts).flatMap(({ id, files = [] }) =>
    files.flatMap((file) =>
      file.sha256 === ERASED ? [] : [{ id: `${id}/${file.id}`, digest: file.sha256 }],
    ),
  );
