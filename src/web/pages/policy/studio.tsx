/**
 * Studio: where the next version of the policy is written, tried and published.
 *
 * One page with an address for each tab; the draft is one text behind all of them.
 * What is shown as the document is rendered as the public page will be, what is shown
 * as its clauses is what the clocks will count: both come from that text alone.
 */

import "../../strict.ts";
import { lazy, type ReactNode, Suspense, useEffect, useLayoutEffect, useMemo } from "react";
import { policyHash } from "../../../core/policy/parse/parse.ts";
import { useView } from "../../api.ts";
import { navigate, usePlace } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { useKeys } from "../../ui/keys.ts";
import { Diff } from "./diff.tsx";
import { Conflict } from "./conflict.tsx";
import { type Draft, redo, undo, useDraft } from "./draft.ts";
import { History } from "./history.tsx";
import { type Reading, useReading } from "./reading.ts";
import { openSaved, saveNow, startSaving } from "./saving.ts";
import { StudioHead } from "./studio-head.tsx";
import { flushSlow } from "./slow.tsx";
import { Tabs } from "./tabs.tsx";
import { Try } from "./try.tsx";
import { Write } from "./write.tsx";
import "./studio.css";

export function Studio() {
  const { data, error } = useView("policy", { version: "current" });
  const draft = useDraft();
  useEffect(() => {
    if (typeof data?.text === "string")
      void openSaved({ version: data.version, hash: data.hash, text: data.text });
  }, [data]);
  useEffect(startSaving, []);
  if (!draft)
    return <p className="shell-wait">{error ? "No policy is published yet." : "Opening…"}</p>;
  return <Opened draft={draft} label={data?.label ?? ""} />;
}

const Clauses = lazy(async () => ({ default: (await import("./clauses.tsx")).Clauses }));
const Parts = lazy(async () => ({ default: (await import("./parts.tsx")).Parts }));

/** What every tab is given. */
export type Tab = { readonly draft: Draft; readonly reading: Reading };

function Opened({ draft, label }: { readonly draft: Draft; readonly label: string }) {
  const reading = useReading(draft.text);
  const { route } = usePlace();
  useStudioKeys();
  const hash = useMemo(() => policyHash(reading.text), [reading.text]);
  const isChanged = draft.text !== draft.base.text;
  const tab = { draft, reading };
  const shown: Readonly<Record<string, ReactNode>> = {
    [ROUTES.policyWrite]: <Write {...tab} />,
    [ROUTES.policyClauses]: <Clauses {...tab} />,
    [ROUTES.policyParts]: <Parts {...tab} />,
    [ROUTES.policyTry]: <Try {...tab} />,
    [ROUTES.policyDiff]: <Diff {...tab} />,
    [ROUTES.policyHistory]: <History />,
  };
  return (
    <div className="studio">
      <StudioHead {...tab} running={label} hash={hash} isChanged={isChanged} />
      <Conflict />
      <Tabs />
      <Suspense fallback={<p className="shell-wait">Opening…</p>}>
        {shown[route ?? ""] ?? null}
      </Suspense>
    </div>
  );
}

/** Also while typing, where a key alone would be a letter. */
function useStudioKeys(): void {
  useKeys([
    { keys: "Ctrl S", says: "Save the draft now", act: () => void saveNow() },
    { keys: "Ctrl Enter", says: "Try the draft", act: toTry },
    { keys: "Ctrl Z", says: "Take the last change of the draft back", act: undo },
    { keys: "Ctrl Shift Z", says: "Make it again", act: redo },
  ]);
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || isElsewhere(event)) return;
      const act = ACTS[`${event.shiftKey ? "Shift " : ""}${event.key.toLowerCase()}`];
      if (!act) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    };
    addEventListener("keydown", press, true);
    return () => removeEventListener("keydown", press, true);
  }, []);
}

const toTry = (): void => navigate({ to: ROUTES.policyTry });

const ACTS: Readonly<Record<string, () => void>> = {
  s: () => void saveNow(),
  enter: toTry,
  // What was typed a moment ago is the last change, though it is not in the draft yet.
  z: () => (flushSlow(), undo()),
  "shift z": redo,
  "Shift z": redo,
  y: redo,
};

/**
 * A dialog has keys of its own, and the undo of a field that is not the draft's is its own
 * business; a box, a list or a field of the draft has none besides.
 */
const isElsewhere = (event: KeyboardEvent): boolean => {
  const [target] = event.composedPath();
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("dialog") !== null) return true;
  return /^[zy]$/i.test(event.key) && target.matches(OWN_UNDO);
};

const OWN_UNDO = "input:not([data-slow], [type=checkbox], [type=radio]), textarea:not([data-slow])";
