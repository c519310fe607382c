/** A fan-out that is killed in the middle, as a part: M9. */

import { type Account, IN_DOUBT_MAX, killedFanOut, TWICE_MAX } from "./fan-out.ts";
import { check, type Check, type Part } from "./part.ts";

const RECIPIENTS = 10_000;
const KILLS = 5;

export const fanOutPart: Part = {
  name: "fan-out",
  run: async ({ count = RECIPIENTS }) => checksOf(await killedFanOut(count, KILLS)),
};

const checksOf = (account: Account): readonly Check[] => [
  check(
    `${account.kills} kills were in the middle of it`,
    account.takenAtKill.every((taken) => taken > 0 && taken < account.recipients),
    `after ${account.takenAtKill.join(", ")} letters`,
  ),
  check(
    "each recipient is accepted or failed",
    account.missing.length === 0 && account.unfounded.length === 0,
    `${account.accepted} accepted, ${account.failed} failed, ${account.uncertain} were uncertain`,
  ),
  check(
    "each has one letter, or the same one twice",
    account.once + account.doubled.length === account.accepted,
    `sent once ${account.once}, sent twice ${account.doubled.length}, missing ${account.missing.length}`,
  ),
  check(
    `a kill makes at most ${TWICE_MAX} leave twice`,
    account.doubled.length <= account.kills * TWICE_MAX,
    `${account.doubled.length} in ${account.kills} kills`,
  ),
  check(
    `a kill leaves at most ${IN_DOUBT_MAX} in doubt`,
    account.uncertain <= account.kills * IN_DOUBT_MAX,
    `${account.uncertain} in ${account.kills} kills`,
  ),
  check(
    "whoever got it twice is marked uncertain",
    account.unmarked.length === 0,
    `${account.doubled.length} doubled`,
  ),
  check(
    "twice is the same letter twice",
    account.twoLetters.length === 0,
    account.twoLetters.length,
  ),
  check(
    "the record is whole, and the lists are what it says",
    account.isWhole,
    String(account.isWhole),
  ),
];
