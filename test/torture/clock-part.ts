/**
 * Clock jumps (F6): the machine's clock leaps by hours and days, forward and back, while deadlines
 * run. Each jump is on record; whatever fell due is recorded as missed once; the ledger verifies.
 */

import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { runDue, until } from "../program.ts";
import { type Installation, newInstallation } from "./installation.ts";
import { check, type Check, type Part } from "./part.ts";

const LIBRARY = `/usr/lib/${process.arch === "arm64" ? "aarch64" : "x86_64"}-linux-gnu/faketime/libfaketimeMT.so.1`;
const HOUR = 3_600;
const DAY = 24 * HOUR;
/** Seconds, one after another. A second and a half is the ordinary setting of a clock. */
const JUMPS = [3 * HOUR, 1.5, -2 * DAY, 9 * DAY, -4 * DAY, 4 * DAY];
const RECORDED = JUMPS.filter((seconds) => Math.abs(seconds) > 5);
const SIGNALS = 20;
const SETTLE_MS = 1_500;

async function recordSignals({ program, token }: Installation): Promise<void> {
  for (let n = 0; n < SIGNALS; n += 1) {
    const answer = await fetch(`${program().url}/api/v1/signals/record-signal`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ title: `Seen while the clock jumped ${n}` }),
    });
    if (!answer.ok) throw new Error(`no signal: ${await answer.text()}`);
  }
}

const number = async (here: Installation, sql: string): Promise<number> =>
  Number((await here.rows(sql))[0]?.["n"]);

/** Obligations that fell due before the latest instant on record and say neither stopped nor missed. */
const FORGOTTEN = `
  select count(*)::int as n from view_obligation as o
  where o.due_at < $LATEST and o.stopped_at is null and not exists (
    select 1 from entry where entry.subject = o.subject and entry.type = 'ObligationMissed'
      and entry.body::json -> 'data' ->> 'obligation' = o.id)`;
const MISSED = "select count(*)::int as n from entry where type = 'ObligationMissed'";
const TWICE = `
  select count(*)::int as n from (
    select 1 from entry where type = 'ObligationMissed'
    group by subject, body::json -> 'data' ->> 'obligation' having count(*) > 1) as twice`;
const JUMPED = "select count(*)::int as n from entry where type = 'ClockJumped'";

async function onClock(jumps: readonly number[]): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), "due-clock-"));
  const file = join(folder, "time");
  let offset = 0;
  writeFileSync(file, "+0");
  const here = await newInstallation({
    env: {
      LD_PRELOAD: LIBRARY,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
      NO_FAKE_STAT: "1",
    },
  });
  await recordSignals(here);
  let latest = Date.now();
  let recorded = 0;
  for (const jump of jumps) {
    offset += jump;
    writeFileSync(file, `${offset < 0 ? "" : "+"}${offset}`);
    latest = Math.max(latest, Date.now() + offset * 1_000);
    if (Math.abs(jump) > 5) {
      recorded += 1;
      await until("the jump is on record", async () =>
        (await number(here, JUMPED)) >= recorded ? true : undefined,
      ).catch(() => undefined);
    }
    await pause(SETTLE_MS);
  }
  const forgotten = FORGOTTEN.replace("$LATEST", String(Math.round(latest)));
  const found = {
    jumped: await number(here, JUMPED),
    due: await number(
      here,
      `select count(*)::int as n from view_obligation where due_at < ${Math.round(latest)}`,
    ),
    missed: await number(here, MISSED),
    twice: await number(here, TWICE),
    forgotten: await number(here, forgotten),
    gaps: await number(here, "select count(*)::int - max(seq)::int - 1 as n from entry"),
  };
  const env = { DUE_DATA: here.data, DUE_LOG_LEVEL: "error" };
  const exported = join(folder, "ledger.jsonl");
  const { code: exportCode } = await runDue(["ledger", "export", exported], env);
  const { code, stdout, stderr } = await runDue(["ledger", "verify", exported]);
  if (code !== 0) console.log(stdout, stderr);
  const left = await here.end();
  rmSync(folder, { recursive: true });
  return { ...found, verified: exportCode === 0 ? (code ?? 1) : 1, left: left.length };
}

export const clockPart: Part = {
  name: "clock",
  missing: () => (existsSync(LIBRARY) ? undefined : "apt-get install -y libfaketime"),
  async run(): Promise<readonly Check[]> {
    const found = await onClock(JUMPS);
    const control = await onClock([1.5]);
    return [
      check(
        "each jump is on record",
        found["jumped"] === RECORDED.length,
        `${found["jumped"]} of ${RECORDED.length}`,
      ),
      check(
        "what fell due is recorded as missed",
        Number(found["due"]) > 0 && Number(found["missed"]) > 0 && found["forgotten"] === 0,
        `${found["missed"]} of ${found["due"]} due; ${found["forgotten"]} forgotten`,
      ),
      check("nothing is missed twice", found["twice"] === 0, `${found["twice"]}`),
      check(
        "the ledger has no gaps, and verifies",
        found["gaps"] === 0 && found["verified"] === 0,
        `${found["gaps"]} gaps`,
      ),
      check(
        "control: without jumps none is recorded, none is missed",
        control["jumped"] === 0 && control["missed"] === 0,
        `${control["jumped"]} jumps, ${control["missed"]} missed`,
      ),
      check("no process is left over", found["left"] === 0, `${found["left"]}`),
    ];
  },
};
