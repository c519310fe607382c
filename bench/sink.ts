/**
 * Sink: a mail server in a process of its own that takes everything at once, as the
 * receiver for bench/mail.ts. It counts to whom, and says so when it is asked.
 *
 * Only what a sender must hear is answered; nothing is kept of a message but its size.
 */

import { createServer, type Socket } from "node:net";

export type Counted = { readonly letters: number; readonly recipients: number; bytes: number };

const taken = new Map<string, number>();
let bytes = 0;

const server = createServer((socket) => {
  socket.setNoDelay(true);
  socket.on("error", () => {});
  socket.write("220 sink.fennel.example ESMTP\r\n");
  serve(socket);
});

function serve(socket: Socket): void {
  let text = "";
  let to = "";
  let isData = false;
  socket.on("data", (chunk) => {
    text += chunk.toString("latin1");
    for (;;) {
      const end = isData ? text.indexOf("\r\n.\r\n") : text.indexOf("\r\n");
      if (end < 0) return;
      const line = text.slice(0, end);
      text = text.slice(end + (isData ? 5 : 2));
      if (isData) {
        isData = false;
        bytes += line.length;
        taken.set(to, (taken.get(to) ?? 0) + 1);
        socket.write("250 2.0.0 taken\r\n");
        continue;
      }
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === "EHLO") socket.write("250-sink.fennel.example\r\n250 8BITMIME\r\n");
      else if (verb === "RCPT") {
        to = /<([^>]*)>/.exec(line)?.[1] ?? "";
        socket.write("250 2.1.5 ok\r\n");
      } else if (verb === "DATA") {
        isData = true;
        socket.write("354 go on\r\n");
      } else if (verb === "QUIT") socket.end("221 bye\r\n");
      else socket.write("250 2.0.0 ok\r\n");
    }
  });
}

server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.({ port: typeof address === "object" && address ? address.port : 0 });
});
process.on("message", () => {
  const letters = [...taken.values()].reduce((sum, count) => sum + count, 0);
  process.send?.({ letters, recipients: taken.size, bytes } satisfies Counted);
  taken.clear();
  bytes = 0;
});
process.on("disconnect", () => process.exit(0));
