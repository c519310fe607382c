/**
 * Sample: invented data that somebody looked at, and the way it goes again.
 *
 * The ledger forgets nothing, so a sample subject ends with an entry that says so.
 * From then on it is shown nowhere and owes nothing; its private text is erased
 * like any other, and the proofs stay whole.
 */

import { ok, refuse, type Result } from "./problem.ts";

export type SampleWithdrawn = { readonly type: "SampleWithdrawn" };
export type WithdrawSample = { readonly type: "WithdrawSample" };

/** Ends a sample subject. Refuses with `sample-absent` where it is real, or withdrawn already. */
export const withdrawSample = (state: {
  readonly sample: boolean;
  readonly withdrawn?: boolean;
}): Result<readonly SampleWithdrawn[]> =>
  state.sample && state.withdrawn !== true
    ? ok([{ type: "SampleWithdrawn" }])
    : refuse("sample-absent", "This is no sample: it stays in the record as it is.");
