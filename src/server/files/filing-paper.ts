/** Filing paper: a filing pack as a document that is printed as PDF. */

import type { ViewOf } from "../../api/view.ts";
import { NOT_KNOWN } from "../../core/filing/pack.ts";
import type { PdfBlock, PdfDocument, PdfField } from "../../pdf/document.ts";

type Filing = ViewOf<"filing">;

const BASIS = {
  authority: "in the order of the authority's form",
  law: "in the order in which the law lists them",
  generic: "in an order of ours",
} as const;

const VERIFIED = {
  P: "compared with the text itself",
  S: "from secondary sources",
  U: "not verified",
} as const;

const HELD = {
  confirmed: "Confirmed.",
  suspected: "Holds what is only suspected.",
  recorded: "",
  written: "",
  unknown: "",
} as const;

/** The pack as it is filed, with where every answer came from. */
export function filingPaper(filing: Filing): PdfDocument {
  const { regime, form, incident, stage, recipient } = filing;
  const sections = [...new Set(filing.fields.map(({ section }) => section))];
  return {
    title: `${filing.drill ? "DRILL: " : ""}${regime.name}`,
    language: "en",
    under: [
      `${incident} · ${stage} · to ${recipient}`,
      regime.cite,
      ...(filing.dueText === null ? [] : [`Due ${filing.dueText}`]),
    ],
    blocks: [
      {
        kind: "paragraph",
        quiet: true,
        text: `Prepared for a person to file; nothing was filed by preparing it. Fields ${BASIS[form.basis]}, ${VERIFIED[form.verified]}, ${form.checked}. ${form.says}`,
      },
      ...sections.flatMap((section): PdfBlock[] => [
        { kind: "heading", text: section },
        {
          kind: "fields",
          head: ["Field", "Answer"],
          rows: filing.fields.filter((field) => field.section === section).map(rowOf),
        },
      ]),
      ...filedBlocks(filing),
    ],
    foot: `Prepared with Duenotice · SHA-256 of the answers ${filing.hash}`,
  };
}

const rowOf = ({ label, value, held, source, cite }: Filing["fields"][number]): PdfField => ({
  label,
  value: value ?? NOT_KNOWN,
  note: [HELD[held], source, cite].filter(Boolean).join(" "),
  ...(value === null ? { open: true } : {}),
});

function filedBlocks({ filed }: Filing): readonly PdfBlock[] {
  if (filed.length === 0) return [];
  return [
    { kind: "heading", text: "Filed" },
    {
      kind: "table",
      head: ["When", "By", "Number", "Hash of what was filed"],
      rows: filed.map((one) => [
        `${one.filedAt}${one.followUp ? " (follow-up)" : ""}`,
        one.filedBy,
        one.number ?? "none",
        one.hash,
      ]),
    },
  ];
}
