/**
 * Store: everything that this installation keeps, behind one door.
 *
 * Opening it asserts that the database keeps what it acknowledges, brings the
 * schema up to date, and only then hands out the ledger, the queues and the rows.
 * Connections: one for the sequencer, one for raw bodies, a few for the rest, all
 * opened on first use; an idle installation holds one or two.
 */

import { ok, type Result } from "../core/problem.ts";
import { accounts } from "./account.ts";
import { blobs } from "./blob.ts";
import { due } from "./due.ts";
import { idempotency } from "./idempotency.ts";
import { ledger } from "./ledger.ts";
import { links } from "./link.ts";
import { migrate, readMigrations } from "./migrate.ts";
import { outbox } from "./outbox.ts";
import { passkeys } from "./passkey.ts";
import { type Locate, openPool, type Pool } from "./pool.ts";
import { assertSettings } from "./postgres/settings.ts";
import { raws } from "./raw.ts";
import { seen } from "./seen.ts";
import { sequencer } from "./sequencer.ts";
import { sessions } from "./session.ts";
import { settings } from "./setting.ts";
import { openTail } from "./tail.ts";
import { tokens } from "./token.ts";
import { customerView } from "./views/customer.ts";
import { incidentView } from "./views/incident.ts";
import { noticeView } from "./views/notice.ts";
import { obligationView } from "./views/obligation.ts";
import { policyView } from "./views/policy.ts";
import { signalView } from "./views/signal.ts";
import { openWriter } from "./writer.ts";

export type StoreOptions = {
  /** DUE_DATABASE_URL, or a question that is asked at every new connection. */
  readonly database: string | Locate;
  /** The folder with the migrations: beside the sources, or beside the bundle. */
  readonly migrationsDir: string;
  readonly log?: (line: string) => void;
  /** Connections for everything but the two writers. */
  readonly connectionsMax?: number;
};

/**
 * What the built-in server is started with: small when idle, and still fast. `max_connections`
 * reserves memory for each, WAL is kept long enough that a storm does not force checkpoints.
 */
export const EMBEDDED_SETTINGS: Readonly<Record<string, string>> = {
  shared_buffers: "24MB",
  max_connections: "32",
  max_wal_size: "2GB",
  checkpoint_timeout: "15min",
  jit: "off",
  max_parallel_workers: "0",
  max_parallel_workers_per_gather: "0",
  autovacuum_max_workers: "1",
  autovacuum_naptime: "30s",
  work_mem: "8MB",
  maintenance_work_mem: "32MB",
  track_activity_query_size: "512",
};

const CONNECTIONS_MAX = 6;

export type Store = Awaited<ReturnType<typeof assemble>>;

/**
 * Opens the store. Refuses with database-too-new; throws StartRefused where the database could
 * lose what it acknowledged.
 */
export async function openStore(options: StoreOptions): Promise<Result<Store>> {
  const log = options.log ?? (() => {});
  const { database } = options;
  const locate: Locate =
    typeof database === "string" ? async () => ({ connectionString: database }) : database;
  const pool = openPool(locate, options.connectionsMax ?? CONNECTIONS_MAX, log);
  try {
    const advice = await assertSettings((sql) => pool.rows<Record<string, unknown>>(sql));
    const migrated = await migrate(pool, readMigrations(options.migrationsDir));
    if (!migrated.ok) {
      await pool.close();
      return migrated;
    }
    if (migrated.value.length > 0) log(`migrations applied: ${migrated.value.join(", ")}`);
    return ok(await assemble(pool, locate, advice, log));
  } catch (error) {
    await pool.close();
    throw error;
  }
}

async function assemble(
  pool: Pool,
  locate: Locate,
  advice: readonly string[],
  log: (line: string) => void,
) {
  const hints = await canNotify(pool);
  const onCommits = new Set<(size: number) => void>();
  const onRaws = new Set<() => void>();
  const writer = openWriter(locate);
  const rawWriter = openWriter(locate);
  const sequence = sequencer({
    writer,
    notify: hints,
    onCommit: (size) => {
      for (const listener of onCommits) listener(size);
    },
  });
  const record = ledger(pool, sequence);
  const tail = openTail(record, hints ? locate : undefined, log);
  onCommits.add((size) => tail.hint(size));
  const raw = raws(pool, rawWriter, () => {
    for (const listener of onRaws) listener();
  });
  return {
    ledger: record,
    raw,
    seen: seen(pool),
    due: due(pool),
    outbox: outbox(pool),
    idempotency: idempotency(pool),
    accounts: accounts(pool),
    sessions: sessions(pool),
    tokens: tokens(pool),
    passkeys: passkeys(pool),
    links: links(pool),
    settings: settings(pool),
    blobs: blobs(pool),
    views: {
      signals: signalView(pool),
      incidents: incidentView(pool),
      obligations: obligationView(pool),
      notices: noticeView(pool),
      customers: customerView(pool),
      policies: policyView(pool),
    },
    tail,
    pool,
    /** Sentences about settings that are not refused but ought to be otherwise: for the doctor. */
    advice,
    /** Called after every commit of this process; answers with how to stop. Must not throw. */
    onCommit: (listener: (size: number) => void) => subscribe(onCommits, listener),
    /** Called after raw bodies were kept by this process. Must not throw. */
    onRaw: (listener: () => void) => subscribe(onRaws, listener),
    /** Writes what waits, then closes every connection. */
    async close(): Promise<void> {
      await raw.close();
      await sequence.close();
      await tail.close();
      await Promise.all([writer.close(), rawWriter.close()]);
      await pool.close();
    },
  };
}

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Not every server that speaks this dialect has NOTIFY. */
async function canNotify(pool: Pool): Promise<boolean> {
  try {
    await pool.rows("select pg_notify('duenotice', '')");
    return true;
  } catch {
    return false;
  }
}
