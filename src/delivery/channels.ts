/**
 * Channels: by which ways a letter can leave. Mail today, through the server that
 * the operator names; without one everything lies in the outbox folder, and says so.
 *
 * Pages go by the same way as notices: a team that mail does not reach is not
 * reached by this program yet.
 */

import type { Instant } from "../core/time/instant.ts";
import { withCrowd } from "./crowd.ts";
import { converse, type Dialogue } from "./dialogue.ts";
import type { Letter } from "./letter.ts";
import { type Mailbox, parseMailboxText } from "./mailbox.ts";
import { composing, type Dkim } from "./mime.ts";
import { keepInFolder } from "./outbox-files.ts";
import type { Signer } from "./pgp.ts";
import type { Sent } from "./sent.ts";
import { type SmtpServer, smtpServerOf } from "./server.ts";
import { smtpSender } from "./smtp.ts";

/** What the operator has set, as far as it is about mail. */
export type MailSettings = {
  readonly url: string;
  readonly smtpUrl?: string | undefined;
  readonly smtpHost?: string | undefined;
  readonly smtpPort?: number | undefined;
  readonly smtpUser?: string | undefined;
  readonly smtpPassword?: string | undefined;
  readonly smtpTls: "starttls" | "implicit" | "none";
  readonly mailFrom?: string | undefined;
  readonly bounceAddress?: string | undefined;
  readonly dkimDomain?: string | undefined;
  readonly dkimSelector?: string | undefined;
  readonly dkimKey?: string | undefined;
};

export type Channel = {
  /** Whether mail leaves this machine. */
  readonly isConfigured: boolean;
  /** How it leaves, in a sentence. */
  readonly says: string;
  /** From whom mail comes that no person sends, and where bounces go. */
  readonly mailbox: Mailbox;
  /** Where bounces go instead, each letter's to an address of its own. */
  readonly bounces?: Mailbox | undefined;
  /**
   * Sends one letter, within ten seconds from when its turn has come, which `onBegin` is told.
   * Never rejects for what the other side does.
   */
  readonly send: (letter: Letter, onBegin?: () => void) => Promise<Sent>;
  /** Keeps a letter that must not leave. */
  readonly keep: (letter: Letter) => Promise<Sent>;
  /** Sends one test mail and answers with all that was said. */
  readonly test: (address: string) => Promise<Dialogue>;
  readonly close: () => Promise<void>;
};

/** Mail as it is configured; `folder` takes what does not leave; `sign` signs what is encrypted. */
export function mailChannel(
  settings: MailSettings,
  folder: string,
  now: () => Instant = () => Date.now() as Instant,
  sign?: Signer,
): Channel {
  const dkim = dkimOf(settings);
  const compose = composing(dkim, sign);
  const mailbox = senderOf(settings);
  const server = smtpServerOf(settings);
  const keep = (letter: Letter, onBegin?: () => void): Promise<Sent> => {
    onBegin?.();
    return keepInFolder(folder, letter, compose);
  };
  const smtp = server && withCrowd(smtpSender(server, compose), { server, dkim });
  return {
    isConfigured: smtp !== undefined,
    says: server ? saysOf(server, mailbox) : `no mail server is set up; mail is kept in ${folder}`,
    mailbox,
    bounces: bouncesOf(settings),
    send: smtp?.send ?? keep,
    keep,
    test: (address) => converse(server, mailbox, address, compose, keep, now()),
    close: async () => smtp?.close(),
  };
}

function dkimOf({ dkimDomain, dkimSelector, dkimKey }: MailSettings): Dkim | undefined {
  if (dkimDomain === undefined || dkimSelector === undefined || dkimKey === undefined)
    return undefined;
  return { domainName: dkimDomain, keySelector: dkimSelector, privateKey: dkimKey };
}

function senderOf({ mailFrom, url }: MailSettings): Mailbox {
  const given = mailFrom === undefined ? undefined : parseMailboxText(mailFrom);
  if (given?.ok) return given.value;
  const { hostname } = new URL(url);
  // An IP address is no mail domain; nobody could answer there anyway.
  const domain = /^[\d.]+$|:/.test(hostname) ? "localhost" : hostname;
  return { name: "Duenotice", address: `duenotice@${domain}` };
}

function bouncesOf({ bounceAddress }: MailSettings): Mailbox | undefined {
  const given = bounceAddress === undefined ? undefined : parseMailboxText(bounceAddress);
  return given?.ok ? given.value : undefined;
}

const ENCRYPTED = {
  starttls: "encrypted by STARTTLS",
  implicit: "encrypted",
  none: "not encrypted",
} as const;

const saysOf = ({ host, port, tls }: SmtpServer, { address }: Mailbox): string =>
  `through ${host}, port ${port}, ${ENCRYPTED[tls]}; automatic mail comes from ${address}`;
