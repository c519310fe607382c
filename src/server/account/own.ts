/**
 * Own: what somebody who is signed in does about themselves: password, second
 * factor, passkeys, sessions, and the identity that notices are sent under.
 */

import { Hono } from "hono";
import { ACCESS, type PasskeyOnList, type SessionOnList } from "../../api/access.ts";
import { foldAccess } from "../../core/access/access.ts";
import { isUnattended } from "../../core/mailbox.ts";
import { ok, refuse, type Result } from "../../core/problem.ts";
import { toIso } from "../../core/time/instant.ts";
import type { Account } from "../../store/account.ts";
import { sessionIdOf } from "../access.ts";
import {
  accountIdOf,
  asking,
  callerOf,
  inPerson,
  type Lobby,
  plainly,
  record,
} from "./getting-in.ts";
import { createToken } from "./people.ts";
import { addPasskey, newPasskeyQuestion } from "./passkeys.ts";
import { hashPassword, isPassword } from "./secret.ts";
import { digestOf } from "../../store/session.ts";
import { isCode, makeTotpSecret, totpUri } from "./totp.ts";
import type { AppContext, AppEnv } from "../world.ts";

const NO_DIGEST = { weekly: false, remediations: false, zone: "UTC" } as const;

const WRONG_PASSWORD = refuse("wrong-password", "The password is wrong.", "/password");

