/**
 * view_file: which bytes a subject names, so that what nobody names can go and what is
 * named can be looked for. Of what was erased there is no row.
 */

import { ERASED } from "../../core/erasure.ts";
import type { Incident } from "../../core/incident/state.ts";
import type { Table } from "./table.ts";

export type FileViewRow = {
  /** `D-1/F-2` within its incident. */
  readonly id: string;
  /** SHA-256 in hex. */
  readonly digest: string;
};

export const FILE_VIEW: Table<FileViewRow> = {
  name: "view_file",
  columns: { id: "text", digest: "text" },
};

export const fileRows = ({ drafts }: Incident): readonly FileViewRow[] =>
  Object.values(drafts).flatMap(({ id, files = [] }) =>
    files.flatMap((file) =>
      file.sha256 === ERASED ? [] : [{ id: `${id}/${file.id}`, digest: file.sha256 }],
    ),
  );
