/**
 * Contact words: what the page says on which somebody answers whether they still are whom we
 * write to, in the languages that letters have (core/party/contact-letter.ts).
 */

import type { Language } from "../core/notice/draft.ts";

type ContactWords = {
  readonly title: string;
  readonly forWhom: (name: string) => string;
  readonly saidYes: (when: string) => string;
  readonly saidOther: (when: string) => string;
  readonly why: (organisation: string) => string;
  readonly name: string;
  readonly mail: string;
  readonly mailAddress: string;
  readonly phone: string;
  readonly none: string;
  readonly yes: string;
  readonly correctHead: string;
  readonly optional: string;
  readonly note: string;
  readonly noteHint: string;
  readonly correct: string;
  readonly opening: string;
};

export const CONTACT_WORDS: Readonly<Record<Language, ContactWords>> = {
  en: {
    title: "Is this still right?",
    forWhom: (name) => `For ${name}`,
    saidYes: (when) => `Thank you: you said that it is right, ${when}.`,
    saidOther: (when) =>
      `Thank you: what you wrote has reached us, ${when}. Somebody of ours calls before anything is changed.`,
    why: (organisation) =>
      `This is whom ${organisation} writes to when something concerns your data or your security.`,
    name: "Name",
    mail: "Mail",
    mailAddress: "Mail address",
    phone: "Telephone",
    none: "none",
    yes: "Yes, this is right",
    correctHead: "Or correct it",
    optional: " (optional)",
    note: "Anything else",
    noteHint: "Who else should hear, or from when on this is so.",
    correct: "Send the correction",
    opening: "Opening this page says nothing; only what you send does.",
  },
  de: {
    title: "Stimmt das noch?",
    forWhom: (name) => `Für ${name}`,
    saidYes: (when) => `Danke: Sie haben es bestätigt, ${when}.`,
    saidOther: (when) =>
      `Danke: Was Sie geschrieben haben, ist bei uns, ${when}. Jemand von uns ruft an, bevor etwas geändert wird.`,
    why: (organisation) =>
      `An diese Person schreibt ${organisation}, wenn etwas Ihre Daten oder Ihre Sicherheit betrifft.`,
    name: "Name",
    mail: "Mail",
    mailAddress: "Mailadresse",
    phone: "Telefon",
    none: "keines",
    yes: "Ja, das stimmt",
    correctHead: "Oder berichtigen",
    optional: " (freiwillig)",
    note: "Noch etwas",
    noteHint: "Wer es sonst erfahren soll, oder ab wann das gilt.",
    correct: "Berichtigung senden",
    opening: "Diese Seite zu öffnen sagt nichts; nur was Sie senden.",
  },
  fr: {
    title: "Est-ce toujours exact ?",
    forWhom: (name) => `Pour ${name}`,
    saidYes: (when) => `Merci : vous avez confirmé que c'est exact, ${when}.`,
    saidOther: (when) =>
      `Merci : ce que vous avez écrit nous est parvenu, ${when}. L'un de nous appelle avant que quoi que ce soit ne change.`,
    why: (organisation) =>
      `C'est la personne à qui ${organisation} écrit lorsque vos données ou votre sécurité sont concernées.`,
    name: "Nom",
    mail: "E-mail",
    mailAddress: "Adresse e-mail",
    phone: "Téléphone",
    none: "aucun",
    yes: "Oui, c'est exact",
    correctHead: "Ou corrigez",
    optional: " (facultatif)",
    note: "Autre chose",
    noteHint: "Qui d'autre doit être prévenu, ou à partir de quand cela vaut.",
    correct: "Envoyer la correction",
    opening: "Ouvrir cette page ne dit rien ; seul ce que vous envoyez compte.",
  },
  es: {
    title: "¿Sigue siendo correcto?",
    forWhom: (name) => `Para ${name}`,
    saidYes: (when) => `Gracias: usted confirmó que es correcto, ${when}.`,
    saidOther: (when) =>
      `Gracias: lo que escribió nos ha llegado, ${when}. Alguien de nosotros llama antes de cambiar nada.`,
    why: (organisation) =>
      `Esta es la persona a quien ${organisation} escribe cuando algo afecta a sus datos o a su seguridad.`,
    name: "Nombre",
    mail: "Correo",
    mailAddress: "Dirección de correo",
    phone: "Teléfono",
    none: "ninguno",
    yes: "Sí, es correcto",
    correctHead: "O corríjalo",
    optional: " (opcional)",
    note: "Algo más",
    noteHint: "A quién más hay que avisar, o desde cuándo es así.",
    correct: "Enviar la corrección",
    opening: "Abrir esta página no dice nada; solo lo que usted envíe.",
  },
};
