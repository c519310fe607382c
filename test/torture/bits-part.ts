/**
 * Bit flips (F27): one bit of the record's files, of an attachment's or of a backup's is turned
 * over. It must be found when the record is read, the attachment opened, the backup proved: what
 * is served is what was kept, or nothing.
 */

import { randomBytes } from "node:crypto";
import { closeSync, fstatSync, openSync, readdirSync, readSync, writeSync } from "node:fs";
import { basename, join } from "node:path";
import { runHere, until } from "../program.ts";
import { type Chance, chanceOf } from "./chance.ts";
import { type Installation, newInstallation } from "./installation.ts";
import { check, type Check, type Part } from "./part.ts";
import { openIncidents, writing } from "./writes.ts";

const FLIPS = 12;
const ENTRIES = 60;
const FILE_BYTES = 300_000;
const RECORD = ["entry", "disclosure"];
/** Where attachments lie: their rows, and their bytes beside them. */
const FILES = ["blob", "(select reltoastrelid::regclass from pg_class where relname = 'blob')"];

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

/** A file that is attached to a notice, and how to open it as a responder would. */
async function attached(here: Installation, incident: string) {
  const bytes = randomBytes(FILE_BYTES);
  const headers = { authorization: `Bearer ${here.token}`, "content-type": "application/json" };
  const at = (): string => `${here.program().url}/api/v1/incidents/${incident}`;
  const act = async (command: string, input: object): Promise<void> => {
    const body = JSON.stringify(input);
    const answer = await fetch(`${at()}/${command}`, { method: "POST", headers, body });
    if (!answer.ok) throw new Error(`${command}: ${await answer.text()}`);
  };
  await act("draft-notice", { kind: "preliminary", subject: "Export files", slots: [] });
  await act("attach-file", { draft: "D-1", name: "log.bin", content: bytes.toString("base64") });
  return async (): Promise<"whole" | "refused" | "damaged"> => {
    const answer = await fetch(`${at()}/drafts/D-1/files/F-1`, { headers });
    const served = Buffer.from(await answer.arrayBuffer());
    if (!answer.ok) return "refused";
    return served.equals(bytes) ? "whole" : "damaged";
  };
}

/** Where the database keeps these relations, once all of it is on the disk. */
async function filesOf(here: Installation, relations: readonly string[]): Promise<string[]> {
  await here.rows("checkpoint");
  const paths = relations.map((of) => `(${of.startsWith("(") ? of : `'${of}'::regclass`})`);
  const [row] = await here.rows(
    `select array[${paths.map((of) => `pg_relation_filepath(${of})`).join(", ")}] as paths`,
  );
  const found = row?.["paths"];
  if (!Array.isArray(found)) throw new Error("the database does not say where it keeps them");
  return found.map((path: string) => join(here.data, "pg", path));
}

/** Whether a verb of the command line came to a good end. */
const ends = (words: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runHere(words, env).then(
    ({ code }) => code === 0,
    () => false,
  );

/** One to be broken: stopped, with what lies in it and beside it, and how to read all of it. */
async function prepared(seed: number) {
  const here = await newInstallation();
  const incidents = await openIncidents(here, 2);
  const open = await attached(here, incidents[0] ?? "");
  const writes = writing(here, { incidents, run: `bits${seed}` });
  await until("there is something to read", async () =>
    writes.lines.acknowledged.size > ENTRIES ? true : undefined,
  );
  await writes.stop();
  const [record, files] = [await filesOf(here, RECORD), await filesOf(here, FILES)];
  const env = { DUE_DATA: here.data, DUE_LOG_LEVEL: "error" };
  const [backup, exported] = ["backup", "ledger.jsonl"].map((name) => join(here.data, "..", name));
  const isKept = await ends(["backup", "--to", backup ?? ""], env);
  if (!isKept) throw new Error("no backup could be made");
  await here.program().stop();
  const read = async (): Promise<boolean> =>
    (await ends(["ledger", "export", exported ?? ""], env)) &&
    (await ends(["ledger", "verify", exported ?? ""]));
  const opened = async () => {
    await here.start();
    const how = await open();
    await here.program().stop();
    return how;
  };
  const proved = (): Promise<boolean> => ends(["backup", "verify", backup ?? ""], env);
  return {
    here,
    record,
    files,
    backup: readdirSync(backup ?? "", { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile())
      .map((each) => join(each.parentPath, each.name))
      .sort(),
    read,
    opened,
    proved,
    isWhole: async () => (await read()) && (await opened()) === "whole" && (await proved()),
  };
}

export const bitsPart: Part = {
  name: "bits",
  async run({ seed, count = FLIPS, note }): Promise<readonly Check[]> {
    const chance = chanceOf(seed);
    const { here, record, files, backup, read, opened, proved, isWhole } = await prepared(seed);
    const whole = await isWhole();
    const times = async (among: readonly string[], holds: () => Promise<boolean>) => {
      let held = 0;
      for (let n = 0; n < count; n += 1) {
        const file = chance.pick(among);
        const back = flip(file, chance);
        if (await holds()) held += 1;
        else note(`a bit of ${basename(file)} was not found`);
        back();
      }
      return held;
    };
    const ofRecord = await times(record, async () => !(await read()));
    let refused = 0;
    const ofFiles = await times(files, async () => {
      const how = await opened();
      if (how === "refused") refused += 1;
      return how !== "damaged";
    });
    const ofBackup = await times(backup, async () => !(await proved()));
    const wholeAgain = await isWhole();
    await here.start();
    const left = await here.end();
    const byFiles = `${refused} refused, ${ofFiles - refused} served whole`;
    return [
      check("control: what nobody touched is read, opened and proved", whole, `${whole}`),
      check(`${count} bits of the record: each is found`, ofRecord === count, `${ofRecord} found`),
      check(`${count} bits of attachments: none is served`, ofFiles === count, byFiles),
      check(`${count} bits of a backup: each is found`, ofBackup === count, `${ofBackup} found`),
      check("control: turned back, all is whole", wholeAgain, `${wholeAgain}`),
      check("no process is left over", left.length === 0, left.length),
    ];
  },
};
