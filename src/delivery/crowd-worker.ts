/**
 * Crowd worker: the thread that composes and sends what crowd.ts gives it.
 *
 * The same sender as in the program's own thread. It ends when it is told to and every
 * letter that it has was answered.
 */

import { parentPort } from "node:worker_threads";
import type { FromCrowd, ToCrowd } from "./crowd.ts";
import type { Letter } from "./letter.ts";
import { composing } from "./mime.ts";
import type { Sent } from "./sent.ts";
import { type SmtpSender, smtpSender } from "./smtp.ts";

let sender: SmtpSender | undefined;
let sending = 0;
let isOver = false;
let begun: number[] = [];
let sent: [number, Sent][] = [];

/**
 * What happens within a few milliseconds is told in one message, and kept in one write: of a kill
 * in between, as many letters more are in doubt as leave in that time.
 */
const TOLD_MS = 4;

function say(): void {
  if (begun.length + sent.length === 0) setTimeout(tell, TOLD_MS);
}

function tell(): void {
  parentPort?.postMessage({ begun, sent } satisfies FromCrowd);
  begun = [];
  sent = [];
  endIfDone();
}

async function send(number: number, letter: Letter): Promise<void> {
  if (!sender) throw new Error("a letter came before its server was named");
  sending += 1;
  const became = await sender.send(letter, () => {
    say();
    begun.push(number);
  });
  say();
  sent.push([number, became]);
  sending -= 1;
}

function endIfDone(): void {
  if (!isOver || sending > 0 || sent.length > 0) return;
  sender?.close();
  // The connections say farewell by themselves; nothing else holds this thread.
  parentPort?.close();
}

parentPort?.on("message", (told: ToCrowd) => {
  if ("setup" in told) {
    const { server, dkim } = told.setup;
    sender = smtpSender(server, composing(dkim));
  } else if ("letters" in told) {
    for (const [number, letter] of told.letters) void send(number, letter);
  } else {
    isOver = true;
    endIfDone();
  }
});
