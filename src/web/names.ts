/** Names: what people call what the record knows by its id. */

import type { Context } from "../core/context.ts";

/** A name of the policy by its id, or the id. */
export const named = (list: readonly { id: string; name: string }[], id: string): string =>
  list.find((one) => one.id === id)?.name ?? id;

/** Who an account is. */
export const personName = (
  { team }: Pick<Context, "team">,
  account: string | undefined,
): string | undefined =>
  account === undefined
    ? undefined
    : (team.find(({ id }) => id === account)?.name ??
      (account.startsWith("account/") ? "somebody who has left" : "a program"));
