/**
 * Headings: what the elements of a letter are called, in the language of who reads it.
 *
 * A policy names its elements in one language. Where the name is one of those that our
 * example policies and our laws use, word for word, the same is said in the reader's
 * language; a name that somebody chose stands as they wrote it.
 */

import type { Language } from "./draft.ts";

type Said = Readonly<Record<Exclude<Language, "en">, string>>;

/** By the English name, in small letters. */
const HEADINGS: Readonly<Record<string, Said>> = {
  "what happened": { de: "Was geschehen ist", fr: "Ce qui s'est passé", es: "Qué ha ocurrido" },
  "what data": {
    de: "Welche Daten",
    fr: "Quelles données",
    es: "Qué datos",
  },
  "what data, and whose": {
    de: "Welche Daten, und von wem",
    fr: "Quelles données, et de qui",
    es: "Qué datos, y de quién",
  },
  "what we did": {
    de: "Was wir getan haben",
    fr: "Ce que nous avons fait",
    es: "Lo que hemos hecho",
  },
  "what we have done": {
    de: "Was wir getan haben",
    fr: "Ce que nous avons fait",
    es: "Lo que hemos hecho",
  },
  "what you should do": {
    de: "Was Sie tun sollten",
    fr: "Ce que vous devriez faire",
    es: "Lo que debería hacer",
  },
  "what we ask you to do": {
    de: "Worum wir Sie bitten",
    fr: "Ce que nous vous demandons",
    es: "Lo que le pedimos",
  },
  "whom to contact": {
    de: "An wen Sie sich wenden",
    fr: "À qui s'adresser",
    es: "A quién dirigirse",
  },
  "whom to ask": {
    de: "Wen Sie fragen können",
    fr: "À qui poser vos questions",
    es: "A quién preguntar",
  },
  "next word": { de: "Nächste Nachricht", fr: "Prochain message", es: "Próximo mensaje" },
  "next update": { de: "Nächste Nachricht", fr: "Prochain message", es: "Próximo mensaje" },
  "for your own filing": {
    de: "Für Ihre eigene Meldung",
    fr: "Pour votre propre déclaration",
    es: "Para su propia notificación",
  },
  reference: { de: "Zeichen", fr: "Référence", es: "Referencia" },
  "tracking id": { de: "Zeichen", fr: "Référence", es: "Referencia" },
  "first view of severity": {
    de: "Erste Einschätzung der Schwere",
    fr: "Première estimation de la gravité",
    es: "Primera estimación de la gravedad",
  },
  "first severity": {
    de: "Erste Einschätzung der Schwere",
    fr: "Première estimation de la gravité",
    es: "Primera estimación de la gravedad",
  },
  "affected and fixed releases": {
    de: "Betroffene und berichtigte Versionen",
    fr: "Versions touchées et corrigées",
    es: "Versiones afectadas y corregidas",
  },
  bounty: { de: "Belohnung", fr: "Prime", es: "Recompensa" },
};

/** `name` in `language`, where we have it there; else as it stands. */
export function headingIn(language: Language, name: string): string {
  const key = name.toLowerCase();
  if (language === "en" || !Object.hasOwn(HEADINGS, key)) return name;
  return HEADINGS[key]?.[language] ?? name;
}
