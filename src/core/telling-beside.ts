/**
 * Telling, beside: what parties and signals say to whoever writes a notice. The
 * incident sees of them only this.
 */

import type { Beside } from "./context.ts";
import { securityContact } from "./party/contact.ts";
import { isCustomer, type Party } from "./party/party.ts";
import type { Signal } from "./signal/state.ts";

/**
 * Their contacts for what is about security, and the names that must not slip in: theirs, and
 * those of `named`, customers whom this does not concern and whose names stand in the text.
 */
export function tellingOf(
  parties: readonly Party[],
  signals: readonly Signal[],
  named: readonly { readonly id: string; readonly name: string }[],
): NonNullable<Beside["telling"]> {
  const customers = parties.filter(isCustomer).filter(({ state }) => state !== "none");
  return {
    recipients: customers.map((customer) => {
      const contact = securityContact(customer);
      const { name = "", mail, language, zone, verifiedOn } = contact ?? {};
      return {
        customer: customer.id,
        name: customer.name,
        ...(mail === undefined ? {} : { to: { name, mail } }),
        ...(language === undefined ? {} : { language }),
        ...(zone === undefined ? {} : { zone }),
        ...(verifiedOn === undefined ? {} : { verifiedOn }),
      };
    }),
    customers: [...customers, ...named].map(({ id, name }) => ({ id: `customer:${id}`, name })),
    reporters: signals.map(({ sender: { name, mail } }) => ({
      ...(name === undefined ? {} : { name }),
      ...(mail === undefined ? {} : { mail }),
    })),
  };
}
