/** What a reporter sent along: to be saved, never shown. Nobody here has looked into it. */

import type { ViewOf } from "../../../api/view.ts";
import { sizeWords } from "../../../core/notice/attachment.ts";
import { BASE } from "../../paths.ts";
import { Section } from "../../ui/sheet.tsx";
import { At } from "../../ui/time.tsx";

type Props = { readonly id: string; readonly files: ViewOf<"signal">["files"] };

export function SentFiles({ id, files }: Props) {
  if (files.length === 0) return null;
  return (
    <Section
      title="Files they sent"
      says="As they came, from somebody outside: save them where opening them can do no harm."
    >
      <ul className="plain">
        {files.map(({ id: file, name, bytes, sha256, at }) => (
          <li key={file}>
            <a href={`${BASE}/api/v1/signals/${encodeURIComponent(id)}/files/${file}`} download>
              <bdi>{name}</bdi>
            </a>{" "}
            <span className="secondary">
              {sizeWords(bytes)}, <At iso={at} short />
            </span>
            <br />
            <span className="mono secondary hash">SHA-256 {sha256}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
