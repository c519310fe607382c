/**
 * Phrases: the sentences of ours that stand around what a person wrote, in each
 * language a recipient may read. What the person wrote is never translated.
 */

import { type DraftKind, type Language, LANGUAGES, type StepKind } from "./draft.ts";

export type Phrases = {
  readonly dear: (name: string) => string;
  readonly opening: Readonly<Record<DraftKind, string>>;
  readonly unknownHead: string;
  readonly nextWord: (when: string) => string;
  readonly reference: (id: string) => string;
  readonly stepsHead: string;
  readonly step: Readonly<Record<StepKind, string>>;
  /** Over the names of what is attached. */
  readonly filesHead: string;
  /** Before the address of the recipient's own page. */
  readonly ownPage: string;
};

export const PHRASES: Readonly<Record<Language, Phrases>> = {
  en: {
    dear: (name) => (name === "" ? "Hello," : `Dear ${name},`),
    opening: {
      acknowledgement: "I have your message, and a person is looking at it.",
      preliminary:
        "I am writing to you before everything is known. This is a preliminary notice; what we do not know yet is named below.",
      full: "I am writing to tell you what happened and what it means for you.",
      update: "I am writing again, as promised. This is what has changed since my last message.",
      correction: "Something in my last message to you was wrong. This is what is right.",
      final: "I am writing for the last time in this matter. This is what we know at its end.",
    },
    unknownHead: "What we do not know yet",
    nextWord: (when) => `I will write again by ${when}.`,
    reference: (id) => `Reference ${id}`,
    stepsHead: "What we ask you to do",
    filesHead: "Attached",
    step: {
      upgrade: "Upgrade",
      rotate: "Rotate",
      configure: "Configure",
      check: "Check",
      other: "Do",
    },
    ownPage:
      "Everything I wrote to you in this matter, and what is asked of you, to tick off. This address is yours alone; whoever has it can read it, and each opening is recorded:",
  },
  de: {
    dear: (name) => (name === "" ? "Guten Tag," : `Guten Tag ${name},`),
    opening: {
      acknowledgement: "ich habe Ihre Nachricht, und ein Mensch sieht sie sich an.",
      preliminary:
        "ich schreibe Ihnen, bevor alles bekannt ist. Dies ist eine vorläufige Mitteilung; was wir noch nicht wissen, steht unten.",
      full: "ich schreibe Ihnen, um Ihnen zu sagen, was geschehen ist und was es für Sie bedeutet.",
      update:
        "wie angekündigt schreibe ich Ihnen wieder. Das hat sich seit meiner letzten Nachricht geändert.",
      correction: "in meiner letzten Nachricht an Sie war etwas falsch. Richtig ist Folgendes.",
      final: "ich schreibe Ihnen in dieser Sache zum letzten Mal. Das wissen wir an ihrem Ende.",
    },
    unknownHead: "Was wir noch nicht wissen",
    nextWord: (when) => `Ich schreibe Ihnen wieder bis ${when}.`,
    reference: (id) => `Zeichen ${id}`,
    stepsHead: "Worum wir Sie bitten",
    filesHead: "Angehängt",
    step: {
      upgrade: "Aktualisieren",
      rotate: "Austauschen",
      configure: "Einstellen",
      check: "Prüfen",
      other: "Tun",
    },
    ownPage:
      "Alles, was ich Ihnen in dieser Sache geschrieben habe, und worum wir Sie bitten, zum Abhaken. Diese Adresse gehört nur Ihnen; wer sie hat, kann mitlesen, und jedes Öffnen wird festgehalten:",
  },
  fr: {
    dear: (name) => (name === "" ? "Bonjour," : `Bonjour ${name},`),
    opening: {
      acknowledgement: "j'ai bien reçu votre message, et une personne s'en occupe.",
      preliminary:
        "je vous écris avant que tout soit connu. Ceci est un avis préliminaire ; ce que nous ne savons pas encore est indiqué plus bas.",
      full: "je vous écris pour vous dire ce qui s'est passé et ce que cela signifie pour vous.",
      update:
        "comme annoncé, je vous écris de nouveau. Voici ce qui a changé depuis mon dernier message.",
      correction: "mon dernier message contenait une erreur. Voici ce qui est exact.",
      final: "je vous écris pour la dernière fois à ce sujet. Voici ce que nous savons à la fin.",
    },
    unknownHead: "Ce que nous ne savons pas encore",
    nextWord: (when) => `Je vous écrirai de nouveau au plus tard le ${when}.`,
    reference: (id) => `Référence ${id}`,
    stepsHead: "Ce que nous vous demandons",
    filesHead: "Pièces jointes",
    step: {
      upgrade: "Mettre à jour",
      rotate: "Renouveler",
      configure: "Configurer",
      check: "Vérifier",
      other: "Faire",
    },
    ownPage:
      "Tout ce que je vous ai écrit à ce sujet, et ce que nous vous demandons, à cocher. Cette adresse n'est qu'à vous ; quiconque la possède peut lire la page, et chaque ouverture est enregistrée :",
  },
  es: {
    dear: (name) => (name === "" ? "Buenos días:" : `Buenos días, ${name}:`),
    opening: {
      acknowledgement: "He recibido su mensaje, y una persona lo está mirando.",
      preliminary:
        "Le escribo antes de que se conozca todo. Este es un aviso preliminar; lo que aún no sabemos se indica más abajo.",
      full: "Le escribo para decirle qué ha ocurrido y qué significa para usted.",
      update:
        "Le escribo de nuevo, como anuncié. Esto es lo que ha cambiado desde mi último mensaje.",
      correction: "En mi último mensaje había un error. Lo correcto es lo siguiente.",
      final: "Le escribo por última vez sobre este asunto. Esto es lo que sabemos al cerrarlo.",
    },
    unknownHead: "Lo que aún no sabemos",
    nextWord: (when) => `Volveré a escribirle a más tardar el ${when}.`,
    reference: (id) => `Referencia ${id}`,
    stepsHead: "Lo que le pedimos",
    filesHead: "Adjuntos",
    step: {
      upgrade: "Actualizar",
      rotate: "Renovar",
      configure: "Configurar",
      check: "Comprobar",
      other: "Hacer",
    },
    ownPage:
      "Todo lo que le he escrito sobre este asunto y lo que le pedimos, para marcarlo como hecho. Esta dirección es solo suya; quien la tenga puede leerla, y cada apertura queda registrada:",
  },
};

/** The language of ours that fits a tag best; English where we have none. */
export function languageFor(tag: string | undefined): Language {
  const language = (tag ?? "en").toLowerCase().split("-")[0] as Language;
  return LANGUAGES.includes(language) ? language : "en";
}
