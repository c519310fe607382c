/**
 * Access: who may do what. Passwords, factors' secrets and sessions live in the
 * store's own tables; here stands that they were set, by whom and when.
 */

import type { AccessRole, Person } from "../context.ts";
import {
  decideDigest,
  type DigestCommand,
  type DigestEvent,
  type Digests,
  isDigestEvent,
  keepDigest,
  noDigests,
} from "./digest.ts";
import type { Erased } from "../erasure.ts";
import { ok, type Problem, refuse, refuseAll, type Result } from "../problem.ts";
import type { Recorded } from "../recorded.ts";
import { textProblem, TITLE_CHARACTERS_MAX, tooLong } from "../text.ts";

export const FACTORS = ["password", "totp", "passkey"] as const;
export type Factor = (typeof FACTORS)[number];

export type AccountAdded = {
  readonly type: "AccountAdded";
  /** `account/ac_…`. */
  readonly account: string;
  readonly role: AccessRole;
  readonly name: string;
  readonly mail: string;
};
export type AccountChanged = {
  readonly type: "AccountChanged";
  readonly account: string;
  readonly role?: AccessRole;
  readonly name?: string;
  readonly mail?: string;
  /** Empty where it was taken out again. */
  readonly phone?: string;
};
export type AccountRemoved = { readonly type: "AccountRemoved"; readonly account: string };
export type TokenCreated = {
  readonly type: "TokenCreated";
  /** `token/…`. */
  readonly token: string;
  readonly scopes: readonly string[];
  readonly name: string;
};
export type TokenRevoked = { readonly type: "TokenRevoked"; readonly token: string };
export type SessionsRevoked = { readonly type: "SessionsRevoked"; readonly account: string };
export type FactorChanged = {
  readonly type: "FactorChanged";
  readonly account: string;
  readonly factor: Factor;
  readonly act: "set" | "removed";
};

/** The secret address under which an account's deadlines can be subscribed to. */
export type CalendarChanged = {
  readonly type: "CalendarChanged";
  readonly account: string;
  readonly act: "made" | "revoked";
};

export type AccessEvent =
  | AccountAdded
  | AccountChanged
  | AccountRemoved
  | TokenCreated
  | TokenRevoked
  | SessionsRevoked
  | FactorChanged
  | CalendarChanged
  | DigestEvent
  | Erased;

export type AddAccount = {
  readonly type: "AddAccount";
  readonly account: string;
  readonly role: AccessRole;
  readonly name: string;
  readonly mail: string;
};
export type ChangeAccount = {
  readonly type: "ChangeAccount";
  readonly account: string;
  readonly role?: AccessRole;
  readonly name?: string;
  readonly mail?: string;
  readonly phone?: string;
};
export type RemoveAccount = { readonly type: "RemoveAccount"; readonly account: string };
export type CreateToken = {
  readonly type: "CreateToken";
  readonly token: string;
  readonly scopes: readonly string[];
  readonly name: string;
};
export type RevokeToken = { readonly type: "RevokeToken"; readonly token: string };
export type RevokeSessions = { readonly type: "RevokeSessions"; readonly account: string };
export type ChangeFactor = {
  readonly type: "ChangeFactor";
  readonly account: string;
  readonly factor: Factor;
  readonly act: "set" | "removed";
};

export type ChangeCalendar = {
  readonly type: "ChangeCalendar";
  readonly account: string;
  readonly act: "made" | "revoked";
};

export type AccessCommand =
  | AddAccount
  | ChangeAccount
  | RemoveAccount
  | CreateToken
  | RevokeToken
  | RevokeSessions
  | ChangeFactor
  | ChangeCalendar
  | DigestCommand;

export type Account = {
  readonly id: string;
  name: string;
  mail: string;
  phone?: string;
  role: AccessRole;
  removed: boolean;
  factors: Factor[];
};
export type Access = Digests & {
  version: number;
  accounts: Record<string, Account>;
  tokens: Record<
    string,
    { name: string; scopes: readonly string[]; revoked: boolean; madeBy: string }
  >;
};

