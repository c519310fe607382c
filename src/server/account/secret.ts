/**
 * Passwords: argon2id, with scrypt where the native package cannot be loaded.
 *
 * The string says how it was made, so that either kind can be checked anywhere
 * and a weaker one is made anew at the next login. Parameters: argon2id with
 * 19 MiB, t = 2, p = 1 (OWASP); scrypt with N = 2^17, r = 8, p = 1.
 *
 * Few are worked on at once: each takes one of the four threads that files and new
 * connections to the database need too, and anybody may send passwords.
 */

import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

type Argon2 = Pick<typeof import("@node-rs/argon2"), "hash" | "verify">;

const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const SCRYPT = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 } as const;
const SCRYPT_BYTES = 32;

const AT_ONCE_MAX = 2;
const WAITING_MAX = 64;

let working = 0;
const waiting: (() => void)[] = [];

/** So many wait that whoever comes now had better come again. */
export const isCrowded = (): boolean => waiting.length >= WAITING_MAX;

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (working < AT_ONCE_MAX) working += 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    // A turn is handed on, not given back, so that nobody slips in between.
    const next = waiting.shift();
    if (next) next();
    else working -= 1;
  }
}

let loading: Promise<Argon2 | undefined> | undefined;

/** Undefined on a platform for which there is no native build. */
const argon2 = (): Promise<Argon2 | undefined> =>
  (loading ??= import("@node-rs/argon2").then(
    (module) => module,
    () => undefined,
  ));

export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(password));

async function hash(password: string): Promise<string> {
  const native = await argon2();
  if (native) return native.hash(password, ARGON2);
  const salt = randomBytes(16);
  return `$scrypt$${salt.toString("base64url")}$${(await derive(password, salt)).toString("base64url")}`;
}

/** Takes as long for an account that is not there, so that nobody learns who is. */
export const isPassword = (password: string, stored: string | null): Promise<boolean> =>
  inTurn(() => verify(password, stored));

async function verify(password: string, stored: string | null): Promise<boolean> {
  if (stored === null) {
    await hash(password);
    return false;
  }
  if (stored.startsWith("$scrypt$")) {
    const [, , salt = "", expected = ""] = stored.split("$");
    const made = await derive(password, Buffer.from(salt, "base64url"));
    const wanted = Buffer.from(expected, "base64url");
    return made.length === wanted.length && timingSafeEqual(made, wanted);
  }
  const native = await argon2();
  if (!native) throw new Error("this password was made with argon2, which cannot be loaded here");
  return native.verify(stored, password);
}

const derive = (password: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(password, salt, SCRYPT_BYTES, SCRYPT, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
