/**
 * References in prose: `[[clause-id]]` and its kin.
 *
 * The page must not print brackets, and the words that stand in for a reference
 * must fit where they stand.
 */

import { fixOf, rewritten } from "./fix.ts";
import type { Found } from "./finding.ts";
import { textsIn } from "./text.ts";
import { nearest } from "../nearest.ts";
import type { PolicyDocument } from "../parse/parse.ts";
import { toPointer } from "../places.ts";
import type { Policy } from "../policy.ts";
import { type ProseReference, proseReferences, referenceWords } from "../prose/prose.ts";

/** `reference-unknown`, `reference-doubled` and `reference-unread`. */
export function* proseChecks(document: PolicyDocument): Generator<Found> {
  const { policy } = document;
  for (const { text, path } of textsIn(policy, [])) {
    const at = toPointer(path);
    const isProse = path[0] === "sections" && path[2] === "text";
    const seen = new Map<string, number>();
    for (const { written, names, offset } of proseReferences(text)) {
      const nth = seen.get(written) ?? 0;
      seen.set(written, nth + 1);
      const fault = isProse ? faultOf({ written, names, offset }, text, policy) : UNREAD;
      if (fault === undefined) continue;
      const { old = written, put, ...found } = fault;
      // What is replaced may be longer than the reference: told by how often it stood before.
      const before = text.slice(0, offset + written.length - old.length).split(old).length - 1;
      const edit = put === undefined ? undefined : rewritten(document, at, old, put, before);
      yield { ...found, at, words: written, nth, fixes: [fixOf(`Write ${put ?? ""}`, edit)] };
    }
  }
}

/** With what is to be replaced, if that is more than the reference, and what by. */
type Fault = Pick<Found, "code" | "level" | "message"> & {
  readonly old?: string;
  readonly put?: string;
};

const UNREAD: Fault = {
  code: "reference-unread",
  level: "warn",
  message: "This is printed with its brackets: only the text of a section has references.",
};

function faultOf(
  { written, names, offset }: ProseReference,
  text: string,
  policy: Policy,
): Fault | undefined {
  const words = referenceWords(names, policy);
  if (words === undefined) {
    const near = nearest(names, referable(policy));
    const right =
      near === undefined ? "name a clause, a severity or a calendar." : `did you mean "${near}"?`;
    const message = `[[${names}]] leads nowhere: ${right}`;
    const put = near === undefined ? {} : { put: `[[${near}]]` };
    return { code: "reference-unknown", level: "block", message, ...put };
  }
  const word = words.split(" ", 1)[0] ?? "";
  const doubled = new RegExp(`\\b${word}\\s+$`, "i").exec(text.slice(0, offset).slice(-40))?.[0];
  if (doubled === undefined) return undefined;
  const message = `This reads "${word} ${words}": leave out the word before the reference.`;
  return {
    code: "reference-doubled",
    level: "warn",
    message,
    old: doubled + written,
    put: written,
  };
}

const referable = (policy: Policy): readonly string[] => [
  ...policy.clauses.flatMap(({ id }) => [id, `${id}.sentence`]),
  ...policy.severities.map(({ id }) => `severity.${id}`),
  ...policy.calendars.map(({ id }) => `calendar.${id}`),
];