export function ownRoutes(lobby: Lobby): Hono<AppEnv> {
  const { store } = lobby;
  const routes = new Hono<AppEnv>();
  for (const path of [
    "/me/identity",
    "/me/digest",
    "/me/password",
    "/me/totp/*",
    "/me/passkeys/*",
    "/me/sessions/*",
    "/me/tokens",
  ])
    routes.use(path, inPerson(lobby));

  routes.post(
    "/me/identity",
    asking(lobby, ACCESS.identity, async ({ name, mail, phone }, context) => {
      if (isUnattended(mail))
        return refuse(
          "author-unattended",
          `Nobody reads ${mail}: notices are sent from an address that you read yourself.`,
          "/mail",
        );
      const account = callerOf(context).person?.id ?? "";
      const recorded = await record(lobby, "access/current", account, {
        type: "ChangeAccount",
        account,
        name,
        mail,
        ...(phone === undefined ? {} : { phone }),
      });
      if (recorded.ok) await store.accounts.change(accountIdOf(context), { name, mail });
      return recorded;
    }),
  );

  routes.get(
    "/me/digest",
    plainly(lobby, async (context) => {
      const account = callerOf(context).person?.id ?? "";
      const entries = await store.ledger.read("access/current");
      const { digests } = foldAccess(entries as Parameters<typeof foldAccess>[0]);
      const { weekly, remediations, zone } = digests[account] ?? NO_DIGEST;
      return ok({ weekly, remediations, zone });
    }),
  );
  routes.post(
    "/me/digest",
    asking(lobby, ACCESS.digest, async (chosen, context) => {
      const account = callerOf(context).person?.id ?? "";
      return record(lobby, "access/current", account, { type: "ChooseDigest", account, ...chosen });
    }),
  );

  // In one's own name, so whatever one's role: it may do no more than oneself.
  routes.post(
    "/me/tokens",
    asking(lobby, ACCESS.ownToken, async ({ name, days }, context) =>
      createToken(lobby, callerOf(context).person?.id ?? "", {
        name,
        scopes: ["read", "write", "as-person"],
        days,
      }),
    ),
  );

  routes.post(
    "/me/password",
    asking(lobby, ACCESS.password, async ({ current, next }, context) => {
      const account = await own(lobby, context);
      if (account.password !== null && !(await isPassword(current, account.password)))
        return refuse("wrong-password", "The present password is wrong.", "/current");
      await store.accounts.change(account.id, { password: await hashPassword(next) });
      // Whoever else holds a session may be the reason for the change.
      await store.sessions.closeAll(account.id, sessionIdOf(context.req.raw.headers));
      return factor(lobby, account, "password", "set");
    }),
  );

  routes.post(
    "/me/totp",
    plainly(lobby, async (context) => {
      const account = await own(lobby, context);
      const secret = makeTotpSecret();
      const organisation = await store.settings.read("organisation");
      return ok({
        secret,
        uri: totpUri(
          secret,
          typeof organisation === "string" ? organisation : "Duenotice",
          account.mail,
        ),
      });
    }),
  );

  routes.post(
    "/me/totp/confirm",
    asking(lobby, ACCESS.totpConfirm, async ({ secret, code }, context) => {
      if (isCode(secret, code, lobby.now()) === undefined)
        return refuse(
          "wrong-code",
          "This code is wrong or too old; type the one that shows now.",
          "/code",
        );
      const account = await own(lobby, context);
      // Else an unlocked browser would be enough to put somebody else's authenticator in its place.
      if (account.totp !== null)
        return refuse(
          "factor-known",
          "A second factor is set already: remove it first, with your password.",
        );
      await store.accounts.change(account.id, { totp: secret });
      return factor(lobby, account, "totp", "set");
    }),
  );

  routes.post(
    "/me/totp/remove",
    asking(lobby, ACCESS.proof, async ({ password }, context) => {
      const account = await own(lobby, context);
      if (!(await isPassword(password, account.password))) return WRONG_PASSWORD;
      await store.accounts.change(account.id, { totp: null });
      return factor(lobby, account, "totp", "removed");
    }),
  );

  routes.get(
    "/me/passkeys",
    plainly(lobby, async (context) =>
      ok({
        items: (await store.passkeys.of(accountIdOf(context))).map(
          ({ credential, name, createdAt, lastUsedAt }): PasskeyOnList => ({
            id: credential,
            name,
            createdAt: toIso(createdAt),
            lastUsedAt: lastUsedAt === null ? null : toIso(lastUsedAt),
          }),
        ),
      }),
    ),
  );
  routes.post(
    "/me/passkeys/question",
    plainly(lobby, async (context) => newPasskeyQuestion(lobby, await own(lobby, context))),
  );
  routes.post(
    "/me/passkeys",
    asking(lobby, ACCESS.passkeyAdd, async (input, context) =>
      addPasskey(lobby, await own(lobby, context), input),
    ),
  );
  routes.post(
    "/me/passkeys/:id/remove",
    plainly(lobby, async (context) => {
      const account = await own(lobby, context);
      const removed = await store.passkeys.remove(account.id, context.req.param("id") ?? "");
      return removed
        ? factor(lobby, account, "passkey", "removed")
        : refuse("passkey-unknown", "You have no such passkey.");
    }),
  );

  routes.get(
    "/me/sessions",
    plainly(lobby, async (context) => ok({ items: await sessionsOf(lobby, context) })),
  );
  routes.post(
    "/me/sessions/:handle/close",
    plainly(lobby, async (context) =>
      (await store.sessions.closeListed(accountIdOf(context), context.req.param("handle") ?? ""))
        ? ok({})
        : refuse("session-unknown", "You have no such session."),
    ),
  );
  return routes;
}

/** The caller's own account. Nobody comes here without one but a token that was made on the host. */
async function own({ store }: Lobby, context: AppContext): Promise<Account> {
  const account = await store.accounts.byId(accountIdOf(context));
  if (!account) throw new Error("a route about oneself was reached by somebody without an account");
  return account;
}

const factor = (
  lobby: Lobby,
  { id }: Account,
  kind: "password" | "totp" | "passkey",
  act: "set" | "removed",
): Promise<Result<unknown>> =>
  record(lobby, "access/current", `account/${id}`, {
    type: "ChangeFactor",
    account: `account/${id}`,
    factor: kind,
    act,
  });

async function sessionsOf(
  { store, now }: Lobby,
  context: AppContext,
): Promise<readonly SessionOnList[]> {
  const id = sessionIdOf(context.req.raw.headers);
  const current = id === undefined ? "" : digestOf(id).toString("hex").slice(0, 16);
  return (await store.sessions.of(accountIdOf(context), now())).map(
    ({ handle, agent, createdAt, lastSeenAt }) => ({
      handle,
      agent,
      createdAt: toIso(createdAt),
      lastSeenAt: toIso(lastSeenAt),
      current: handle === current,
    }),
  );
}
