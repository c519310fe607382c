/** What came back of one letter: opened, acknowledged by whom, and the files that went with it. */

import type { Notice } from "../../../api/view.ts";
import { sizeWords } from "../../../core/notice/attachment.ts";
import { At } from "../../ui/time.tsx";

type Props = { readonly notice: Pick<Notice, "openedAt" | "acknowledged" | "files"> };

export function CameBack({ notice: { openedAt, acknowledged, files } }: Props) {
  if (openedAt === null && acknowledged.length === 0 && files.length === 0) return null;
  return (
    <ul className="plain came-back">
      {openedAt === null ? null : (
        <li>
          Their page was opened <At iso={openedAt} short />
        </li>
      )}
      {acknowledged.map(({ at, name, word }) => (
        <li key={`${at} ${name}`}>
          Acknowledged by <strong>{name}</strong>, <At iso={at} short />
          {word === null ? null : <q>{word}</q>}
        </li>
      ))}
      {files.map(({ name, bytes, sha256 }) => (
        <li key={sha256}>
          <bdi>{name}</bdi>, {sizeWords(bytes)},{" "}
          <span className="mono secondary hash">SHA-256 {sha256}</span>
        </li>
      ))}
    </ul>
  );
}
