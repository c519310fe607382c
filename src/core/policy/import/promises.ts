/**
 * Promises in prose: every time limit with the duty, the recipient, the severities and
 * the trigger that the words around it give it.
 *
 * The nearest words count: those before the number in its own part of the sentence,
 * then those after it, then the name of the entry, the line above the list, the head of
 * the column, the headings. What none of them says is not known, and is asked about.
 */

import type { Clause, Duty } from "../clause.ts";
import type { ClaimState } from "../condition/condition.ts";
import type { RecipientKind } from "../situation.ts";
import { anchorIn, EARLIEST } from "./anchors.ts";
import { type ClaimAt, claimIn } from "./claims.ts";
import { type Duration, durationsIn } from "./durations.ts";
import { dutiesIn, dutyOfHead, recipientOf } from "./duties.ts";
import type { Said } from "./said.ts";
import { severitiesIn, type SeverityRead } from "./severities.ts";
import { slice, type Words } from "./words.ts";

export type Promised = {
  readonly duty: Duty;
  readonly to: RecipientKind;
  /** Ids; undefined: whatever the severity. */
  readonly severities: readonly string[] | undefined;
  readonly claim: { readonly claim: string; readonly states: readonly ClaimState[] } | undefined;
  readonly from: string | { readonly claim: string; readonly is: ClaimState };
  readonly within: Clause["within"];
  /** The sentence or cell. */
  readonly words: Words;
  /** The number within it. */
  readonly number: Words;
  readonly said: Said;
  /** What the text leaves open about it. */
  readonly open: readonly ("anchor" | "duty" | "usual" | "span" | "every")[];
};

export function promisesIn(
  said: readonly Said[],
  severities: readonly SeverityRead[],
): readonly Promised[] {
  const timed = said.flatMap((one) => promisesOf(one, severities));
  const found = [...withNeighbours(anchored(timed, said)), ...untimed(said, timed)];
  return withRest(found, severities).filter((one, i, all) => !isMention(one, all.slice(0, i)));
}

/** `Times count from receipt`: said once for the table or list beside it. */
function anchored(promises: readonly Promised[], said: readonly Said[]): readonly Promised[] {
  const told = said.flatMap(({ words, block }) => {
    const lead =
      /\b(?:times?|targets?|hours|deadlines?|clocks?|periods?)\b[^.]{0,30}\b(?:counts?|runs?|starts?|begins?|(?:is|are) (?:counted|measured|calculated))\b[^.]{0,10}?(?=\b(?:from|on|at|upon)\b)/i.exec(
        words.text,
      );
    const from = lead && anchorIn(words.text.slice(lead.index + lead[0].length));
    return typeof from === "string" ? [{ from, block }] : [];
  });
  return promises.map((one) => {
    const near = told.find(({ block }) => Math.abs(block - one.said.block) <= NEAR);
    if (!near || !one.open.includes("anchor") || one.claim) return one;
    return { ...one, from: near.from, open: one.open.filter((open) => open !== "anchor") };
  });
}

const NEAR = 6;

/** `The first suspicion`, of nothing that is named: of what the sentence before is about. */
const withNeighbours = (promises: readonly Promised[]): readonly Promised[] =>
  promises.map((one, i) => {
    const before = promises[i - 1];
    const isBare = typeof one.from !== "string" && one.from.claim === "security-incident";
    if (!isBare || !before?.claim || before.said.block !== one.said.block) return one;
    const { claim } = before.claim;
    const { from } = one;
    const is = typeof from === "string" ? "confirmed" : from.is;
    // What is told on a suspicion is no less told once it is certain.
    const states = is === "suspected" ? (["suspected", "confirmed"] as const) : ([is] as const);
    return { ...one, claim: { claim, states }, from: { claim, is } };
  });

