/**
 * SMTP: letters over connections to one server, a few at a time.
 *
 * Connections are reused while there is something to send. Each letter has ten
 * seconds for everything, connecting included; whoever stalls longer loses the
 * connection. The others do not wait for it: after a quarter of a second a letter gives
 * its place to the next one and goes on beside, on a connection of its own. nodemailer
 * speaks the protocol; its pool is not used, because it cannot cut one connection that
 * is busy.
 *
 * What counts is the answer to the last byte of the message. If the connection
 * breaks after that byte was written and before the answer, nobody knows: uncertain.
 */

import SMTPConnection from "nodemailer/lib/smtp-connection";
import type { Readable, Writable } from "node:stream";
import type { Letter } from "./letter.ts";
import type { Compose, Message } from "./mime.ts";
import { type Sent, words } from "./sent.ts";
import type { SmtpServer } from "./server.ts";

export const ATTEMPT_MS_MAX = 10_000;
const CONNECTIONS_MAX = 8;
/** How long a letter may hold up others; less where as many stall as there are places. */
const PLACE_MS_MAX = 250;
const PLACE_MS_STALLED = 25;
/** Those that stall included. A server that takes fewer says so, and is believed. */
const SOCKETS_MAX = 160;
const LETTERS_PER_CONNECTION_MAX = 100;
const IDLE_MS_MAX = 5_000;
const FAREWELL_MS_MAX = 1_000;

export type SmtpSender = {
  readonly send: (letter: Letter, onBegin?: () => void) => Promise<Sent>;
  readonly close: () => void;
};

/** What nodemailer hangs onto an error. */
type SmtpError = Error & {
  readonly code?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly command?: string;
};

type Line = { readonly connection: SMTPConnection; sent: number; idle?: NodeJS.Timeout };

export function smtpSender(
  server: SmtpServer,
  compose: Compose,
  attemptMs: number = ATTEMPT_MS_MAX,
): SmtpSender {
  const free: Line[] = [];
  const places = placesOf();
  const drop = (line: Line): void => {
    clearTimeout(line.idle);
    const at = free.indexOf(line);
    if (at >= 0) free.splice(at, 1);
    line.connection.close();
  };
  const park = (line: Line): void => {
    if (line.sent >= LETTERS_PER_CONNECTION_MAX || line.connection.destroyed) {
      line.connection.quit();
      return;
    }
    line.idle = setTimeout(() => {
      free.splice(free.indexOf(line), 1);
      line.connection.quit();
    }, IDLE_MS_MAX).unref();
    free.push(line);
  };
  const take = async (signal: Cut): Promise<Line> => {
    const line = free.pop();
    if (line && !line.connection.destroyed) {
      clearTimeout(line.idle);
      signal.onCut(() => drop(line));
      return line;
    }
    const connection = connectionTo(server, attemptMs);
    const fresh: Line = { connection, sent: 0 };
    signal.onCut(() => drop(fresh));
    // An idle connection that breaks is nobody's failure.
    connection.on("error", () => drop(fresh));
    connection.on("end", () => drop(fresh));
    await Promise.race([opened(connection, server), signal.over]).catch((error: SmtpError) => {
      if (error.responseCode === 421) places.full();
      throw error;
    });
    return fresh;
  };

  const attempt = async (message: Message, signal: Cut): Promise<Sent> => {
    const line = await take(signal);
    let handedOver = false;
    const onHandedOver = (): void => {
      handedOver = true;
    };
    try {
      const response = await transmitted(line.connection, message, signal, onHandedOver);
      line.sent += 1;
      park(line);
      return { is: "delivered", response: words(response) };
    } catch (error) {
      drop(line);
      return refused(error as SmtpError, handedOver);
    }
  };

  return {
    async send(letter, onBegin) {
      const place = await places.take();
      onBegin?.();
      const signal = cutAfter(attemptMs + extraMs(letter));
      try {
        return await attempt(await compose(letter), signal);
      } catch (error) {
        return refused(error as SmtpError, false);
      } finally {
        signal.clear();
        place.leave();
      }
    },
    close() {
      for (const { idle, connection } of free.splice(0)) {
        clearTimeout(idle);
        connection.quit();
        // Whoever does not answer a farewell is not waited for.
        setTimeout(() => connection.close(), FAREWELL_MS_MAX).unref();
      }
    },
  };
}

/**
 * What is attached takes longer on a slow line: a second for each megabyte, within the lease that
 * the letter is journaled under. A letter without files is cut as soon as ever.
 */
