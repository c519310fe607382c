/**
 * Studio: where the next version of the policy is written, tried and published.
 *
 * One page with an address for each tab; the draft is one text behind all of them.
 * What is shown as the document is rendered as the public page will be, what is shown
 * as its clauses is what the clocks will count: both come from that text alone.
 */

import "../../strict.ts";
import { type ReactNode, useEffect, useMemo } from "react";
import { policyHash } from "../../../core/policy/parse.ts";
import { useView } from "../../api.ts";
import { navigate, usePlace } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { useKeys } from "../../ui/keys.ts";
import { Clauses } from "./clauses.tsx";
import { Diff } from "./diff.tsx";
import { Conflict } from "./conflict.tsx";
import { type Draft, redo, undo, useDraft } from "./draft.ts";
import { History } from "./history.tsx";
import { type Reading, useReading } from "./reading.ts";
import { openSaved, saveNow, startSaving } from "./saving.ts";
import { StudioHead } from "./studio-head.tsx";
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
    [ROUTES.policyTry]: <Try {...tab} />,
    [ROUTES.policyDiff]: <Diff {...tab} />,
    [ROUTES.policyHistory]: <History />,
  };
  return (
    <div className="studio">
      <StudioHead {...tab} running={label} hash={hash} isChanged={isChanged} />
      <Conflict />
      <Tabs />
      {shown[route ?? ""] ?? null}
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
  useEffect(() => {
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
  z: undo,
  "shift z": redo,
  "Shift z": redo,
  y: redo,
};

/** A dialog has keys of its own, and a field's own undo is its own business. */
const isElsewhere = (event: KeyboardEvent): boolean => {
  const [target] = event.composedPath();
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("dialog") !== null) return true;
  return /^[zy]$/i.test(event.key) && target.matches("input, select");
};
