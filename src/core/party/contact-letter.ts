/**
 * The letter that asks a contact whether they still are one: the same text in the form where
 * somebody looks at it before it leaves, and in the mail. In the contact's language, as
 * notices are, and in English where we have none of theirs.
 */

import type { Language } from "../notice/draft.ts";
import type { Addressee } from "../notice/notice.ts";
import { languageFor, PHRASES } from "../notice/phrases.ts";
import type { Contact } from "./contact.ts";

/** Stands where the contact's own address will: only its digest is kept (see OWN_LINK). */
export const CONTACT_LINK = "/contact/[own-link]";

export type ContactLetter = {
  readonly subject: string;
  readonly body: string;
  /** Absent in English, as in a notice. */
  readonly language?: string;
};

type About = {
  readonly contact: Pick<Contact, "name" | "mail" | "phone" | "language">;
  /** The customer whose contact it is. */
  readonly customer: string;
  readonly from: Addressee;
  readonly phone?: string | undefined;
  readonly organisation: string;
  /** Where this installation is reached. */
  readonly url: string;
};

type Words = {
  readonly subject: string;
  readonly why: (organisation: string, customer: string) => string;
  readonly known: string;
  readonly page: string;
  readonly opening: string;
};

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    subject: "Is this still your security contact?",
    why: (organisation, customer) =>
      `you are whom ${organisation} writes to at ${customer} when something concerns your data or your security. Once a year I ask whether that is still right.`,
    known: "What stands here:",
    page: "Say that it is right, or correct it, on this page:",
    opening: "Opening the page changes nothing. You can answer this mail too; it reaches me.",
  },
  de: {
    subject: "Ist das noch Ihr Sicherheitskontakt?",
    why: (organisation, customer) =>
      `Sie sind bei ${customer} die Person, der ${organisation} schreibt, wenn etwas Ihre Daten oder Ihre Sicherheit betrifft. Einmal im Jahr frage ich, ob das noch stimmt.`,
    known: "Das steht hier:",
    page: "Bestätigen oder berichtigen Sie es bitte auf dieser Seite:",
    opening:
      "Die Seite zu öffnen ändert nichts. Sie können auch auf diese Mail antworten; die Antwort erreicht mich.",
  },
  fr: {
    subject: "Est-ce toujours votre contact de sécurité ?",
    why: (organisation, customer) =>
      `vous êtes, chez ${customer}, la personne à qui ${organisation} écrit lorsque vos données ou votre sécurité sont concernées. Une fois par an, je demande si c'est toujours exact.`,
    known: "Ce qui figure ici :",
    page: "Confirmez-le ou corrigez-le sur cette page :",
    opening:
      "Ouvrir la page ne change rien. Vous pouvez aussi répondre à ce message ; il me parvient.",
  },
  es: {
    subject: "¿Sigue siendo este su contacto de seguridad?",
    why: (organisation, customer) =>
      `Usted es en ${customer} la persona a quien ${organisation} escribe cuando algo afecta a sus datos o a su seguridad. Una vez al año pregunto si sigue siendo correcto.`,
    known: "Esto es lo que consta aquí:",
    page: "Confírmelo o corríjalo en esta página:",
    opening: "Abrir la página no cambia nada. También puede responder a este correo; me llega.",
  },
};

export function contactLetter(about: About): ContactLetter {
  const { contact, customer, from, phone, organisation, url } = about;
  const language = languageFor(contact.language);
  const words = WORDS[language];
  const known = [contact.name, contact.mail, ...(contact.phone ? [contact.phone] : [])];
  const who = from.name ?? from.mail;
  const parts = [
    PHRASES[language].dear(contact.name),
    words.why(organisation, customer),
    `${words.known}\n${known.join("\n")}`,
    `${words.page}\n${url}${CONTACT_LINK}`,
    words.opening,
    `${who}, ${organisation}\n${[from.mail, ...(phone ? [phone] : [])].join("\n")}`,
  ];
  return {
    subject: words.subject,
    body: `${parts.join("\n\n")}\n`,
    ...(language === "en" ? {} : { language }),
  };
}
