/** Notice PDF: what one recipient was told, on paper. The same as their page says, without who opened it. */

import { nextWordOf } from "../core/incident/told.ts";
import { sizeWords } from "../core/notice/attachment.ts";
import { dateWords } from "../core/notice/date-words.ts";
import { PHRASES } from "../core/notice/phrases.ts";
import type { PdfBlock, PdfDocument } from "../pdf/document.ts";
import type { Shown } from "./notice-page.tsx";
import { NOTICE_WORDS } from "./notice-words.ts";

export function noticePdf({ told, organisation }: Shown): PdfDocument {
  const words = NOTICE_WORDS[told.language];
  const say = PHRASES[told.language];
  const dated = (at: Parameters<typeof dateWords>[0]): string =>
    dateWords(at, told.zone, told.language);
  const [newest] = told.letters;
  const next = nextWordOf(told);
  const blocks: PdfBlock[] = [
    {
      kind: "list",
      items: [
        `${words.nextHead}: ${next === undefined ? words.noNext : words.next(dated(next))}`,
        ...(newest === undefined
          ? []
          : [
              `${words.contactHead}: ${[newest.replyTo.name, newest.replyTo.mail].filter(Boolean).join(", ")}`,
            ]),
        ...told.acknowledged.map(
          ({ name, at }) => `${words.receivedHead}: ${words.received(name, dated(at))}`,
        ),
      ],
    },
    ...(told.steps.length === 0
      ? []
      : [
          { kind: "heading" as const, text: say.stepsHead },
          {
            kind: "list" as const,
            items: told.steps.map(
              ({ kind, text, doneAt }) =>
                `${say.step[kind]}: ${text}${doneAt === undefined ? "" : ` (${words.doneAt(dated(doneAt))})`}`,
            ),
          },
        ]),
    ...told.letters.flatMap(
      ({ id, subject, from, sentAt, body, changes = [], files }): PdfBlock[] => [
        { kind: "heading", text: subject },
        {
          kind: "paragraph",
          quiet: true,
          text: `${words.sent(from.name ?? from.mail, dated(sentAt))}, ${id}`,
        },
        ...(changes.length === 0
          ? []
          : [
              { kind: "paragraph" as const, text: words.changedHead },
              {
                kind: "list" as const,
                items: changes.map(({ is, text }) => `${words[is]}${text}`),
              },
            ]),
        ...body
          .trim()
          .split(/\n{2,}/)
          .map((text): PdfBlock => ({ kind: "paragraph", text })),
        ...(files.length === 0
          ? []
          : [
              { kind: "paragraph" as const, text: say.filesHead },
              {
                kind: "list" as const,
                items: files.map(
                  ({ name, bytes, sha256 }) => `${name}, ${sizeWords(bytes)}, SHA-256 ${sha256}`,
                ),
              },
            ]),
      ],
    ),
  ];
  return {
    title: newest?.subject ?? organisation,
    language: told.language,
    under: [organisation, words.forWhom(told.name)],
    blocks,
    foot: `${organisation}, ${told.letters.map(({ id }) => id).join(", ")}`,
  };
}
