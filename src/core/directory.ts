/** Directory: customers as a list or a set of data may name them, and what binds us to each. */

import type { DirectoryCustomer } from "./incident/listed.ts";
import { bondOf } from "./party/contract.ts";
import type { Customer } from "./party/customer.ts";

/** Those who are customers; whoever was removed cannot be touched any more. */
export const directoryOf = (customers: readonly Customer[]): readonly DirectoryCustomer[] =>
  customers.filter(({ state }) => state === "customer").map(toListed);

function toListed(customer: Customer): DirectoryCustomer {
  const { id, name, contacts, dataSets, stage, role } = customer;
  const bond = bondOf(customer);
  return {
    id,
    name,
    mails: contacts.flatMap(({ mail }) => mail ?? []),
    dataSets: dataSets.map((set) => ({ id: set.id, name: set.name, role: set.role })),
    ...(stage === undefined ? {} : { stage }),
    ...(role === undefined ? {} : { role }),
    ...(bond === undefined ? {} : { bond }),
  };
}
