/**
 * Notice words: what a recipient's own page says around what a person wrote, in the
 * languages that letters have (core/notice/phrases.ts).
 */

import type { OpenedAs } from "../core/incident/notice/own-page.ts";
import type { Language } from "../core/notice/draft.ts";
import { SCANNER_WORDS } from "../core/incident/notice/own-page.ts";
import { PROGRAM_WORDS } from "../server/http/agent.ts";

export type NoticeWords = {
  readonly skip: string;
  readonly foot: string;
  readonly forWhom: (name: string) => string;
  readonly sent: (who: string, when: string) => string;
  readonly nextHead: string;
  readonly next: (when: string) => string;
  readonly late: (when: string) => string;
  readonly noNext: string;
  readonly contactHead: string;
  readonly receivedHead: string;
  readonly notReceived: string;
  readonly received: (who: string, when: string) => string;
  readonly changedHead: string;
  readonly gone: string;
  readonly came: string;
  readonly wordHead: string;
  readonly stepsHint: string;
  readonly done: string;
  readonly doneAt: (when: string) => string;
  readonly undo: string;
  readonly ackHead: string;
  readonly ackHint: string;
  readonly name: string;
  readonly word: string;
  readonly ack: string;
  readonly nameMissing: string;
  readonly tooLong: (max: number) => string;
  readonly earlierHead: string;
  readonly newest: string;
  readonly kept: string;
  readonly openedHead: string;
  readonly openedHint: string;
  readonly opened: Readonly<Record<OpenedAs, string>>;
  readonly earlierOpenings: (count: number) => string;
  /** What opened it, as the record calls it in English (server/http/agent.ts). */
  readonly scanner: string;
  readonly program: string;
  readonly on: (browser: string, system: string) => string;
  /** Over the form, once somebody has used it. */
  readonly again: string;
};

