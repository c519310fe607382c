/** Party: the customers whom we owe word. */

import { table } from "./say.ts";
import { addGroup } from "./send.ts";
import type { Fill } from "./verb.ts";
import { addView, rest } from "./view.ts";

export const party: Fill = (command, shell) => {
  addView(command.command("ls").description("List customers, by name."), shell, {
    view: "customers",
    example: "due party ls --q kestrel",
    words: ({ items, total, next }) =>
      items.length === 0
        ? ["No customers."]
        : [
            ...table(
              [
                { head: "ID", cells: items.map(({ id }) => id) },
                {
                  head: "NAME",
                  cells: items.map(({ name, sample }) => (sample ? `SAMPLE ${name}` : name)),
                  isWide: true,
                },
                { head: "STAGE", cells: items.map(({ stage }) => stage ?? "-") },
                { head: "ROLE", cells: items.map(({ role }) => role ?? "-") },
                {
                  head: "CONTACT",
                  cells: items.map(({ contact }) =>
                    contact === null ? "nobody yet" : `${contact.name} ${contact.mail}`,
                  ),
                  isWide: true,
                },
              ],
              shell,
            ),
            ...rest(items.length, total, next),
          ],
  });
  addGroup(command, shell, "party");
};
