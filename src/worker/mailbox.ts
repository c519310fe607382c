/**
 * Mailbox: once a minute what has come to the mailbox that the operator named is taken in.
 *
 *   fetched -> kept as it came -> (removed, where that was asked for) -> the place moves on
 *
 * Each message is taken once. Its place is UIDVALIDITY and UID; where those begin anew, or a
 * kill came between keeping and moving on, it is known by its bytes: the id that it is kept
 * under follows from them. The bytes are durable before anything else happens to a message.
 * Looking runs beside the worker's other steps: a server that stalls holds up nobody.
 */

import { hash } from "node:crypto";
import { HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from "../core/time/instant.ts";
import type { Arrived, MailboxDoor, OpenMailbox } from "../intake/imap.ts";
import { withoutOwnLinks } from "../intake/own-link.ts";
import { raise } from "./raise.ts";
import { errorWords, type Step, type WorkerWorld } from "./world.ts";

export const MAILBOX = "mailbox";

const EVERY_MS = MINUTE_MS;
/** One look; the next goes on where it ended. */
const LOOK_MS_MAX = 30 * SECOND_MS;
/** After this long without a look that ended well a person hears of it. */
const AWAY_MS_MAX = HOUR_MS;

export type Looking = {
  readonly step: Step;
  /** Resolves when nobody looks. */
  readonly settled: () => Promise<void>;
};

export function lookingIntoMailbox(world: WorkerWorld): Looking {
  const { mailbox } = world;
  let lastAt: Instant | undefined;
  let wellAt: Instant | undefined;
  let looking: Promise<void> | undefined;
  const look = async (door: MailboxDoor, now: Instant): Promise<void> => {
    wellAt ??= now;
    try {
      await takeIn(world, door, now);
      wellAt = now;
    } catch (error) {
      world.log.warn({ mailbox: door.name, ...errorWords(error) }, "the mailbox was not read");
      if (now - wellAt >= AWAY_MS_MAX) await say(world, door, error, now);
    }
  };
  return {
    async step(now) {
      if (!mailbox || looking) return false;
      if (lastAt !== undefined && Math.abs(now - lastAt) < EVERY_MS) return false;
      lastAt = now;
      looking = look(mailbox, now).finally(() => {
        looking = undefined;
      });
      return false;
    },
    async settled() {
      await looking;
    },
  };
}

async function takeIn({ store, log }: WorkerWorld, door: MailboxDoor, now: Instant): Promise<void> {
  const place = `mailbox:${door.name}`;
  const held = (await store.settings.read(place)) as Place | undefined;
  const box = await door.open();
  // What stalls is cut: whatever was asked rejects then.
  const late = setTimeout(() => box.close(), LOOK_MS_MAX);
  try {
    let uid = held?.validity === box.validity ? held.uid : 0;
    for (let arrived = await box.after(uid); arrived.length > 0; arrived = await box.after(uid)) {
      for (const message of arrived) {
        if (!(await taken(store, message, now))) return;
        await removed(box, door, message);
        uid = message.uid;
        await store.settings.write(place, { validity: box.validity, uid } satisfies Place, now);
      }
      log.info({ mailbox: door.name, messages: arrived.length }, "messages were taken in");
    }
  } finally {
    clearTimeout(late);
    box.close();
  }
}

type Place = { readonly validity: string; readonly uid: number };

/** Durable, or there already; false where there is no room for it now. */
async function taken(
  { raw }: WorkerWorld["store"],
  { bytes, isCut }: Arrived,
  now: Instant,
): Promise<boolean> {
  const headers = { "content-type": "message/rfc822", ...(isCut ? { "x-cut": "yes" } : {}) };
  const body = withoutOwnLinks(bytes);
  const kept = await raw.keep({ id: idOf(bytes), source: MAILBOX, receivedAt: now, headers, body });
  return kept === "kept";
}

/** What is not here whole stays there. */
const removed = async (
  box: OpenMailbox,
  { deletes }: MailboxDoor,
  { uid, isCut }: Arrived,
): Promise<void> => {
  if (deletes && !isCut) await box.remove(uid);
};

/** A UUIDv8 (RFC 9562) of the message's bytes: the same message has the same. */
function idOf(bytes: Buffer): string {
  const hex = hash("sha256", bytes, "hex");
  const variant = "89ab"[Number.parseInt(hex[16] ?? "0", 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const say = (
  world: WorkerWorld,
  { name }: MailboxDoor,
  error: unknown,
  now: Instant,
): Promise<void> =>
  raise(
    world,
    {
      source: MAILBOX,
      about: "away",
      title: "The mailbox for reports has not been read for an hour",
      text: `${name} could not be looked into: ${errorWords(error).error}. Whatever people or mail servers wrote to it waits there. \`due doctor\` tries it.`,
    },
    now,
  );
