/**
 * Passkeys (WebAuthn): a login without a password, bound to this address.
 *
 * The question's challenge is kept in the database for five minutes and used up
 * by the answer, so several nodes can serve one login. A passkey belongs to a
 * host name; at an IP address none can be made.
 */

import type {
  AuthenticationResponseJSON as LoginAnswer,
  RegistrationResponseJSON as Answer,
  WebAuthnCredential as Credential,
} from "@simplewebauthn/server";
import { ok, refuse, type Result } from "../../core/problem.ts";
import { MINUTE_MS, plus } from "../../core/time/instant.ts";
import type { Account } from "../../store/account.ts";
import type { Passkey } from "../../store/passkey.ts";
import { type Lobby, record, signIn } from "./getting-in.ts";
import type { AppContext } from "../world.ts";

const CHALLENGE_MS = 5 * MINUTE_MS;

const FAILED = refuse(
  "passkey-failed",
  "This passkey was not accepted. Try again, or use your password.",
);

/** A fifth of the program, for what few do: loaded when the first one does. */
const library = () => import("@simplewebauthn/server");

const host = ({ url }: Lobby): string => new URL(url).hostname;
const origin = ({ url }: Lobby): string => new URL(url).origin;

/** A challenge is a one-time link that nobody follows: made, found and used up the same way. */
const makeChallenge = (lobby: Lobby, account: string | null): Promise<string> =>
  lobby.store.links.makeAnother({
    purpose: "challenge",
    account,
    expiresAt: plus(lobby.now(), CHALLENGE_MS),
  });

export async function passkeyQuestion(lobby: Lobby): Promise<Result<unknown>> {
  const { generateAuthenticationOptions } = await library();
  const challenge = await makeChallenge(lobby, null);
  const options = await generateAuthenticationOptions({
    rpID: host(lobby),
    userVerification: "preferred",
    challenge: Buffer.from(challenge),
  });
  return ok({ challenge, options });
}

export async function passkeyLogin(
  lobby: Lobby,
  { challenge, response }: { readonly challenge: string; readonly response: unknown },
  context: AppContext,
): Promise<Result<unknown> | Response> {
  const { store, now } = lobby;
  const asked = await store.links.use(challenge, now());
  const answer = response as LoginAnswer;
  const passkey = await store.passkeys.find(answer.id);
  const account = passkey && (await store.accounts.byId(passkey.account));
  if (asked?.purpose !== "challenge" || !passkey || !account || account.removedAt !== null)
    return FAILED;
  const { verifyAuthenticationResponse } = await library();
  const verified = await verify(() =>
    verifyAuthenticationResponse({
      response: answer,
      expectedChallenge: Buffer.from(challenge).toString("base64url"),
      expectedOrigin: origin(lobby),
      expectedRPID: host(lobby),
      requireUserVerification: false,
      credential: toCredential(passkey),
    }),
  );
  if (!verified?.verified) return FAILED;
  await store.passkeys.use(passkey.credential, verified.authenticationInfo.newCounter, now());
  return signIn(lobby, account.id, context);
}

export async function newPasskeyQuestion(lobby: Lobby, account: Account): Promise<Result<unknown>> {
  if (/^[\d.]+$|^\[/.test(host(lobby))) {
    return refuse(
      "passkey-needs-name",
      `A passkey cannot be made at ${host(lobby)}: open this installation by a name, or at localhost.`,
    );
  }
  const challenge = await makeChallenge(lobby, account.id);
  const { generateRegistrationOptions } = await library();
  const known = await lobby.store.passkeys.of(account.id);
  const options = await generateRegistrationOptions({
    rpName: "Duenotice",
    rpID: host(lobby),
    userName: account.mail,
    userDisplayName: account.name,
    userID: Buffer.from(account.id),
    challenge: Buffer.from(challenge),
    attestationType: "none",
    excludeCredentials: known.map(({ credential }) => ({ id: credential })),
    authenticatorSelection: { residentKey: "required", userVerification: "preferred" },
  });
  return ok({ challenge, options });
}

export async function addPasskey(
  lobby: Lobby,
  account: Account,
  {
    challenge,
    name,
    response,
  }: { readonly challenge: string; readonly name: string; readonly response: unknown },
): Promise<Result<unknown>> {
  const { store, now } = lobby;
  const asked = await store.links.use(challenge, now());
  if (asked?.purpose !== "challenge" || asked.account !== account.id) return FAILED;
  const { verifyRegistrationResponse } = await library();
  const verified = await verify(() =>
    verifyRegistrationResponse({
      response: response as Answer,
      expectedChallenge: Buffer.from(challenge).toString("base64url"),
      expectedOrigin: origin(lobby),
      expectedRPID: host(lobby),
      requireUserVerification: false,
    }),
  );
  if (!verified?.verified) return FAILED;
  const { credential } = verified.registrationInfo;
  await store.passkeys.add({
    credential: credential.id,
    account: account.id,
    name,
    publicKey: credential.publicKey,
    counter: credential.counter,
    transports: credential.transports ?? [],
    createdAt: now(),
  });
  const by = `account/${account.id}`;
  return record(lobby, "access/current", by, {
    type: "ChangeFactor",
    account: by,
    factor: "passkey",
    act: "set",
  });
}

/** The library throws where an answer is wrong; for us that is a no like any other. */
async function verify<T>(check: () => Promise<T>): Promise<T | undefined> {
  try {
    return await check();
  } catch {
    return undefined;
  }
}

const toCredential = ({ credential, publicKey, counter, transports }: Passkey): Credential => ({
  id: credential,
  publicKey: new Uint8Array(publicKey),
  counter,
  transports: transports as NonNullable<Credential["transports"]>,
});
