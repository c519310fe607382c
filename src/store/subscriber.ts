/**
 * Subscriber: which subscription belongs to an address, and the links that only its
 * mailbox has.
 *
 * Both are made with a secret of this installation: the same address is the same
 * subscription, however often and from wherever it is typed, and whoever reads ids in an
 * export of the ledger learns no address from them, not by trying all of them either.
 * A link holds the id and 16 bytes that prove it; nothing of it is stored.
 */

import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Instant } from "../core/time/instant.ts";
import type { Settings } from "./setting.ts";

export type LinkFor = "confirm" | "end";

const KEY = "subscriptions.secret";
/** When the secret was made says nothing that anybody asks. */
const NO_TIME = 0 as Instant;
const ID_CHARACTERS = 20;
const MARK_BYTES = 16;
const TOKEN = /^(sub_[\w-]{20})\.([\w-]{22})$/;

export function subscribers(settings: Settings) {
  let secret: Promise<string> | undefined;
  const mac = async (text: string): Promise<Buffer> => {
    secret ??= settings.fix(KEY, randomBytes(32).toString("base64url"), NO_TIME).then(String);
    return createHmac("sha256", await secret)
      .update(text)
      .digest();
  };
  const markOf = async (id: string, purpose: LinkFor): Promise<Buffer> =>
    (await mac(`${purpose} ${id}`)).subarray(0, MARK_BYTES);

  return {
    /** The subscription of an address, whether there is one or not. */
    async idOf(mail: string): Promise<string> {
      const digest = await mac(`address ${mail.trim().toLowerCase()}`);
      return `sub_${digest.toString("base64url").slice(0, ID_CHARACTERS)}`;
    },

    /** What stands at the end of a link. */
    token: async (id: string, purpose: LinkFor): Promise<string> =>
      `${id}.${(await markOf(id, purpose)).toString("base64url")}`,

    /** The subscription that a link is for; undefined where it was not made here for that. */
    async read(token: string, purpose: LinkFor): Promise<string | undefined> {
      const [, id, mark] = TOKEN.exec(token) ?? [];
      if (id === undefined || mark === undefined) return undefined;
      const given = Buffer.from(mark, "base64url");
      const expected = await markOf(id, purpose);
      return given.length === expected.length && timingSafeEqual(given, expected) ? id : undefined;
    },
  };
}
