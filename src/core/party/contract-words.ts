/** The words for what was signed: which kinds of document there are, and how one is cited. */

export const DOCUMENTS = ["msa", "dpa", "baa", "order-form", "other"] as const;
export type DocumentKind = (typeof DOCUMENTS)[number];

/** How a document is called where people read it. */
export const DOCUMENT_WORDS: Readonly<Record<DocumentKind, string>> = {
  msa: "MSA",
  dpa: "DPA",
  baa: "BAA",
  "order-form": "order form",
  other: "contract",
};

type Cited = {
  readonly document: DocumentKind;
  readonly documentOn?: string;
  readonly section?: string;
};

/** `DPA of 2026-03-02, §7.2`: where a clause comes from. */
export function citation({ document, documentOn, section }: Cited): string {
  const of = documentOn === undefined ? "" : ` of ${documentOn}`;
  return `${DOCUMENT_WORDS[document]}${of}${section === undefined ? "" : `, ${section}`}`;
}
