/**
 * Door: the routes that somebody uses before they are recognised.
 *
 * There is no default account. The first owner is made through a one-time link
 * that the start printed; the same link works once, and a second setup is
 * refused. A login that fails says the same whatever was wrong, takes as long,
 * and after some failures in a row waits longer each time.
 */

import { Hono } from "hono";
import { ACCESS, type Door } from "../../api/access.ts";
import { ok, refuse, type Result } from "../../core/problem.ts";
import { type Instant, MINUTE_MS, plus, SECOND_MS, toIso } from "../../core/time/instant.ts";
import type { Account } from "../../store/account.ts";
import { sessionIdOf } from "../access.ts";
import { endedCookies } from "./cookie.ts";
import { asking, type Lobby, plainly, record, signIn } from "./getting-in.ts";
import { passkeyLogin, passkeyQuestion } from "./passkeys.ts";
import { hashPassword, isCrowded, isPassword } from "./secret.ts";
import { setUp } from "./setup.ts";
import { isCode } from "./totp.ts";
import { type AppEnv, basePath } from "../world.ts";

/** This many wrong passwords in a row are forgiven; each one after that doubles the wait. */
const FAILURES_FREE = 5;
const WAIT_FIRST_MS = 10 * SECOND_MS;
const WAIT_MAX_MS = 15 * MINUTE_MS;

export function doorRoutes(lobby: Lobby, ownerMail: string | undefined): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get(
    "/door",
    plainly(lobby, async () => ok(await doorOf(lobby, ownerMail))),
  );
  routes.post(
    "/setup",
    asking(lobby, ACCESS.setup, (input, context) => setUp(lobby, input, context)),
  );
  routes.post(
    "/login",
    asking(lobby, ACCESS.login, (input, context) => login(lobby, input, context)),
  );
  routes.post(
    "/login/passkey/question",
    plainly(lobby, () => passkeyQuestion(lobby)),
  );
  routes.post(
    "/login/passkey",
    asking(lobby, ACCESS.passkeyLogin, (input, context) => passkeyLogin(lobby, input, context)),
  );
  routes.post(
    "/join",
    asking(lobby, ACCESS.join, (input, context) => join(lobby, input, context)),
  );
  routes.post(
    "/logout",
    plainly(lobby, async (context) => {
      const id = sessionIdOf(context.req.raw.headers);
      if (id !== undefined) await lobby.store.sessions.close(id);
      const headers = new Headers({ "cache-control": "no-store" });
      for (const cookie of endedCookies(basePath(lobby.url))) headers.append("set-cookie", cookie);
      return Response.json({}, { headers });
    }),
  );
  return routes;
}

async function doorOf({ store, url }: Lobby, ownerMail: string | undefined): Promise<Door> {
  const people = await store.accounts.all();
  const organisation = await store.settings.read("organisation");
  return {
    isSetUp: people.length > 0,
    organisation: typeof organisation === "string" ? organisation : null,
    passkeys: !/^[\d.]+$|^\[/.test(new URL(url).hostname),
    // Only a help for the first page: afterwards it would tell strangers who the owner is.
    ownerMail: people.length > 0 ? null : (ownerMail ?? null),
  };
}

const WRONG = refuse("wrong-login", "Mail address, password or code is wrong.");

type Login = {
  readonly mail: string;
  readonly password: string;
  readonly code?: string | undefined;
};

async function login(
  lobby: Lobby,
  { mail, password, code }: Login,
  context: Parameters<typeof signIn>[2],
) {
  const found = await lobby.store.accounts.byMail(mail);
  if (found && found.lockedUntil > lobby.now()) return paused(found);
  if (isCrowded())
    return refuse("overloaded", "Too many are signing in right now; try again in a few seconds.");
  const right = await isPassword(password, found?.password ?? null);
  // Many tries sent at once were all let in before the first was counted: asked again, they are not.
  const account = await lobby.store.accounts.byMail(mail);
  const at = lobby.now();
  if (account && account.lockedUntil > at) return paused(account);
  const isStillTheirs = account?.password === found?.password;
  if (!account || !right || !isStillTheirs) return failed(lobby, account, at);
  if (account.totp !== null) {
    if (code === undefined || code === "")
      return refuse("code-needed", "Type the six digits of your authenticator too.", "/code");
    const step = isCode(account.totp, code, at);
    if (step === undefined || !(await lobby.store.accounts.acceptTotpStep(account.id, step)))
      return failed(lobby, account, at);
  }
  await lobby.store.accounts.clearFailures(account.id);
  return signIn(lobby, account.id, context);
}

const paused = ({ lockedUntil }: Account): Result<never> =>
  refuse(
    "login-paused",
    `Too many wrong tries. Try again after ${toIso(lockedUntil)}, or use another factor.`,
  );

async function failed(
  { store }: Lobby,
  account: Account | undefined,
  at: Instant,
): Promise<Result<never>> {
  if (account) {
    const over = account.failures + 1 - FAILURES_FREE;
    const wait = over <= 0 ? 0 : Math.min(WAIT_FIRST_MS * 2 ** (over - 1), WAIT_MAX_MS);
    await store.accounts.recordFailure(account.id, plus(at, wait));
  }
  return WRONG;
}

type Join = {
  readonly token: string;
  readonly name?: string | undefined;
  readonly password: string;
};

/** An invitation, or a way back for who lost a password: the link names the account. */
async function join(
  lobby: Lobby,
  { token, name, password }: Join,
  context: Parameters<typeof signIn>[2],
) {
  const { store } = lobby;
  const link = await store.links.use(token, lobby.now());
  const account = link?.account == null ? undefined : await store.accounts.byId(link.account);
  if (!link || link.purpose === "set-up" || !account) {
    return refuse(
      "link-over",
      "This link was used or is over. Ask an owner for another one, or run `due user reset` on the host.",
    );
  }
  await store.accounts.change(account.id, {
    password: await hashPassword(password),
    ...(name === undefined ? {} : { name }),
  });
  await store.sessions.closeAll(account.id);
  const id = `account/${account.id}`;
  if (name !== undefined && name !== account.name)
    await record(lobby, "access/current", id, { type: "ChangeAccount", account: id, name });
  await record(lobby, "access/current", id, {
    type: "ChangeFactor",
    account: id,
    factor: "password",
    act: "set",
  });
  return signIn(lobby, account.id, context);
}
