/** One move as a sentence: `Notice to Kestrel Bank: due … instead of …; it was met, and would have been missed.` */

import { formatInstant } from "../time/format.ts";
import { dutyNoun } from "./behaviour/words.ts";
import { type Move, owedIn } from "./moves.ts";
import type { Obligation, Standing } from "./obligations.ts";

const STANDS: Readonly<Record<Standing, string>> = {
  running: "running",
  owed: "open, without a number",
  met: "met",
  "met-late": "met late",
  missed: "missed",
  waived: "waived",
};

/** `name` is the recipient's, where it has one. */
export function moveWords(move: Move, name: string | undefined, zone: string): string {
  const { was, is } = move;
  const one = owedIn(move);
  const head = headWords(one, name);
  const due = ({ dueAt }: Obligation): string =>
    dueAt === undefined ? "without a number" : `due ${formatInstant(dueAt, zone)}`;
  if (was === undefined)
    return `${head}: would be owed as well, ${due(one)}; it would be ${stands(is?.standing)}.`;
  if (is === undefined)
    return `${head}: would not be owed; it was ${due(one)}, and is ${stands(was.standing)}.`;
  const both = was.standing === is.standing;
  const stood = both
    ? `${stands(is.standing)} either way`
    : `${stands(was.standing)} as it is, and would be ${stands(is.standing)}`;
  const when =
    was.obligation.dueAt === is.obligation.dueAt
      ? due(one)
      : `${due(one)} instead of ${due(was.obligation).replace("due ", "")}`;
  return `${head}: ${when}; ${stood}.`;
}

const stands = (standing: Standing | undefined): string => STANDS[standing ?? "running"];

function headWords({ clause, recipient }: Obligation, name: string | undefined): string {
  const { kind } = recipient;
  const noun = dutyNoun(clause.duty, name === undefined ? kind : "team", clause.met === "contact");
  const head = name === undefined || kind === "team" ? noun : `${noun} to ${name}`;
  return head.charAt(0).toUpperCase() + head.slice(1);
}
