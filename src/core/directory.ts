/** Directory: customers as a list or a set of data may name them, and what binds us to each. */

import { type DirectoryCustomer, setName } from "./incident/outward/listed.ts";
import { bondOf } from "./party/contract.ts";
import type { Customer } from "./party/customer.ts";
import type { DataRole } from "./party/holding.ts";

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

/** By name, as they are compared when somebody names them. */
export function dataSetsIn(customers: readonly DirectoryCustomer[]): {
  readonly name: string;
  readonly customers: number;
  readonly controller: number;
  readonly processor: number;
}[] {
  const sets = new Map<string, { name: string; roles: Map<string, Set<DataRole>> }>();
  for (const { id, dataSets } of customers) {
    for (const { name, role } of dataSets) {
      const set = sets.get(setName(name)) ?? { name, roles: new Map() };
      sets.set(setName(name), set);
      set.roles.set(id, (set.roles.get(id) ?? new Set<DataRole>()).add(role));
    }
  }
  return [...sets.values()]
    .map(({ name, roles }) => {
      const as = (role: DataRole): number =>
        [...roles.values()].filter((held) => held.has(role)).length;
      return {
        name,
        customers: roles.size,
        controller: as("controller"),
        processor: as("processor"),
      };
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
