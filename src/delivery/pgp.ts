/**
 * PGP: a mail as PGP/MIME (RFC 3156, 4 and 6.2): signed first, then encrypted, all in one.
 *
 *   Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=...
 *     application/pgp-encrypted    Version: 1
 *     application/octet-stream     -----BEGIN PGP MESSAGE-----
 *
 * What is encrypted is the whole body with its Content-Type, as it would have left in
 * clear. The header stays readable, so its subject says nothing. The library is loaded
 * on first use: most letters are not encrypted.
 */

import type { PrivateKey } from "openpgp";
import type { Instant } from "../core/time/instant.ts";

/** The installation's own key; undefined where there is none to sign with. */
export type Signer = () => Promise<PrivateKey | undefined>;

type Sealed = { readonly key: string; readonly at: Instant };

/** Of the header of what was composed only these belong to the body. */
const OF_BODY = /^(?:content-[\w-]+|mime-version):/i;

/** `mail` with its body encrypted to `key`. Throws where that cannot be done: nothing leaves then. */
export async function sealed(
  mail: Buffer,
  { key, at }: Sealed,
  sign: Signer | undefined,
): Promise<Buffer> {
  const split = mail.indexOf("\r\n\r\n");
  const fields = mail
    .subarray(0, split)
    .toString("latin1")
    .split(/\r\n(?![ \t])/);
  const inside = fields.filter((field) => /^content-/i.test(field));
  const body = Buffer.concat([
    Buffer.from(`${inside.join("\r\n")}\r\n\r\n`, "latin1"),
    mail.subarray(split + 4),
  ]);
  const { createMessage, encrypt, readKey } = await import("openpgp");
  const signer = await sign?.();
  // A part of a fresh key would seem to come from the future where the clock went back.
  const date = new Date(Math.max(at, signer?.getCreationTime().getTime() ?? at));
  const text = await encrypt({
    message: await createMessage({ binary: body, date }),
    encryptionKeys: await readKey({ armoredKey: key }),
    date,
    ...(signer === undefined ? {} : { signingKeys: signer }),
  });
  const armored = text.replaceAll(/\r?\n/g, "\r\n").trimEnd();
  // Armour has no line that begins with two hyphens and then this.
  const mark = `due-${armored.replaceAll(/[^A-Za-z0-9]/g, "").slice(-24)}`;
  return Buffer.from(
    [
      ...fields.filter((field) => !OF_BODY.test(field)),
      "MIME-Version: 1.0",
      `Content-Type: multipart/encrypted; protocol="application/pgp-encrypted";\r\n boundary="${mark}"`,
      "",
      "This mail is encrypted by OpenPGP.",
      `--${mark}`,
      "Content-Type: application/pgp-encrypted",
      "",
      "Version: 1",
      "",
      `--${mark}`,
      'Content-Type: application/octet-stream; name="encrypted.asc"',
      'Content-Disposition: inline; filename="encrypted.asc"',
      "",
      armored,
      "",
      `--${mark}--`,
      "",
    ].join("\r\n"),
    "latin1",
  );
}
