/** The form for one act on an obligation. */

import type { ObligationAct } from "../pages/room/obligation-acts.ts";
import { Dispute } from "./dispute.tsx";
import { Extend } from "./extend.tsx";
import { Meet } from "./meet.tsx";
import { SettleDispute } from "./settle-dispute.tsx";
import { Waive } from "./waive.tsx";

export type ActOn = { readonly obligation: string; readonly says: string };

export function ObligationForm({ act, ...on }: ActOn & { readonly act: ObligationAct }) {
  switch (act) {
    case "meet":
      return <Meet {...on} />;
    case "extend":
      return <Extend {...on} />;
    case "waive":
      return <Waive {...on} />;
    case "dispute":
      return <Dispute {...on} />;
    case "settle":
      return <SettleDispute {...on} />;
  }
}
