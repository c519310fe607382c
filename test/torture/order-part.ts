/**
 * Order (F8): ten messages about each of a thousand groups, that it began and that it is over, five
 * times each and all shuffled together. Whatever came first, each is one signal that is over, with
 * every delivery counted and two entries in the record.
 */

import { until } from "../program.ts";
import { type Chance, chanceOf } from "./chance.ts";
import { type Installation, newInstallation } from "./installation.ts";
import { check, type Part } from "./part.ts";

const GROUPS = 1_000;
const TIMES = 5;
const SENDERS = 8;
const READ_MS_MAX = 300_000;

const STARTED = "2026-11-20T17:00:00Z";
const ENDED = "2026-11-20T17:10:00Z";

const message = (group: number, isOver: boolean): string => {
  const status = isOver ? "resolved" : "firing";
  const labels = { alertname: `Order${group}`, instance: "web-1" };
  return JSON.stringify({
    version: "4",
    receiver: "duenotice",
    status,
    groupKey: `{}:{alertname="Order${group}"}`,
    truncatedAlerts: 0,
    groupLabels: { alertname: labels.alertname },
    commonLabels: labels,
    commonAnnotations: {},
    externalURL: "http://alertmanager.fennel.example",
    alerts: [
      {
        status,
        labels,
        annotations: {},
        startsAt: STARTED,
        endsAt: isOver ? ENDED : "0001-01-01T00:00:00Z",
        generatorURL: "",
        fingerprint: "25f0a214a20c56e4",
      },
    ],
  });
};

function shuffled<T>(items: readonly T[], chance: Chance): readonly T[] {
  const left = [...items];
  for (let last = left.length - 1; last > 0; last -= 1) {
    const other = chance.between(0, last);
    [left[last], left[other]] = [left[other] as T, left[last] as T];
  }
  return left;
}

/** Sends all of it, eight at a time; answers with how many were not taken. */
async function send(here: Installation, bodies: readonly string[]): Promise<number> {
  const { url } = here.program();
  const waiting = [...bodies];
  let lost = 0;
  const lane = async (): Promise<void> => {
    for (let body = waiting.pop(); body !== undefined; body = waiting.pop()) {
      const { status } = await fetch(`${url}/intake/alertmanager`, {
        method: "POST",
        headers: { authorization: `Bearer ${here.intakeToken}` },
        body,
      });
      if (status !== 202) lost += 1;
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, lane));
  return lost;
}

/** How many signals there are of each outcome: deliveries, firing, entries. */
async function outcomes(here: Installation): Promise<ReadonlyMap<string, number>> {
  await until(
    "every body was read",
    async () => {
      const [row] = await here.rows("select count(*)::int as waiting from raw_queue");
      return row?.["waiting"] === 0 ? true : undefined;
    },
    READ_MS_MAX,
  );
  const rows = await here.rows(
    `select count || ' deliveries, ' || case when firing then 'firing, ' else 'over, ' end
       || (select count(*) from entry where subject = 'signal/' || signal) || ' entries' as outcome
     from seen`,
  );
  const counted = new Map<string, number>();
  for (const { outcome } of rows)
    counted.set(String(outcome), (counted.get(String(outcome)) ?? 0) + 1);
  return counted;
}

const said = (found: ReadonlyMap<string, number>): string =>
  [...found].map(([outcome, signals]) => `${signals} with ${outcome}`).join("; ");

export const orderPart: Part = {
  name: "order",
  async run({ seed, count = GROUPS }) {
    const here = await newInstallation();
    const bodies = Array.from({ length: count }, (_, group) =>
      [false, true].flatMap((isOver) =>
        Array.from({ length: TIMES }, () => message(group, isOver)),
      ),
    ).flat();
    const lost = await send(here, shuffled(bodies, chanceOf(seed)));
    const found = await outcomes(here);
    const right = `${2 * TIMES} deliveries, over, 2 entries`;
    await send(here, [message(0, true)]);
    const after = await outcomes(here);
    const left = await here.end();
    return [
      check(`${bodies.length} messages are taken`, lost === 0, `${lost} were not`),
      check(
        `${count} groups in as many orders come to the same`,
        found.size === 1 && found.get(right) === count,
        said(found),
      ),
      check("control: one message more is seen", after.size === 2, said(after)),
      check("no process is left over", left.length === 0, left.length),
    ];
  },
};
