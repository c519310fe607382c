/** Party: the customers whom we owe word. */

import type { Party } from "../api/view.ts";
import { addPartyFiles } from "./party-file.ts";
import { inline, table } from "./say.ts";
import { addGroup } from "./send.ts";
import type { Fill } from "./verb.ts";
import { addView, rest, time } from "./view.ts";

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
  addView(
    command.command("others").description("List parties that are no customers, by name."),
    shell,
    {
      view: "others",
      example: "due party others --kind provider",
      words: ({ items, total, next }) =>
        items.length === 0
          ? ["No other parties."]
          : [
              ...table(
                [
                  { head: "ID", cells: items.map(({ id }) => id) },
                  { head: "KIND", cells: items.map(({ kind }) => kind) },
                  { head: "NAME", cells: items.map(({ name }) => name), isWide: true },
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
    },
  );
  addView(command.command("show").description("Show one party, whole."), shell, {
    view: "party",
    example: "due party show cus_kestrel",
    words: partyWords,
  });
  addView(
    command.command("shares").description("List the links to sections of the policy."),
    shell,
    {
      view: "shares",
      example: "due party shares cus_kestrel",
      words: ({ items }, zone) =>
        items.length === 0
          ? ["Nothing was shared with them."]
          : items.flatMap(({ id, section, name, path, until, state, opened }) => [
              `${id}  ${inline(section)} for ${inline(name)}, ${state}, until ${time(until, zone)}; opened ${opened.length} times${opened.length === 0 ? "" : `, last ${time(opened.at(-1) ?? until, zone)}`}`,
              `  DUE_URL${inline(path)}`,
            ]),
    },
  );
  addPartyFiles(command, shell);
  addGroup(command, shell, "party");
};

function partyWords(party: Party): readonly string[] {
  const { name, kind, stage, role, contacts, clauses, dataSets, deployments, lacks } = party;
  const said = [kind, stage, role].filter((one) => one !== null);
  return [
    `${inline(name)} (${said.join(", ")})`,
    ...lacks.map((one) => `! ${inline(one)}`),
    ...contacts.map(
      ({ id, name: who, mail, phone, verifiedOn, primary, security, encrypt, key }) =>
        `${id}  ${inline([who, mail, phone ?? ""].join(" ").trim())}${primary ? ", primary" : ""}${security ? ", security" : ""}, ${verifiedOn === null ? "never verified" : `verified on ${verifiedOn}`}${encrypt ? ", encrypted" : ""}${key === null ? "" : `\n      key ${key.fingerprint}${key.expiresAt === null ? "" : `, until ${key.expiresAt.slice(0, 10)}`}`}`,
    ),
    ...(clauses.length === 0 && kind === "customer"
      ? ["No contract clauses: your published floor applies."]
      : []),
    ...clauses.flatMap(({ id, source, text, says }) => [
      `${id}  ${inline(source)}`,
      `  "${inline(text)}"`,
      `  ${says ?? "Kept as text only: no clock runs by it."}`,
    ]),
    ...dataSets.map(
      ({ id, name: set, role: ours, categories }) =>
        `${id}  ${inline(set)}, we are ${ours}: ${inline(categories.join(", "))}`,
    ),
    ...deployments.map(
      ({ id, product, release }) => `${id}  ${inline(product)} ${inline(release)}`,
    ),
  ];
}
