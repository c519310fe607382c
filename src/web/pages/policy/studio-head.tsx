/** Studio head: which draft this is, what runs meanwhile, and the way to publish. */

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { policyHash } from "../../../core/policy/parse/parse.ts";
import { publicPath, ROUTES } from "../../paths.ts";
import { Link } from "../../navigation.tsx";
import { Button } from "../../ui/button.tsx";
import { At } from "../../ui/time.tsx";
import { redo, throwAway, undo } from "./draft.ts";
import { useSaving } from "./saving.ts";
import { Proposal } from "./proposal.tsx";
import { Publish } from "./publish.tsx";
import { counted, whyNotPublish } from "./reading.ts";
import type { Tab } from "./studio.tsx";

type Props = Tab & {
  readonly running: string;
  readonly hash: string;
  readonly isChanged: boolean;
};

export function StudioHead({ draft, reading, running, hash, isChanged }: Props) {
  const [publishing, setPublishing] = useState(false);
  const title = reading.document?.policy.title ?? "Policy";
  const blockers = reading.findings.filter(({ level }) => level === "block").length;
  const whyNot = isChanged ? whyNotPublish(reading) : "Nothing is changed yet.";
  return (
    <>
      <header className="spread">
        <h1>{title}</h1>
        <span className="line">
          <Link to={ROUTES.simulate}>What if</Link>
          <Link to={ROUTES.law}>Law</Link>
          <a href={publicPath("policy")}>As customers read it</a>
        </span>
      </header>
      <div className="spread studio-state">
        <p className="secondary">
          {isChanged ? (
            <>
              Draft <code title={hash}>{hash.slice(0, 8)}</code>, <Saved />.{" "}
            </>
          ) : (
            "No draft: this is the text that runs. "
          )}
          <Running base={draft.base} label={running} />
        </p>
        <span className="line">
          <Button
            look="quiet"
            whyNot={draft.canUndo ? undefined : "Nothing to take back."}
            onClick={undo}
          >
            Undo
          </Button>
          <Button
            look="quiet"
            whyNot={draft.canRedo ? undefined : "Nothing was taken back."}
            onClick={redo}
          >
            Redo
          </Button>
          {isChanged ? (
            <Button look="quiet" onClick={throwAway}>
              Throw the changes away
            </Button>
          ) : null}
          <Button look="first" whyNot={whyNot} onClick={() => setPublishing(true)}>
            Publish…
          </Button>
          {blockers > 0 ? (
            <span className="risk strong">{counted(blockers, "blocker")}</span>
          ) : null}
        </span>
      </div>
      <Proposal base={draft.base} />
      <Publish
        open={publishing && whyNot === undefined}
        onClose={() => setPublishing(false)}
        draft={draft}
        reading={reading}
      />
    </>
  );
}

/** Whether the server has it; a status that is read out when it changes. */
function Saved() {
  const { state, savedAt, by, revision, message, merged } = useSaving();
  return (
    <span role="status" className={state === "saved" || state === "saving" ? undefined : "risk"}>
      {state === "saved" && savedAt !== undefined ? (
        <>
          revision {revision}, saved <At iso={savedAt} short />
          {merged ? ` with what ${by} wrote` : ""}
        </>
      ) : (
        SAYS[state]
      )}
      {message === undefined ? "" : `: ${message}`}
    </span>
  );
}

const SAYS: Readonly<Record<ReturnType<typeof useSaving>["state"], string>> = {
  saved: "not changed yet",
  unsaved: "not saved yet",
  saving: "saving",
  offline: "kept on this device: the server cannot be reached",
  refused: "not saved",
  conflict: "not saved: somebody changed the same lines",
};

/** What runs, and whether the public page offers the very same bytes: it is asked, not assumed. */
function Running({ base, label }: { readonly base: Tab["draft"]["base"]; readonly label: string }) {
  const published = useQuery({
    queryKey: ["public-policy", base.version],
    queryFn: async () => {
      const answer = await fetch(publicPath(`policy/v/${base.version}.yaml`));
      return answer.ok ? policyHash(await answer.text()) : undefined;
    },
  });
  const isSame = published.data === base.hash.replace(/^sha256:/, "");
  return (
    <>
      Running v{base.version}
      {label === "" || label === String(base.version) ? "" : ` (${label})`},{" "}
      <code title={base.hash}>{base.hash.replace(/^sha256:/, "").slice(0, 8)}</code>
      {published.data === undefined
        ? "."
        : isSame
          ? ", same as the public page ✓"
          : ", NOT what the public page offers."}
    </>
  );
}
