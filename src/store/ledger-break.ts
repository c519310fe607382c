/**
 * Break: a ledger that cannot contain what was signed goes on under another origin.
 *
 *     duenotice/ledger-break/v1
 *     fennel.example/ledger          what it was called
 *     20852163                       entries under the last checkpoint of that name
 *     CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
 *     fennel.example/ledger/2        what it is called from here on
 *     20851000                       entries it has
 *     Wy9sb3Jl...=
 *
 * Signed with the key under both names and kept, so a break is a document and
 * never a silence: whoever holds the old checkpoint can be shown why no tree
 * contains it. The old origin never signs again. Run on a stopped installation;
 * the caller also records it in the ledger.
 */

import fs from "node:fs";
import path from "node:path";
import { toBase64 } from "../core/ledger/base64.ts";
import { type Checkpoint, openCheckpoint } from "../core/ledger/checkpoint.ts";
import { printVkey, signNote, toNoteKey } from "../core/ledger/note.ts";
import { ok, type Result, refuse } from "../core/problem.ts";
import type { Instant } from "../core/time/instant.ts";
import { CHECKPOINT_FILE } from "./checkpoint.ts";
import type { LedgerHead } from "./ledger.ts";
import type { Settings } from "./setting.ts";
import { BREAKS, KEYS, nativeVerify, ORIGIN, type Signing } from "./signing.ts";

export type LedgerBreak = { readonly origin: string; readonly note: string };

const LABEL = "duenotice/ledger-break/v1";

/**
 * Documents the break and gives the ledger its new origin; open the store again after it.
 * Refuses with ledger-not-broken where the last published checkpoint is not there to break with,
 * and where the ledger contains it, which `isWhole` says: a name that was given up never comes back.
 */
export async function breakLedger(
  settings: Settings,
  signing: Signing,
  { head, isWhole }: { readonly head: LedgerHead; readonly isWhole: boolean },
  keysDir: string,
  at: Instant,
): Promise<Result<LedgerBreak>> {
  const file = path.join(keysDir, CHECKPOINT_FILE);
  const published = readPublished(file, signing);
  if (published === undefined) {
    return refuse(
      "ledger-not-broken",
      `There is no checkpoint of ${signing.origin} in ${file} that this ledger could contradict.`,
    );
  }
  if (isWhole) {
    return refuse(
      "ledger-not-broken",
      `This ledger contains what was signed as ${signing.origin}: nothing is broken, and it keeps its name.`,
    );
  }
  const breaks = ((await settings.read(BREAKS)) as string[] | undefined) ?? [];
  const origin = `${signing.origin.replace(/\/\d+$/, "")}/${breaks.length + 2}`;
  const key = toNoteKey(origin, signing.signer.key.publicKey);
  const text = [
    LABEL,
    published.origin,
    published.size,
    toBase64(published.root),
    origin,
    head.size,
    toBase64(head.root),
    "",
  ].join("\n");
  const note = signNote(text, [signing.signer, { key, sign: signing.signer.sign }]);
  await settings.write(BREAKS, [...breaks, note], at);
  await settings.write(KEYS, [key, ...signing.keys].map(printVkey), at);
  await settings.write(ORIGIN, origin, at);
  fs.renameSync(file, path.join(keysDir, `${CHECKPOINT_FILE}-until-${at}`));
  return ok({ origin, note });
}

function readPublished(file: string, { keys }: Signing): Checkpoint | undefined {
  if (!fs.existsSync(file)) return undefined;
  const opened = openCheckpoint(fs.readFileSync(file, "utf8"), keys, nativeVerify);
  return opened.ok ? opened.value : undefined;
}