const UNTIMED: readonly (readonly [Duty, RegExp])[] = [
  [
    "publish",
    /\bpublic (?:post-?incident review|post-?mortem|advisory|review)\b[^.]{0,60}\b(?:follows|is published|will be)\b|\bwe (?:will )?publish (?:an? |our )?(?:public|security|post|advisor)/i,
  ],
  [
    "summarise",
    /\bsummar(?:y|ies)\b[^.]{0,30}\b(?:shared|sent|provided|available)\b[^.]{0,30}\bcustomers?\b/i,
  ],
  [
    "notify",
    /\bwe (?:always |will |also )?(?:notify|inform) (?:the |each |all |any |every )?(?:affected |impacted |that )?(?:customers?|clients?|you|users?)\b/i,
  ],
  [
    "acknowledge",
    /\bwe (?:will |always )?acknowledge (?:every |each |all |your |the )?(?:report|receipt|submission)/i,
  ],
];

/** What is promised without a word of when: once for each duty, where nothing else says when. */
function untimed(said: readonly Said[], timed: readonly Promised[]): readonly Promised[] {
  return UNTIMED.flatMap(([duty, pattern]): readonly Promised[] => {
    const to = recipientOf(duty, "");
    if (timed.some((one) => one.duty === duty && one.to === to)) return [];
    const one = said.find(({ words, kind }) => kind === "sentence" && pattern.test(words.text));
    if (one === undefined) return [];
    const claim = duty === "notify" ? claimIn(one.words.text, { general: false }) : undefined;
    const promised = {
      duty,
      to,
      severities: undefined,
      claim,
      from: fromOf(duty, undefined, claim),
    };
    const place = { words: one.words, number: one.words, said: one };
    return [{ ...promised, ...place, within: "undecided", open: [] }];
  });
}

function promisesOf(said: Said, severities: readonly SeverityRead[]): readonly Promised[] {
  const text = said.words.text.replace(/\{\{[^{}]*\}\}/g, (blank) => " ".repeat(blank.length));
  if (IS_NOT_OURS.test(text)) return [];
  const durations = durationsIn(text);
  const limits = durations.length > 0 ? durations : undecidedIn(said.words.text);
  return limits.flatMap((duration, i) => {
    const before = text.slice(limits[i - 1]?.to ?? 0, duration.from);
    const after = text.slice(duration.to, limits[i + 1]?.from ?? text.length);
    const one = promiseOf(said, duration, { before, after }, severities);
    return one === undefined ? [] : [one];
  });
}

/** What others must do, what happened once, and how long something is kept. */
const IS_NOT_OURS =
  /\b(?:retain|retention|kept for|keep (?:logs|records|data)|deleted after|expires?|valid for|founded|years of experience|uptime|cooling-off|invoice|payment terms|before (?:public|publishing|you publish)|you (?:must|should|agree)|researchers? (?:must|should))\b/i;

const OPEN_TIME =
  /\bwithin (?:hours|days|the (?:target|agreed|applicable|relevant|appropriate|legal|set|required|statutory|stated|published)[^.;,]{0,50}?(?:windows?|times?|timeframes?|periods?|deadlines?)|a (?:set|reasonable|defined|agreed|timely|short)[^.;,]{0,30}?(?:window|time|timeframe|period))\b|\bin a timely (?:manner|fashion)\b|\b(?:within|by|in) (?:\{\{[^}]*\}\}|\[[^\]]{1,60}\]|<[^>]{1,60}>|_{3,}|TBD)(?: (?:hours|days|business days))?/gi;

/** A time that is promised and not said. */
const undecidedIn = (text: string): readonly Duration[] =>
  [...text.matchAll(OPEN_TIME)].map(({ 0: written, index }) => ({
    within: "undecided",
    written,
    from: index,
    to: index + written.length,
    again: false,
  }));

type Beside = { readonly before: string; readonly after: string };

