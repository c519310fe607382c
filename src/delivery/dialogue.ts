/**
 * Dialogue: one test mail, and every word that was said about it.
 *
 * What an operator needs when mail does not arrive: how far it went, under which
 * TLS, how the login was done, and the server's own sentence. Secrets are left out
 * of the transcript. The mail goes through the server that is configured, never
 * through one that was only typed in.
 */

import { randomBytes } from "node:crypto";
import type { TLSSocket } from "node:tls";
import { ok, type Result } from "../core/problem.ts";
import type { Instant } from "../core/time/instant.ts";
import type { Letter } from "./letter.ts";
import { domainOf, type Mailbox, parseMailbox } from "./mailbox.ts";
import type { Compose } from "./mime.ts";
import { type Sent, words } from "./sent.ts";
import type { SmtpServer } from "./server.ts";
import { ATTEMPT_MS_MAX, connectionTo, opened } from "./smtp.ts";

export type Dialogue = {
  readonly delivered: boolean;
  /** What came of it, in one sentence. */
  readonly says: string;
  /** `TLSv1.3`; absent where nothing was encrypted. */
  readonly tls?: string;
  /** `PLAIN`; absent where nobody logged in. */
  readonly login?: string;
  readonly lines: readonly DialogueLine[];
};

export type DialogueLine = { readonly by: "us" | "server"; readonly text: string };

const LINES_MAX = 200;

/** Sends one test mail to `address` now. */
export async function converse(
  server: SmtpServer | undefined,
  from: Mailbox,
  address: string,
  compose: Compose,
  keep: (letter: Letter) => Promise<Sent>,
  at: Instant,
): Promise<Dialogue> {
  const letter = testLetter(from, address, at);
  if (!letter.ok) return { delivered: false, says: letter.problems[0].message, lines: [] };
  if (server) return spoken(server, letter.value, compose);
  const kept = await keep(letter.value);
  const says = kept.is === "delivered" ? kept.response : kept.reason;
  return { delivered: false, says: `No mail server is set up: ${says}.`, lines: [] };
}

function testLetter(from: Mailbox, address: string, at: Instant): Result<Letter> {
  const to = parseMailbox({ mail: address });
  if (!to.ok) return to;
  const id = `test.${randomBytes(8).toString("hex")}`;
  return ok({
    id,
    messageId: `<${id}@${domainOf(from)}>`,
    from,
    replyTo: undefined,
    to: to.value,
    bounceTo: from.address,
    subject: "Test of outgoing mail",
    text: "This mail was asked for to see whether mail from here arrives. It does.\n",
    thread: [],
    automatic: "auto-generated",
    at,
  });
}

async function spoken(server: SmtpServer, letter: Letter, compose: Compose): Promise<Dialogue> {
  const lines: DialogueLine[] = [];
  const connection = connectionTo(server, ATTEMPT_MS_MAX, listening(lines));
  let tls: string | undefined;
  const late = setTimeout(() => connection.close(), ATTEMPT_MS_MAX);
  const broken = new Promise<never>((_, reject) => {
    connection.on("error", reject);
    connection.on("end", () => reject(new Error("the connection ended without an answer")));
  });
  broken.catch(() => {});
  try {
    const { bytes, envelope } = await compose(letter);
    await Promise.race([opened(connection, server), broken]);
    const socket = connection._socket as TLSSocket | false | null;
    if (socket && "getProtocol" in socket) tls = socket.getProtocol() ?? undefined;
    const response = await Promise.race([
      broken,
      new Promise<string>((resolve, reject) => {
        connection.send({ from: envelope.from, to: [...envelope.to] }, bytes, (error, info) =>
          error || !info ? reject(error) : resolve(info.response),
        );
      }),
    ]);
    connection.quit();
    return told(true, `The server took it: ${words(response)}`, tls, lines);
  } catch (error) {
    const { response, message } = error as Error & { readonly response?: string };
    return told(false, `The mail did not leave: ${words(response ?? message)}`, tls, lines);
  } finally {
    clearTimeout(late);
    setTimeout(() => connection.close(), 1_000).unref();
  }
}

function told(
  delivered: boolean,
  says: string,
  tls: string | undefined,
  lines: readonly DialogueLine[],
): Dialogue {
  const login = lines
    .map(({ by, text }) => (by === "us" ? /^AUTH (\S+)/.exec(text)?.[1] : undefined))
    .find((method) => method !== undefined);
  return {
    delivered,
    says,
    lines,
    ...(tls === undefined ? {} : { tls }),
    ...(login === undefined ? {} : { login }),
  };
}

/** What nodemailer logs of the traffic; the message itself is not among it. */
function listening(lines: DialogueLine[]) {
  let secret = false;
  const hear = (entry: { readonly tnx?: string }, text: string): void => {
    if (lines.length >= LINES_MAX) return;
    if (entry.tnx === "server") {
      // What follows a challenge is part of the credentials.
      secret = text.startsWith("334");
      lines.push({ by: "server", text: words(text) });
    } else if (entry.tnx === "client") {
      const shown = text.replace(/^(AUTH \S+).*$/s, "$1 (secret)");
      lines.push({ by: "us", text: secret ? "(secret)" : words(shown) });
    }
  };
  const quiet = (): void => {};
  return { trace: quiet, debug: hear, info: quiet, warn: quiet, error: quiet, fatal: quiet };
}
