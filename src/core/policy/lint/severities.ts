/**
 * Severities that cannot be told apart, or not be found: criteria that no question asks
 * about, and answers that lead to two severities.
 *
 * Criteria and questions are prose, and words are all there is to compare. So a criterion
 * is only doubted where its severity has fewer questions than criteria, and no question at
 * all shares a word of substance with it.
 */

import type { Found } from "./finding.ts";
import { fixOf, removed } from "./fix.ts";
import type { PolicyDocument } from "../parse/parse.ts";
import { placeOf, toPointer } from "../places.ts";
import type { Policy } from "../policy.ts";

/** `severity-without-question`, `criterion-undecided` and `severities-overlap`. */
export function* severityChecks(document: PolicyDocument): Generator<Found> {
  yield* unasked(document.policy);
  yield* undecided(document.policy);
  yield* overlaps(document);
}

function* unasked({ severities, questions, otherwise }: Policy): Generator<Found> {
  const reached = new Set([otherwise, ...questions.map(({ severity }) => severity)]);
  for (const [i, { id }] of severities.entries()) {
    if (reached.has(id)) continue;
    const message = `No question leads to the severity "${id}": add one, or nobody will find it.`;
    const at = toPointer(["severities", i, "id"]);
    yield { code: "severity-without-question", level: "warn", at, message };
  }
}

function* undecided({ severities, questions, facts, otherwise }: Policy): Generator<Found> {
  const claims = new Map(facts.map(({ claim, says }) => [claim, says]));
  const asked = new Set(
    questions.flatMap(({ ask, claim = "" }) => [...stemsOf(`${ask} ${claims.get(claim) ?? ""}`)]),
  );
  for (const [i, { id, criteria }] of severities.entries()) {
    const own = questions.filter(({ severity }) => severity === id);
    if (id === otherwise || own.length === 0 || own.length >= criteria.length) continue;
    for (const [k, criterion] of criteria.entries()) {
      if ([...stemsOf(criterion)].some((stem) => asked.has(stem))) continue;
      const message =
        `Nobody can answer this: no question asks about it. Add one that leads to "${id}", or ` +
        "leave the criterion out.";
      const at = toPointer(["severities", i, "criteria", k]);
      yield { code: "criterion-undecided", level: "warn", at, message };
    }
  }
}

/** Words of substance, cut to what their forms share. */
const stemsOf = (text: string): ReadonlySet<string> =>
  new Set(
    (text.toLowerCase().match(/\p{L}{4,}/gu) ?? [])
      .filter((word) => !COMMON.includes(word))
      .map((word) => word.slice(0, 5)),
  );

const COMMON: readonly string[] = [
  "about",
  "have",
  "into",
  "more",
  "other",
  "should",
  "somebody",
  "something",
  "than",
  "that",
  "their",
  "them",
  "there",
  "they",
  "this",
  "what",
  "when",
  "which",
  "with",
  "without",
];

type Said = { readonly severity: string; readonly at: string; readonly entry?: string };

/** The same criterion, the same question or the same claim, of two severities. */
function* overlaps(document: PolicyDocument): Generator<Found> {
  const seen = new Map<string, Said>();
  for (const { key, what, ...said } of saidOf(document.policy)) {
    const before = seen.get(key);
    if (before === undefined) seen.set(key, said);
    if (before === undefined || before.severity === said.severity) continue;
    const { line } = placeOf(document.places, before.at);
    const message =
      `${what} makes it "${said.severity}", and on line ${line} it makes it "${before.severity}": ` +
      "let it lead to one of the two.";
    const fixes = [said.entry, before.entry].flatMap((entry, i) =>
      entry === undefined
        ? []
        : [fixOf(`Let it make it "${[before, said][i]?.severity}"`, removed(document, entry))],
    );
    yield { code: "severities-overlap", level: "warn", at: said.at, message, fixes };
  }
}

function* saidOf(policy: Policy): Generator<Said & { key: string; what: string }> {
  for (const [i, { id, criteria }] of policy.severities.entries()) {
    for (const [k, criterion] of criteria.entries()) {
      const at = toPointer(["severities", i, "criteria", k]);
      const entry = criteria.length > 1 ? { entry: at } : {};
      yield { key: `c ${plain(criterion)}`, what: "This", severity: id, at, ...entry };
    }
  }
  for (const [i, { ask, severity, claim }] of policy.questions.entries()) {
    const at = toPointer(["questions", i, "ask"]);
    const entry = toPointer(["questions", i]);
    yield { key: `q ${plain(ask)}`, what: "A yes to this", severity, at, entry };
    if (claim === undefined) continue;
    const where = toPointer(["questions", i, "claim"]);
    yield { key: `f ${claim}`, what: `A yes about "${claim}"`, severity, at: where, entry };
  }
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