function promiseOf(
  said: Said,
  duration: Duration,
  { before, after }: Beside,
  severities: readonly SeverityRead[],
): Promised | undefined {
  const { text } = said.words;
  const own = ownDuty(said, { before, after }, text.slice(0, duration.from));
  if (own === undefined) return undefined;
  const { duty, isNear } = own;
  if (
    duration.within === "best-effort" &&
    !["mitigate", "fix", "triage", "acknowledge"].includes(duty)
  )
    return undefined;
  if (isWeakWord(duration, said, isNear)) return undefined;
  if (duration.again && duty !== "update" && duty !== "report") return undefined;
  const anchor =
    anchorIn(after) ?? anchorIn(`of ${/\bof (?:the )?report\b/i.test(before) ? "report" : ""}`);
  const trigger = triggerOf(said, duty, { before, after });
  const claim = needsClaim(duty, anchor)
    ? trigger
    : trigger && !IMPLIED.has(trigger.claim) && isConditional(text)
      ? trigger
      : undefined;
  const near = severitiesIn(`${before} ${after}`, severities);
  const named = near.length > 0 ? near : severitiesIn(text.slice(0, duration.from), severities);
  const isWhole = /\b(?:regardless of|whatever|any|all|every) (?:the )?severit/i.test(text);
  const scope = isWhole ? undefined : named.length > 0 ? named : said.scope;
  if (duration.within === "aggregated" && (duty === "notify" || duty === "report"))
    return {
      duty: "report",
      to: "public",
      severities: scope?.length === severities.length ? undefined : scope,
      claim: undefined,
      from: "resolvedAt",
      within: "aggregated",
      words: said.words,
      number: slice(said.words, duration.from, duration.to),
      said,
      open: [],
    };
  const open: Promised["open"][number][] = [];
  if (
    anchor === undefined &&
    claim?.isSaid !== true &&
    duration.within !== "aggregated" &&
    duration.within !== "best-effort"
  )
    open.push("anchor");
  if (!isNear) open.push("duty");
  if (
    /\b(?:typically|usually|normally|generally|aim|strive|target(?:ing)?|goal|where possible|endeavou?r)\b[^.;]{0,30}$/i.test(
      before,
    )
  )
    open.push("usual");
  if (duration.span) open.push("span");
  if (duration.again) open.push("every");
  return {
    duty,
    to: recipientOf(duty, [text, ...said.around].join(" ")),
    severities: scope?.length === severities.length ? undefined : scope,
    claim: claim && { claim: claim.claim, states: claim.states },
    from: fromOf(duty, anchor, claim),
    within: duration.within,
    words: said.words,
    number: slice(said.words, duration.from, duration.to),
    said,
    open,
  };
}

/** A word like "immediately" is a promise where something is owed to somebody, or work begins. */
function isWeakWord({ within }: Duration, said: Said, isNear: boolean): boolean {
  if (typeof within !== "string" || said.kind === "cell") return false;
  if (within === "immediately")
    return (
      !isNear ||
      !/\b(?:we|our|response|is|are|will|customers?|must|shall|be|team|incident|begins?)\b/i.test(
        said.words.text,
      )
    );
  return !isNear && within !== "aggregated";
}

function ownDuty(
  said: Said,
  { before, after }: Beside,
  sentence: string,
): { duty: Duty; isNear: boolean } | undefined {
  const [near, far] = [dutiesIn(lastPart(before)), dutiesIn(firstPart(after))];
  const wide = dutiesIn(before);
  const verb =
    near.at(-1) ?? wide.at(-1) ?? (said.kind === "cell" ? undefined : verbAfter(far, after));
  if (verb && !(said.kind === "cell" && near.length === 0))
    return { duty: verb.duty, isNear: true };
  const earlier = said.kind === "cell" ? undefined : dutiesIn(sentence).at(-1);
  if (earlier) return { duty: earlier.duty, isNear: true };
  for (const [i, text] of said.around.entries()) {
    const duty = (text.length < 70 ? dutyOfHead(text) : undefined) ?? dutiesIn(text).at(-1)?.duty;
    if (duty !== undefined) return { duty, isNear: said.isEntry || i === 0 };
  }
  return undefined;
}

/** After the number a verb is what is owed; `of resolution` and `of confirming` are from when. */
const verbAfter = (duties: ReturnType<typeof dutiesIn>, after: string) =>
  duties.find(
    ({ at }) => !/\b(?:of|from|after|following|upon)\s+(?:\w+\s+){0,3}$/i.test(after.slice(0, at)),
  );

