/** Spoken: what is said around a notice on the telephone, in the languages of letters. */

import type { Language } from "./draft.ts";

export type Spoken = {
  readonly hello: (who: string, organisation: string) => string;
  readonly whom: (contact: string, company: string) => string;
  readonly why: (subject: string) => string;
  readonly unknown: (what: string) => string;
  readonly steps: string;
  readonly written: (mail: string) => string;
  readonly close: string;
};

export const SPOKEN: Readonly<Record<Language, Spoken>> = {
  en: {
    hello: (who, organisation) => `Hello, this is ${who} of ${organisation}.`,
    whom: (contact, company) =>
      contact === ""
        ? `With whom am I speaking? I need somebody at ${company} who is responsible for security.`
        : `Am I speaking with ${contact} of ${company}? Else: who there is responsible for security?`,
    why: (subject) => `I am calling about a matter that concerns you: ${subject}.`,
    unknown: (what) => `We do not know yet: ${what}.`,
    steps: "This is what we ask you to do:",
    written: (mail) => `You have all of this in writing, at ${mail}. Is that the right address?`,
    close: "What questions do you have? And whom may I note that I spoke to?",
  },
  de: {
    hello: (who, organisation) => `Guten Tag, hier ist ${who} von ${organisation}.`,
    whom: (contact, company) =>
      contact === ""
        ? `Mit wem spreche ich? Ich brauche jemanden bei ${company}, der für Sicherheit zuständig ist.`
        : `Spreche ich mit ${contact} von ${company}? Sonst: wer ist dort für Sicherheit zuständig?`,
    why: (subject) => `Ich rufe in einer Sache an, die Sie betrifft: ${subject}.`,
    unknown: (what) => `Wir wissen noch nicht: ${what}.`,
    steps: "Darum bitten wir Sie:",
    written: (mail) => `Sie haben alles auch schriftlich, an ${mail}. Ist die Adresse richtig?`,
    close: "Welche Fragen haben Sie? Und mit wem darf ich notieren, gesprochen zu haben?",
  },
  fr: {
    hello: (who, organisation) => `Bonjour, ici ${who}, de ${organisation}.`,
    whom: (contact, company) =>
      contact === ""
        ? `À qui ai-je l'honneur ? Je cherche, chez ${company}, la personne responsable de la sécurité.`
        : `Est-ce bien ${contact}, de ${company} ? Sinon : qui y est responsable de la sécurité ?`,
    why: (subject) => `Je vous appelle au sujet d'une affaire qui vous concerne : ${subject}.`,
    unknown: (what) => `Nous ne savons pas encore : ${what}.`,
    steps: "Voici ce que nous vous demandons :",
    written: (mail) => `Vous avez tout cela par écrit, à ${mail}. Est-ce la bonne adresse ?`,
    close: "Quelles sont vos questions ? Et avec qui puis-je noter avoir parlé ?",
  },
  es: {
    hello: (who, organisation) => `Buenos días, soy ${who}, de ${organisation}.`,
    whom: (contact, company) =>
      contact === ""
        ? `¿Con quién hablo? Busco en ${company} a la persona responsable de seguridad.`
        : `¿Hablo con ${contact}, de ${company}? Si no: ¿quién es allí responsable de seguridad?`,
    why: (subject) => `Le llamo por un asunto que le afecta: ${subject}.`,
    unknown: (what) => `Todavía no sabemos: ${what}.`,
    steps: "Esto es lo que le pedimos:",
    written: (mail) => `Lo tiene todo por escrito, en ${mail}. ¿Es correcta la dirección?`,
    close: "¿Qué preguntas tiene? ¿Y con quién puedo anotar que he hablado?",
  },
};
