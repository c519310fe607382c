/**
 * Audience: to whom a notice speaks, and what that changes: who may be named, what the
 * law wants said to them, and whether it is mailed at all.
 *
 *   customers      each touched customer, by mail
 *   controllers    those of them for whose data we are the processor
 *   reporter       whoever reported it
 *   data-subjects  the people whose data it is: by mail, published instead, or handed to
 *                  a customer of ours who tells them
 *   public         everybody: published where we say
 *
 * Both roles in one incident are two notices, because they owe two different things.
 */

import type { Addressee, NoticeKind } from "./notice.ts";

export const AUDIENCES = [
  "customers",
  "controllers",
  "reporter",
  "data-subjects",
  "public",
] as const;
export type Audience = (typeof AUDIENCES)[number];

/** A text that is published or handed over has one reader here, whom no mail reaches. */
export type Reader = { readonly id: string; readonly name: string; readonly to: Addressee };
const READERS: Readonly<Partial<Record<Audience, Reader>>> = {
  public: { id: "public", name: "the public", to: { mail: "" } },
  "data-subjects": { id: "data-subjects", name: "the people concerned", to: { mail: "" } },
};

/** Who reads what is mailed to nobody; undefined where everybody gets a mail. */
export const readerOf = (to: Audience | undefined): Reader | undefined =>
  READERS[to ?? "customers"];

/** Whether nobody is mailed: it is published, or handed over. */
export const isUnaddressed = (recipients: readonly { readonly id: string }[]): boolean =>
  recipients.some(({ id }) => id === "public" || id === "data-subjects");

const FITS: Readonly<Record<Audience, RegExp>> = {
  customers: /^customer:/,
  controllers: /^customer:/,
  reporter: /^reporter:/,
  "data-subjects": /^(?:person:|data-subjects$)/,
  public: /^public$/,
};

/** Whether a recipient is one whom this audience may have. */
export const fitsAudience = (to: Audience | undefined, recipient: string): boolean =>
  FITS[to ?? "customers"].test(recipient);

/** As what a letter of it is recorded. */
export function noticeKindOf({
  kind,
  to,
}: {
  readonly kind: string;
  readonly to?: Audience;
}): NoticeKind {
  if (kind === "acknowledgement") return "acknowledgement";
  return to === "reporter" ? "answer" : "notice";
}

/** What is owed to whom a text that is published or handed over means. */
export function isMeant(to: Audience | undefined, recipient: string): boolean {
  if (!recipient.startsWith("public")) return false;
  const isPeople = /individual|subject|resident|principal|people|person|affected|user/.test(
    recipient,
  );
  return to === "public" ? !isPeople : to === "data-subjects" && isPeople;
}

/** What a controller needs for the assessment that is theirs: GDPR Art. 33(3) and 28(3)(f). */
export const CONTROLLER_ELEMENTS: readonly { readonly id: string; readonly name: string }[] = [
  { id: "for-you-nature", name: "Nature of the breach" },
  { id: "for-you-people", name: "Categories and number of people concerned" },
  { id: "for-you-records", name: "Categories and number of records concerned" },
  { id: "for-you-consequences", name: "Likely consequences" },
  { id: "for-you-measures", name: "Measures taken and proposed" },
  { id: "for-you-contact", name: "Where to get more information" },
];
