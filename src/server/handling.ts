/**
 * Handling: the store put behind handle.ts, for whoever sends commands in this process.
 *
 * The server's routes, the worker and the host's verbs all decide with the world
 * that is made here, so there is one answer to who is in the team, which policy
 * runs and what an id looks like.
 */

import { randomBytes } from "node:crypto";
import { type Access, foldAccess, teamOf } from "../core/access/access.ts";
import { directoryOf } from "../core/directory.ts";
import type { DirectoryCustomer } from "../core/incident/outward/listed.ts";
import type { Context, Person } from "../core/context.ts";
import { policyHash } from "../core/policy/parse/parse.ts";
import type { Installation } from "../core/installation/installation.ts";
import { type Along, handle, type World as HandleWorld } from "../handle.ts";
import { policiesOf } from "../policies.ts";
import { noticeSecret, secretDigest } from "../store/notice-secret.ts";
import type { Projection } from "../store/projection.ts";
import type { Store } from "../store/store.ts";
import { project } from "../store/views/project.ts";
import type { PolicyRoom } from "./policy/room.ts";
import { everyCustomer } from "./views/every-customer.ts";
import { keptFolds } from "./folds.ts";
import { type Subjects, subjectsOf } from "./subjects.ts";
import { inTurn } from "./turns.ts";
import { SECOND_MS } from "../core/time/instant.ts";
import { uuids } from "./uuid.ts";
import { regimes, releases } from "./regimes.ts";
import type { Handle } from "./world.ts";

export type Handling = {
  readonly world: HandleWorld<Projection>;
  /** Decides and records, in the installation's present zone. */
  readonly handle: (...given: [...Parameters<Handle>, along?: Along]) => ReturnType<Handle>;
  readonly subjects: Subjects;
  /** The installation as it stands; a new one where nothing was set up. */
  readonly installation: () => Promise<Installation>;
  readonly access: () => Promise<Access>;
  readonly team: () => Promise<readonly Person[]>;
  /** Where texts that are not published are read; absent where they are read in this thread. */
  readonly texts: PolicyRoom | undefined;
};

/** No 0, 1, I, L, O or U: what is read aloud or copied by hand stays what it was. */
const ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const NO_INSTALLATION: Installation = { version: 0, organisation: "", zone: "UTC", sample: false };

/**
 * `url` is where this installation is reached, without a slash at the end; a notice is held
 * for `holdSeconds` before it leaves.
 */
export function handling(
  store: Store,
  url: string,
  holdSeconds = 60,
  texts?: PolicyRoom,
): Handling {
  const subjects = subjectsOf(store.ledger);
  const turns = inTurn();
  let zone = NO_INSTALLATION.zone;
  let told = NO_INSTALLATION.told;

  const installation = async (): Promise<Installation> => {
    const opened = await subjects.open("installation", "current");
    const state = opened?.folded.state ?? NO_INSTALLATION;
    zone = state.zone;
    told = state.told;
    return state;
  };
  const access = async (): Promise<Access> =>
    (await subjects.open("access", "current"))?.folded.state ?? foldAccess([]);
  const team = async (): Promise<readonly Person[]> => teamOf(await access());

  const world: HandleWorld<Projection> = {
    ledger: {
      read: subjects.read,
      async append(parts, options) {
        const appended = await store.ledger.append(parts, options);
        if (appended.outcome === "appended") subjects.follow(parts, appended.seqs);
        return appended;
      },
    },
    answers: store.idempotency,
    policies: policiesOf(subjects.read, async (hash) =>
      (await store.blobs.read(hash))?.bytes.toString("utf8"),
    ),
    draftHash: async (name) => {
      const draft = await store.drafts.read(name);
      return draft && policyHash(draft.text);
    },
    subscribers: (topic) => store.views.subscriptions.count(topic),
    ...(texts ? { judge: texts.judgedOf } : {}),
    keepDocument: (text) => store.blobs.put(Buffer.from(text), "application/yaml"),
    isKept: (hash) => store.blobs.has(hash),
    team,
    installation: () => ({
      zone,
      url,
      holdMs: holdSeconds * SECOND_MS,
      ...zoneRules(),
      ...ownPagesOf(store),
    }),
    law: () => ({
      told,
      regimes: regimes(),
      releases: releases().map(({ release }) => release),
    }),
    nextIncident: () => store.views.incidents.nextNumber(),
    insideIn: async (text) => {
      const [internal, reporters] = await Promise.all([
        store.views.incidents.titlesIn(text),
        store.views.signals.sendersIn(text),
      ]);
      return { internal, reporters };
    },
    customersIn: (text) => store.views.customers.namedIn(text),
    async directory() {
      const all: DirectoryCustomer[] = [];
      for await (const some of everyCustomer(store)) all.push(...directoryOf(some));
      return all;
    },
    async currentSignal(fingerprint) {
      return (await store.seen.current([fingerprint])).get(fingerprint)?.signal;
    },
    async subjectOfEntry(entry) {
      return UUID.test(entry) ? (await store.ledger.find(entry))?.subject : undefined;
    },
    fresh: { entryId: uuids(), characters },
    folds: keptFolds(),
    project,
  };
  return {
    world,
    async handle(envelope, along) {
      await installation();
      return turns(envelope.subject, () => handle(envelope, world, along));
    },
    subjects,
    installation,
    access,
    team,
    texts,
  };
}

/** Random characters of the alphabet of references; those that would favour some are passed over. */
function characters(count: number): string {
  let text = "";
  while (text.length < count)
    for (const byte of randomBytes(count)) {
      const letter = ALPHABET[byte & 31];
      if (letter !== undefined && text.length < count) text += letter;
    }
  return text;
}

/** None is given away while the key is missing that its secret follows from. */
function ownPagesOf({ signing }: Store): Pick<Context, "ownPage"> {
  if (!signing.ok) return {};
  const key = signing.value;
  return {
    ownPage: (incident, recipient, madeWith) =>
      secretDigest(noticeSecret(key, { incident, recipient, madeWith })),
  };
}

/** The time zone data that this Node counts by; an update of it may move what is due. */
function zoneRules(): { readonly zoneRules?: string } {
  const { tz } = process.versions;
  return tz === undefined ? {} : { zoneRules: tz };
}
