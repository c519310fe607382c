/**
 * IMAP: a mailbox that people and mail servers write to, looked into from time to time.
 *
 *   imaps://user:password@mail.fennel.example/INBOX
 *
 * Only looks: what is in the mailbox stays there, unread marks and all, unless the operator
 * said that what was taken goes. A message is named by UIDVALIDITY and UID (RFC 9051, 2.3.1.1)
 * and by its own bytes, which the caller keeps track of. The library is loaded when a
 * mailbox is opened, and everything that waits for the other side is cut.
 */

import type { ImapFlow } from "imapflow";

export type MailboxSettings = {
  readonly imapUrl?: string | undefined;
  readonly imapTls: "starttls" | "none";
  readonly imapAfterwards: "keep" | "delete";
};

export type MailboxServer = {
  readonly host: string;
  readonly port: number;
  readonly tls: "implicit" | "starttls" | "none";
  readonly user: string;
  readonly pass: string;
  readonly folder: string;
  /** What was taken goes. */
  readonly deletes: boolean;
};

export type Arrived = {
  readonly uid: number;
  /** The message, or its beginning where it is longer than is taken. */
  readonly bytes: Buffer;
  readonly isCut: boolean;
};

export type OpenMailbox = {
  /** Under another one the UIDs of before name nothing any more. */
  readonly validity: string;
  readonly messages: number;
  /** The next messages after this UID, the lowest first; none where there are no more. */
  readonly after: (uid: number) => Promise<readonly Arrived[]>;
  readonly remove: (uid: number) => Promise<void>;
  readonly close: () => void;
};

/** A mailbox by its settings, opened when somebody looks. */
export type MailboxDoor = {
  /** Without the password; its place in the record of what was taken. */
  readonly name: string;
  readonly deletes: boolean;
  /** Rejects where the server cannot be reached, or does not let us in. */
  readonly open: () => Promise<OpenMailbox>;
};

export const MESSAGE_BYTES_MAX = 1024 * 1024;
const BATCH_MESSAGES = 20;
const CONNECT_MS_MAX = 10_000;
const SILENT_MS_MAX = 15_000;
const PORTS = { implicit: 993, starttls: 143, none: 143 } as const;

/** Undefined where none is named. */
export function mailboxServerOf(settings: MailboxSettings): MailboxServer | undefined {
  if (settings.imapUrl === undefined) return undefined;
  const url = new URL(settings.imapUrl);
  const tls = url.protocol === "imaps:" ? "implicit" : settings.imapTls;
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? PORTS[tls] : Number(url.port),
    tls,
    user: decodeURIComponent(url.username),
    pass: decodeURIComponent(url.password),
    folder: decodeURIComponent(url.pathname.replace(/^\//, "")) || "INBOX",
    deletes: settings.imapAfterwards === "delete",
  };
}

export const mailboxDoor = (server: MailboxServer): MailboxDoor => ({
  name: `${server.user}@${server.host}/${server.folder}`,
  deletes: server.deletes,
  open: () => openMailbox(server),
});

async function openMailbox(server: MailboxServer): Promise<OpenMailbox> {
  const { ImapFlow } = await import("imapflow");
  const { host, port, tls, user, pass, folder, deletes } = server;
  const client = new ImapFlow({
    host,
    port,
    secure: tls === "implicit",
    ...(tls === "implicit" ? {} : { doSTARTTLS: tls === "starttls" }),
    auth: { user, pass },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: CONNECT_MS_MAX,
    greetingTimeout: CONNECT_MS_MAX,
    socketTimeout: SILENT_MS_MAX,
    maxLiteralSize: 2 * MESSAGE_BYTES_MAX,
  });
  // Told by whatever is asked next; nobody listens else.
  client.on("error", () => {});
  try {
    await client.connect();
    const { uidValidity, exists } = await client.mailboxOpen(folder, { readOnly: !deletes });
    return {
      validity: String(uidValidity),
      messages: exists,
      after: (uid) => arrivedAfter(client, uid),
      remove: async (uid) => {
        await client.messageDelete(String(uid), { uid: true });
      },
      close: () => client.close(),
    };
  } catch (error) {
    client.close();
    throw error;
  }
}

async function arrivedAfter(client: ImapFlow, uid: number): Promise<readonly Arrived[]> {
  const range = { uid: `${uid + 1}:*` };
  const found = await client.search(range, { uid: true });
  // Of `7:*` the last message is one, whatever its UID.
  const next = (found || []).filter((one) => one > uid).sort((a, b) => a - b);
  const arrived: Arrived[] = [];
  for (const one of next.slice(0, BATCH_MESSAGES)) {
    const source = { start: 0, maxLength: MESSAGE_BYTES_MAX };
    const message = await client.fetchOne(String(one), { size: true, source }, { uid: true });
    // Somebody else has removed it meanwhile.
    if (!message || !message.source) continue;
    const isCut = (message.size ?? 0) > MESSAGE_BYTES_MAX;
    arrived.push({ uid: one, bytes: message.source, isCut });
  }
  return arrived.length === 0 && next.length > BATCH_MESSAGES
    ? arrivedAfter(client, next[BATCH_MESSAGES - 1] as number)
    : arrived;
}
