/**
 * Remediation: one thing that changes because of the review, with an owner and a
 * target date, tracked until it is done or dropped with a reason.
 */

import type { RemediationStatus } from "./state.ts";

export type RemediationAdded = {
  readonly type: "RemediationAdded";
  /** `A1`. */
  readonly remediation: string;
  readonly title: string;
  /** An account, or a name. */
  readonly owner: string;
  /** `YYYY-MM-DD`. */
  readonly targetOn: string;
};
export type RemediationChanged = {
  readonly type: "RemediationChanged";
  readonly remediation: string;
  readonly status: RemediationStatus;
  readonly note?: string;
  readonly targetOn?: string;
  readonly owner?: string;
};

export type AddRemediation = {
  readonly type: "AddRemediation";
  readonly title: string;
  readonly owner: string;
  readonly targetOn: string;
};
export type ChangeRemediation = {
  readonly type: "ChangeRemediation";
  readonly remediation: string;
  readonly status?: RemediationStatus;
  readonly note?: string;
  readonly targetOn?: string;
  readonly owner?: string;
};
