/** Picture: what went out and what came back of it, by incident or by party, as the app shows it. */

import type { Command } from "commander";
import type { ViewOf } from "../api/view.ts";
import { countWords } from "../core/notice/standing-words.ts";
import { table } from "./say.ts";
import type { Shell } from "./shell.ts";
import { addView, rest, time } from "./view.ts";

type Row = ViewOf<"running-picture">["items"][number];

export function addPicture(command: Command, shell: Shell): void {
  addView(
    command
      .command("picture")
      .description("Everything that was sent, held, failed or acknowledged."),
    shell,
    {
      view: "running-picture",
      example: "due notice picture --by party --incident INC-7",
      words: ({ items, total, next }, zone) =>
        items.length === 0
          ? ["Nothing was sent, and nothing is being written."]
          : [...pictureTable(items, zone, shell), ...rest(items.length, total, next)],
    },
  );
}

const pictureTable = (items: readonly Row[], zone: string, shell: Shell): readonly string[] =>
  table(
    [
      { head: "OF", cells: items.map(({ id }) => id.replace(/^(?:incident|signal)\//, "")) },
      { head: "NAME", cells: items.map(({ name }) => name), isWide: true },
      { head: "STANDS", cells: items.map(countWords), isWide: true },
      { head: "OPENED", cells: items.map(({ opened }) => String(opened)) },
      { head: "ACKNOWLEDGED", cells: items.map(acknowledgedWords) },
      { head: "LAST WORD", cells: items.map(({ lastAt }) => time(lastAt, zone)) },
      { head: "NEXT WORD", cells: items.map(({ nextWordAt }) => time(nextWordAt, zone)) },
    ],
    shell,
  );

const acknowledgedWords = ({ acknowledged, notices, lastAcknowledged }: Row): string =>
  `${acknowledged} of ${notices}${lastAcknowledged ? ", the last too" : ""}`;
