/**
 * Access: who may do what. Passwords, factors' secrets and sessions live in the
 * store's own tables; here stands that they were set, by whom and when.
 */

import type { AccessRole } from "../context.ts";
import type { Erased } from "../erasure.ts";

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

export type AccessEvent =
  | AccountAdded
  | AccountChanged
  | AccountRemoved
  | TokenCreated
  | TokenRevoked
  | SessionsRevoked
  | FactorChanged
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

export type AccessCommand =
  | AddAccount
  | ChangeAccount
  | RemoveAccount
  | CreateToken
  | RevokeToken
  | RevokeSessions
  | ChangeFactor;

export type Account = {
  readonly id: string;
  name: string;
  mail: string;
  role: AccessRole;
  removed: boolean;
  factors: Factor[];
};
export type Access = {
  version: number;
  accounts: Record<string, Account>;
  tokens: Record<string, { name: string; scopes: readonly string[]; revoked: boolean }>;
};
