/**
 * Store: everything that this installation keeps, behind one door.
 *
 * Opening it asserts that the database keeps what it acknowledges, brings the
 * schema up to date, and only then hands out the ledger, the queues and the rows.
 * Connections: one for the sequencer, one for raw bodies, a few for the rest, all
 * opened on first use; an idle installation holds one or two.
 */

import { ok, type Result } from "../core/problem.ts";
import type { Instant } from "../core/time/instant.ts";
import { accounts } from "./account.ts";
import type { BackupManifest } from "./archive.ts";
import { backup } from "./backup.ts";
import { CHANGES_POLICY } from "./batch.ts";
import { blobs } from "./blob.ts";
import { calendarFeeds } from "./calendar-feed.ts";
import { checkLedger, type LedgerCheck } from "./check.ts";
import { checkpoints, publishedNotes } from "./checkpoint.ts";
import { drafts } from "./draft.ts";
import { due } from "./due.ts";
import { exportLedger, type Extract } from "./export.ts";
import { idempotency } from "./idempotency.ts";
import { type Ledger, ledger } from "./ledger.ts";
import { breakLedger, type LedgerBreak } from "./ledger-break.ts";
import { links } from "./link.ts";
import { migrate, readMigrations } from "./migrate.ts";
import { openpgpKey } from "./openpgp.ts";
import { outbox } from "./outbox.ts";
import { passkeys } from "./passkey.ts";
import { type Locate, openPool, type Pool } from "./pool.ts";
import { assertSettings } from "./postgres/settings.ts";
import { raws } from "./raw.ts";
import { type Rebuilt, rebuild } from "./rebuild.ts";
import { refreshSignals } from "./refresh.ts";
import { PATIENCE_MS } from "./retry.ts";
import { securityTxts } from "./security-txt.ts";
import { seen } from "./seen.ts";
import { sequencer } from "./sequencer.ts";
import { sessions } from "./session.ts";
import { settings } from "./setting.ts";
import { fixOrigin, ledgerKeys, openSigning, replaceKey, type Signing } from "./signing.ts";
import { openTail } from "./tail.ts";
import { bannerTokens } from "./banner-token.ts";
import { subscribers } from "./subscriber.ts";
import { tokens } from "./token.ts";
import { customerView } from "./views/customer.ts";
import { incidentView } from "./views/incident.ts";
import { noticeDraftView } from "./views/notice-draft.ts";
import { noticeView } from "./views/notice.ts";
import { pictureView } from "./views/picture.ts";
import { notifiedIncidents } from "./views/notified.ts";
import { attainmentView } from "./views/attainment.ts";
import { obligationView } from "./views/obligation.ts";
import { ownPageView } from "./views/own-page.ts";
import { partyView } from "./views/party.ts";
import { publicReviewView } from "./views/public-review.ts";
import { policyView } from "./views/policy.ts";
import { shareView } from "./views/share.ts";
import { signalView } from "./views/signal.ts";
import { subscriptionView } from "./views/subscription.ts";
import { openWriter } from "./writer.ts";

export type StoreOptions = {
  /** DUE_DATABASE_URL, or a question that is asked at every new connection. */
  readonly database: string | Locate;
  /** The folder with the migrations: beside the sources, or beside the bundle. */
  readonly migrationsDir: string;
  /** Where the keys and the ledger's last checkpoint lie: DUE_DATA/keys. */
  readonly keysDir: string;
  /** What this ledger is called, without scheme; counts at the first start only. */
  readonly origin: string;
  /** The present instant. */
  readonly at: Instant;
  readonly log?: (line: string) => void;
  /** Connections for everything but the two writers. */
  readonly connectionsMax?: number;
  /** How long a caller waits for a database that does not answer. */
  readonly patienceMs?: number;
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
  io_method: "sync",
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
  const { connectionsMax = CONNECTIONS_MAX, patienceMs = PATIENCE_MS } = options;
  const pool = openPool(locate, { connectionsMax, patienceMs, log });
  try {
    const advice = await assertSettings((sql) => pool.rows<Record<string, unknown>>(sql));
    const migrated = await migrate(pool, readMigrations(options.migrationsDir));
    if (!migrated.ok) {
      await pool.close();
      return migrated;
    }
    if (migrated.value.length > 0) log(`migrations applied: ${migrated.value.join(", ")}`);
    return ok(await assemble(options, pool, locate, advice));
  } catch (error) {
    await pool.close();
    throw error;
  }
}

async function assemble(options: StoreOptions, pool: Pool, locate: Locate, advice: Advice) {
  const log = options.log ?? (() => {});
  const onRaws = new Set<() => void>();
  const rawWriter = openWriter(locate);
  const { patienceMs = PATIENCE_MS } = options;
  const raw = raws(pool, {
    writer: rawWriter,
    patienceMs,
    onKept: () => {
      for (const listener of onRaws) listener();
    },
  });
  const { close, ...recording } = await openRecord(pool, locate, { log, patienceMs });
  return {
    ...rowsIn(pool),
    ...outwardKey(pool, options.keysDir),
    ...recording,
    ...(await verification(options, pool, recording.ledger)),
    raw,
    /** Folds every subject again: names what differs, and writes it unless `check` is set. */
    rebuild: (mode: { readonly check: boolean }): Promise<Rebuilt> => rebuild(pool, mode),
    pool,
    /** Sentences about settings that are not refused but ought to be otherwise: for the doctor. */
    advice,
    /** Called after this process kept raw bodies; answers with how to stop. Must not throw. */
    onRaw: (listener: () => void) => subscribe(onRaws, listener),
    /** Writes what waits, then closes every connection. */
    async close(): Promise<void> {
      await raw.close();
      await close();
      await rawWriter.close();
      await pool.close();
    },
  };
}

