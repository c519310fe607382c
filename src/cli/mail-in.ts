/**
 * `due mail in < message`: one mail that a mail server hands over, as its pipe does.
 *
 * Whatever goes wrong, the exit code says "try again" (EX_TEMPFAIL of sysexits.h): a mail
 * server keeps the mail then, and loses no report of delivery while we are away.
 */

import { Readable } from "node:stream";
import { ok, refuse, type Result } from "../core/problem.ts";
import { reach } from "./reach.ts";
import { answered, refused } from "./say.ts";
import { EXIT, type Shell } from "./shell.ts";
import { type Asked, type Fill, subVerb } from "./verb.ts";

const PATH = "/intake/mail";
const TYPE = "message/rfc822";

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
  const chunks = await Readable.from(process.stdin).toArray();
  const body = new Uint8Array(Buffer.concat(chunks as Buffer[]));
  const headers = { "content-type": TYPE };
  const answer = await reached.value.raw(PATH, { method: "POST", headers, body });
  if (!answer.ok) return answer;
  const { ok: isTaken, status } = answer.value;
  if (isTaken) return ok({ taken: true });
  const said = (await answer.value.json().catch(() => ({}))) as { code?: string; detail?: string };
  return refuse(said.code ?? "refused", said.detail ?? `The server answered ${status}.`);
}