/** Accounts and tokens after `entries`, oldest first. */
export function foldAccess(entries: readonly Recorded<AccessEvent>[]): Access {
  const access: Access = { version: 0, accounts: {}, tokens: {}, ...noDigests() };
  for (const recorded of entries) evolve(access, recorded);
  return access;
}

/** The people of the team: every account that was not removed. */
export const teamOf = ({ accounts }: Access): readonly Person[] =>
  Object.values(accounts)
    .filter(({ removed }) => !removed)
    .map(({ id, name, mail, phone, role }) => ({
      id,
      name,
      mail,
      role,
      ...(phone ? { phone } : {}),
    }));

/**
 * Refuses with `account-known`, `account-unknown`, `account-unchanged`, `mail-taken`,
 * `last-owner`, `token-known`, `token-unknown`, `factor-unknown`, `text-missing`,
 * `text-too-long`.
 */
export function decide(access: Access, command: AccessCommand): Result<readonly AccessEvent[]> {
  switch (command.type) {
    case "AddAccount":
      return addAccount(access, command);
    case "ChangeAccount":
      return changeAccount(access, command);
    case "RemoveAccount":
      return removeAccount(access, command);
    case "CreateToken":
      return createToken(access, command);
    case "RevokeToken":
      return revokeToken(access, command);
    case "RevokeSessions": {
      const held = accountOf(access, command.account);
      return held.ok ? ok([{ type: "SessionsRevoked", account: command.account }]) : held;
    }
    case "ChangeFactor":
      return changeFactor(access, command);
    case "ChangeCalendar":
      return changeCalendar(access, command);
    case "ChooseDigest":
    case "SendDigest":
    case "RecordDelivery":
      return decideDigest(access, command);
  }
}

function addAccount(
  access: Access,
  { account, role, name, mail }: AddAccount,
): Result<readonly AccessEvent[]> {
  if (access.accounts[account]) return refuse("account-known", "There is such an account already.");
  const problems = [nameProblem(name), mailProblem(access, account, mail)];
  return refuseAll(
    problems.filter((problem) => problem !== undefined),
    [{ type: "AccountAdded", account, role, name, mail }],
  );
}

function changeAccount(
  access: Access,
  { account, role, name, mail, phone }: ChangeAccount,
): Result<readonly AccessEvent[]> {
  const held = accountOf(access, account);
  if (!held.ok) return held;
  const change = {
    ...(role === undefined || role === held.value.role ? {} : { role }),
    ...(name === undefined || name === held.value.name ? {} : { name }),
    ...(mail === undefined || mail === held.value.mail ? {} : { mail }),
    ...(phone === undefined || phone === (held.value.phone ?? "") ? {} : { phone }),
  };
  if (Object.keys(change).length === 0) {
    return refuse("account-unchanged", "Nothing would change.");
  }
  const problems = [
    change.name === undefined ? undefined : nameProblem(change.name),
    change.mail === undefined ? undefined : mailProblem(access, account, change.mail),
    tooLong(change.phone, PHONE_CHARACTERS_MAX, "/phone"),
    change.role === undefined ? undefined : ownerProblem(access, account),
  ].filter((problem) => problem !== undefined);
  return refuseAll(problems, [{ type: "AccountChanged", account, ...change }]);
}

function removeAccount(access: Access, { account }: RemoveAccount): Result<readonly AccessEvent[]> {
  const held = accountOf(access, account);
  if (!held.ok) return held;
  const last = ownerProblem(access, account);
  return refuseAll(last ? [last] : [], [{ type: "AccountRemoved", account }]);
}

function createToken(
  access: Access,
  { token, scopes, name }: CreateToken,
): Result<readonly AccessEvent[]> {
  if (access.tokens[token]) return refuse("token-known", "There is such a token already.");
  const unsaid = nameProblem(name);
  return refuseAll(unsaid ? [unsaid] : [], [{ type: "TokenCreated", token, scopes, name }]);
}