const lastPart = (text: string): string =>
  text.split(/;|\bthen\b|\band (?=we\b|a\b|the\b|is\b|are\b|will\b)/i).at(-1) ?? text;
const firstPart = (text: string): string => text.split(/;/, 1)[0] ?? text;

/** What must be so: by the words after the number, then those before, then the entry's name. */
function triggerOf(said: Said, duty: Duty, { before, after }: Beside): ClaimAt | undefined {
  const isTelling = ["notify", "update", "file", "publish", "summarise", "escalate"].includes(duty);
  if (!isTelling && !isConditional(`${before} ${after}`)) return undefined;
  const near = claimIn(afterNumber(after), {
    general: /\b(?:confirm|aware|if|when|where|suspect)/i.test(after),
  });
  if (near) return { ...near, isSaid: true };
  const here = claimIn(before, {
    general: /\b(?:confirm|if|when|where|suspect|involv)/i.test(before),
  });
  if (here) return { ...here, isSaid: true };
  for (const text of said.around.slice(0, said.kind === "cell" ? 2 : 3)) {
    const around = claimIn(text, { general: false });
    if (around) return { ...around, isSaid: true };
  }
  const earlier = said.kind === "cell" ? undefined : claimIn(said.words.text, { general: false });
  if (earlier && isTelling) return { ...earlier, isSaid: true };
  const heading = said.around
    .map((text) => claimIn(text))
    .find((one) => one && one.claim !== "vulnerability");
  return heading && { ...heading, isSaid: false };
}

const afterNumber = (text: string): string =>
  text.split(/;|, or(?= within)|\bconsistent with\b|\bin line with\b|\bas required\b/i, 1)[0] ??
  text;
const isConditional = (text: string): boolean =>
  /\b(?:if|when|where|whenever|in case|involv|unless|once)\b/i.test(text);

/** Claims that every incident is: no condition of their own within the team's work. */
const IMPLIED = new Set(["security-incident", "vulnerability", "data-breached"]);

const needsClaim = (duty: Duty, anchor: ReturnType<typeof anchorIn>): boolean =>
  typeof anchor === "object" || duty === "notify" || duty === "file";

function fromOf(
  duty: Duty,
  anchor: ReturnType<typeof anchorIn>,
  claim: ClaimAt | undefined,
): Promised["from"] {
  if (typeof anchor === "string") return anchor;
  if (anchor !== undefined)
    return {
      claim: claim?.claim ?? "security-incident",
      is:
        claim?.states.includes("suspected") === true &&
        anchor.is === "confirmed" &&
        claim.states[0] === "suspected" &&
        claim.isSaid &&
        !claim.states.includes("confirmed")
          ? "suspected"
          : anchor.is,
    };
  if (claim && (duty === "notify" || duty === "escalate"))
    return { claim: claim.claim, is: claim.states[0] ?? "confirmed" };
  return EARLIEST[duty];
}

/** `Other: aggregated` is about the severities that its list has not named. */
function withRest(
  promises: readonly Promised[],
  severities: readonly SeverityRead[],
): readonly Promised[] {
  return promises.map((one) => {
    if (
      !/^(?:all |any |every)?\s*(?:others?|else|everything else|remaining|the rest|anything else)\b/i.test(
        one.words.text,
      )
    )
      return one;
    const named = new Set(
      promises.flatMap((other) =>
        other.said.group === one.said.group ? (other.severities ?? []) : [],
      ),
    );
    const rest = severities.filter(({ id }) => !named.has(id)).map(({ id }) => id);
    return rest.length === 0 || rest.length === severities.length
      ? one
      : {
          ...one,
          severities: rest,
          claim: undefined,
          from: typeof one.from === "string" ? one.from : EARLIEST[one.duty],
        };
  });
}

/** `Seventy-two hours is a target`: the number again, and nothing new about it. */
function isMention(one: Promised, before: readonly Promised[]): boolean {
  if (!one.open.includes("duty") || one.said.isEntry) return false;
  return (
    before.some(({ within }) => JSON.stringify(within) === JSON.stringify(one.within)) ||
    !/\b(?:we|within|target|sla|:)/i.test(one.words.text)
  );
}
