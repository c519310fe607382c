/**
 * Checkpoints: the ledger's head, signed, so that history cannot be rewritten
 * unseen by whoever holds the last one.
 *
 * Never signed: a tree that does not contain every tree signed before. The last
 * checkpoint is kept in the database with the frontier of its tree, and each new
 * one is grown from there over the stored bytes. A copy of the last note lies in a
 * file beside the keys, outside the database: after an old backup was put back,
 * the file knows more than the database does, and signing stops until somebody
 * documents the break.
 */

import fs from "node:fs";
import path from "node:path";
import { type Checkpoint, openCheckpoint, signCheckpoint } from "../core/ledger/checkpoint.ts";
import {
  frontier,
  type Frontier,
  hashesEqual,
  leafHash,
  parseFrontier,
} from "../core/ledger/tree.ts";
import { ok, type Result, refuse } from "../core/problem.ts";
import type { Instant } from "../core/time/instant.ts";
import { nativeSha256 } from "./append.ts";
import { writeDurably } from "./durable-file.ts";
import type { Pool } from "./pool.ts";
import { nativeVerify, type Signing } from "./signing.ts";
import { type Sql, statement } from "./sql.ts";

export const CHECKPOINT_FILE = "checkpoint";

export type SignedCheckpoint = {
  readonly size: number;
  readonly signedAt: Instant;
  /** The signed note, as it is published. */
  readonly note: string;
};

const LAST = statement(
  "checkpoint-last",
  `select size, signed_at as "signedAt", note, frontier from checkpoint
   where origin = $1 order by size desc limit 1`,
);
const ALL = statement(
  "checkpoint-all",
  "select note from checkpoint where origin = $1 order by size",
);
const AT_SIZE = statement(
  "checkpoint-at-size",
  "select note from checkpoint where origin = $1 and size = $2",
);
const ADD = statement(
  "checkpoint-add",
  `insert into checkpoint (origin, size, frontier, signed_at, note) values ($1, $2, $3, $4, $5)
   on conflict do nothing`,
);
const HEAD = statement("checkpoint-head", "select frontier from head");
const BODIES = statement(
  "checkpoint-bodies",
  "select body from entry where seq >= $1 and seq < $2 order by seq",
);

const PAGE_ENTRIES = 2_000;

type Last = SignedCheckpoint & { readonly frontier: Buffer };
type Grown = { readonly tree: Frontier; readonly last: SignedCheckpoint | undefined };

export const checkpoints = (
  pool: Pool,
  origin: string,
  signing: Result<Signing>,
  keysDir: string,
) => {
  const file = path.join(keysDir, CHECKPOINT_FILE);
  /** The tree that may be signed next, over everything that was signed before. Refuses like sign. */
  async function next(): Promise<Result<Grown>> {
    if (!signing.ok) return signing;
    const outside = outsideOf(file, signing.value);
    if (!outside.ok) return outside;
    return pool.snapshot(async (sql) => {
      const consistent = await containsOutside(sql, origin, outside.value);
      return consistent.ok ? grow(sql, signing.value) : consistent;
    });
  }
  return {
    next,

    /** The last one signed; undefined before the first. */
    async last(): Promise<SignedCheckpoint | undefined> {
      const [row] = await pool.rows<Last>(LAST, [origin]);
      return row && { size: row.size, signedAt: row.signedAt, note: row.note };
    },

    /** Every note ever signed, oldest first. */
    async notes(): Promise<readonly string[]> {
      return (await pool.rows<{ note: string }>(ALL, [origin])).map(({ note }) => note);
    },

    /**
     * Signs the present head, or answers with the last checkpoint where nothing was added since.
     * Refuses with checkpoint-shrunk, checkpoints-forked and checkpoints-inconsistent where the
     * ledger does not contain what was signed before, and with what openSigning refused with.
     */
    async sign(at: Instant): Promise<Result<SignedCheckpoint>> {
      if (!signing.ok) return signing;
      const grown = await next();
      if (!grown.ok) return grown;
      const { tree, last } = grown.value;
      if (last?.size === tree.size) return ok(last);
      const { signer } = signing.value;
      const note = signCheckpoint({ origin, size: tree.size, root: tree.root() }, [signer]);
      await pool.rows(ADD, [origin, tree.size, tree.toBytes(), at, note]);
      const [kept] = await pool.rows<{ note: string }>(AT_SIZE, [origin, tree.size]);
      writeDurably(file, kept?.note ?? note, 0o644);
      return ok({ size: tree.size, signedAt: at, note: kept?.note ?? note });
    },

    /** Whether this ledger contains the tree that somebody kept a checkpoint of. Refuses like sign. */
    async contains(note: string): Promise<Result<Checkpoint>> {
      if (!signing.ok) return signing;
      const opened = openCheckpoint(note, signing.value.keys, nativeVerify);
      if (!opened.ok) return opened;
      const contained = await pool.snapshot((sql) => containsTree(sql, opened.value));
      return contained.ok ? opened : contained;
    },
  };
};