export const NOTICE_WORDS: Readonly<Record<Language, NoticeWords>> = {
  en: {
    skip: "Go to the text",
    foot: "This page is yours alone: whoever has its address can read it. No scripts, no cookies, nothing loaded from elsewhere.",
    forWhom: (name) => `For ${name}`,
    sent: (who, when) => `${who}, ${when}`,
    nextHead: "The next word",
    next: (when) => `By ${when}`,
    late: (when) => `Promised by ${when}. That has passed: write to us.`,
    noNext: "None is promised.",
    contactHead: "Whom to contact",
    receivedHead: "Received",
    notReceived: "Nobody has said so yet.",
    received: (who, when) => `${who}, ${when}`,
    changedHead: "What changed since the word before",
    gone: "No longer said: ",
    came: "New: ",
    wordHead: "What we wrote",
    stepsHint: "Mark what you have done. We see it at once, and you can take it back.",
    done: "Done",
    doneAt: (when) => `Done, ${when}`,
    undo: "Take back",
    ackHead: "Say that you have it",
    ackHint: "It tells a person here that this reached somebody. Opening this page does not.",
    name: "Your name",
    word: "A word to us, if you like",
    ack: "We have received this",
    nameMissing: "Write your name: we want to know who has it.",
    tooLong: (max) => `This is too long: at most ${max} characters.`,
    earlierHead: "Everything we wrote to you",
    newest: "the newest",
    kept: "All of it as",
    openedHead: "When this page was opened",
    openedHint: "We see this too. If one was not you, write to us.",
    opened: { page: "read here", json: "as JSON", pdf: "as PDF", file: "a file" },
    earlierOpenings: (count) => `and ${count} before`,
    scanner: "a link scanner",
    program: "a program",
    on: (browser, system) => `${browser} on ${system}`,
    again: "Say it again, or add a word",
  },
  de: {
    skip: "Zum Text",
    foot: "Diese Seite ist nur für Sie: Wer ihre Adresse hat, kann sie lesen. Keine Skripte, keine Cookies, nichts von anderswo geladen.",
    forWhom: (name) => `Für ${name}`,
    sent: (who, when) => `${who}, ${when}`,
    nextHead: "Die nächste Nachricht",
    next: (when) => `Bis ${when}`,
    late: (when) => `Zugesagt bis ${when}. Das ist vorbei: schreiben Sie uns.`,
    noNext: "Keine ist zugesagt.",
    contactHead: "An wen Sie sich wenden",
    receivedHead: "Erhalten",
    notReceived: "Das hat noch niemand bestätigt.",
    received: (who, when) => `${who}, ${when}`,
    changedHead: "Was sich seit der Nachricht davor geändert hat",
    gone: "Nicht mehr gesagt: ",
    came: "Neu: ",
    wordHead: "Was wir geschrieben haben",
    stepsHint: "Haken Sie ab, was getan ist. Wir sehen es sofort, und Sie können es zurücknehmen.",
    done: "Erledigt",
    doneAt: (when) => `Erledigt, ${when}`,
    undo: "Zurücknehmen",
    ackHead: "Bestätigen Sie den Empfang",
    ackHint:
      "So weiß hier ein Mensch, dass jemand dies hat. Das Öffnen der Seite allein sagt das nicht.",
    name: "Ihr Name",
    word: "Ein Wort an uns, wenn Sie mögen",
    ack: "Wir haben dies erhalten",
    nameMissing: "Schreiben Sie Ihren Namen: wir möchten wissen, wer es hat.",
    tooLong: (max) => `Das ist zu lang: höchstens ${max} Zeichen.`,
    earlierHead: "Alles, was wir Ihnen geschrieben haben",
    newest: "die neueste",
    kept: "Alles als",
    openedHead: "Wann diese Seite geöffnet wurde",
    openedHint: "Das sehen auch wir. Waren Sie es einmal nicht, schreiben Sie uns.",
    opened: { page: "hier gelesen", json: "als JSON", pdf: "als PDF", file: "eine Datei" },
    earlierOpenings: (count) => `und ${count} davor`,
    scanner: "ein Programm, das Links prüft",
    program: "ein Programm",
    on: (browser, system) => `${browser} unter ${system}`,
    again: "Noch einmal bestätigen, oder etwas hinzufügen",
  },
  fr: {
    skip: "Aller au texte",
    foot: "Cette page n'est qu'à vous : quiconque possède son adresse peut la lire. Ni script, ni cookie, rien de chargé ailleurs.",
    forWhom: (name) => `Pour ${name}`,
    sent: (who, when) => `${who}, ${when}`,
    nextHead: "Le prochain message",
    next: (when) => `Au plus tard le ${when}`,
    late: (when) => `Promis pour le ${when}. Ce délai est passé : écrivez-nous.`,
    noNext: "Aucun n'est promis.",
    contactHead: "À qui s'adresser",
    receivedHead: "Reçu",
    notReceived: "Personne ne l'a encore confirmé.",
    received: (who, when) => `${who}, ${when}`,
    changedHead: "Ce qui a changé depuis le message précédent",
    gone: "N'est plus dit : ",
    came: "Nouveau : ",
    wordHead: "Ce que nous avons écrit",
    stepsHint:
      "Cochez ce que vous avez fait. Nous le voyons aussitôt, et vous pouvez revenir dessus.",
    done: "Fait",
    doneAt: (when) => `Fait, ${when}`,
    undo: "Annuler",
    ackHead: "Confirmez la réception",
    ackHint: "Une personne saura ainsi que quelqu'un l'a reçu. Ouvrir cette page ne suffit pas.",
    name: "Votre nom",
    word: "Un mot pour nous, si vous voulez",
    ack: "Nous avons bien reçu ceci",
    nameMissing: "Écrivez votre nom : nous voulons savoir qui l'a reçu.",
    tooLong: (max) => `C'est trop long : ${max} caractères au plus.`,
    earlierHead: "Tout ce que nous vous avons écrit",
    newest: "le plus récent",
    kept: "Le tout en",
    openedHead: "Quand cette page a été ouverte",
    openedHint: "Nous le voyons aussi. Si l'une n'était pas de vous, écrivez-nous.",
    opened: { page: "lue ici", json: "en JSON", pdf: "en PDF", file: "un fichier" },
    earlierOpenings: (count) => `et ${count} auparavant`,
    scanner: "un programme qui vérifie les liens",
    program: "un programme",
    on: (browser, system) => `${browser} sous ${system}`,
    again: "Confirmer encore, ou ajouter un mot",
  },
  es: {
    skip: "Ir al texto",
    foot: "Esta página es solo suya: quien tenga su dirección puede leerla. Sin scripts, sin cookies, nada cargado de otro sitio.",
    forWhom: (name) => `Para ${name}`,
    sent: (who, when) => `${who}, ${when}`,
    nextHead: "El próximo mensaje",
    next: (when) => `A más tardar el ${when}`,
    late: (when) => `Prometido para el ${when}. Ya ha pasado: escríbanos.`,
    noNext: "No se ha prometido ninguno.",
    contactHead: "A quién dirigirse",
    receivedHead: "Recibido",
    notReceived: "Nadie lo ha confirmado todavía.",
    received: (who, when) => `${who}, ${when}`,
    changedHead: "Qué ha cambiado desde el mensaje anterior",
    gone: "Ya no se dice: ",
    came: "Nuevo: ",
    wordHead: "Lo que escribimos",
    stepsHint: "Marque lo que ha hecho. Lo vemos al momento, y puede deshacerlo.",
    done: "Hecho",
    doneAt: (when) => `Hecho, ${when}`,
    undo: "Deshacer",
    ackHead: "Confirme la recepción",
    ackHint: "Así una persona sabrá que alguien lo tiene. Abrir esta página no lo dice.",
    name: "Su nombre",
    word: "Unas palabras para nosotros, si quiere",
    ack: "Lo hemos recibido",
    nameMissing: "Escriba su nombre: queremos saber quién lo tiene.",
    tooLong: (max) => `Es demasiado largo: como máximo ${max} caracteres.`,
    earlierHead: "Todo lo que le escribimos",
    newest: "el más reciente",
    kept: "Todo como",
    openedHead: "Cuándo se abrió esta página",
    openedHint: "Nosotros también lo vemos. Si alguna vez no fue usted, escríbanos.",
    opened: { page: "leída aquí", json: "como JSON", pdf: "como PDF", file: "un archivo" },
    earlierOpenings: (count) => `y ${count} antes`,
    scanner: "un programa que comprueba enlaces",
    program: "un programa",
    on: (browser, system) => `${browser} en ${system}`,
    again: "Confirmar otra vez, o añadir unas palabras",
  },
};

/** What opened it, in these words; the record has it in English. */
export function agentWords(words: NoticeWords, agent: string): string {
  if (agent === SCANNER_WORDS) return words.scanner;
  if (agent === PROGRAM_WORDS) return words.program;
  const [browser = "", system] = agent.split(" on ");
  return system === undefined ? browser : words.on(browser, system);
}
