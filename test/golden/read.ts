/**
 * Reads the golden tables: Markdown that a lawyer can follow, and a test can run.
 *
 * A case is a heading and two tables. `given` says what came to pass and when;
 * `owed` says everything that is then owed, under which clause, to whom, and by
 * when, with the arithmetic by hand. The second table is complete: what it does
 * not list must not be owed. Other text is for people and is not read.
 */

import type { ClaimState } from "../../src/core/policy/condition/condition.ts";
import type { Policy } from "../../src/core/policy/policy.ts";
import { claimMoment } from "../../src/core/policy/clause.ts";
import { momentsSet } from "../../src/core/policy/policy.ts";
import {
  RECIPIENT_KINDS,
  type Recipient,
  type RecipientKind,
  type Situation,
} from "../../src/core/policy/situation.ts";
import { type Instant, parseInstant } from "../../src/core/time/instant.ts";

export type Owed = {
  readonly clause: string;
  readonly to: string;
  /** Undefined where it is promised without a number. */
  readonly due: Instant | undefined;
  readonly byHand: string;
};

export type Case = {
  readonly title: string;
  readonly situation: Situation;
  readonly owed: readonly Owed[];
};

/** The cases of one file, told in the vocabulary of `policy`. */
export function readCases(markdown: string, policy: Policy): readonly Case[] {
  return markdown
    .split(/^## /m)
    .slice(1)
    .map((text) => {
      const title = text.slice(0, text.indexOf("\n")).trim();
      const situation = toSituation(rowsOf(text, "given"), policy, title);
      return { title, situation, owed: rowsOf(text, "owed").map((row) => toOwed(row, title)) };
    });
}

/** The cells of the table whose first column is called `name`. */
function rowsOf(text: string, name: string): readonly (readonly string[])[] {
  const lines = text.split("\n");
  const head = lines.findIndex((line) => line.startsWith(`| ${name} |`));
  if (head < 0) throw new Error(`No table "${name}" under: ${text.slice(0, 60)}`);
  const body = lines.slice(head + 2);
  const end = body.findIndex((line) => !line.startsWith("|"));
  return body.slice(0, end < 0 ? undefined : end).map((line) => {
    return line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
  });
}

function toOwed(
  [clause = "", to = "", due = "", byHand = ""]: readonly string[],
  title: string,
): Owed {
  return { clause, to, due: due === "no number" ? undefined : instant(due, title), byHand };
}

type Draft = {
  severity: { to: string; at: Instant }[];
  facts: { claim: string; state: ClaimState; concerning?: string }[];
  moments: Map<string, Instant>;
  channel?: string;
  recipients: Recipient[];
};

function toSituation(
  rows: readonly (readonly string[])[],
  policy: Policy,
  title: string,
): Situation {
  const draft: Draft = { severity: [], facts: [], moments: new Map(), recipients: [] };
  for (const [kind = "", what = "", at = ""] of rows) take(draft, kind, what, at, policy, title);
  return { openedAt: draft.moments.get("openedAt"), ...draft };
}

function take(
  draft: Draft,
  kind: string,
  what: string,
  at: string,
  policy: Policy,
  title: string,
): void {
  // "notifiedAt for Meridian": it came for that party alone.
  const [subject = "", concerning] = what.split(" for ");
  const reach = (moment: string): void => {
    const name = concerning === undefined ? moment : `${moment}/${concerning}`;
    if (!draft.moments.has(name)) draft.moments.set(name, instant(at, title));
  };
  switch (kind) {
    case "moment":
      return reach(subject);
    case "severity":
      draft.severity.push({ to: what, at: instant(at, title) });
      return;
    case "channel":
      draft.channel = what;
      return;
    case "party":
      draft.recipients.push(toRecipient(what, policy, title));
      return;
    case "fact": {
      const [claim, state] = subject.split(" ") as [string, ClaimState];
      draft.facts = draft.facts.filter((f) => f.claim !== claim || f.concerning !== concerning);
      draft.facts.push({ claim, state, ...(concerning === undefined ? {} : { concerning }) });
      for (const moment of [claimMoment(claim, state), ...momentsSet(policy, claim, state)]) {
        reach(moment);
      }
      return;
    }
    default:
      throw new Error(`"${kind}" is nothing that can be given, in: ${title}`);
  }
}

/** `customer Meridian, production, processor`. */
function toRecipient(what: string, policy: Policy, title: string): Recipient {
  const [first = "", ...more] = what.split(", ");
  const [kind = "", id = kind] = first.split(" ");
  if (!RECIPIENT_KINDS.some((known) => known === kind)) {
    throw new Error(`"${kind}" is no recipient, in: ${title}`);
  }
  const stage = more.find((word) => policy.stages?.some(({ id }) => id === word));
  const role = more.find((word) => word === "controller" || word === "processor");
  if (more.length !== Number(stage !== undefined) + Number(role !== undefined)) {
    throw new Error(`"${what}" holds a word that is neither stage nor role, in: ${title}`);
  }
  return {
    kind: kind as RecipientKind,
    id,
    ...(stage === undefined ? {} : { stage }),
    ...(role === undefined ? {} : { role: role as "controller" | "processor" }),
  };
}

function instant(text: string, title: string): Instant {
  const at = parseInstant(text);
  if (at === undefined) throw new Error(`"${text}" is no instant, in: ${title}`);
  return at;
}