type Advice = readonly string[];

/** Everything that is plain rows. */
const rowsIn = (pool: Pool) => ({
  seen: seen(pool),
  due: due(pool),
  outbox: outbox(pool),
  idempotency: idempotency(pool),
  accounts: accounts(pool),
  sessions: sessions(pool),
  tokens: tokens(pool),
  passkeys: passkeys(pool),
  calendarFeeds: calendarFeeds(pool),
  links: links(pool),
  settings: settings(pool),
  subscribers: subscribers(settings(pool)),
  bannerTokens: bannerTokens(settings(pool)),
  blobs: blobs(pool),
  drafts: drafts(pool),
  views: {
    shares: shareView(pool),
    ownPages: ownPageView(pool),
    signals: signalView(pool),
    incidents: incidentView(pool),
    obligations: obligationView(pool),
    attainment: attainmentView(pool),
    notices: noticeView(pool),
    picture: pictureView(pool),
    noticeDrafts: noticeDraftView(pool),
    customers: customerView(pool),
    parties: partyView(pool),
    policies: policyView(pool),
    subscriptions: subscriptionView(pool),
    notified: notifiedIncidents(pool),
    publicReviews: publicReviewView(pool),
  },
});

/** The key that the world outside knows us by, and what it signs. */
function outwardKey(pool: Pool, keysDir: string) {
  const openpgp = openpgpKey(settings(pool), keysDir);
  return { openpgp, securityTxt: securityTxts(settings(pool), openpgp) };
}

/** The ledger, and who is told when it grows. */
async function openRecord(
  pool: Pool,
  locate: Locate,
  { log, patienceMs }: { readonly log: (line: string) => void; readonly patienceMs: number },
) {
  const notify = await canNotify(pool);
  const onCommits = new Set<(size: number) => void>();
  const writer = openWriter(locate);
  const refresh = refreshing(pool, log);
  const sequence = sequencer({
    writer,
    notify,
    patienceMs,
    onCommit: (size, types) => {
      tail.hint(size);
      if ([...CHANGES_POLICY].some((type) => types.has(type))) refresh.run();
      for (const listener of onCommits) listener(size);
    },
  });
  const record = ledger(pool, sequence);
  const tail = openTail(record, notify ? locate : undefined, log);
  return {
    ledger: record,
    tail,
    /** Called after every commit of this process; answers with how to stop. Must not throw. */
    onCommit: (listener: (size: number) => void) => subscribe(onCommits, listener),
    async close(): Promise<void> {
      await sequence.close();
      await refresh.close();
      await tail.close();
      await writer.close();
    },
  };
}

/** What makes the ledger more than a table: its name, its key, and whoever looks at it again. */
async function verification(options: StoreOptions, pool: Pool, record: Ledger) {
  const { keysDir, at } = options;
  const rows = settings(pool);
  const origin = await fixOrigin(rows, options.origin, at);
  const signing = await openSigning(rows, keysDir, origin, at);
  const signed = checkpoints(pool, origin, signing, keysDir);
  return {
    origin,
    /** Refused where the key is not the ledger's: a sentence to print, and what mends it. */
    signing,
    checkpoints: signed,
    /** Reads every stored byte again and says what does not hold. */
    check: async (now: Instant): Promise<LedgerCheck> =>
      checkLedger(pool, {
        origin,
        keys: await ledgerKeys(rows),
        at: now,
        held: publishedNotes(keysDir),
      }),
    /** The ledger as one file that can be verified offline. Refuses without a key to sign it. */
    async exportTo(
      scope: "whole" | "redacted",
      now: Instant,
      write: (chunk: Uint8Array) => void | Promise<void>,
      only?: Extract,
    ): Promise<Result<number>> {
      if (!signing.ok) return signing;
      const { signer, keys } = signing.value;
      const given = { origin, signer, keys, at: now, scope, write, ...(only ? { only } : {}) };
      return ok(await pool.snapshot((sql) => exportLedger(sql, given)));
    },
    /** Everything that cannot be made again, online, into a folder that does not exist yet. */
    backup: (into: string, now: Instant): Promise<Result<BackupManifest>> =>
      backup({ pool, origin, signing, keysDir, into, at: now }),
    /** Goes on with a new key; open the store again after it, and record it in the ledger. */
    replaceKey: (now: Instant): Promise<Result<Signing>> => replaceKey(rows, keysDir, origin, now),
    /** Documents a break; open the store again after it, and record it in the ledger. */
    breakLedger: async (now: Instant): Promise<Result<LedgerBreak>> => {
      if (!signing.ok) return signing;
      const [head, next] = [await record.head(), await signed.next()];
      return breakLedger(rows, signing.value, { head, isWhole: next.ok }, keysDir, now);
    },
  };
}

/** Works off the note that a published policy leaves: at the start, and when one was published. */
function refreshing(pool: Pool, log: (line: string) => void) {
  let running: Promise<void> | undefined;
  const run = (): void => {
    running ??= refreshSignals(pool)
      .catch((error: unknown) => log(`read tables could not be refreshed: ${String(error)}`))
      .finally(() => {
        running = undefined;
      });
  };
  run();
  return { run, close: async (): Promise<void> => running };
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
