/**
 * Head: how far the ledger has come, and the lock under which it moves.
 *
 * One row. Whoever appends, or writes read tables anew, locks it first; that
 * orders the writers of all processes and needs no leader.
 */

import { type Frontier, parseFrontier } from "../core/ledger/tree.ts";
import type { Instant } from "../core/time/instant.ts";
import { nativeSha256 } from "./append.ts";
import { type Sql, statement } from "./sql.ts";

/** The head as it was read under the lock. */
export type Head = { readonly tree: Frontier; readonly lastAt: Instant };

const LOCK = statement("head-lock", "select frontier, last_at from head for update");
const MOVE = statement(
  "head-move",
  "update head set size = $1, root = $2, frontier = $3, last_at = greatest(last_at, $4)",
);

/** Takes the lock that orders all writers. Throws where the stored frontier is damaged. */
export async function lockHead(sql: Sql): Promise<Head> {
  const [row] = await sql.rows<{ frontier: Buffer; last_at: Instant }>(LOCK);
  if (row === undefined) throw new Error("the ledger has no head: was this database migrated?");
  const tree = parseFrontier(row.frontier, nativeSha256);
  if (!tree.ok) throw new Error(tree.problems[0].message);
  return { tree: tree.value, lastAt: row.last_at };
}

/** Writes the head that `tree` has become. */
export async function moveHead(sql: Sql, tree: Frontier, lastAt: number): Promise<void> {
  await sql.rows(MOVE, [tree.size, tree.root(), tree.toBytes(), lastAt]);
}
