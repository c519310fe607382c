/** The form of each act: loaded when the first one is opened, since most who look do not act. */

import { lazy, Suspense } from "react";
import { AddRemediation } from "../../forms/add-remediation.tsx";
import { AgreeAsCounsel } from "../../forms/agree-as-counsel.tsx";
import { ApplyMitigation } from "../../forms/apply-mitigation.tsx";
import { ChangeRemediation } from "../../forms/change-remediation.tsx";
import { ChangeSeverity } from "../../forms/change-severity.tsx";
import { ClearCustomer } from "../../forms/clear-customer.tsx";
import { Close } from "../../forms/close.tsx";
import { Decide } from "../../forms/decide.tsx";
import { EnterPhase } from "../../forms/enter-phase.tsx";
import { EraseEntry } from "../../forms/erase-entry.tsx";
import { ExceptGate } from "../../forms/except-gate.tsx";
import { LiftMitigation } from "../../forms/lift-mitigation.tsx";
import { Rebase } from "../../forms/rebase.tsx";
import { RecordFact } from "../../forms/record-fact.tsx";
import { Reopen } from "../../forms/reopen.tsx";
import { ClearProvider, InvolveProvider } from "../../forms/involve-provider.tsx";
import { OpenRegime } from "../../forms/open-regime.tsx";
import { ObligationForm } from "../../forms/obligation-form.tsx";
import { Resolve } from "../../forms/resolve.tsx";
import { Retitle } from "../../forms/retitle.tsx";
import { ShipFix } from "../../forms/ship-fix.tsx";
import { ShowGate } from "../../forms/show-gate.tsx";
import { StrikeEntry } from "../../forms/strike-entry.tsx";
import { TakeRole } from "../../forms/take-role.tsx";
import { TellFact } from "../../forms/tell-fact.tsx";
import { TouchCustomer } from "../../forms/touch-customer.tsx";
import { TouchList } from "../../forms/touch-list.tsx";
import { VerifyFix } from "../../forms/verify-fix.tsx";
import { WriteReview } from "../../forms/write-review.tsx";
import { ReporterThread } from "./reporter-thread.tsx";
import type { Act } from "./room-state.tsx";

/** Few write one, and rarely: it is no part of the room's weight. */
const WritePublicReview = lazy(async () => ({
  default: (await import("../../forms/public-review.tsx")).WritePublicReview,
}));

export function FormOf({ act }: { readonly act: Exclude<Act, { kind: "why" }> }) {
  switch (act.kind) {
    case "severity":
      return <ChangeSeverity text={act.text} />;
    case "fact":
      return <RecordFact text={act.text} />;
    case "mitigate":
      return <ApplyMitigation text={act.text} />;
    case "fix":
      return <ShipFix text={act.text} />;
    case "role":
      return <TakeRole role={act.text} />;
    case "phase":
      return <EnterPhase phase={act.text || undefined} />;
    case "enter":
      return <EnterPhase phase={act.phase} />;
    case "show":
      return <ShowGate of={act.of} gate={act.gate} />;
    case "except":
      return <ExceptGate of={act.of} gate={act.gate} />;
    case "meet":
    case "extend":
    case "waive":
    case "dispute":
    case "settle":
      return <ObligationForm act={act.kind} obligation={act.obligation} says={act.says} />;
    case "verify":
      return <VerifyFix />;
    case "resolve":
      return <Resolve />;
    case "reopen":
      return <Reopen />;
    case "close":
      return <Close text={act.text} />;
    case "touch":
      return <TouchCustomer />;
    case "touch-list":
      return <TouchList />;
    case "decide":
      return <Decide />;
    case "counsel":
      return <AgreeAsCounsel />;
    case "regime":
      return <OpenRegime />;
    case "tell":
      return <TellFact name={act.name} />;
    case "involve":
      return <InvolveProvider />;
    case "clear-provider":
      return <ClearProvider provider={act.provider} />;
    case "clear":
      return <ClearCustomer customer={act.customer} />;
    case "lift":
      return <LiftMitigation mitigation={act.mitigation} />;
    case "review":
      return <WriteReview />;
    case "public-review":
      return (
        <Suspense fallback={<p className="shell-wait">Opening…</p>}>
          <WritePublicReview />
        </Suspense>
      );
    case "add-remediation":
      return <AddRemediation />;
    case "change-remediation":
      return <ChangeRemediation remediation={act.remediation} />;
    case "rebase":
      return <Rebase />;
    case "retitle":
      return <Retitle />;
    case "strike":
      return <StrikeEntry version={act.version} says={act.says} />;
    case "erase":
      return <EraseEntry entry={act.entry} version={act.version} type={act.type} says={act.says} />;
    case "reporter":
      return <ReporterThread id={act.signal} />;
  }
}
