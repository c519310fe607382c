/**
 * Own link: takes the address of somebody's page out of a mail before it is kept: a recipient's,
 * a contact's who was asked, a seat's.
 *
 * A report of delivery brings our letter back, and an answer quotes it: with that address
 * whoever reads the database or a backup would open the page. It is found in plain text,
 * in quoted-printable broken anywhere, percent-encoded as link checkers write it, and in
 * base64. What a report is known by (Message-ID, status) stays as it came.
 */

/** What quoted-printable may put between any two characters. */
const BREAK = String.raw`(?:=\r?\n)?`;
const STROKE = "(?:/|=2F|%2F)";
const SIGN = "(?:[A-Za-z0-9_-]|=5F|=2D)";
const SECRET_SIGNS = 43;
/** Of these pages only the digest of the address is kept, so none of it may come in by mail. */
const PAGES = ["notice", "contact", "seat"].map((page) => Array.from(page).join(BREAK)).join("|");

const LINK = new RegExp(
  `(${STROKE}${BREAK}(?:${PAGES})${BREAK}${STROKE})(?:${BREAK}${SIGN}){${SECRET_SIGNS}}`,
  "gi",
);
const BASE64 = /(?:^[A-Za-z0-9+/]+={0,2}\r?(?:\n|$(?!\n)))+/gm;
/** Of a letter; a word alone in a line is base64 too. */
const BASE64_CHARACTERS_MIN = 64;

export function withoutOwnLinks(mail: Buffer): Buffer {
  // One character for each byte, so that nothing else changes.
  const text = mail.toString("latin1");
  const bare = masked(text).replace(BASE64, (run) => {
    if (run.length < BASE64_CHARACTERS_MIN) return run;
    const inner = Buffer.from(run, "base64").toString("latin1");
    const kept = masked(inner);
    if (kept === inner) return run;
    const packed = Buffer.from(kept, "latin1").toString("base64");
    return packed.replace(/.{1,76}/g, "$&\r\n");
  });
  return bare === text ? mail : Buffer.from(bare, "latin1");
}

const masked = (text: string): string => text.replace(LINK, "$1[own-link]");
