/**
 * Access port: what the API needs to know about who is asking.
 *
 * The accounts, sessions and tokens behind it are in access.ts and its
 * neighbours; here is only the question and the answer, so that routes do not
 * depend on how somebody proved who they are.
 */

import type { CommandSpec } from "../api/command.ts";
import type { ViewSpec } from "../api/view.ts";
import type { Person } from "../core/context.ts";
import type { Result } from "../core/problem.ts";
import type { Instant } from "../core/time/instant.ts";

/** Somebody who was recognised. */
export type Caller = {
  /** As in an envelope: `account/ac_…` or `token/tok_…`. */
  readonly by: string;
  /** The account behind it: the caller's own, or that of whoever made the token. */
  readonly person?: Person;
  readonly scopes: ReadonlySet<string>;
  /** A cookie is sent by any page that can reach us, so changes by session ask for more. */
  readonly through: "session" | "token";
  /** Names what can be revoked while a stream is open: the session's digest or the token's id. */
  readonly credential: string;
};

export type Access = {
  /**
   * Who sends this; undefined when it names nobody.
   * Refuses with: bad-token, session-over, where it names somebody who no longer counts.
   */
  callerOf(headers: Headers, at: Instant): Promise<Result<Caller | undefined>>;
  /** Refuses with: not-allowed. */
  mayCommand(caller: Caller, command: CommandSpec): Result<void>;
  /** Refuses with: not-allowed. */
  mayView(caller: Caller, view: ViewSpec): Result<void>;
  /** Whether a caller recognised earlier still counts: asked again and again by open streams. */
  isStanding(caller: Caller, at: Instant): Promise<boolean>;
  /**
   * The scopes of a token that may send to intake, by the SHA-256 of what was presented;
   * undefined when there is none. Answers from memory, because every alert asks.
   */
  intakeToken(sha256: Buffer, at: Instant): Promise<IntakeToken | undefined>;
};

export type IntakeToken = { readonly id: string; readonly scopes: readonly string[] };
