/**
 * Public words: what can be said against a text that everybody reads, on the status page or
 * in a product.
 *
 * The checks are those of notices, held against a text that is for nobody in particular: no
 * customer's name, no word from inside, no reporter, no time without its zone. Nothing here
 * is a template: what looks like one would be read as it stands.
 */

import type { DraftRecipient } from "../draft.ts";
import { placeholderChecks } from "./elements.ts";
import type { Checked, NoticeBeside, NoticeFinding, Piece } from "./finding.ts";
import { customerChecks, internalChecks, reporterChecks } from "./leaks.ts";
import { markupChecks } from "./people.ts";
import { zoneChecks } from "./times.ts";
import { wordingChecks } from "./wording.ts";

/** What must not slip out. */
export type PublicBeside = Pick<NoticeBeside, "customers" | "internal" | "reporters">;

/** Reasons for which a person lets something stand, by the check's code. */
export type Override = { readonly code: string; readonly reason: string };

const CHECKS = [
  internalChecks,
  reporterChecks,
  zoneChecks,
  markupChecks,
  wordingChecks,
  placeholderChecks,
] as const;

const EVERYBODY: DraftRecipient = { id: "public", name: "everybody", to: { mail: "" } };
const TEMPLATE = /\{\{|\}\}|\{%|<%|\$\{|#\{/;

/** What blocks first, then what warns; `at` is the piece's own. */
export function checkPublicWords(
  pieces: readonly Piece[],
  beside: PublicBeside,
): readonly NoticeFinding[] {
  const found = pieces.flatMap((piece) => checkPiece(piece, beside));
  return [
    ...found.filter(({ level }) => level === "block"),
    ...found.filter(({ level }) => level === "warn"),
  ];
}

function checkPiece({ at, text }: Piece, beside: PublicBeside): readonly NoticeFinding[] {
  const checked = checkedOf(text, beside);
  const found = [
    ...CHECKS.flatMap((check) => [...check({ ...checked, recipients: [] })]),
    ...customerChecks({ ...checked, recipients: [EVERYBODY] }),
  ];
  const template = TEMPLATE.exec(text)?.[0];
  const isTold = found.some(({ code }) => code === "placeholder");
  return [...found, ...(template === undefined || isTold ? [] : [templateFinding(template)])].map(
    (one) => ({ ...one, at }),
  );
}

const templateFinding = (words: string): NoticeFinding => ({
  code: "placeholder",
  level: "block",
  message: `“${words}” would be read as it stands: nothing is filled in here. Write what it stands for.`,
  at: "",
  words,
});

function checkedOf(text: string, beside: PublicBeside): Checked {
  return {
    content: { kind: "update", subject: "", opening: text, slots: [] },
    recipients: [],
    beside: {
      ...beside,
      now: 0 as NoticeBeside["now"],
      author: undefined,
      required: [],
      facts: [],
      numbers: [],
      filed: [],
      updatesDue: [],
      bounced: [],
      unencrypted: [],
      today: "",
    },
  };
}
