/**
 * Touched: which customers this incident concerns. Each becomes a recipient of
 * its own, so that every clause runs for each of them separately.
 */

export type CustomerTouched = {
  readonly type: "CustomerTouched";
  readonly customer: string;
  readonly stage?: string;
  readonly role?: "controller" | "processor";
};
export type CustomerCleared = {
  readonly type: "CustomerCleared";
  readonly customer: string;
  readonly reason: string;
};

export type TouchCustomer = { readonly type: "TouchCustomer"; readonly customer: string };
export type ClearCustomer = {
  readonly type: "ClearCustomer";
  readonly customer: string;
  readonly reason: string;
};
