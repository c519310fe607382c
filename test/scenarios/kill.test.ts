import { expect, test } from "vitest";
import { until } from "../program.ts";
import { killLoop, KINDS } from "../torture/kills.ts";
import { newInstallation } from "../torture/installation.ts";
import { keptOf, openIncidents, writing } from "../torture/writes.ts";

const SEED = 7_272;
/** The machine may be busy; a start by itself takes half a second. */
const BACK_MS_MAX = 15_000;

test("six kills of the server, six of its database and six of both lose and double nothing that was acknowledged", async () => {
  const kills = { server: 6, database: 6, both: 6 };
  const report = await killLoop({ kills, seed: SEED, loadMsMax: 200 });
  expect(report.bodies.acknowledged).toBeGreaterThan(100);
  expect(report.lines.acknowledged).toBeGreaterThan(10);
  expect(report.kept.lost).toEqual([]);
  expect(report.kept.doubled).toEqual([]);
  expect(report.kept.counted, "each body is counted once or waits").toBe(report.kept.bodies);
  expect(report.orphans).toEqual([]);
  for (const kind of KINDS) {
    expect(report.back[kind]).toHaveLength(6);
    expect(Math.max(...report.back[kind])).toBeLessThan(BACK_MS_MAX);
  }
}, 120_000);

test("a body and a line that are taken away behind the server's back are missed", async () => {
  const here = await newInstallation();
  const writes = writing(here, { incidents: await openIncidents(here, 1), run: "control" });
  await until("some of both are acknowledged", async () =>
    writes.bodies.acknowledged.size > 3 && writes.lines.acknowledged.size > 3 ? true : undefined,
  );
  await writes.stop();
  const [body] = writes.bodies.acknowledged;
  const [line] = writes.lines.acknowledged;
  await here.rows(`delete from raw where convert_from(body, 'UTF8') like '%"sid":"${body}"%'`);
  await here.rows(`delete from disclosure where leaves like '%${line}.%'`);
  expect((await keptOf(here, writes)).lost).toEqual([body, line]);
  expect(await here.end()).toEqual([]);
});
