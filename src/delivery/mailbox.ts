/**
 * Mailbox: one name and one address, fit for a header and an envelope.
 *
 * Everything that goes into a mail's header or onto the wire as an address passes
 * here. An address is a plain one or it is refused: no quotes, no comments, no
 * lists, so nothing in it can begin another recipient or another header.
 */

import { oneLine } from "../core/notice/one-line.ts";
import type { Addressee } from "../core/notice/notice.ts";
import { ok, refuse, type Result } from "../core/problem.ts";

export type Mailbox = { readonly name: string; readonly address: string };

const ADDRESS_CHARACTERS_MAX = 254;
const LOCAL_CHARACTERS_MAX = 64;
const NAME_CHARACTERS_MAX = 100;

const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN =
  /^[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?)*$/u;

/** Refuses with `mail-address-invalid`. */
export function parseMailbox({ name = "", mail }: Addressee): Result<Mailbox> {
  const at = mail.lastIndexOf("@");
  const [local, domain] = [mail.slice(0, at), mail.slice(at + 1)];
  const fits =
    at > 0 &&
    mail.length <= ADDRESS_CHARACTERS_MAX &&
    local.length <= LOCAL_CHARACTERS_MAX &&
    LOCAL.test(local) &&
    DOMAIN.test(domain);
  if (!fits)
    return refuse("mail-address-invalid", `"${oneLine(mail, 100)}" is not one plain mail address.`);
  return ok({ name: oneLine(name, NAME_CHARACTERS_MAX), address: mail });
}

/** `Fennel security <security@fennel.example>` or an address alone. Refuses as parseMailbox. */
export function parseMailboxText(text: string): Result<Mailbox> {
  const [, name, mail] = /^([^<>]*)<([^<>]*)>$/.exec(text.trim()) ?? [];
  return mail === undefined
    ? parseMailbox({ mail: text.trim() })
    : parseMailbox({ name: (name ?? "").trim(), mail: mail.trim() });
}

export const domainOf = ({ address }: Mailbox): string =>
  address.slice(address.lastIndexOf("@") + 1).toLowerCase();
