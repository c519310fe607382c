/**
 * The wire of getting in: setting up, logging in, one's own credentials, people
 * and tokens. Not commands about a subject of the ledger, so not in the command
 * registry; that each of these happened is in the ledger all the same.
 */

import { z } from "zod";
import { line, ONE_LINE } from "./command-spec.ts";
import { HOLIDAY_PLACES } from "./holiday-places.ts";
import { SCOPES } from "./wire.ts";
import { windowsShape } from "./working-hours.ts";

const name = line(120);
const mail = z.email().max(254);
const password = z.string().min(10, "must have at least 10 characters").max(256);
const secret = z.string().min(8).max(512);
const role = z.enum(["owner", "responder", "communications", "reader"]);

export const EXAMPLES = ["solo", "product", "vendor"] as const;

/** A WebAuthn answer, as the browser's library makes it; checked by the server's. */
const credential = z.looseObject({ id: z.string().max(1_024), type: z.literal("public-key") });

export const ACCESS = {
  setup: z.strictObject({
    token: secret,
    name,
    mail,
    password,
    organisation: name,
    zone: z.string().min(1).max(64),
    windows: windowsShape,
    holidays: z.enum(HOLIDAY_PLACES.map(([place]) => place)).optional(),
    example: z.enum(EXAMPLES),
    sample: z.boolean(),
  }),
  login: z.strictObject({
    mail,
    password: z.string().max(256),
    code: z.string().max(32).optional(),
  }),
  passkeyLogin: z.strictObject({ challenge: secret, response: credential }),
  join: z.strictObject({ token: secret, name: name.optional(), password }),
  password: z.strictObject({ current: z.string().max(256), next: password }),
  totpConfirm: z.strictObject({
    secret: z.string().regex(/^[A-Z2-7]{16,64}$/),
    code: z.string().max(16),
  }),
  proof: z.strictObject({ password: z.string().max(256) }),
  passkeyAdd: z.strictObject({ challenge: secret, name, response: credential }),
  identity: z.strictObject({
    name,
    mail,
    phone: z.string().trim().max(60).regex(ONE_LINE).optional(),
  }),
  digest: z.strictObject({
    weekly: z.boolean(),
    remediations: z.boolean(),
    zone: z.string().max(64),
  }),
  invite: z.strictObject({ name, mail, role }),
  changePerson: z.strictObject({ role }),
  createToken: z.strictObject({
    name,
    scopes: z.array(z.enum(SCOPES)).min(1),
    days: z
      .int()
      .min(1)
      .max(3_650)
      .optional()
      .describe("After how many days it ends; never if not said."),
  }),
  ownToken: z.strictObject({
    name,
    days: z.int().min(1).max(366).describe("After how many days it ends."),
  }),
  mailTest: z.strictObject({ address: mail }),
} as const;

export type AccessInput<K extends keyof typeof ACCESS> = z.input<(typeof ACCESS)[K]>;

/** What a page must know before anybody is recognised. */
export type Door = {
  readonly isSetUp: boolean;
  readonly organisation: string | null;
  /** A passkey cannot be made at an IP address. */
  readonly passkeys: boolean;
  readonly ownerMail: string | null;
};

export type SessionOnList = {
  readonly handle: string;
  readonly agent: string;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly current: boolean;
};

export type TokenOnList = {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
};

/** Which digests one is mailed, at eight in that zone. */
export type DigestChoice = {
  readonly weekly: boolean;
  readonly remediations: boolean;
  readonly zone: string;
};

/** Whether one's deadlines can be subscribed to, and when that was last done. */
export type CalendarState = {
  readonly createdAt: string | null;
  readonly lastReadAt: string | null;
};

export type PasskeyOnList = {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
};
