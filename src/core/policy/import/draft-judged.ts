/**
 * What a draft judges by: severities with their questions, claims, the decision whether
 * to notify, the review.
 */

import type { Condition } from "../condition/condition.ts";
import { claimIn, claimSays, particular } from "./claims.ts";
import type { Drafted } from "./clauses.ts";
import { ask, took, type Under } from "./draft-under.ts";
import { found } from "./finding.ts";
import { idFrom } from "./ids.ts";
import { shown, type Words } from "./words.ts";

export type Claims = ReadonlyMap<string, Words | undefined>;

/** Every claim that something hangs on, with the words that name it. */
export function factsOf(under: Under, drafted: readonly Drafted[]): Claims {
  const claims = new Map<string, Words | undefined>();
  for (const { clause, sources } of drafted)
    for (const claim of claimsIn(clause.when, clause.from))
      if (!claims.has(claim)) claims.set(claim, sources[0]?.words);
  const known = new Set(claims.keys());
  for (const words of under.reading.decision) {
    const read = claimIn(words.text);
    const claim = read && particular(read.claim, known);
    if (claim && !claims.has(claim)) claims.set(claim, words);
  }
  return claims;
}

function claimsIn(when: unknown, from: Drafted["clause"]["from"]): readonly string[] {
  const found = typeof from === "string" ? [] : [from.claim];
  const walk = (condition: Condition): void => {
    if ("fact" in condition) found.push(condition.fact.claim);
    if ("all" in condition) condition.all.forEach(walk);
  };
  if (when !== undefined) walk(when as Condition);
  return found;
}

export function facts(under: Under, claims: Claims) {
  if (claims.size === 0) {
    const says = ask(
      under,
      "/facts/0/says",
      "facts-missing",
      "What has to be known before somebody is told?",
    );
    return [{ claim: "undecided", says, confirmed: { sets: ["confirmedAt", "awareAt"] } }];
  }
  return [...claims].map(([claim, words], i) => ({
    claim,
    says: took(under, `/facts/${i}`, words, claimSays(claim)),
    suspected: { sets: ["suspectAt"] },
    confirmed: { sets: ["confirmedAt", "awareAt"] },
  }));
}

export function severitiesOf(under: Under, claims: Claims) {
  const { severities, priorities } = under.reading;
  if (severities.length === 0) {
    const name = "{{Which severities are there?}}";
    under.asked.push(
      found(
        "severities-missing",
        "block",
        "The text ranks nothing by severity: name the severities, and what makes an incident each of them.",
        undefined,
        "/severities",
      ),
    );
    return {
      severities: [{ id: "any", name, criteria: ["{{What makes an incident this severe?}}"] }],
      questions: [],
      otherwise: "any",
    };
  }
  const questions: { id: string; ask: string; severity: string; claim?: string }[] = [];
  const taken = new Set<string>();
  const drafted = severities.map(({ id, name, criteria, response, words }, i) => {
    under.origins.set(`/severities/${i}`, words);
    for (const criterion of criteria) {
      if (
        criterion.text.length > 280 ||
        /^(?:everything|anything|all) else\b/i.test(criterion.text)
      )
        continue;
      const claim = claimOf(criterion.text, claims);
      under.origins.set(`/questions/${questions.length}`, criterion);
      questions.push({
        id: idFrom(criterion.text, taken, "question"),
        ask: questionOf(criterion.text),
        severity: id,
        ...(claim === undefined ? {} : { claim }),
      });
    }
    const said = response.map(({ text }) => text).join(" ");
    return {
      id,
      name,
      criteria:
        criteria.length > 0
          ? criteria.map((one, n) =>
              took(under, `/severities/${i}/criteria/${n}`, one, shown(one.text, 3_900)),
            )
          : [
              ask(
                under,
                `/severities/${i}/criteria/0`,
                "severity-without-criteria",
                `What makes an incident ${name}?`,
                words,
              ),
            ],
      ...(said === "" ? {} : { response: said.slice(0, 3_900) }),
    };
  });
  const lowest = severities.at(-1);
  under.notes.set(
    "/otherwise",
    "The text does not say which severity counts when nothing applies: the lowest, until you say otherwise.",
  );
  const ranks = priorities.map(({ name, words }, i) => {
    under.origins.set(`/priorities/${i}`, words);
    return { id: idFrom(name, new Set(), "p"), name, says: shown(words.text, 298) };
  });
  return {
    severities: drafted,
    questions: questions.slice(0, 40),
    otherwise: lowest?.id ?? "any",
    ...(ranks.length > 0 ? { priorities: ranks } : {}),
  };
}

const questionOf = (text: string): string => `Is it so: ${text.replace(/[.;:]+$/, "")}?`;

function claimOf(text: string, claims: Claims): string | undefined {
  const read = claimIn(text, { general: false });
  const claim = read && particular(read.claim, new Set(claims.keys()));
  return claim !== undefined && claims.has(claim) ? claim : undefined;
}

export function reviewOf(under: Under, drafted: readonly Drafted[]) {
  const { review, severities } = under.reading;
  const clause = drafted.find(({ clause: { duty } }) => duty === "review");
  const named =
    review.severities.length > 0 ? review.severities : (clause?.sources[0]?.severities ?? []);
  const all = severities.length === 0 ? ["any"] : severities.map(({ id }) => id);
  if (named.length === 0 && severities.length > 0) {
    const message =
      "The text does not say after which severities a review is written: the draft has all of them until you choose.";
    under.asked.push(
      found("review-severities-unsaid", "warn", message, review.words, "/review/severities"),
    );
  }
  if (review.words) under.origins.set("/review", review.words);
  const questions = review.questions
    .slice(0, 40)
    .map((words, i) => took(under, `/review/questions/${i}`, words, shown(words.text, 298)));
  return {
    severities: named.length > 0 ? [...named] : all,
    questions:
      questions.length > 0
        ? questions
        : [
            ask(
              under,
              "/review/questions/0",
              "review-questions-missing",
              "What does every review answer?",
              review.words,
            ),
          ],
    ...(review.words && review.words.text.length <= 2_000 ? { says: review.words.text } : {}),
  };
}

export function decisionOf(under: Under, claims: Claims) {
  const taken = new Set<string>();
  const decision = under.reading.decision.slice(0, 20).map((words, i) => {
    const read = claimIn(words.text);
    const claim = read && particular(read.claim, new Set(claims.keys()));
    under.origins.set(`/decision/${i}`, words);
    return {
      id: idFrom(words.text, taken, "question"),
      ask: questionOf(shown(words.text, 280)),
      ...(claim !== undefined && claims.has(claim) ? { claim } : {}),
    };
  });
  return decision.length > 0 ? { decision } : {};
}
