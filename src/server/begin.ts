/**
 * Begin: everything that works on an open installation: the worker, the mail that leaves and
 * comes, and what answers requests.
 *
 * Most of the program is behind this file. `due serve` loads it while the database starts.
 */

import { COUNTS } from "../api/version.ts";
import type { Instant } from "../core/time/instant.ts";
import { mailChannel } from "../delivery/channels.ts";
import { mailboxDoor, mailboxServerOf } from "../intake/imap.ts";
import { openMailRoom } from "../intake/mail-room.ts";
import { startWorker, type Worker } from "../worker/worker.ts";
import type { Config } from "./config.ts";
import type { Log } from "./log.ts";
import { type Opened, placesIn } from "./opened.ts";
import { webFolder } from "./place.ts";
import { serving, type Serving } from "./serve.ts";

type Options = { readonly config: Config; readonly log: Log; readonly now: () => Instant };

export type Begun = Serving & {
  readonly worker: Worker;
  /** How mail leaves, in a sentence. */
  readonly mailSays: string;
  /** After `close`, and after the last answer: the worker and the mail end. */
  readonly stop: () => Promise<void>;
};

export async function begin(opened: Opened, { config, log, now }: Options): Promise<Begun> {
  const { store, handling } = opened;
  const channel = mailChannel(config, placesIn(config.data).outbox, now, store.openpgp.signer);
  const inbox = mailboxServerOf(config);
  const mails = openMailRoom();
  const worker = await startWorker({
    store,
    handling,
    mail: channel,
    mailbox: inbox && mailboxDoor(inbox),
    mails,
    mailDays: config.mailDays,
    counts: COUNTS,
    now,
    log,
    url: config.url,
  });
  const side = serving({
    opened,
    config,
    webDir: config.webDir ?? webFolder(),
    now,
    log,
    workerTickAt: worker.lastTickAt,
    mail: { configured: channel.isConfigured, says: channel.says },
    testMail: channel.test,
  });
  return {
    ...side,
    worker,
    mailSays: channel.says,
    async stop() {
      await worker.stop();
      await mails.close();
      await channel.close();
    },
  };
}
