/**
 * Access: who is asking, and what they may ask for.
 *
 * A browser holds a session in a cookie, a program an API token. Both are looked
 * up at every request: what was revoked a moment ago opens nothing. What a role
 * may do stands in the registries (api/command.ts, api/view.ts), nowhere else.
 */

import type { Person } from "../core/context.ts";
import { ok, refuse, type Result } from "../core/problem.ts";
import { DAY_MS, type Instant, MINUTE_MS, plus } from "../core/time/instant.ts";
import type { Store } from "../store/store.ts";
import type { Token } from "../store/token.ts";
import type { Access, Caller, IntakeToken } from "./access-port.ts";

/** Unused for this long, a session is over. */
export const SESSION_IDLE_MS = 14 * DAY_MS;
/** And after this long in any case. */
export const SESSION_LIFE_MS = 60 * DAY_MS;
const SEEN_EVERY_MS = MINUTE_MS;
/** Every alert asks for its token, so the answer is kept; a revoked one stops within this time. */
const INTAKE_KEPT_MS = 2_000;

const BEARER = /^Bearer +([\x21-\x7e]{8,512})$/i;
/** Shown once as a whole; the store keeps the SHA-256 of the whole. */
const TOKEN = /^due_[A-Za-z0-9_-]{43}$/;

/** A new token's text, from a fresh secret. */
export const tokenText = (secret: string): string => `due_${secret}`;

/** The session's id, as the browser sent it. */
export function sessionIdOf(headers: Headers): string | undefined {
  const cookie = headers.get("cookie") ?? "";
  const match = /(?:^|;\s*)(?:__Host-)?due-session=([A-Za-z0-9_-]{43})(?:;|$)/.exec(cookie);
  return match?.[1];
}

const ALL_SCOPES: ReadonlySet<string> = new Set(["read", "write"]);

export function accessOf(store: Pick<Store, "accounts" | "sessions" | "tokens">): Access {
  const personOf = async (id: string): Promise<Person | undefined> => {
    const account = await store.accounts.byId(id.replace(/^account\//, ""));
    return account && account.removedAt === null
      ? { id: `account/${account.id}`, name: account.name, mail: account.mail, role: account.role }
      : undefined;
  };

  async function bySession(id: string, at: Instant): Promise<Result<Caller | undefined>> {
    const session = await store.sessions.find(id, at);
    const person = session && (await personOf(session.account));
    if (!session || !person)
      return refuse(
        "session-over",
        "Your session is over; sign in again. What you were writing is kept on this device.",
      );
    if (at - session.lastSeenAt > SEEN_EVERY_MS) {
      const idleEnd = Math.min(
        at + SESSION_IDLE_MS,
        session.createdAt + SESSION_LIFE_MS,
      ) as Instant;
      await store.sessions.see(id, at, idleEnd);
    }
    return ok({
      by: person.id,
      person,
      scopes: ALL_SCOPES,
      through: "session",
      credential: `session:${id}`,
    });
  }

  async function byToken(presented: string, at: Instant): Promise<Result<Caller | undefined>> {
    const token = TOKEN.test(presented) ? await store.tokens.find(presented, at) : undefined;
    if (!token)
      return refuse(
        "bad-token",
        "This API token is unknown, revoked or over; make one with `due token create`.",
      );
    if (at - (token.lastUsedAt ?? 0) > SEEN_EVERY_MS) await store.tokens.see(token.id, at);
    const person = token.createdBy.startsWith("account/")
      ? await personOf(token.createdBy)
      : undefined;
    if (token.createdBy.startsWith("account/") && !person)
      return refuse("bad-token", "The person who made this API token has left the team.");
    return ok({
      by: `token/${token.id}`,
      ...(person === undefined ? {} : { person }),
      scopes: new Set(token.scopes),
      through: "token",
      credential: `token:${presented}`,
    });
  }

  /**
   * A monitor's token goes on when whoever made it leaves; one that may write does no more than
   * its maker may now, here as everywhere.
   */
  async function sendingScopes({ scopes, createdBy }: Token): Promise<readonly string[]> {
    if (!createdBy.startsWith("account/") || !scopes.includes("write")) return scopes;
    const person = await personOf(createdBy);
    const mayWrite = person !== undefined && person.role !== "reader";
    return mayWrite ? scopes : scopes.filter((scope) => scope !== "write");
  }

  const kept = new Map<
    string,
    {
      readonly until: number;
      readonly token: IntakeToken | undefined;
    }
  >();

  return {
    async callerOf(headers, at) {
      const bearer = BEARER.exec(headers.get("authorization") ?? "")?.[1];
      if (bearer !== undefined) return byToken(bearer, at);
      const id = sessionIdOf(headers);
      return id === undefined ? ok(undefined) : bySession(id, at);
    },

    mayCommand(caller, command) {
      if (!caller.scopes.has("write"))
        return refuse(
          "not-allowed",
          `This token may not change anything: ${command.verb} needs the scope write.`,
        );
      const role = roleOf(caller);
      return command.roles.includes(role)
        ? ok(undefined)
        : refuse(
            "not-allowed",
            `${command.verb} needs one of the roles ${command.roles.join(", ")}; yours is ${role}.`,
          );
    },

    mayView(caller, view) {
      if (!caller.scopes.has("read"))
        return refuse(
          "not-allowed",
          `This token may not read ${view.name}: that needs the scope read.`,
        );
      const role = roleOf(caller);
      return view.roles.includes(role)
        ? ok(undefined)
        : refuse(
            "not-allowed",
            `Reading ${view.name} needs one of the roles ${view.roles.join(", ")}; yours is ${role}.`,
          );
    },

    async isStanding({ credential }, at) {
      const [kind, secret] = [
        credential.split(":", 1)[0],
        credential.slice(credential.indexOf(":") + 1),
      ];
      const found = kind === "session" ? await bySession(secret, at) : await byToken(secret, at);
      return found.ok;
    },

    async intakeToken(sha256, at) {
      const key = sha256.toString("base64");
      const now = performance.now();
      const known = kept.get(key);
      if (known && known.until > now) return known.token;
      const found = await store.tokens.findByDigest(sha256, at);
      const token = found && { id: found.id, scopes: await sendingScopes(found) };
      if (kept.size > 1_000) kept.clear();
      kept.set(key, { until: now + INTAKE_KEPT_MS, token });
      return token;
    },
  };
}

/** Made on the host, without an account behind it, a token acts as a responder does. */
const roleOf = ({ person }: Caller) => person?.role ?? "responder";

/** When a session opened at `at` is over if it is not used. */
export const sessionEnd = (at: Instant): Instant => plus(at, SESSION_IDLE_MS);
