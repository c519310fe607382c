/** Notice JSON: what one recipient was told, for their own programs. The same as their page says. */

import { nextWordOf } from "../core/incident/notice/told.ts";
import { type Instant, toIso } from "../core/time/instant.ts";
import type { Shown } from "./notice-page.tsx";

const iso = (at: Instant | undefined): string | null => (at === undefined ? null : toIso(at));

export function noticeJson({ told, organisation, at: path }: Shown) {
  const [newest] = told.letters;
  return {
    format: "duenotice/notice/1",
    organisation,
    for: told.name,
    language: told.language,
    zone: told.zone,
    nextWordAt: iso(nextWordOf(told)),
    contact: newest?.replyTo ?? null,
    letters: told.letters.map(({ id, sentAt, from, subject, body, changes, files }) => ({
      id,
      sentAt: toIso(sentAt),
      from,
      subject,
      text: body,
      changes: changes ?? null,
      files: files.map((file) => ({
        name: file.name,
        bytes: file.bytes,
        sha256: file.sha256,
        at: `${path}/files/${file.draft}/${file.id}`,
      })),
    })),
    steps: told.steps.map(({ notice, step, kind, text, doneAt }) => ({
      id: `${notice}.${step}`,
      kind,
      text,
      doneAt: iso(doneAt),
    })),
    acknowledged: told.acknowledged.map(({ at, notice, name, word }) => ({
      at: toIso(at),
      notice,
      name,
      word: word ?? null,
    })),
    opened: told.opened.map(({ at, what, agent }) => ({
      at: toIso(at),
      as: what,
      by: agent ?? null,
    })),
  };
}
