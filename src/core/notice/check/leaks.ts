/**
 * Leaks: nobody reads another customer's name, a word from inside, or who reported it.
 */

import {
  holdsWords,
  type Checked,
  type NoticeFinding,
  type Piece,
  allPieces,
  namePiece,
  ownPieces,
  sharedNames,
  sharedPieces,
} from "./finding.ts";
import { type Named, namingOf } from "./naming.ts";

/** Code: `other-customer`. */
export function* customerChecks({
  content,
  recipients,
  files = [],
  beside,
}: Checked): Iterable<NoticeFinding> {
  const names = new Map<string, string>();
  for (const { id, name } of [...beside.customers, ...recipients]) names.set(id, name);
  const namedIn = namingOf([...names].map(([id, name]) => ({ id, name })));
  const shared = new Map<string, { readonly piece: Piece; readonly named: Named }>();
  for (const piece of [...sharedPieces(content), ...sharedNames(files)])
    for (const named of namedIn(piece.text))
      if (!shared.has(named.id)) shared.set(named.id, { piece, named });
  for (const { piece, named } of shared.values()) {
    const others = recipients.filter((one) => one.id !== named.id && one.name !== named.name);
    if (others.length > 0) yield otherCustomer(piece, named.name, others);
  }
  for (const recipient of recipients) {
    const theirs = files.filter(({ only }) => only?.includes(recipient.id)).map(namePiece);
    for (const piece of [...ownPieces(recipient), ...theirs]) {
      for (const { id, name } of namedIn(piece.text)) {
        if (id === recipient.id || name === recipient.name) continue;
        yield otherCustomer(piece, name, [recipient]);
      }
    }
  }
}

function otherCustomer(
  { at }: Piece,
  name: string,
  [first, ...rest]: readonly { readonly name: string }[],
): NoticeFinding {
  const whom = rest.length === 0 ? first?.name : `${first?.name} and ${rest.length} more`;
  const where = at.startsWith("/files/") ? "in the name of a file" : "in the text";
  const message = `“${name}” stands ${where} for ${whom}: nobody may learn who else is concerned.`;
  return { code: "other-customer", level: "block", message, at, words: name };
}

const OWN_REFERENCE =
  /\b(?:INC-\d+|R-[0-9A-Z]{4}-[0-9A-Z]{2})\b|\/app\/(?:incidents|inbox|due|policy)\b/;
const NUMBERED = /\b[A-Z]{2,10}-\d{2,6}\b/g;
/** Written like a ticket, and not one. */
const NOT_OURS = /^(?:CVE|CWE|GHSA|ISO|SHA|UTF|RFC|TLS|AES|SEV|NIST|ANSI|EN|PCI|SOC|COVID)-/;

/** Codes: `internal-words`, `ticket`. */
export function* internalChecks(checked: Checked): Iterable<NoticeFinding> {
  for (const { at, text } of allPieces(checked)) {
    // Whoever reported it knows it by that reference.
    const known = OWN_REFERENCE.exec(text)?.[0];
    const own = checked.content.to === "reporter" && known?.startsWith("R-") ? undefined : known;
    const inside =
      own ?? checked.beside.internal.find((words) => words.length >= 4 && holdsWords(text, words));
    if (inside !== undefined) {
      const message = `“${inside}” is a word from inside: say it in words that are meant for them.`;
      yield { code: "internal-words", level: "block", message, at, words: inside };
    }
    for (const [found] of text.matchAll(NUMBERED)) {
      if (NOT_OURS.test(found) || OWN_REFERENCE.test(found)) continue;
      const message = `“${found}” looks like a ticket's number: it says nothing to them and something to others.`;
      yield { code: "ticket", level: "warn", message, at, words: found };
    }
  }
}

/** Code: `reporter-named`. */
export function* reporterChecks(checked: Checked): Iterable<NoticeFinding> {
  for (const { name, mail, mayBeNamed } of checked.beside.reporters) {
    if (mayBeNamed) continue;
    for (const { at, text } of allPieces(checked)) {
      const found = [mail, name].find(
        (words) => words !== undefined && words.length >= 3 && holdsWords(text, words),
      );
      if (found === undefined) continue;
      const message = `“${found}” reported this and has not agreed to be named.`;
      yield { code: "reporter-named", level: "block", message, at, words: found };
    }
  }
}
