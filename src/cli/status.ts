/** Status: what the status page says, and the verbs that write it. */

import type { ViewOf } from "../api/view.ts";
import { COMPONENT_WORDS, STATUS_WORDS } from "../core/status/words.ts";
import { addPublicWords } from "./public-words.ts";
import { inline, table, visible } from "./say.ts";
import { addGroup } from "./send.ts";
import type { Shell } from "./shell.ts";
import type { Fill } from "./verb.ts";
import { addView, time } from "./view.ts";

export const status: Fill = (command, shell) => {
  addView(command.command("show").description("Show the status page as it is now."), shell, {
    view: "status",
    example: "due status show",
    words: (page, zone) => pageWords(page, zone, shell),
  });
  addPublicWords(command, shell, "status");
  addGroup(command, shell, "status");
};

function pageWords(page: ViewOf<"status">, zone: string, shell: Shell): readonly string[] {
  const open = page.items.filter(({ over }) => !over);
  return [
    visible(page.says),
    ...(page.components.length === 0
      ? ["No components: due status component NAME puts one on the page."]
      : table(
          [
            { head: "ID", cells: page.components.map(({ id }) => id) },
            { head: "NAME", cells: page.components.map(({ name }) => name), isWide: true },
            { head: "IS", cells: page.components.map(({ state }) => COMPONENT_WORDS[state]) },
          ],
          shell,
        )),
    ...open.flatMap(({ id, title, updates, nextAt, late }) => {
      const last = updates.at(-1);
      const next =
        nextAt === null
          ? ""
          : `, ${late ? "NEXT UPDATE WAS DUE" : "next update by"} ${time(nextAt, zone)}`;
      return last === undefined
        ? []
        : [
            "",
            inline(`${id} ${title}: ${STATUS_WORDS[last.state]}${next}`),
            `  ${inline(last.text)}`,
          ];
    }),
    "",
    `${page.subscribers} ${page.subscribers === 1 ? "subscriber" : "subscribers"}.`,
  ];
}
