/** Banner: what our own product shows, to whom, and the tokens of its audiences. */

import { randomUUID } from "node:crypto";
import type { Command } from "commander";
import type { ViewOf } from "../api/view.ts";
import { ok, refuse } from "../core/problem.ts";
import { addPublicWords } from "./public-words.ts";
import { reach } from "./reach.ts";
import { answered, inline, refused, table, visible } from "./say.ts";
import { addGroup, zoneOf } from "./send.ts";
import type { Shell } from "./shell.ts";
import { type Asked, type Fill, subVerb } from "./verb.ts";
import { addView, time } from "./view.ts";

export const banner: Fill = (command, shell) => {
  addView(command.command("ls").description("List banners and tokens, newest first."), shell, {
    view: "banners",
    example: "due banner ls",
    words: (value, zone) => bannerWords(value, zone, shell),
  });
  addToken(command, shell);
  addPublicWords(command, shell, "banner");
  addGroup(command, shell, "banner");
};

type Options = Asked & { readonly days?: string };

/** The token itself is made of what is recorded: it is read back, and printed alone. */
function addToken(command: Command, shell: Shell): void {
  subVerb(
    command,
    "token <audience>",
    "Make a token for pages of an audience, and print it.",
    "due banner token eu-region --days 365",
  )
    .option("--days <days>", "how long it is good; 90, if not said")
    .action(async (audience: string, options: Options) => {
      const client = await reach(shell);
      if (!client.ok) return refused(shell, client.problems, options);
      const days = options.days === undefined ? {} : { days: Number(options.days) };
      const made = await client.value.send(
        "MakeBannerToken",
        "",
        { audience, ...days },
        { idempotencyKey: randomUUID() },
      );
      if (!made.ok) return refused(shell, made.problems, options);
      const [read, zone] = await Promise.all([client.value.read("banners"), zoneOf(client.value)]);
      if (!read.ok) return refused(shell, read.problems, options);
      const token = read.value.tokens.find((one) => one.audience === audience && one.good);
      const found = token
        ? ok(token)
        : refuse("banner-token-unknown", "It was taken back as it was made.");
      answered(shell, found, options, (one) => [
        one.token,
        `for ${visible(one.audienceName)}, good until ${time(one.expiresAt, zone.ok ? zone.value : "UTC")}`,
      ]);
    });
}

function bannerWords(value: ViewOf<"banners">, zone: string, shell: Shell): readonly string[] {
  const { items, tokens } = value;
  return [
    ...(items.length === 0
      ? ["No banner was published."]
      : table(
          [
            { head: "ID", cells: items.map(({ id }) => id) },
            { head: "SHOWN", cells: items.map(({ shown }) => (shown ? "yes" : "no")) },
            { head: "UNTIL", cells: items.map((one) => time(one.endedAt ?? one.endsAt, zone)) },
            { head: "FOR", cells: items.map(({ audienceName }) => audienceName) },
            { head: "LEVEL", cells: items.map(({ level }) => level) },
            { head: "TEXT", cells: items.map(({ text }) => inline(text)), isWide: true },
          ],
          shell,
        )),
    ...(tokens.length === 0
      ? []
      : [
          "",
          ...table(
            [
              { head: "TOKEN", cells: tokens.map(({ token }) => token) },
              { head: "FOR", cells: tokens.map(({ audienceName }) => audienceName) },
              { head: "GOOD", cells: tokens.map(({ good }) => (good ? "yes" : "no")) },
              { head: "UNTIL", cells: tokens.map(({ expiresAt }) => time(expiresAt, zone)) },
              { head: "SHOWS", cells: tokens.map(({ shows }) => shows ?? "-") },
            ],
            shell,
          ),
        ]),
  ];
}
