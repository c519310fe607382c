/** Passkeys in the browser: the question comes from the server, the answer goes back to it. */

import { startAuthentication, startRegistration } from "@simplewebauthn/browser";
import { refuse, type Result } from "../core/problem.ts";
import { client } from "./api.ts";

type Asked<O> = { readonly challenge: string; readonly options: O };

export async function passkeyLogin(): Promise<Result<unknown>> {
  type Options = Parameters<typeof startAuthentication>[0]["optionsJSON"];
  const asked = await client.call<Asked<Options>>("POST", "/api/v1/login/passkey/question");
  if (!asked.ok) return asked;
  const { challenge, options } = asked.value;
  return answered(async () =>
    client.call("POST", "/api/v1/login/passkey", {
      challenge,
      response: await startAuthentication({ optionsJSON: options }),
    }),
  );
}

/** Makes a passkey on this device and tells the server about it. */
export async function addPasskey(name: string): Promise<Result<unknown>> {
  type Options = Parameters<typeof startRegistration>[0]["optionsJSON"];
  const asked = await client.call<Asked<Options>>("POST", "/api/v1/me/passkeys/question");
  if (!asked.ok) return asked;
  const { challenge, options } = asked.value;
  return answered(async () =>
    client.call("POST", "/api/v1/me/passkeys", {
      challenge,
      name,
      response: await startRegistration({ optionsJSON: options }),
    }),
  );
}

/** The browser throws when somebody says no to its dialogue: that is an answer too. */
async function answered(ask: () => Promise<Result<unknown>>): Promise<Result<unknown>> {
  try {
    return await ask();
  } catch (error) {
    return refuse(
      "passkey-failed",
      `The browser made no passkey: ${error instanceof Error ? error.message : "it was cancelled"}.`,
    );
  }
}
