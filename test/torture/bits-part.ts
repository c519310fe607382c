/**
 * Bit flips (F27): one bit of the database's files, or of a backup, is turned over. The one must
 * be found when the record is read, the other when the backup is proved; neither is served.
 */

import { closeSync, fstatSync, openSync, readdirSync, readSync, writeSync } from "node:fs";
import { basename, join } from "node:path";
import { runDue, until } from "../program.ts";
import { type Chance, chanceOf } from "./chance.ts";
import { newInstallation } from "./installation.ts";
import { check, type Check, type Part } from "./part.ts";
import { openIncidents, writing } from "./writes.ts";

const FLIPS = 12;
const ENTRIES = 60;
const RECORD = ["entry", "disclosure"] as const;

/** Turns over one bit of `file`; answers with how to turn it back. */
function flip(file: string, chance: Chance): () => void {
  const handle = openSync(file, "r+");
  const at = chance.between(0, fstatSync(handle).size - 1);
  const byte = Buffer.alloc(1);
  readSync(handle, byte, 0, 1, at);
  const write = (value: number): void => {
    writeSync(handle, Buffer.from([value]), 0, 1, at);
  };
  const before = byte[0] ?? 0;
  write(before ^ (1 << chance.between(0, 7)));
  return () => {
    write(before);
    closeSync(handle);
  };
}

export const bitsPart: Part = {
  name: "bits",
  async run({ seed, count = FLIPS, note }): Promise<readonly Check[]> {
    const chance = chanceOf(seed);
    const here = await newInstallation();
    const writes = writing(here, { incidents: await openIncidents(here, 2), run: `bits${seed}` });
    await until("there is something to read", async () =>
      writes.lines.acknowledged.size > ENTRIES ? true : undefined,
    );
    await writes.stop();
    const files = await Promise.all(
      RECORD.map(async (table) => {
        await here.rows("checkpoint");
        const [row] = await here.rows(`select pg_relation_filepath('${table}') as path`);
        return join(here.data, "pg", String(row?.["path"]));
      }),
    );
    const env = { DUE_DATA: here.data, DUE_LOG_LEVEL: "error" };
    const folder = join(here.data, "..", "backup");
    const made = await runDue(["backup", "--to", folder], env);
    await here.program().stop();

    const exported = join(here.data, "..", "ledger.jsonl");
    const read = async (): Promise<boolean> => {
      const { code } = await runDue(["ledger", "export", exported], env);
      return code === 0 && (await runDue(["ledger", "verify", exported])).code === 0;
    };
    const proved = async (): Promise<boolean> =>
      (await runDue(["backup", "verify", folder], env)).code === 0;
    const whole = await read();
    const wholeBackup = made.code === 0 && (await proved());
    if (made.code !== 0) note(made.stderr);

    const kept = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile())
      .map((each) => join(each.parentPath, each.name))
      .sort();

    let [served, found] = [0, 0];
    for (let n = 0; n < count; n += 1) {
      const back = flip(chance.pick(files), chance);
      if (await read()) served += 1;
      back();
    }
    for (let n = 0; n < count; n += 1) {
      const file = chance.pick(kept);
      const back = flip(file, chance);
      if (await proved()) note(`not found in ${basename(file)}`);
      else found += 1;
      back();
    }
    const wholeAgain = (await read()) && (await proved());
    await here.start();
    const left = await here.end();
    return [
      check(
        "control: what nobody touched is read and proved",
        whole && wholeBackup,
        `${whole}, ${wholeBackup}`,
      ),
      check(`${count} bits of the record: none is served`, served === 0, `${count - served} found`),
      check(`${count} bits of a backup: each is found`, found === count, `${found} found`),
      check("control: turned back, all is whole", wholeAgain, `${wholeAgain}`),
      check("no process is left over", left.length === 0, left.length),
    ];
  },
};
