/**
 * Sequencer: the one queue of this process through which everything is appended.
 *
 *   begin -> lock the head -> take the queue -> admit, write -> commit -> answer
 *
 * The head's row lock orders the sequencers of all processes: no leader, and no
 * memory that could be wrong. The queue is taken after the lock was got, so what
 * came in while waiting for another process is in the batch too.
 *
 * When the connection breaks at the commit, nobody knows whether it was kept. The
 * next transaction waits for the head (the old one must have ended by then) and
 * looks whether our first entry stands where it would: then all of it was kept.
 * An item that fails by itself fails alone: its batch is written again, one by one.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { type Item, type Outcome, writeBatch } from "./batch.ts";
import { type Written, writtenRows } from "./written.ts";
import { type GroupCommit, groupCommit, type Queue, type Waiting } from "./group-commit.ts";
import { lockHead } from "./head.ts";
import { blamed, DatabaseUnavailable, isConnectionLost, isRetryable } from "./retry.ts";
import { type Sql, statement } from "./sql.ts";
import type { Writer } from "./writer.ts";

export const QUEUE_ITEMS_MAX = 20_000;
export const BATCH_ITEMS_MAX = 500;
const WAIT_MS_MAX = 250;

export type SequencerOptions = {
  readonly writer: Writer;
  /** Called after every commit with the size of the ledger and the types of what was recorded. */
  readonly onCommit: (size: number, types: ReadonlySet<string>) => void;
  /** Whether other processes are told by NOTIFY; only ever a hint. */
  readonly notify: boolean;
  /** How long a batch is tried again before its callers are told that the database is gone. */
  readonly patienceMs: number;
};

const HINT = statement("ledger-hint", "select pg_notify('duenotice', $1)");
const ID_AT = statement("entry-id-at", "select id from entry where seq = $1");

type Taken = readonly Waiting<Item, Outcome>[];

/** A batch whose commit nobody answered. */
type InDoubt = { readonly taken: Taken; readonly outcomes: readonly Outcome[] };

export const sequencer = (options: SequencerOptions): GroupCommit<Item, Outcome> => {
  const state: State = { inDoubt: undefined, single: 0, failingSince: undefined };
  const written = writtenRows();
  return groupCommit<Item, Outcome>(QUEUE_ITEMS_MAX, async (queue) => {
    do await turn(options, state, queue, written);
    while (state.inDoubt !== undefined);
  });
};

type State = {
  inDoubt: InDoubt | undefined;
  /** How many items are to be written alone, because one of them broke its batch. */
  single: number;
  failingSince: number | undefined;
};

async function turn(
  { writer, onCommit, notify, patienceMs }: SequencerOptions,
  state: State,
  queue: Queue<Item, Outcome>,
  written: Written,
): Promise<void> {
  let taken: Taken = [];
  let outcomes: readonly Outcome[] | undefined;
  let size = 0;
  try {
    await writer.transaction(async (sql) => {
      const head = await lockHead(sql);
      await settleDoubt(sql, state, queue, (kept) => onCommit(head.tree.size, kept));
      taken = queue.take(state.single > 0 ? 1 : BATCH_ITEMS_MAX);
      outcomes = await writeBatch(
        sql,
        head,
        taken.map(({ item }) => item),
        written,
      );
      size = head.tree.size;
      if (notify && outcomes.some(isAppended)) await sql.rows(HINT, [String(size)]);
    });
  } catch (error) {
    written.settle(false);
    await afterFailure(error, { state, queue, taken, outcomes, patienceMs });
    return;
  }
  written.settle(true);
  state.failingSince = undefined;
  if (state.single > 0) state.single -= taken.length;
  const types = answer(taken, outcomes ?? []);
  if (types.size > 0) onCommit(size, types);
}

const isAppended = ({ outcome }: Outcome): boolean => outcome === "appended";

/** Answers with the types of the entries that were recorded. */
function answer(taken: Taken, outcomes: readonly Outcome[]): ReadonlySet<string> {
  const types = new Set<string>();
  taken.forEach((waiting, index) => {
    const outcome = outcomes[index] as Outcome;
    if (isAppended(outcome)) for (const { type } of waiting.item.sealed) types.add(type);
    waiting.answer(outcome);
  });
  return types;
}

async function settleDoubt(
  sql: Sql,
  state: State,
  queue: Queue<Item, Outcome>,
  onKept: (types: ReadonlySet<string>) => void,
): Promise<void> {
  const { inDoubt } = state;
  if (inDoubt === undefined) return;
  const kept = await wasKept(sql, inDoubt);
  state.inDoubt = undefined;
  if (kept) onKept(answer(inDoubt.taken, inDoubt.outcomes));
  else queue.putBack(inDoubt.taken);
}

async function wasKept(sql: Sql, { taken, outcomes }: InDoubt): Promise<boolean> {
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.outcome !== "appended" || outcome.seqs[0] === undefined) continue;
    const [row] = await sql.rows<{ id: string }>(ID_AT, [outcome.seqs[0]]);
    return row?.id === taken[index]?.item.sealed[0]?.id;
  }
  return false; // It held no entries: writing it again changes nothing.
}

type Failed = {
  readonly state: State;
  readonly queue: Queue<Item, Outcome>;
  readonly taken: Taken;
  /** Set where everything was written and only the commit was left. */
  readonly outcomes: readonly Outcome[] | undefined;
  readonly patienceMs: number;
};

async function afterFailure(
  error: unknown,
  { state, queue, taken, outcomes, patienceMs }: Failed,
): Promise<void> {
  if (isConnectionLost(error) && outcomes !== undefined) state.inDoubt = { taken, outcomes };
  else if (isRetryable(error)) queue.putBack(taken);
  else return notRetryable(error, state, queue, taken);

  state.failingSince ??= performance.now();
  const failingMs = performance.now() - state.failingSince;
  if (failingMs <= patienceMs) await sleep(Math.min(WAIT_MS_MAX, 5 + failingMs / 4));
  else
    giveUp(
      new DatabaseUnavailable("The database does not answer.", { cause: error }),
      state,
      queue,
    );
}

/** Nobody is told "kept" or "not kept": the callers may ask again under their idempotency keys. */
function giveUp(error: unknown, state: State, queue: Queue<Item, Outcome>): void {
  for (const { fail } of state.inDoubt?.taken ?? []) fail(error);
  for (const { fail } of queue.take(QUEUE_ITEMS_MAX)) fail(error);
  state.inDoubt = undefined;
  state.failingSince = undefined;
}

function notRetryable(
  failure: unknown,
  state: State,
  queue: Queue<Item, Outcome>,
  taken: Taken,
): void {
  const error = blamed(failure);
  if (taken.length > 1 && !(error instanceof DatabaseUnavailable)) {
    state.single = taken.length;
    queue.putBack(taken);
    return;
  }
  // Nothing was taken: it is the head itself that cannot be read.
  if (taken.length === 0) return giveUp(error, state, queue);
  if (state.single > 0) state.single -= taken.length;
  for (const { fail } of taken) fail(error);
}
