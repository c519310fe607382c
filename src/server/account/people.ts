/**
 * People and tokens: who else may come in, and which programs.
 *
 * Only owners open these routes. An invitation is a one-time link that the owner
 * hands over by a channel of their own; a token is shown once.
 */

import { Hono } from "hono";
import type { z } from "zod";
import { ACCESS, type TokenOnList } from "../../api/access.ts";
import { isUnattended } from "../../core/mailbox.ts";
import { ok, refuse, type Result } from "../../core/problem.ts";
import { DAY_MS, plus, toIso } from "../../core/time/instant.ts";
import { makeSecret } from "../../store/session.ts";
import { tokenText } from "../access.ts";
import {
  asking,
  callerOf,
  freshId,
  inPerson,
  type Lobby,
  ownersOnly,
  plainly,
  record,
} from "./getting-in.ts";
import type { AppContext, AppEnv } from "../world.ts";

const INVITATION_MS = 3 * DAY_MS;

export function peopleRoutes(
  lobby: Lobby,
  testMail: (address: string) => Promise<unknown>,
): Hono<AppEnv> {
  const { store, now } = lobby;
  const routes = new Hono<AppEnv>();
  const owners = ownersOnly(lobby);
  for (const path of ["/people/*", "/tokens", "/tokens/*", "/mail/*"]) routes.use(path, owners);
  // A token that leaked must not be able to make itself another way in, which outlives it.
  for (const path of ["/people/invite", "/people/:id/change", "/people/:id/reset", "/tokens"])
    routes.post(path, inPerson(lobby));

  routes.post(
    "/people/invite",
    asking(lobby, ACCESS.invite, (input, context) => invite(lobby, callerOf(context).by, input)),
  );
  routes.post(
    "/people/:id/change",
    asking(lobby, ACCESS.changePerson, async ({ role }, context) => {
      const account = accountOf(context);
      const recorded = await record(lobby, "access/current", callerOf(context).by, {
        type: "ChangeAccount",
        account,
        role,
      });
      if (recorded.ok) await store.accounts.change(bare(account), { role });
      return recorded;
    }),
  );
  routes.post(
    "/people/:id/remove",
    plainly(lobby, async (context) => {
      const account = accountOf(context);
      const recorded = await record(lobby, "access/current", callerOf(context).by, {
        type: "RemoveAccount",
        account,
      });
      // Removed in the record already: then an earlier try was cut off before it got here.
      const cutOff = !recorded.ok && recorded.problems[0].code === "account-unknown";
      if (!recorded.ok && (!cutOff || account === callerOf(context).person?.id)) return recorded;
      const row = await store.accounts.byId(bare(account));
      if (!recorded.ok && row?.removedAt !== null) return recorded;
      await store.accounts.change(bare(account), { removedAt: now() });
      await store.sessions.closeAll(bare(account));
      return recorded.ok ? recorded : ok({});
    }),
  );
  routes.post(
    "/people/:id/reset",
    plainly(lobby, async (context) => {
      const account = accountOf(context);
      const row = await store.accounts.byId(bare(account));
      if (!row || row.removedAt !== null)
        return refuse("account-unknown", "There is no such account.");
      return ok({ link: await linkFor(lobby, bare(account), "password") });
    }),
  );

  routes.get(
    "/tokens",
    plainly(lobby, async () =>
      ok({
        items: (await store.tokens.all()).map(
          ({ id, name, scopes, createdAt, expiresAt, lastUsedAt, revokedAt }): TokenOnList => ({
            id,
            name,
            scopes,
            createdAt: toIso(createdAt),
            expiresAt: expiresAt === null ? null : toIso(expiresAt),
            lastUsedAt: lastUsedAt === null ? null : toIso(lastUsedAt),
            revokedAt: revokedAt === null ? null : toIso(revokedAt),
          }),
        ),
      }),
    ),
  );
  routes.post(
    "/tokens",
    asking(lobby, ACCESS.createToken, async ({ name, scopes, days }, context) =>
      createToken(lobby, callerOf(context).person?.id ?? callerOf(context).by, {
        name,
        scopes,
        days,
      }),
    ),
  );
  routes.post(
    "/tokens/:id/revoke",
    plainly(lobby, async (context) => {
      const id = context.req.param("id") ?? "";
      const recorded = await record(lobby, "access/current", callerOf(context).by, {
        type: "RevokeToken",
        token: `token/${id}`,
      });
      const cutOff = !recorded.ok && recorded.problems[0].code === "token-unknown";
      if (!recorded.ok && !cutOff) return recorded;
      const revoked = await store.tokens.revoke(id, now());
      return cutOff && revoked ? ok({}) : recorded;
    }),
  );
  routes.post(
    "/mail/test",
    asking(lobby, ACCESS.mailTest, async ({ address }) => ok(await testMail(address))),
  );
  return routes;
}

/** Adds somebody. The answer is the link with which they set their password. */
export async function invite(
  lobby: Lobby,
  by: string,
  { name, mail, role }: z.output<(typeof ACCESS)["invite"]>,
): Promise<Result<{ readonly account: string; readonly link: string }>> {
  if (isUnattended(mail))
    return refuse(
      "author-unattended",
      `Nobody reads ${mail}: an account belongs to a person.`,
      "/mail",
    );
  const id = freshId("ac");
  const account = `account/${id}`;
  const command = { type: "AddAccount", account, role, name, mail } as const;
  const recorded = await record(lobby, "access/current", by, command);
  if (!recorded.ok) return recorded;
  const createdAt = lobby.now();
  await lobby.store.accounts.add({ id, name, mail, role, password: null, createdAt });
  return ok({ account, link: await linkFor(lobby, id, "invitation") });
}

/** A new token, by whoever `by` names. Its text is in the answer and nowhere else. */
export async function createToken(
  lobby: Lobby,
  by: string,
  {
    name,
    scopes,
    days,
  }: {
    readonly name: string;
    readonly scopes: readonly string[];
    readonly days?: number | undefined;
  },
) {
  if (scopes.includes("as-person") && !by.startsWith("account/")) {
    const message =
      "A token that writes in somebody's name is made by them: signed in, under Settings, You.";
    return refuse("token-person", message, "/scopes");
  }
  const id = freshId("tok");
  const text = tokenText(makeSecret());
  const at = lobby.now();
  const recorded = await record(lobby, "access/current", by, {
    type: "CreateToken",
    token: `token/${id}`,
    scopes,
    name,
  });
  if (!recorded.ok) return recorded;
  const expiresAt = days === undefined ? null : plus(at, days * DAY_MS);
  await lobby.store.tokens.add({ id, name, scopes, createdBy: by, createdAt: at, expiresAt }, text);
  return ok({ id, token: text });
}

/** A link that lets `account` set a password, once. */
export async function linkFor(
  { store, now, url }: Lobby,
  account: string,
  purpose: "invitation" | "password",
): Promise<string> {
  const secret = await store.links.make({
    purpose,
    account,
    expiresAt: plus(now(), INVITATION_MS),
  });
  return `${url}/app/join#${secret}`;
}

const accountOf = (context: AppContext): string => `account/${context.req.param("id") ?? ""}`;
const bare = (account: string): string => account.slice("account/".length);
