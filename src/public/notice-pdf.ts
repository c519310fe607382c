/** Notice PDF: what one recipient was told, on paper. The same as their page says, without who opened it. */

import type { ViewOf } from "../api/view.ts";
import { nextWordOf } from "../core/incident/notice/told.ts";
import { sizeWords } from "../core/notice/attachment.ts";
import { dateWords } from "../core/notice/date-words.ts";
import type { Language } from "../core/notice/draft.ts";
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
        ...bodyBlocks(body),
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

/** A text that is published, or handed to whoever tells the people concerned. */
export function publicNoticePdf(
  { id, state }: Pick<ViewOf<"notice-draft">, "id" | "state">,
  { subject, body, files, from }: ViewOf<"notice-draft">["letters"][number],
  organisation: string,
  language: Language,
): PdfDocument {
  const isFinal = state === "approved" || state === "sent";
  return {
    title: subject,
    language,
    under: [organisation, ...(isFinal ? [] : ["Draft: nobody has approved this text yet."])],
    blocks: [
      ...bodyBlocks(body),
      ...(files.length === 0
        ? []
        : [
            {
              kind: "list" as const,
              items: files.map(
                ({ name, bytes, sha256 }) => `${name}, ${sizeWords(bytes)}, SHA-256 ${sha256}`,
              ),
            },
          ]),
    ],
    foot: `${organisation}, ${from.name ?? from.mail}, ${id}`,
  };
}

/** What stands over an element is a heading for whoever cannot see it, too. */
function bodyBlocks(body: string): readonly PdfBlock[] {
  return body
    .trim()
    .split(/\n{2,}/)
    .flatMap((part): readonly PdfBlock[] => {
      const [first = "", ...rest] = part.split("\n");
      if (rest.length === 0 || !isHeading(first)) return [{ kind: "paragraph", text: part }];
      return [
        { kind: "heading", text: first },
        { kind: "paragraph", text: rest.join("\n") },
      ];
    });
}

const isHeading = (line: string): boolean =>
  line.length <= 100 && /\p{Lu}/u.test(line) && line === line.toUpperCase();
