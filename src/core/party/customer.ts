/**
 * Customer: whom we owe something by contract or policy.
 */

import type { Erased } from "../erasure.ts";

export type Contact = { readonly name: string; readonly mail: string; readonly phone?: string };
export type DataRole = "controller" | "processor";

export type CustomerAdded = {
  readonly type: "CustomerAdded";
  readonly customer: string;
  readonly name: string;
  readonly contact: Contact;
  readonly stage?: string;
  readonly role?: DataRole;
  readonly zone?: string;
  readonly sample?: boolean;
};
export type CustomerChanged = {
  readonly type: "CustomerChanged";
  readonly name?: string;
  readonly contact?: Contact;
  readonly stage?: string;
  readonly role?: DataRole;
  readonly zone?: string;
};
export type CustomerRemoved = { readonly type: "CustomerRemoved"; readonly reason: string };

export type CustomerEvent = CustomerAdded | CustomerChanged | CustomerRemoved | Erased;

export type AddCustomer = {
  readonly type: "AddCustomer";
  readonly name: string;
  readonly contact: Contact;
  readonly stage?: string;
  readonly role?: DataRole;
  readonly zone?: string;
  readonly sample?: boolean;
};
export type ChangeCustomer = {
  readonly type: "ChangeCustomer";
  readonly name?: string;
  readonly contact?: Contact;
  readonly stage?: string;
  readonly role?: DataRole;
  readonly zone?: string;
};
export type RemoveCustomer = { readonly type: "RemoveCustomer"; readonly reason: string };

export type CustomerCommand = AddCustomer | ChangeCustomer | RemoveCustomer;

export type Customer = {
  /** `cus_…`. */
  readonly id: string;
  version: number;
  state: "none" | "customer" | "removed";
  name: string;
  contact: Contact;
  stage?: string;
  role?: DataRole;
  zone?: string;
  sample: boolean;
};
