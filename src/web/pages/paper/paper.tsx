/**
 * Paper: one incident as it goes on paper, whole.
 *
 *   head, open deadlines, what was met or missed, what is known, every line
 *
 * The room shows only the lines near the screen, so paper is a page of its own: it
 * fetches every line, says how far it is, and opens the browser's print dialog
 * when all are there. It reads like the room and does nothing: no buttons on it
 * change anything.
 */

import { useEffect, useRef } from "react";
import type { ViewOf } from "../../../api/view.ts";
import type { Context } from "../../../core/context.ts";
import { problemsIn, useView } from "../../api.ts";
import { Link, navigate, useParams, useSearch } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { useContextOf } from "../../policy-on-screen.ts";
import { Button } from "../../ui/button.tsx";
import { useKeys } from "../../ui/keys.ts";
import { type EveryLine, useEveryLine } from "./every-line.ts";
import { Deadlines } from "./paper-deadlines.tsx";
import { PaperHead } from "./paper-head.tsx";
import { Known } from "./paper-known.tsx";
import { Lines } from "./paper-lines.tsx";
import { PaperTape } from "./paper-tape.tsx";
import "./paper.css";

export function Paper() {
  const { id = "" } = useParams() as { id?: string };
  const { asOf } = useSearch() as { asOf?: string };
  const view = useView("incident", { id }, asOf === undefined ? {} : { asOf });
  const context = useContextOf(view.data?.policyVersion);
  if (view.error && !view.data) return <p>{problemsIn(view.error)[0]?.message}</p>;
  if (!view.data || !context) return <p className="shell-wait">Opening {id}…</p>;
  return <Sheet key={id} incident={view.data} context={context} asOf={asOf} />;
}

export type OnPaper = {
  readonly incident: ViewOf<"incident">;
  readonly context: Context;
  readonly asOf: string | undefined;
};

function Sheet({ incident, context, asOf }: OnPaper) {
  const lines = useEveryLine(incident.id, asOf, incident.entries);
  const asked = useRef(false);
  const back = {
    to: ROUTES.incident,
    params: { id: incident.id },
    ...(asOf === undefined ? {} : { search: { asOf } }),
  };
  useKeys([{ keys: "Escape", says: "Back to the room", act: () => navigate(back) }]);
  useEffect(() => {
    document.title = `${incident.id} ${incident.title}`;
    return () => {
      document.title = "Duenotice";
    };
  }, [incident.id, incident.title]);
  useEffect(() => {
    if (!lines.isWhole || asked.current) return;
    asked.current = true;
    // The faces too: what is measured with another face is broken into other pages.
    void document.fonts.ready.then(() => print());
  }, [lines.isWhole]);
  return (
    <article className="paper" aria-busy={!lines.isWhole}>
      <nav className="paper-bar line" aria-label="Printing">
        <Link {...back}>Back to the room</Link>
        <Button
          look="first"
          whyNot={lines.isWhole ? undefined : "Not every line is here yet."}
          onClick={() => print()}
        >
          Print
        </Button>
        <Progress lines={lines} />
      </nav>
      <PaperHead incident={incident} context={context} asOf={asOf} />
      <PaperTape incident={incident} context={context} asOf={asOf} />
      <Deadlines incident={incident} />
      <Known incident={incident} context={context} />
      <Lines lines={lines} />
    </article>
  );
}

function Progress({
  lines: { have, total, isWhole, problem, again },
}: {
  readonly lines: EveryLine;
}) {
  if (problem !== undefined)
    return (
      <span role="alert">
        {problem} <Button onClick={again}>Go on</Button>
      </span>
    );
  if (isWhole) return <span role="status">All {have} lines are here.</span>;
  return (
    <>
      <progress max={total ?? 1} value={have} aria-label="Lines read" />
      <span className="num">
        {total === undefined ? "Reading the timeline…" : `${have} of ${total} lines`}
      </span>
    </>
  );
}
