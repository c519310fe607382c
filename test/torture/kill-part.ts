/** The kill loop as a part: M5, F1. */

import { spread } from "./installation.ts";
import { killLoop, KINDS, type KillsReport } from "./kills.ts";
import { check, type Check, type Part } from "./part.ts";

const KILLS = 200;
const START_MS_MAX = 10_000;

export const killPart: Part = {
  name: "kill",
  async run({ seed, count = KILLS, note }) {
    const share = Math.floor(count / KINDS.length);
    const kills = { server: count - 2 * share, database: share, both: share };
    const report = await killLoop({
      kills,
      seed,
      onKill: (done, of) => {
        if (done % 20 === 0 || done === of) note(`${done} of ${of} kills`);
      },
    });
    return checksOf(count, report);
  },
};

function checksOf(count: number, report: KillsReport): readonly Check[] {
  const { bodies, lines, kept, back, outlived, orphans } = report;
  const slowest = Math.max(...KINDS.flatMap((kind) => back[kind]));
  return [
    check(
      `${count} kills were under load`,
      bodies.acknowledged > count && lines.acknowledged > 0 && bodies.refused > 0,
      `${bodies.acknowledged} bodies and ${lines.acknowledged} lines acknowledged, ${bodies.refused + lines.refused} writes not`,
    ),
    check("no acknowledged write is lost", kept.lost.length === 0, kept.lost.length),
    check("no write is there twice", kept.doubled.length === 0, kept.doubled.length),
    check(
      "each body is counted once or waits",
      kept.bodies === kept.counted,
      `${kept.counted} of ${kept.bodies}`,
    ),
    check("no process is left over", orphans.length === 0, orphans.join("; ") || 0),
    check(
      "a database ends with its server",
      outlived.every((ms) => ms < START_MS_MAX),
      spread(outlived),
    ),
    ...KINDS.map((kind) =>
      check(
        kind === "database" ? "back after its death: the database" : `next start: ${kind}`,
        slowest < START_MS_MAX,
        spread(back[kind]),
      ),
    ),
  ];
}
