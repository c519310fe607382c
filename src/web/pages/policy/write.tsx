/**
 * Write: the document on the left as it will be read, its clauses on the right as they
 * will run, and what keeps it from being published below them. Or the source, for those
 * who prefer that; it is one text. On a phone one of them at a time.
 */

import { lazy, Suspense, useState } from "react";
import type { Finding } from "../../../core/policy/lint/lint.ts";
import { partOf } from "../../../core/policy/parts.ts";
import { fromPointer } from "../../../core/policy/places.ts";
import { navigate, useSearch } from "../../navigation.tsx";
import { isOnHead } from "./about.tsx";
import { Begin } from "./begin.tsx";
import { Button } from "../../ui/button.tsx";
import { Problems } from "../../ui/field.tsx";
import { CalendarOffer } from "./calendar-offer.tsx";
import { ClauseCard } from "./clause-card.tsx";
import { Document } from "./document.tsx";
import { Importing } from "./importing.tsx";
import { LintPanel } from "./lint-panel.tsx";
import type { Tab } from "./studio.tsx";

/** The editor is the largest part of all, and for those who ask for it. */
const Source = lazy(async () => ({ default: (await import("./source.tsx")).Source }));

const PartAside = lazy(async () => ({ default: (await import("./parts.tsx")).PartAside }));

type Pane = "text" | "clause" | "lint";
const PANES: readonly (readonly [Pane, string])[] = [
  ["text", "Text"],
  ["clause", "Clause"],
  ["lint", "Findings"],
];

export function Write({ draft, reading }: Tab) {
  const search = useSearch();
  const [pane, setPane] = useState<Pane>("text");
  const [pasting, setPasting] = useState(search["paste"] !== undefined);
  const [beginning, setBeginning] = useState(false);
  const isSource = search["as"] === "source";
  const chosen = search["clause"];
  const show = (next: Readonly<Record<string, string | undefined>>): void =>
    navigate({ search: { ...search, ...next }, replace: true });
  const openClause = (clause: string): void => {
    show({ clause, at: undefined });
    setPane("clause");
  };
  const isOfPart = search["at"] !== undefined && hasForm(search["at"]);
  const goTo = ({ at, line }: Pick<Finding, "at" | "line">): void => {
    const [list, index] = fromPointer(at);
    const clause = list === "clauses" ? reading.document?.policy.clauses[Number(index)] : undefined;
    if (clause && !isSource) return openClause(clause.id);
    show({ at, line: String(line) });
    setPane(!isSource && hasForm(at) ? "clause" : "text");
  };
  return (
    <div className="write" data-pane={pane}>
      <div className="spread write-bar">
        <span className="choices-row" role="group" aria-label="Show the text as">
          <Button aria-pressed={!isSource} onClick={() => show({ as: undefined })}>
            Document
          </Button>
          <Button aria-pressed={isSource} onClick={() => show({ as: "source" })}>
            Source
          </Button>
        </span>
        <span className="line">
          {reading.document ? (
            <Button look="quiet" onClick={() => setBeginning(true)}>
              Begin from nothing…
            </Button>
          ) : null}
          <Button onClick={() => setPasting(true)}>Paste my policy…</Button>
        </span>
      </div>
      <div className="write-panes" role="group" aria-label="Part">
        {PANES.map(([id, label]) => (
          <Button key={id} aria-pressed={pane === id} onClick={() => setPane(id)}>
            {id === "clause" && isOfPart ? "Part" : label}
            {id === "lint" && reading.findings.length > 0 ? ` (${reading.findings.length})` : ""}
          </Button>
        ))}
      </div>
      <div className="write-columns">
        <div className="write-text">
          {isSource ? (
            <Suspense fallback={<p className="shell-wait">Opening…</p>}>
              <Source draft={draft} reading={reading} line={search["line"]} />
            </Suspense>
          ) : (
            <>
              {reading.problems.length > 0 ? (
                <p className="said">
                  The source cannot be read at the moment: below is the last text that could.{" "}
                  <Button look="quiet" onClick={() => show({ as: "source" })}>
                    To the source
                  </Button>
                </p>
              ) : null}
              {reading.document ? (
                <fieldset className="studio-all" disabled={reading.problems.length > 0}>
                  <Document
                    document={reading.document}
                    findings={reading.findings}
                    at={search["at"]}
                    chosen={chosen}
                    onClause={openClause}
                  />
                </fieldset>
              ) : (
                <p>Nothing here can be read as a policy yet. Look at the source, or paste one.</p>
              )}
            </>
          )}
        </div>
        <aside className="write-side" aria-label="Form and findings">
          <div className="write-clause">
            {isOfPart && !isSource ? (
              <Suspense fallback={<p className="shell-wait">Opening…</p>}>
                <PartAside
                  key={search["at"]}
                  draft={draft}
                  reading={reading}
                  at={search["at"] ?? ""}
                  onClose={() => show({ at: undefined })}
                />
              </Suspense>
            ) : reading.document ? (
              <ClauseCard
                document={reading.document}
                id={chosen}
                onChoose={(clause) => show({ clause })}
              />
            ) : null}
          </div>
          <div className="write-lint">
            <Problems problems={reading.problems} />
            <CalendarOffer draft={draft} reading={reading} />
            <LintPanel draft={draft} reading={reading} onGo={goTo} />
          </div>
        </aside>
      </div>
      {reading.document ? (
        <Begin
          open={beginning}
          onClose={() => setBeginning(false)}
          policy={reading.document.policy}
          onBegun={() => setPane("lint")}
        />
      ) : null}
      <Importing
        base={draft.base.text}
        open={pasting}
        onClose={() => {
          setPasting(false);
          if (search["paste"] !== undefined) show({ paste: undefined });
        }}
      />
    </div>
  );
}

/** Whether it is changed beside the document, and not in it. */
const hasForm = (at: string): boolean => !isOnHead(at) && partOf(fromPointer(at)) !== undefined;
