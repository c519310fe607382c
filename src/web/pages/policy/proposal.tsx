/** Proposal: a version that waits for its second person, who sees what it changes before approving. */

import { useState } from "react";
import type { ViewOf } from "../../../api/view.ts";
import { useCommand, useView } from "../../api.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Problems, TextField } from "../../ui/field.tsx";
import { At } from "../../ui/time.tsx";
import { type Consent, ConsentFields, consentOf, NO_CONSENT, whyNotConsent } from "./consent.tsx";
import { DifferenceView } from "./difference-view.tsx";
import type { Base } from "./draft.ts";

type Proposed = NonNullable<ViewOf<"policies">["proposal"]>;

export function Proposal({ base }: { readonly base: Base }) {
  const policies = useView("policies").data;
  const [act, setAct] = useState<"approve" | "withdraw">();
  if (!policies?.proposal) return null;
  const { proposal, subscribers } = policies;
  const close = (): void => setAct(undefined);
  return (
    <div className="said spread">
      <span>
        {proposal.proposedBy} proposed version {proposal.label}{" "}
        <code title={proposal.hash}>{proposal.hash.slice(0, 8)}</code>,{" "}
        <At iso={proposal.proposedAt} short />.{" "}
        {proposal.void
          ? "The draft was edited since, which takes it back: propose it again."
          : `${proposal.approvers.join(" or ")} can approve it.`}
      </span>
      <span className="line">
        <Button
          look="first"
          whyNot={proposal.void ? "The draft was edited since." : undefined}
          onClick={() => setAct("approve")}
        >
          Read and approve…
        </Button>
        <Button look="quiet" onClick={() => setAct("withdraw")}>
          Take it back…
        </Button>
      </span>
      <Dialog title={`Approve version ${proposal.label}`} open={act === "approve"} onClose={close}>
        <Approving base={base} proposal={proposal} subscribers={subscribers} onDone={close} />
      </Dialog>
      <Dialog title="Take the proposal back" open={act === "withdraw"} onClose={close}>
        <Withdrawing onDone={close} />
      </Dialog>
    </div>
  );
}

function Approving({
  base,
  proposal,
  subscribers,
  onDone,
}: {
  readonly base: Base;
  readonly proposal: Proposed;
  readonly subscribers: number;
  readonly onDone: () => void;
}) {
  const command = useCommand("ApprovePolicy");
  const proposed = useView("policy", { version: "proposed" });
  const [consent, setConsent] = useState<Consent>(NO_CONSENT);
  const needs = { alone: proposal.alone, subscribers };
  const whyNot = command.pending ? "One moment." : whyNotConsent(consent, needs);
  const approve = async (): Promise<void> => {
    const input = { hash: proposal.hash, ...consentOf(consent, needs) };
    if (await command.send(input).catch(() => undefined)) onDone();
  };
  const text = proposed.data?.hash === proposal.hash ? proposed.data.text : undefined;
  return (
    <form
      className="stack"
      onSubmit={(event) => (event.preventDefault(), void (whyNot ?? approve()))}
    >
      {typeof text === "string" ? (
        <DifferenceView base={base} text={text} />
      ) : (
        <p className="shell-wait">Opening…</p>
      )}
      <ConsentFields {...needs} consent={consent} onChange={setConsent} />
      <Problems problems={command.problems} />
      <span>
        <Button type="submit" look="first" whyNot={whyNot}>
          Approve these bytes; they run from their first day on
        </Button>
      </span>
    </form>
  );
}

function Withdrawing({ onDone }: { readonly onDone: () => void }) {
  const command = useCommand("WithdrawProposal");
  const [reason, setReason] = useState("");
  const whyNot = reason.trim() === "" ? "Say why: the reason is kept." : undefined;
  const withdraw = async (): Promise<void> => {
    if (await command.send({ reason }).catch(() => undefined)) onDone();
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => (event.preventDefault(), void (whyNot ?? withdraw()))}
    >
      <TextField label="Why" value={reason} onChange={setReason} />
      <Problems problems={command.problems} />
      <span>
        <Button type="submit" look="first" whyNot={whyNot}>
          Take it back
        </Button>
      </span>
    </form>
  );
}
