/**
 * Door: the routes that somebody uses before they are recognised.
 *
 * There is no default account. The first owner is made through a one-time link
 * that the start printed; the same link works once, and a second setup is
 * refused. A login that fails says the same whatever was wrong, takes as long,
 * and after some failures in a row waits longer each time, also where there is no
 * such account: a pause that only accounts know would tell who has one.
 */

import { Hono } from "hono";
import { ACCESS, type Door } from "../../api/access.ts";
import { ok, refuse, type Result } from "../../core/problem.ts";
import { type Instant, MINUTE_MS, plus, SECOND_MS, toIso } from "../../core/time/instant.ts";
import type { Account } from "../../store/account.ts";
import type { LinkPurpose } from "../../store/link.ts";
import { sessionIdOf } from "../access.ts";
import { endedCookies } from "./cookie.ts";
import { asking, type Lobby, plainly, record, signIn } from "./getting-in.ts";
import { passkeyLogin, passkeyQuestion } from "./passkeys.ts";
import { hashPassword, isCrowded, isPassword } from "./secret.ts";
import { setUp } from "./setup.ts";
import { isCode } from "./totp.ts";
import { type AppEnv, basePath } from "../world.ts";

/** Of addresses without an account; the one that was tried longest ago is forgotten first. */
const STRANGERS_MAX = 10_000;
/** This many wrong passwords in a row are forgiven; each one after that doubles the wait. */
const FAILURES_FREE = 5;
const WAIT_FIRST_MS = 10 * SECOND_MS;
const WAIT_MAX_MS = 15 * MINUTE_MS;

export function doorRoutes(lobby: Lobby, ownerMail: string | undefined): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const strangers: Strangers = new Map();
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
    asking(lobby, ACCESS.login, (input, context) => login(lobby, strangers, input, context)),
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

type Tries = Pick<Account, "failures" | "lockedUntil">;
/** By address, in lower case: in memory alone, because whoever asks may make them up. */
type Strangers = Map<string, Tries>;

async function login(
  lobby: Lobby,
  strangers: Strangers,
  { mail, password, code }: Login,
  context: Parameters<typeof signIn>[2],
) {
  const found = await lobby.store.accounts.byMail(mail);
  const known: Tries | undefined = found ?? strangers.get(mail.toLowerCase());
  if (known && known.lockedUntil > lobby.now()) return paused(known);
  if (isCrowded())
    return refuse("overloaded", "Too many are signing in right now; try again in a few seconds.");
  const right = await isPassword(password, found?.password ?? null);
  // Many tries sent at once were all let in before the first was counted: asked again, they are not.
  const account = await lobby.store.accounts.byMail(mail);
  const at = lobby.now();
  if (account && account.lockedUntil > at) return paused(account);
  const isStillTheirs = account?.password === found?.password;
  if (!account) return failedStranger(strangers, mail.toLowerCase(), at);
  if (!right || !isStillTheirs) return failed(lobby, account, at);
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

const paused = ({ lockedUntil }: Tries): Result<never> =>
  refuse(
    "login-paused",
    `Too many wrong tries. Try again after ${toIso(lockedUntil)}, or use another factor.`,
  );

async function failed({ store }: Lobby, account: Account, at: Instant): Promise<Result<never>> {
  await store.accounts.recordFailure(account.id, lockedAfter(account.failures + 1, at));
  return WRONG;
}

function failedStranger(strangers: Strangers, mail: string, at: Instant): Result<never> {
  const before = strangers.get(mail);
  // Asked again: many tries sent at once were all let in before the first was counted.
  if (before && before.lockedUntil > at) return paused(before);
  const failures = (before?.failures ?? 0) + 1;
  strangers.delete(mail);
  strangers.set(mail, { failures, lockedUntil: lockedAfter(failures, at) });
  for (const oldest of strangers.keys()) {
    if (strangers.size <= STRANGERS_MAX) break;
    strangers.delete(oldest);
  }
  return WRONG;
}

/** Until when nobody may try after so many wrong ones in a row; `at` where they are forgiven. */
function lockedAfter(failures: number, at: Instant): Instant {
  const over = failures - FAILURES_FREE;
  return plus(at, over <= 0 ? 0 : Math.min(WAIT_FIRST_MS * 2 ** (over - 1), WAIT_MAX_MS));
}

type Join = {
  readonly token: string;
  readonly name?: string | undefined;
  readonly password: string;
};

/** A passkey's challenge names an account too, and whoever is signed in may ask for one. */
const SETS_PASSWORD: ReadonlySet<LinkPurpose> = new Set(["invitation", "password"]);

/** An invitation, or a way back for who lost a password: the link names the account. */
async function join(
  lobby: Lobby,
  { token, name, password }: Join,
  context: Parameters<typeof signIn>[2],
) {
  const { store } = lobby;
  const link = await store.links.use(token, lobby.now());
  const account = link?.account == null ? undefined : await store.accounts.byId(link.account);
  if (!link || !SETS_PASSWORD.has(link.purpose) || !account || account.removedAt !== null) {
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
