/**
 * References in prose: `[[clause-id]]` and its kin.
 *
 * The page must not print brackets, and the words that stand in for a reference
 * must fit where they stand.
 */

import type { Found } from "./lint-finding.ts";
import { textsIn } from "./lint-text.ts";
import { nearest } from "./nearest.ts";
import type { PolicyDocument } from "./parse.ts";
import { toPointer } from "./places.ts";
import type { Policy } from "./policy.ts";
import { proseReferences, referenceWords } from "./prose.ts";

/** `reference-unknown`, `reference-doubled` and `reference-unread`. */
export function* proseChecks({ policy }: PolicyDocument): Generator<Found> {
  for (const { text, path } of textsIn(policy, [])) {
    const at = toPointer(path);
    const isProse = path[0] === "sections" && path[2] === "text";
    const seen = new Map<string, number>();
    for (const { written, names, offset } of proseReferences(text)) {
      const nth = seen.get(written) ?? 0;
      seen.set(written, nth + 1);
      const fault = isProse ? faultOf(names, text.slice(0, offset), policy) : UNREAD;
      if (fault !== undefined) yield { ...fault, at, words: written, nth };
    }
  }
}

type Fault = Pick<Found, "code" | "level" | "message">;

const UNREAD: Fault = {
  code: "reference-unread",
  level: "warn",
  message: "This is printed with its brackets: only the text of a section has references.",
};

function faultOf(names: string, before: string, policy: Policy): Fault | undefined {
  const words = referenceWords(names, policy);
  if (words === undefined) {
    const near = nearest(names, referable(policy));
    const right =
      near === undefined ? "name a clause, a severity or a calendar." : `did you mean "${near}"?`;
    const message = `[[${names}]] leads nowhere: ${right}`;
    return { code: "reference-unknown", level: "block", message };
  }
  const word = words.split(" ", 1)[0] ?? "";
  if (!new RegExp(`\\b${word}\\s+$`, "i").test(before.slice(-40))) return undefined;
  const message = `This reads "${word} ${words}": leave out the word before the reference.`;
  return { code: "reference-doubled", level: "warn", message };
}

const referable = (policy: Policy): readonly string[] => [
  ...policy.clauses.flatMap(({ id }) => [id, `${id}.sentence`]),
  ...policy.severities.map(({ id }) => `severity.${id}`),
  ...policy.calendars.map(({ id }) => `calendar.${id}`),
];
