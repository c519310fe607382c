/**
 * Absent: what a policy may declare that it does not have, and what may be left out.
 *
 * Where a position has to be taken, having none is said in a sentence; where nothing is
 * lost by silence, the key goes. Everything else has to be written by a person.
 */

import { type Fix, fixOf, quoted, removed, replaced, type Source } from "./lint/fix.ts";
import { type Path, toPointer } from "./places.ts";

/** By key: the sentence that says so, which a person may well put better. */
const ABSENT: Readonly<Record<string, string>> = {
  "reporting/pgp": "We do not offer encrypted mail.",
  "reporting/bounty": "We do not run a bounty.",
  "reporting/safeHarbour": "We make no promise about research.",
  "reporting/statusPage": "We do not run a status page.",
  "cadence/transparencyReport": "We publish no periodic report.",
};

/** Keys without which a policy is complete. */
const OPTIONAL =
  /^(?:changes|owner\/(?:role|email)|reporting\/subject|severities\/\d+\/response|review\/says|roles\/\d+\/(?:contact|mail)|channels\/\d+\/says|clauses\/\d+\/(?:says|cites))$/;

/** What can be done about a text that nobody wrote: declare it absent, or leave it out. */
export function absences(source: Source, path: Path): readonly (Fix | undefined)[] {
  const key = path.slice(0, 2).join("/");
  const sentence = ABSENT[key];
  if (sentence !== undefined) {
    const at = toPointer(path.slice(0, 2));
    return [fixOf("Declare it absent", replaced(source, at, `{ absent: ${quoted(sentence)} }`))];
  }
  if (!OPTIONAL.test(path.join("/"))) return [];
  return [fixOf("Leave it out", removed(source, toPointer(path)))];
}
