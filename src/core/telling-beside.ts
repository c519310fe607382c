/**
 * Telling, beside: what parties and signals say to whoever writes a notice. The
 * incident sees of them only this.
 */

import type { Beside } from "./context.ts";
import { lawContents } from "./law/contents.ts";
import type { Regime } from "./law/regime.ts";
import { securityContact } from "./party/contact.ts";
import { isEncryptionAgreed } from "./party/contact-key.ts";
import { isCustomer, type Party } from "./party/party.ts";
import { reporterId, type Signal } from "./signal/state.ts";

/**
 * Their contacts for what is about security, and the names that must not slip in: theirs, and
 * those of `named`, customers whom this does not concern and whose names stand in the text.
 */
export function tellingOf(
  parties: readonly Party[],
  signals: readonly Signal[],
  named: readonly { readonly id: string; readonly name: string }[],
  regimes: readonly Regime[],
): NonNullable<Beside["telling"]> {
  const customers = parties.filter(isCustomer).filter(({ state }) => state !== "none");
  return {
    recipients: customers.map((customer) => {
      const contact = securityContact(customer);
      const { name = "", mail, language, zone, verifiedOn, bouncedAt } = contact ?? {};
      return {
        customer: customer.id,
        name: customer.name,
        ...(mail === undefined ? {} : { to: { name, mail } }),
        ...(language === undefined ? {} : { language }),
        ...(zone === undefined ? {} : { zone }),
        ...(verifiedOn === undefined ? {} : { verifiedOn }),
        ...(bouncedAt === undefined ? {} : { bounces: true as const }),
        ...(isEncryptionAgreed(customer.contacts) ? { encrypting: customer.contacts } : {}),
      };
    }),
    customers: [...customers, ...named].map(({ id, name }) => ({ id: `customer:${id}`, name })),
    contents: lawContents(regimes),
    reporters: signals.map(({ reference, sender: { name, mail } }) => ({
      id: reporterId(reference),
      ...(name === undefined ? {} : { name }),
      ...(mail === undefined ? {} : { mail }),
    })),
  };
}
