/**
 * Publish: two steps. First what would be otherwise, then who does it and who is told.
 *
 * With another owner in the house the second step is a proposal, which that person approves
 * (proposal.tsx); alone it is publishing, with a reason that the record keeps.
 */

import { useState } from "react";
import { DRAFT } from "../../../core/policy/draft.ts";
import type { Policy } from "../../../core/policy/policy.ts";
import { useCommand, useView } from "../../api.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Problems } from "../../ui/field.tsx";
import { DifferenceView } from "./difference-view.tsx";
import { putValue } from "./putting.ts";
import { saveNow } from "./saving.ts";
import { SectionFiles, useSectionFiles } from "./section-files.tsx";
import { Slow } from "./slow.tsx";
import type { Tab } from "./studio.tsx";
import { type Consent, ConsentFields, consentOf, NO_CONSENT, whyNotConsent } from "./consent.tsx";

type Props = Tab & { readonly open: boolean; readonly onClose: () => void };

export function Publish({ draft, reading, open, onClose }: Props) {
  const [isSecond, setSecond] = useState(false);
  const policy = reading.document?.policy;
  const versions = useView("policies").data?.items ?? [];
  const taken = versions.some(({ label }) => label === policy?.version)
    ? `Version ${policy?.version} was published before: give this one another.`
    : undefined;
  const close = (): void => {
    setSecond(false);
    onClose();
  };
  if (!policy) return null;
  return (
    <Dialog title={`Publish version ${policy.version}`} open={open} onClose={close}>
      {isSecond ? (
        <Deciding draft={draft} reading={reading} onDone={close} onBack={() => setSecond(false)} />
      ) : (
        <>
          <p>Step 1 of 2: what would be otherwise than in version {draft.base.version}.</p>
          <Naming policy={policy} />
          <DifferenceView base={draft.base} text={reading.text} />
          <div className="line">
            <Button look="first" whyNot={taken} onClick={() => setSecond(true)}>
              I have read it; go on
            </Button>
            <Button look="quiet" onClick={close}>
              Not now
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}

/** What readers and subscribers are told of this version; part of its text, like all else. */
function Naming({ policy }: { readonly policy: Policy }) {
  return (
    <div className="stack">
      <div className="pair">
        <Slow
          label="Version"
          value={policy.version}
          onChange={(value) => putValue(["version"], value, "/version")}
        />
        <Slow
          label="In force from"
          type="date"
          value={policy.effective}
          onChange={(value) => putValue(["effective"], value, "/effective")}
        />
      </div>
      <Slow
        label="What changed, for those who read it"
        area
        value={policy.changes ?? ""}
        onChange={(value) => putValue(["changes"], value === "" ? undefined : value, "/changes")}
      />
    </div>
  );
}

type DecidingProps = Tab & { readonly onDone: () => void; readonly onBack: () => void };

function Deciding({ draft, reading, onDone, onBack }: DecidingProps) {
  const publish = useCommand("PublishPolicy");
  const propose = useCommand("ProposePolicy");
  const me = useView("me").data?.person;
  const people = useView("people").data?.items;
  const subscribers = useView("policies").data?.subscribers ?? 0;
  const [consent, setConsent] = useState<Consent>(NO_CONSENT);
  const policy = reading.document?.policy;
  const files = useSectionFiles(policy);
  if (!me || !people) return <p className="shell-wait">Opening…</p>;
  const others = people.filter(({ id, role }) => role === "owner" && id !== me.id);
  const isAlone = others.length === 0;
  const needs = { alone: true, subscribers };
  const whyNot =
    draft.text !== reading.text || publish.pending || propose.pending
      ? "One moment."
      : files.missing.length > 0
        ? "Choose the files that the policy names."
        : isAlone
          ? me.role === "owner"
            ? whyNotConsent(consent, needs)
            : "Only an owner publishes."
          : undefined;
  const act = async (): Promise<void> => {
    // What is approved is what everybody can read: the draft as it is saved.
    await saveNow();
    const { text } = draft;
    const along = { text, ...(files.texts.length === 0 ? {} : { files: [...files.texts] }) };
    const done = isAlone
      ? await publish.send({ ...along, ...consentOf(consent, needs) }).catch(() => undefined)
      : await propose.send({ ...along, draft: DRAFT }).catch(() => undefined);
    if (done) onDone();
  };
  return (
    <form className="stack" onSubmit={(event) => (event.preventDefault(), void (whyNot ?? act()))}>
      <p>
        Step 2 of 2.{" "}
        {isAlone
          ? "It is public at once and runs from its first day on. Incidents that are open keep the version under which they began."
          : `${others.map(({ name }) => name).join(" or ")} approves these exact bytes; an edit afterwards takes the proposal back.`}
      </p>
      <SectionFiles {...files} />
      {isAlone ? <ConsentFields {...needs} consent={consent} onChange={setConsent} /> : null}
      <Problems problems={[...publish.problems, ...propose.problems]} />
      <div className="line">
        <Button type="submit" look="first" whyNot={whyNot}>
          {isAlone
            ? `Publish version ${policy?.version ?? ""}${consent.tell === "yes" ? ` and tell ${subscribers}` : ""}`
            : "Propose it"}
        </Button>
        <Button look="quiet" onClick={onBack}>
          Back
        </Button>
      </div>
    </form>
  );
}
