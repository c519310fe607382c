/**
 * Owner: Ada, who set an installation up and uses it through the public API, as
 * the web app does.
 */

import { apiClient, type Client } from "../src/api/client.ts";
import type { AccessInput } from "../src/api/access.ts";
import { ROUTES } from "../src/api/routes.ts";
import { type Program, setupLinkIn } from "./program.ts";

export const ADA = {
  name: "Ada Lindqvist",
  mail: "ada@fennel.example",
  password: "a long enough password",
} as const;

export type Owner = {
  readonly client: Client;
  /** The session, as a browser keeps it. */
  readonly cookie: string;
  /** A token with these scopes. */
  readonly token: (...scopes: readonly string[]) => Promise<string>;
};

/** Sets `program` up through its one-time link. */
export async function setUp(
  program: Pick<Program, "url" | "data">,
  more: Partial<AccessInput<"setup">> = {},
): Promise<Owner> {
  const input: AccessInput<"setup"> = {
    ...ADA,
    token: setupLinkIn(program.data).split("#")[1] ?? "",
    organisation: "Fennel",
    zone: "Europe/Berlin",
    windows: { days: ["mon", "tue", "wed", "thu", "fri"], from: "09:00", to: "17:00" },
    example: "solo",
    sample: false,
    ...more,
  };
  const answer = await fetch(`${program.url}/api/v1/setup`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(input),
  });
  if (!answer.ok) throw new Error(`setup was refused: ${await answer.text()}`);
  return signedIn(program, (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "");
}

/** Somebody with that session. */
export function signedIn({ url }: Pick<Program, "url">, cookie: string): Owner {
  const headers = { cookie, origin: url, "due-client": "test" };
  const client = apiClient(
    ROUTES,
    (path, init) => fetch(url + path, init),
    () => headers,
  );
  return {
    client,
    cookie,
    async token(...scopes) {
      const made = await client.call<{ readonly token: string }>("POST", "/api/v1/tokens", {
        name: "test",
        scopes,
      });
      if (!made.ok) throw new Error(made.problems[0].message);
      return made.value.token;
    },
  };
}

/** The value of an answer that must not be a refusal. */
export function valueOf<T>(
  result:
    | { readonly ok: true; readonly value: T }
    | { readonly ok: false; readonly problems: readonly { readonly message: string }[] },
): T {
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join(" "));
  return result.value;
}