const extraMs = ({ files = [] }: Letter): number =>
  files.reduce((sum, { bytes }) => sum + bytes, 0) / 1_000;

/** A few places; whoever is in one for too long makes room, and is only counted. */
function placesOf() {
  const waiting: (() => void)[] = [];
  let [used, all, allMax] = [0, 0, SOCKETS_MAX];
  const next = (): void => {
    while (used < CONNECTIONS_MAX && all < allMax && waiting.length > 0) {
      used += 1;
      all += 1;
      waiting.shift()?.();
    }
  };
  return {
    /** The server has let nobody else in. */
    full(): void {
      allMax = Math.max(CONNECTIONS_MAX, all - 1);
    },
    async take() {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        next();
      });
      let holds = true;
      const makeRoom = (): void => {
        if (holds) used -= 1;
        holds = false;
        next();
      };
      const isStalling = all - used >= CONNECTIONS_MAX;
      const late = setTimeout(makeRoom, isStalling ? PLACE_MS_STALLED : PLACE_MS_MAX).unref();
      return {
        leave(): void {
          clearTimeout(late);
          all -= 1;
          makeRoom();
        },
      };
    },
  };
}

type Cut = {
  readonly onCut: (act: () => void) => void;
  /** Rejects when the time is over. */
  readonly over: Promise<never>;
  readonly clear: () => void;
};

function cutAfter(ms: number): Cut {
  const acts: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${ms / 1_000} seconds`));
      for (const act of acts) act();
    }, ms);
  });
  over.catch(() => {});
  return { onCut: (act) => acts.push(act), over, clear: () => clearTimeout(timer) };
}

/** A connection that is not open yet. */
export const connectionTo = (
  { host, port, tls, rejectUnauthorized }: SmtpServer,
  attemptMs: number,
  logger?: object,
): SMTPConnection =>
  new SMTPConnection({
    host,
    port,
    secure: tls === "implicit",
    requireTLS: tls === "starttls",
    ignoreTLS: tls === "none",
    connectionTimeout: attemptMs,
    greetingTimeout: attemptMs,
    socketTimeout: attemptMs,
    dnsTimeout: attemptMs,
    // The other end may never close: it is not waited for.
    socketCloseTimeout: 0,
    tls: { minVersion: "TLSv1.2", ...(rejectUnauthorized === false ? { rejectUnauthorized } : {}) },
    ...(logger === undefined ? {} : { logger: logger as never, transactionLog: true }),
  });

/** Connects and logs in. */
export function opened(connection: SMTPConnection, { credentials }: SmtpServer): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.once("error", reject);
    connection.connect((error) => {
      if (error) return reject(error);
      // A server that offers no login to this client is the operator's own relay.
      if (credentials === undefined) return resolve();
      connection.login({ credentials: { ...credentials } }, (failure) =>
        failure ? reject(failure) : resolve(),
      );
    });
  });
}

function transmitted(
  connection: SMTPConnection,
  { envelope, bytes }: Message,
  { over }: Pick<Cut, "over">,
  onHandedOver: () => void,
): Promise<string> {
  // Asked for its bytes when the server has said that it takes them.
  const message = {
    pipe(into: Writable): void {
      onHandedOver();
      // The letter and the line that ends it in one packet.
      const socket = connection._socket;
      if (socket) socket.cork();
      into.end(bytes);
      if (socket) setImmediate(() => socket.uncork());
    },
  };
  const answered = new Promise<string>((resolve, reject) => {
    connection.send(
      { from: envelope.from, to: [...envelope.to], size: bytes.length, use8BitMime: true },
      message as unknown as Readable,
      (error, info) => (error || !info ? reject(error) : resolve(info.response)),
    );
  });
  answered.catch(() => {});
  return Promise.race([answered, over]);
}

/** Whether trying again may help, from where it went wrong. */
export function refused(error: SmtpError, handedOver: boolean): Sent {
  const { responseCode, response, message, code, command = "" } = error;
  const reason = words(response ?? message);
  const ours = code === "EMESSAGE" && responseCode === undefined;
  const aboutThisMail = /^(?:MAIL FROM|RCPT TO|DATA)/.test(command);
  if (ours || (responseCode !== undefined && responseCode >= 500 && aboutThisMail))
    return { is: "failed", reason };
  if (responseCode === undefined && handedOver) return { is: "deferred", reason, uncertain: true };
  return { is: "deferred", reason };
}
