/**
 * Fixture: mail servers on loopback that do what a test says: real ones that accept
 * or refuse, and bad ones that stall. Nothing but tests imports this.
 */

import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import type { Instant } from "../core/time/instant.ts";
import type { Letter } from "./letter.ts";
import { composing } from "./mime.ts";
import type { SmtpServer } from "./server.ts";

export type Taken = {
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
};

export type Mailhost = {
  readonly server: SmtpServer;
  /** Everything that was accepted. */
  readonly taken: Taken[];
  readonly connections: () => number;
  readonly stop: () => Promise<void>;
};

/** A real mail server; `answer` refuses by throwing, with a code. */
export async function mailhost(
  answer: {
    readonly rcpt?: (address: string) => void;
    readonly data?: (taken: Taken) => void;
  } = {},
  options: SMTPServerOptions = {},
): Promise<Mailhost> {
  const taken: Taken[] = [];
  let connections = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: options.secure === undefined && !options.onAuth ? ["STARTTLS", "AUTH"] : [],
    onConnect(_, done) {
      connections += 1;
      done();
    },
    onRcptTo: ({ address }, _, done) => done(thrownBy(() => answer.rcpt?.(address))),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        const one: Taken = {
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString("utf8"),
        };
        const refusal = thrownBy(() => answer.data?.(one));
        if (!refusal) taken.push(one);
        done(refusal);
      });
    },
    ...options,
  });
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    server: { host: "127.0.0.1", port, tls: "none" },
    taken,
    connections: () => connections,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** `451 Try again later`, as a mail server throws it. */
export function smtpError(code: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

function thrownBy(act: () => void): Error | null {
  try {
    act();
    return null;
  } catch (error) {
    return error as Error;
  }
}

/** A server of a few lines that speaks when and what it likes. */
export async function badHost(speak: (socket: Socket) => void): Promise<Mailhost> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server: Server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("error", () => {});
    speak(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    server: { host: "127.0.0.1", port, tls: "none" },
    taken: [],
    connections: () => connections,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Answers each command with a line; `data` gets what follows DATA. */
export function scripted(
  socket: Socket,
  answers: Readonly<Record<string, string>>,
  onData: (socket: Socket, text: string) => void,
): void {
  let inData = false;
  socket.write("220 ready\r\n");
  socket.on("data", (chunk) => {
    const text = chunk.toString();
    if (inData) return onData(socket, text);
    for (const command of text.split("\r\n").filter((line) => line !== "")) {
      const name = command.slice(0, 4).toUpperCase();
      if (name === "DATA") inData = true;
      socket.write(`${answers[name] ?? (name === "DATA" ? "354 go on" : "250 ok")}\r\n`);
    }
  });
}

export const FRIDAY = Date.parse("2026-11-20T17:30:00Z") as Instant;

export const letter = (over: Partial<Letter> = {}): Letter => ({
  id: "N-4TTK.0123456789abcdef",
  messageId: "<N-4TTK.0123456789abcdef@ops.fennel.example>",
  from: { name: "Ada", address: "ada@fennel.example" },
  replyTo: { name: "Ada", address: "ada@fennel.example" },
  to: { name: "Cleo", address: "cleo@meridian.example" },
  bounceTo: "duenotice@ops.fennel.example",
  subject: "Your security report: we are looking [R-7QK4-M2]",
  text: "Thank you, Cleo.\n\nWe are looking at it: https://ops.fennel.example/case\n",
  thread: [],
  at: FRIDAY,
  ...over,
});

export const compose = composing(undefined);
