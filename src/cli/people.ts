/** People: who may get in, and with what: the setup link, users and tokens, on the host. */

import { Option } from "commander";
import { toIso } from "../core/time/instant.ts";
import { table } from "./say.ts";
import { actOnHost, type OnData, onData } from "./settings.ts";
import { several, type Fill } from "./verb.ts";

export const setupLink: Fill = (command, shell) => {
  onData(command, "due setup-link").action((asked: OnData) =>
    actOnHost(
      shell,
      asked,
      (host, { setupLink: make }) => make(host),
      (link) => [link, "It works once, for 30 minutes; the one before it no longer does."],
    ),
  );
};

const ROLES = ["owner", "responder", "communications", "reader"] as const;
type UserAsked = OnData & { readonly role: (typeof ROLES)[number]; readonly factors?: boolean };

export const user: Fill = (command, shell) => {
  const add = command
    .command("add <mail>")
    .description("Add somebody; prints the link with which they set their password.")
    .addOption(new Option("--role <role>", "what they may do").choices(ROLES).default("responder"))
    .requiredOption("--name <name>", "their name, as notices will say it");
  onData(add, 'due user add ben@fennel.example --name "Ben Okafor" --role responder').action(
    (mail: string, asked: UserAsked & { readonly name: string }) =>
      actOnHost(
        shell,
        asked,
        (host, { addUser }) => addUser(host, { name: asked.name, mail, role: asked.role }),
        (link) => [link, "It works once; give it to them and to nobody else."],
      ),
  );
  const reset = command
    .command("reset <mail>")
    .description("Let somebody back in: a one-time link; their sessions end.")
    .option("--factors", "take away their one-time codes and passkeys too");
  onData(reset, "due user reset ada@fennel.example --factors").action(
    (mail: string, asked: UserAsked) =>
      actOnHost(
        shell,
        asked,
        (host, { resetUser }) => resetUser(host, mail, asked.factors ?? false),
        (link) => [link, "It works once; give it to them and to nobody else."],
      ),
  );
  onData(command.command("list").description("List the team."), "due user list").action(
    (asked: OnData) =>
      actOnHost(
        shell,
        asked,
        (host, { listUsers }) => listUsers(host),
        (people) =>
          table(
            [
              { head: "NAME", cells: people.map(({ name }) => name), isWide: true },
              { head: "MAIL", cells: people.map(({ mail }) => mail), isWide: true },
              { head: "ROLE", cells: people.map(({ role }) => role) },
              { head: "ID", cells: people.map(({ id }) => id) },
            ],
            shell,
          ),
      ),
  );
};

export const token: Fill = (command, shell) => {
  onData(
    command.command("create <name>").description("Make a token; its text is only shown now."),
    'due token create "deploy hook" --scope read --scope write --days 90',
  )
    .option("--scope <scope>", "read, write, intake or metrics; may be repeated", several)
    .option("--days <n>", "after how many days it ends; never if not said", Number)
    .action((name: string, asked: OnData & { scope?: readonly string[]; days?: number }) =>
      actOnHost(
        shell,
        asked,
        (host, { makeToken }) =>
          makeToken(host, { name, scopes: asked.scope ?? ["read"], days: asked.days }),
        ({ id, token: text }) => [text, `Its id is ${id}; \`due token revoke ${id}\` ends it.`],
      ),
    );
  onData(
    command.command("revoke <id>").description("End a token."),
    "due token revoke tok_4f2a",
  ).action((id: string, asked: OnData) =>
    actOnHost(
      shell,
      asked,
      (host, { revokeToken }) => revokeToken(host, id),
      () => [`${id} is revoked.`],
    ),
  );
  onData(command.command("list").description("List the tokens."), "due token list").action(
    (asked: OnData) =>
      actOnHost(
        shell,
        asked,
        (host, { listTokens }) => listTokens(host),
        (tokens) => {
          const date = (at: (typeof tokens)[number]["createdAt"] | null): string =>
            at === null ? "-" : toIso(at).slice(0, 10);
          return table(
            [
              { head: "ID", cells: tokens.map(({ id }) => id) },
              { head: "NAME", cells: tokens.map(({ name }) => name), isWide: true },
              { head: "MAY", cells: tokens.map(({ scopes }) => scopes.join(" ")) },
              { head: "MADE", cells: tokens.map(({ createdAt }) => date(createdAt)) },
              { head: "ENDS", cells: tokens.map(({ expiresAt }) => date(expiresAt)) },
              { head: "REVOKED", cells: tokens.map(({ revokedAt }) => date(revokedAt)) },
            ],
            shell,
          );
        },
      ),
  );
};
