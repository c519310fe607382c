/**
 * `due mail in < message`: one mail that a mail server hands over, as its pipe does.
 *
 * Whatever goes wrong, the exit code says "try again" (EX_TEMPFAIL of sysexits.h): a mail
 * server keeps the mail then, and loses no report of delivery while we are away. A report
 * that returns a letter with all its files is longer than the server takes: what it says, and
 * whose it is, stands at its beginning, and only that is handed over.
 */

import { ok, refuse, type Result } from "../core/problem.ts";
import { reach } from "./reach.ts";
import { answered, refused } from "./say.ts";
import { EXIT, type Shell } from "./shell.ts";
import { type Asked, type Fill, subVerb } from "./verb.ts";

const PATH = "/intake/mail";
const TYPE = "message/rfc822";
/** Less than the server takes, and more than it reads of a report. */
const BYTES_MAX = 512 * 1024;

export const mailIn: Fill = (mail, shell) => {
  subVerb(
    mail,
    "in",
    "Take in one mail on standard input, as a mail server hands it over: a report of delivery.",
    "due mail in < bounce.eml",
  ).action(async (asked: Asked) => {
    const taken = await handedOver(shell);
    if (taken.ok) return answered(shell, taken, asked, () => ["Taken in; it is read in a moment."]);
    refused(shell, taken.problems, asked);
    shell.exit = EXIT.tryAgain;
  });
};

async function handedOver(shell: Shell): Promise<Result<{ readonly taken: true }>> {
  const reached = await reach(shell);
  if (!reached.ok) return reached;
  const body = await beginningOf(process.stdin);
  const headers = { "content-type": TYPE };
  const answer = await reached.value.raw(PATH, { method: "POST", headers, body });
  if (!answer.ok) return answer;
  const { ok: isTaken, status } = answer.value;
  if (isTaken) return ok({ taken: true });
  const said = (await answer.value.json().catch(() => ({}))) as { code?: string; detail?: string };
  return refuse(said.code ?? "refused", said.detail ?? `The server answered ${status}.`);
}

/** The rest is taken, too, and thrown away: whoever pipes it would take a closed pipe for a failure. */
export async function beginningOf(
  input: AsyncIterable<Uint8Array | string>,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of input) {
    if (length < BYTES_MAX) chunks.push(Buffer.from(chunk as Uint8Array));
    length += chunk.length;
  }
  return new Uint8Array(Buffer.concat(chunks).subarray(0, BYTES_MAX));
}
