/**
 * Published: what the policy verbs ask an installation: its versions, one of them,
 * and to publish another. Apart from policy.ts, so that `check` loads no client.
 */

import type { ViewOf } from "../api/view.ts";
import { draft } from "./draft.ts";
import { table, visible } from "./say.ts";
import { sectionFiles } from "./section-files.ts";
import { addGroup } from "./send.ts";
import type { Fill } from "./verb.ts";
import { addView, time } from "./view.ts";

export const published: Fill = (command, shell) => {
  addView(command.command("ls").description("List the published versions."), shell, {
    view: "policies",
    example: "due policy ls",
    words: ({ items, proposal, subscribers, reviewedAt, reviewBy }, zone) =>
      items.length === 0
        ? ["No policy is published."]
        : [
            ...table(
              [
                {
                  head: "VERSION",
                  cells: items.map(({ version, current }) => `${version}${current ? " *" : ""}`),
                },
                { head: "LABEL", cells: items.map(({ label }) => label) },
                {
                  head: "PUBLISHED",
                  cells: items.map(({ publishedAt }) => time(publishedAt, zone)),
                },
                { head: "BY", cells: items.map(({ publishedBy }) => publishedBy), isWide: true },
                { head: "HASH", cells: items.map(({ hash }) => hash.slice(0, 16)) },
              ],
              shell,
            ),
            ...items.flatMap(({ version, current, runsFrom }) =>
              current || runsFrom === null || Date.parse(runsFrom) <= shell.now()
                ? []
                : [`Version ${version} runs from ${time(runsFrom, zone)}.`],
            ),
            ...(proposal ? [proposedLine(proposal)] : []),
            `To be told of a new version: ${subscribers}.`,
            `Last looked at ${time(reviewedAt, zone)}; again by ${time(reviewBy, zone)}.`,
          ],
  });
  const show = command
    .command("show")
    .description("Print a version's text, or with --hash its hash.");
  show.option("--hash", "only the SHA-256 of its bytes, as on the public page");
  addView(show, shell, {
    view: "policy",
    example: "due policy show --hash",
    words: ({ hash, text }) => [
      show.opts<{ hash?: boolean }>().hash ? hash : visible(text ?? "").trimEnd(),
    ],
  });
  draft(command, shell);
  sectionFiles(command, shell);
  addGroup(command, shell, "policy");
};

function proposedLine({
  label,
  hash,
  proposedBy,
  void: isVoid,
  approvers,
}: NonNullable<ViewOf<"policies">["proposal"]>): string {
  const who =
    approvers.length === 0 ? "nobody else can approve it" : `for ${approvers.join(" or ")}`;
  const state = isVoid ? "but its draft was edited since" : `${who}: due policy approve ${hash}`;
  return visible(`Version ${label} is proposed by ${proposedBy}, ${state}.`);
}
