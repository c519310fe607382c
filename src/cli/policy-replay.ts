/**
 * Policy replay: which deadlines of the past another text of the policy would have moved, and
 * whether they would have been kept. Asked of the installation page by page; nothing of it is
 * recorded.
 */

import { setTimeout } from "node:timers/promises";
import { REPLAY_PAGE_MAX, type ReplayCounts, type ReplayPage } from "../api/replay.ts";
import { ok, type Result } from "../core/problem.ts";
import { readDocument } from "./document.ts";
import { reach } from "./reach.ts";
import { answered, inline } from "./say.ts";
import type { Shell } from "./shell.ts";
import { type Asked, type Fill, subVerb } from "./verb.ts";

type Options = Asked & { readonly incident?: string; readonly severity?: string };

/** A server that is asked too much at once is asked again after this. */
const PAUSE_MS = 1_500;

/** All pages as one: the form in which `--json` prints it. */
type Replayed = Pick<ReplayPage, "items" | "replayed" | "counts">;

export const policyReplay: Fill = (command, shell) => {
  subVerb(
    command,
    "replay <policy>",
    "Count every recorded incident and signal by another text: a file, -, or a version's number.",
    "due policy replay policies/solo.yaml",
  )
    .option("--incident <id>", "only this incident, as re-basing it would count")
    .option("--severity <id>", "what its severity is called there; with --incident")
    .action(async (given: string, options: Options) => {
      const replayed = await replay(shell, given, options);
      shell.progress("");
      answered(shell, replayed, options, lines);
    });
};

async function replay(
  shell: Shell,
  given: string,
  { incident, severity }: Options,
): Promise<Result<Replayed>> {
  const version = /^v?([1-9]\d{0,5})$/.exec(given)?.[1];
  const text = version === undefined ? await readDocument(given) : ok("");
  if (!text.ok) return text;
  const client = await reach(shell);
  if (!client.ok) return client;
  const asked = {
    ...(version === undefined ? { text: text.value } : { version: Number(version) }),
    ...(incident === undefined ? {} : { incident }),
    ...(severity === undefined ? {} : { severity }),
  };
  const items: ReplayPage["items"] = [];
  let counts: ReplayCounts | undefined;
  let replayed = 0;
  for (let cursor: string | undefined; ; ) {
    const page: Result<ReplayPage> = await client.value.call("POST", "/api/v1/replays", {
      ...asked,
      limit: REPLAY_PAGE_MAX,
      ...(cursor === undefined ? {} : { cursor }),
    });
    if (!page.ok && page.problems[0].code === "too-many-requests") {
      await setTimeout(PAUSE_MS);
      continue;
    }
    if (!page.ok) return page;
    items.push(...page.value.items);
    replayed += page.value.replayed;
    counts = sum(counts, page.value.counts);
    shell.progress(`${replayed} of ${page.value.total}`);
    if (page.value.next === null) return ok({ items, replayed, counts });
    cursor = page.value.next;
  }
}

function sum(before: ReplayCounts | undefined, more: ReplayCounts): ReplayCounts {
  if (before === undefined) return more;
  const names = Object.keys(more) as (keyof ReplayCounts)[];
  return Object.fromEntries(names.map((name) => [name, before[name] + more[name]])) as ReplayCounts;
}

function lines({ items, replayed, counts }: Replayed): readonly string[] {
  const { later, earlier, appears, vanishes, missed, kept } = counts;
  return [
    `Replayed over ${replayed} incidents and signals: ${later} later, ${earlier} earlier, ${appears} new, ${vanishes} gone.`,
    `What was kept and would have been missed: ${missed}. What was missed and would have been kept: ${kept}.`,
    ...items.flatMap(({ subject, title, drill, moves, unknown }) => [
      inline(`${subject.replace(/^\w+\//, "")}${drill ? " (drill)" : ""}  ${title}`),
      ...moves.map(({ says }) => `  ${inline(says)}`),
      ...unknown.map((says) => `  ! ${inline(says)}`),
    ]),
  ];
}