const revokeToken = (access: Access, { token }: RevokeToken): Result<readonly AccessEvent[]> =>
  access.tokens[token]?.revoked === false
    ? ok([{ type: "TokenRevoked", token }])
    : refuse("token-unknown", "There is no such token, or it is revoked already.");

function changeFactor(
  access: Access,
  { account, factor, act }: ChangeFactor,
): Result<readonly AccessEvent[]> {
  const held = accountOf(access, account);
  if (!held.ok) return held;
  if (act === "removed" && !held.value.factors.includes(factor)) {
    return refuse("factor-unknown", "This account does not sign in with that.", "/factor");
  }
  return ok([{ type: "FactorChanged", account, factor, act }]);
}

function changeCalendar(
  access: Access,
  { account, act }: ChangeCalendar,
): Result<readonly AccessEvent[]> {
  const held = accountOf(access, account);
  return held.ok ? ok([{ type: "CalendarChanged", account, act }]) : held;
}

function accountOf({ accounts }: Access, id: string): Result<Account> {
  const account = accounts[id];
  return account === undefined || account.removed
    ? refuse("account-unknown", "There is no such account.", "/account")
    : ok(account);
}

const nameProblem = (name: string): Problem | undefined =>
  textProblem(name, TITLE_CHARACTERS_MAX, "/name", "Give a name.");

function mailProblem({ accounts }: Access, own: string, mail: string): Problem | undefined {
  const same = (other: Account): boolean =>
    !other.removed && other.id !== own && other.mail.toLowerCase() === mail.toLowerCase();
  return Object.values(accounts).some(same)
    ? { code: "mail-taken", message: "Another account has this address.", at: "/mail" }
    : textProblem(mail, TITLE_CHARACTERS_MAX, "/mail", "Give a mail address.");
}

const PHONE_CHARACTERS_MAX = 60;

/** Without an owner nobody could give access to anybody. */
function ownerProblem({ accounts }: Access, leaving: string): Problem | undefined {
  if (accounts[leaving]?.role !== "owner") return undefined;
  const left = Object.values(accounts).some(
    ({ id, role, removed }) => id !== leaving && role === "owner" && !removed,
  );
  const message = "This is the last owner: make somebody else an owner first.";
  return left ? undefined : { code: "last-owner", message };
}

function evolve(access: Access, recorded: Recorded<AccessEvent>): void {
  const { event, version, by } = recorded;
  access.version = version;
  if (isDigestEvent(event)) return keepDigest(access, { ...recorded, event });
  switch (event.type) {
    case "AccountAdded": {
      const { account: id, role, name, mail } = event;
      access.accounts[id] = { id, role, name, mail, removed: false, factors: [] };
      return;
    }
    case "AccountChanged": {
      const { type: _, account, ...change } = event;
      const held = access.accounts[account];
      if (held) Object.assign(held, change);
      return;
    }
    case "AccountRemoved": {
      const held = access.accounts[event.account];
      if (held) held.removed = true;
      return;
    }
    case "TokenCreated":
      access.tokens[event.token] = {
        name: event.name,
        scopes: event.scopes,
        revoked: false,
        madeBy: by,
      };
      return;
    case "TokenRevoked": {
      const token = access.tokens[event.token];
      if (token) token.revoked = true;
      return;
    }
    case "FactorChanged": {
      const held = access.accounts[event.account];
      if (!held) return;
      held.factors = held.factors.filter((factor) => factor !== event.factor);
      if (event.act === "set") held.factors.push(event.factor);
      return;
    }
    case "SessionsRevoked":
    case "CalendarChanged":
    case "Erased":
      return;
    default:
      return unknown(event);
  }
}

/** An entry of a later version of this program: its meaning must not be guessed. */
function unknown(event: never): never {
  throw new Error(`An entry about access of an unknown type: ${JSON.stringify(event)}`);
}