/** The last note as it lies outside the database; none before the first. */
export function publishedNotes(keysDir: string): readonly string[] {
  const file = path.join(keysDir, CHECKPOINT_FILE);
  return fs.existsSync(file) ? [fs.readFileSync(file, "utf8")] : [];
}

/** The last published note, from outside the database. Undefined where there is none yet. */
function outsideOf(file: string, signing: Signing): Result<Checkpoint | undefined> {
  if (!fs.existsSync(file)) return ok(undefined);
  const opened = openCheckpoint(fs.readFileSync(file, "utf8"), signing.keys, nativeVerify);
  if (opened.ok) return opened;
  return refuse(
    "checkpoint-file-damaged",
    `${file} is not a checkpoint of this ledger (${opened.problems[0].message}): put it back from a backup, or remove it if you know why it changed.`,
  );
}

/** A checkpoint that the database knows was grown from already; only a stranger is recomputed. */
async function containsOutside(
  sql: Sql,
  origin: string,
  outside: Checkpoint | undefined,
): Promise<Result<void>> {
  if (outside === undefined) return ok(undefined);
  const [row] = await sql.rows<Last>(LAST, [origin]);
  const known = row && parseFrontier(row.frontier, nativeSha256);
  if (known?.ok && known.value.size === outside.size) {
    return hashesEqual(known.value.root(), outside.root) ? ok(undefined) : forked(outside.size);
  }
  return containsTree(sql, outside);
}

async function containsTree(sql: Sql, { size, root }: Checkpoint): Promise<Result<void>> {
  const [head] = await sql.rows<{ frontier: Buffer }>(HEAD);
  const tree = head && parseFrontier(head.frontier, nativeSha256);
  if (!tree?.ok) throw new Error("the ledger's head is missing or damaged");
  if (tree.value.size < size) return shrunk(size, tree.value.size);
  const upTo = frontier(nativeSha256);
  await appendBodies(sql, upTo, size);
  return hashesEqual(upTo.root(), root) ? ok(undefined) : forked(size);
}

/** The tree of the head, grown over the stored bytes from the last one that was signed. */
async function grow(sql: Sql, signing: Signing): Promise<Result<Grown>> {
  const [head] = await sql.rows<{ frontier: Buffer }>(HEAD);
  const expected = head && parseFrontier(head.frontier, nativeSha256);
  if (!expected?.ok) throw new Error("the ledger's head is missing or damaged");
  const [last] = await sql.rows<Last>(LAST, [signing.origin]);
  const start = last === undefined ? ok(frontier(nativeSha256)) : startOf(last, signing);
  if (!start.ok) return start;
  const tree = start.value;
  const { size } = expected.value;
  if (size < tree.size) return shrunk(tree.size, size);
  const signed = tree.size;
  await appendBodies(sql, tree, size);
  if (tree.size === size && hashesEqual(tree.root(), expected.value.root()))
    return ok({ tree, last });
  return refuse(
    "checkpoints-inconsistent",
    `The entries ${signed} to ${size - 1} are not those that the ledger's head was made of: nothing is signed. \`due doctor\` names the first that differs.`,
  );
}

function startOf(last: Last, { keys }: Signing): Result<Frontier> {
  const tree = parseFrontier(last.frontier, nativeSha256);
  if (!tree.ok) return tree;
  const opened = openCheckpoint(last.note, keys, nativeVerify);
  if (!opened.ok) return opened;
  const { size, root } = opened.value;
  const fits = tree.value.size === size && hashesEqual(tree.value.root(), root);
  return fits ? tree : forked(size);
}

async function appendBodies(sql: Sql, tree: Frontier, size: number): Promise<void> {
  const encoder = new TextEncoder();
  while (tree.size < size) {
    const to = Math.min(size, tree.size + PAGE_ENTRIES);
    const rows = await sql.rows<{ body: string }>(BODIES, [tree.size, to]);
    for (const { body } of rows) tree.append(leafHash(encoder.encode(body), nativeSha256));
    if (tree.size < to) return; // An entry is missing: the roots will differ.
  }
}

const shrunk = (signed: number, size: number): Result<never> =>
  refuse(
    "checkpoint-shrunk",
    `A checkpoint over ${signed} entries was signed, and this ledger has ${size}: an old backup was put back. Restore a newer one, or document the break with \`due ledger break\`.`,
  );

const forked = (size: number): Result<never> =>
  refuse(
    "checkpoints-forked",
    `The first ${size} entries are not those that were signed: this is another history. Restore the backup that holds them, or document the break with \`due ledger break\`.`,
  );
