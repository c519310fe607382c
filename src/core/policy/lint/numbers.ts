/**
 * Numbers that stand twice: in a clause, and in prose with words of its own.
 *
 * What the page says and what the clock counts come from one place, or sooner or later
 * they differ. Where they differ already, readers have two promises; the targets for a
 * patch are the ones that disclosure policies and tables of targets most often carry.
 */

import { targetWords } from "../../time/target.ts";
import type { Clause } from "../clause.ts";
import { domainsOf } from "../domains.ts";
import { type Fix, fixOf, replaced, rewritten, withinYaml } from "./fix.ts";
import type { Found } from "./finding.ts";
import { allOf, casesOf } from "../overlap.ts";
import type { PolicyDocument } from "../parse/parse.ts";
import { placeOf, toPointer } from "../places.ts";
import type { Policy } from "../policy.ts";
import { type ProsePromise, prosePromises } from "../prose/promises.ts";

/** `prose-number`, `prose-differs`, `patch-target-differs` and `prose-without-clause`. */
export function* numberChecks(document: PolicyDocument): Generator<Found> {
  for (const [i, section] of document.policy.sections.entries()) {
    if (!("text" in section)) continue;
    const at = toPointer(["sections", i, "text"]);
    for (const promise of prosePromises(section.text, document.policy)) {
      const before = section.text.slice(0, promise.offset);
      const nth = before.split(promise.words).length - 1;
      yield { ...judged({ promise, at, nth }, document), at, words: promise.words, nth };
    }
  }
}

type Said = { readonly promise: ProsePromise; readonly at: string; readonly nth: number };

function judged(
  said: Said,
  document: PolicyDocument,
): Pick<Found, "code" | "level" | "message" | "fixes"> {
  const { duty, target, words } = said.promise;
  const about = clausesAbout(said.promise, document.policy);
  const first = about[0];
  if (first === undefined) {
    const message = `No clause has the duty "${duty}" for what this promises: add one, or leave it out.`;
    return { code: "prose-without-clause", level: "warn", message };
  }
  const same = about.filter(({ within }) => isTarget(within, target));
  const [one] = same;
  if (one !== undefined) {
    const message = `This number stands in "${one.id}" too: write [[${one.id}]], so that there is one.`;
    return {
      code: "prose-number",
      level: "warn",
      message,
      fixes: [referring(said, one, document)],
    };
  }
  const { line } = placeOf(document.places, `${pointerOf(first, document)}/within`);
  const message =
    `This says ${words.replace(/\s+/g, " ")}, and "${first.id}" (line ${line}) says ` +
    `${withinOf(first)}: what the page promises is what has to run. Write [[${first.id}]], or change the clause.`;
  const fixes = about.length === 1 ? bothWays(said, first, document) : [];
  return {
    code: duty === "fix" ? "patch-target-differs" : "prose-differs",
    level: "block",
    message,
    fixes,
  };
}

/** The clauses with this duty that can apply at this severity. */
function clausesAbout({ duty, severity }: ProsePromise, policy: Policy): readonly Clause[] {
  return policy.clauses.filter((clause) => {
    if (clause.duty !== duty) return false;
    if (severity === undefined) return true;
    const domains = domainsOf(policy, clause.to);
    const both = allOf([casesOf(clause.when, domains), casesOf({ severity: [severity] }, domains)]);
    return both?.length !== 0;
  });
}

function isTarget(within: Clause["within"], target: ProsePromise["target"]): boolean {
  if (typeof within === "string") return false;
  if (within.unit === target.unit) return within.count === target.count;
  const hours = { hours: 1, days: 24 } as const;
  const [a, b] = [within, target].map(({ unit, count }) =>
    unit === "hours" || unit === "days" ? hours[unit] * count : undefined,
  );
  return a !== undefined && a === b;
}

const withinOf = ({ within }: Clause): string =>
  typeof within === "string" ? within.replace("-", " ") : `within ${targetWords(within)}`;

const pointerOf = (clause: Clause, { policy }: PolicyDocument): string =>
  toPointer(["clauses", policy.clauses.indexOf(clause)]);

/** The number exchanged for a reference, which prints "within" itself. */
const referring = ({ promise, at, nth }: Said, { id }: Clause, document: PolicyDocument) =>
  fixOf(`Write [[${id}]]`, rewritten(document, at, promise.words, `[[${id}]]`, nth));

/** Either the page says what the clause says, or the clause what the page says. */
function bothWays(
  said: Said,
  clause: Clause,
  document: PolicyDocument,
): readonly (Fix | undefined)[] {
  const { target, words } = said.promise;
  const page = referring(said, clause, document);
  const reference = rewritten(document, said.at, words, `[[${clause.id}]]`, said.nth);
  const within = replaced(document, `${pointerOf(clause, document)}/within`, withinYaml(target));
  return [
    page && { ...page, says: `Use the clause: ${withinOf(clause)}` },
    fixOf(`Use the page: within ${targetWords(target)}`, within, reference),
  ];
}
