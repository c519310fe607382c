/**
 * Tampering (F24): eight ways to change a ledger with its database and its key in hand, a
 * thousand times each. Who holds a checkpoint from before must find every one, and where;
 * ten thousand ledgers that nobody touched must raise no alarm.
 */

import { NATIVE } from "../../src/cli/native.ts";
import type { Sealed } from "../../src/core/ledger/entry.ts";
import type { Report } from "../../src/core/ledger/report.ts";
import { verifier } from "../../src/core/ledger/verify.ts";
import {
  ATTACKS,
  exportBy,
  ledgerOf,
  quickSigner,
  renumbered,
  type Signed,
  signedIn,
  withoutKey,
} from "../tampering.ts";
import { type Chance, chanceOf } from "./chance.ts";
import { check, type Check, type Part } from "./part.ts";

const TIMES = 1_000;
/** For every attack of one kind, so many ledgers that were left alone. */
const UNTOUCHED = 10;
const LEDGERS = 25;
const EVERY = 10;

type Held = {
  readonly entries: readonly Sealed[];
  readonly file: Buffer;
  readonly signed: Signed;
  /** Checkpoints that left the host before the attack. */
  readonly held: readonly string[];
};

const signer = quickSigner();

function report(file: Buffer, held?: readonly string[]): Report {
  const checking = verifier({ ...NATIVE, ...(held === undefined ? {} : { held }) });
  checking.write(file);
  return checking.end();
}

/** A place that some held checkpoint covers, with an entry after it. */
const placeIn = ({ entries }: Held, chance: Chance): number =>
  chance.between(0, Math.floor(entries.length / EVERY) * EVERY - 2);

/** Whether it is named: the entry lies between the last tree that fits and the first that does not. */
function isNamed({ firstBad }: Report, at: number, { entries }: Held, left: number): boolean {
  if (firstBad === undefined) return left < entries.length;
  return firstBad.from <= at && at <= firstBad.to && firstBad.to - firstBad.from < EVERY;
}

export const tamperPart: Part = {
  name: "tamper",
  async run({ seed, count = TIMES }): Promise<readonly Check[]> {
    const chance = chanceOf(seed);
    const ledgers = Array.from({ length: LEDGERS }, (_, n): Held => {
      const entries = ledgerOf(chance.between(2 * EVERY, 6 * EVERY), `salt ${seed} ${n}`);
      const signed = signedIn(entries, signer);
      return { entries, file: exportBy(entries, signer), signed, held: signed.checkpoints };
    });
    const checks: Check[] = [];
    let blind = 0;
    for (const [says, attack] of Object.entries(ATTACKS)) {
      let [found, named, keyless] = [0, 0, 0];
      for (let n = 0; n < count; n += 1) {
        const ledger = chance.pick(ledgers);
        const at = placeIn(ledger, chance);
        const entries = renumbered(attack(ledger.entries, at));
        const file = exportBy(entries, signer);
        const seen = report(file, ledger.held);
        if (!seen.ok) found += 1;
        if (isNamed(seen, at, ledger, entries.length)) named += 1;
        if (!report(withoutKey(entries, ledger.signed)).ok) keyless += 1;
        if (report(file).ok) blind += 1;
      }
      const all = found === count && named === count && keyless === count;
      checks.push(
        check(
          `one who ${says}, ${count} times, is found, and where`,
          all,
          `${found} with the ledger's key, ${named} named, ${keyless} without a key`,
        ),
      );
    }
    let alarms = 0;
    for (let n = 0; n < count * UNTOUCHED; n += 1) {
      const { file, held } = chance.pick(ledgers);
      const from = chance.between(0, held.length - 1);
      if (!report(file, held.slice(from)).ok) alarms += 1;
    }
    return [
      ...checks,
      check(`${count * UNTOUCHED} ledgers left alone: no alarm`, alarms === 0, `${alarms} alarms`),
      check(
        "control: without a checkpoint from outside, who has the key is not found",
        blind === count * checks.length,
        `${blind} accepted`,
      ),
    ];
  },
};
