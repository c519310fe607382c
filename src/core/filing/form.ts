/**
 * Form: what one authority asks at one stage, in the order in which it asks, as data.
 *
 * Labels are plain words of our own. `covers` names the contents that the law's data
 * require, word for word, so that a test (and the pack, for data that changed since) can
 * say field by field that nothing required is left out. What is known of the authority's
 * own form is said in `basis` and `verified`, and no more is claimed.
 */

import type { Verified } from "../law/regime.ts";

/**
 * What fills a field from the record: a part of it, the first of several facts told, or
 * the first of several moments.
 */
export type Fill =
  | { readonly from: RecordPart }
  | { readonly told: readonly string[] }
  | { readonly moment: readonly string[] };

export type RecordPart =
  | "organisation"
  | "contact-name"
  | "contact-mail"
  | "reference"
  | "which"
  | "earlier"
  | "severity"
  | "facts"
  | "measures"
  | "fixes"
  | "remediations"
  | "customers"
  | "customers-told"
  | "other-filings"
  | "late";

export type FilingField = {
  /** Unique in its form, and stable: what a person wrote is kept under it. */
  readonly id: string;
  readonly section: string;
  readonly label: string;
  readonly kind: "line" | "text" | "number" | "moment" | "yes-no" | "choice";
  /** `always`; `if-known`, at this stage; `if-so`, where it applies. */
  readonly asked: "always" | "if-known" | "if-so";
  readonly cite?: string;
  readonly fill?: Fill;
  readonly hint?: string;
  readonly covers?: readonly string[];
};

export type FilingForm = {
  /**
   * `authority`: the order of a form that the authority publishes. `law`: the order in which
   * the law lists the contents. `generic`: the required contents, and what every authority asks.
   */
  readonly basis: "authority" | "law" | "generic";
  /** P: compared with the form or text itself. S: with what others write of it. U: with neither. */
  readonly verified: Verified;
  /** The day of that. */
  readonly checked: string;
  /** What is known of the authority's form, and what is not. */
  readonly says: string;
  /** Where it is filed, as far as that is known. */
  readonly portal?: string;
  readonly fields: readonly FilingField[];
};

type More = Partial<Omit<FilingField, "id" | "section" | "label" | "fill">> & {
  readonly from?: RecordPart;
  readonly told?: readonly string[];
  readonly moment?: readonly string[];
};

export type Asked = Omit<FilingField, "section">;

/** One field; a text that is asked always, unless it is said otherwise. */
export function ask(id: string, label: string, more: More = {}): Asked {
  const { from, told, moment, ...rest } = more;
  const fill = fillOf(from, told, moment);
  const kind = moment ? "moment" : "text";
  return { id, label, kind, asked: "always", ...rest, ...(fill ? { fill } : {}) };
}

function fillOf(
  from: RecordPart | undefined,
  told: readonly string[] | undefined,
  moment: readonly string[] | undefined,
): Fill | undefined {
  if (from) return { from };
  if (told) return { told };
  return moment ? { moment } : undefined;
}

/** The fields of one part of a form. */
export const part = (section: string, fields: readonly Asked[]): readonly FilingField[] =>
  fields.map((field) => ({ ...field, section }));

/** Who files; nearly every form begins or ends with it. */
export const WHO: readonly Asked[] = [
  ask("organisation", "Name of the organisation", { kind: "line", from: "organisation" }),
  ask("contact-name", "Contact person", { kind: "line", from: "contact-name" }),
  ask("contact-mail", "Mail address of the contact", { kind: "line", from: "contact-mail" }),
  ask("contact-phone", "Telephone number of the contact", { kind: "line" }),
];

/** Whether this is the first filing of the stage; and the number the authority gave before. */
export const WHICH: readonly Asked[] = [
  ask("which", "First report or follow-up", { kind: "line", from: "which" }),
  ask("earlier-number", "Reference number that the authority gave before", {
    kind: "line",
    asked: "if-so",
    from: "earlier",
  }),
];

export const LATE: Asked = ask("late-reason", "Reasons for the delay, where it is late", {
  asked: "if-so",
  from: "late",
});
