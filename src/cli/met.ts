/**
 * Met and take: the two things said of an obligation most often, by its id alone:
 * `due met`, `due take`. Which subject owes it is looked up, and asked where
 * several do.
 */

import { randomUUID } from "node:crypto";
import type { Accepted } from "../api/client.ts";
import { ok, type Result } from "../core/problem.ts";
import { subjectId, subjectOf } from "./owed.ts";
import { reach, type Reached } from "./reach.ts";
import { answered, refused } from "./say.ts";
import { zoneOf } from "./send.ts";
import type { Shell } from "./shell.ts";
import { type Asked, complete, type Fill } from "./verb.ts";
import { parseWhen } from "./when.ts";

type Meeting = Asked & { readonly evidence: string; readonly at?: string };

export const met: Fill = (command, shell) => {
  complete(
    command
      .argument("<id>", "as `due ls` prints it under WHAT")
      .argument("[subject]", "the incident or signal, where several owe the same")
      .requiredOption("--evidence <text>", "whom you spoke to, what was filed, under which number")
      .option("--at <time>", "when it was done, if not now"),
    'due met file@authority INC-7 --evidence "Filed under 2026-311"',
  ).action((id: string, of: string | undefined, asked: Meeting) =>
    toSubject(shell, { id, of, asked }, async (client, subject) => {
      const at = asked.at === undefined ? ok(undefined) : await whenOf(client, shell, asked.at);
      if (!at.ok) return at;
      const type = subject.startsWith("signal/") ? "MeetSignalObligation" : "MeetObligation";
      const input = {
        obligation: id,
        evidence: asked.evidence,
        ...(at.value === undefined ? {} : { happenedAt: at.value }),
      };
      return client.send(type, subjectId(subject), input, { idempotencyKey: randomUUID() });
    }),
  );
};

export const take: Fill = (command, shell) => {
  complete(
    command
      .argument("<id>", "as `due ls` prints it under WHAT")
      .argument("[subject]", "the incident or signal, where several owe the same"),
    "due take mitigate-critical@team INC-7",
  ).action((id: string, of: string | undefined, asked: Asked) =>
    toSubject(shell, { id, of, asked }, (client, subject) => {
      const type = subject.startsWith("signal/") ? "TakeSignalClock" : "TakeClock";
      return client.send(
        type,
        subjectId(subject),
        { obligation: id },
        { idempotencyKey: randomUUID() },
      );
    }),
  );
};

type Said = { readonly id: string; readonly of: string | undefined; readonly asked: Asked };

async function toSubject(
  shell: Shell,
  { id, of, asked }: Said,
  send: (client: Reached, subject: string) => Promise<Result<Accepted>>,
): Promise<void> {
  const client = await reach(shell);
  if (!client.ok) return refused(shell, client.problems, asked);
  const subject = await subjectOf(client.value, id, of);
  if (!subject.ok) return refused(shell, subject.problems, asked);
  answered(shell, await send(client.value, subject.value), asked, (accepted) => [
    `${subjectId(accepted.subject)}: recorded, as its entry ${accepted.version}.`,
  ]);
}

const whenOf = (client: Reached, { now }: Shell, text: string): Promise<Result<string>> =>
  parseWhen(text, { now: now(), zone: () => zoneOf(client) }, "happened-at", "/at");
