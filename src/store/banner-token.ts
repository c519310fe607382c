/**
 * Banner token: what a page of our product sends, so that it is shown what is for its
 * audience.
 *
 *   bt_7QK4M2XYZABC.<22 characters>
 *
 * The second part proves that the first was made here: HMAC-SHA-256 with a secret of this
 * installation. Whose it is, until when it is good and whether it was taken back stands in
 * the record under the first part; a token says nothing of a customer.
 */

import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Instant } from "../core/time/instant.ts";
import type { Settings } from "./setting.ts";

const KEY = "banners.secret";
const NO_TIME = 0 as Instant;
const MARK_BYTES = 16;
const TOKEN = /^(bt_[0-9A-Z]{12,48})\.([\w-]{22})$/;

export function bannerTokens(settings: Settings) {
  let secret: Promise<string> | undefined;
  const markOf = async (id: string): Promise<Buffer> => {
    secret ??= settings.fix(KEY, randomBytes(32).toString("base64url"), NO_TIME).then(String);
    return createHmac("sha256", await secret)
      .update(`banner ${id}`)
      .digest()
      .subarray(0, MARK_BYTES);
  };
  return {
    /** The whole of a token. */
    sign: async (id: string): Promise<string> =>
      `${id}.${(await markOf(id)).toString("base64url")}`,

    /** The id of a token that was made here; undefined for any other. */
    async read(token: string): Promise<string | undefined> {
      const [, id, mark] = TOKEN.exec(token) ?? [];
      if (id === undefined || mark === undefined) return undefined;
      // As text: several texts stand for the same bytes, and only one was given out.
      const given = Buffer.from(mark);
      const expected = Buffer.from((await markOf(id)).toString("base64url"));
      return given.length === expected.length && timingSafeEqual(given, expected) ? id : undefined;
    },
  };
}
