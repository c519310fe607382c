/** What one recipient was told, in order, and what changed between: gone, new, and what stayed. */

import { useState } from "react";
import { useView } from "../../api.ts";
import { Link } from "../../navigation.tsx";
import { subjectRoute } from "../../paths.ts";
import { Button } from "../../ui/button.tsx";
import { At } from "../../ui/time.tsx";
import "./told-to.css";

const STATE = {
  waiting: "waiting to be sent",
  sending: "being sent",
  delivered: "accepted by their server",
  deferred: "not yet accepted",
  failed: "NOT DELIVERED",
} as const;

export function ToldTo({ recipient }: { readonly recipient: string }) {
  const told = useView("told-to", { recipient });
  const [shown, setShown] = useState<string>();
  const items = told.data?.items ?? [];
  if (!told.data) return <p className="secondary">One moment…</p>;
  if (items.length === 0) return <p className="secondary">They were told nothing yet.</p>;
  return (
    <ol className="plain stack">
      {items.map((notice) => {
        const key = `${notice.subject} ${notice.id}`;
        const changed = notice.changes.filter(({ is }) => is !== "same").length;
        return (
          <li key={key} className={notice.state === "failed" ? "risk" : undefined}>
            <At iso={notice.requestedAt} short /> <strong>{notice.title}</strong>{" "}
            <span className="secondary">
              <Link {...subjectRoute(notice.subject)}>{notice.incident}</Link> {notice.id},{" "}
              {notice.uncertain ? "may have arrived" : STATE[notice.state]}
              {notice.changes.length === 0
                ? ", the first word"
                : `, ${changed} ${changed === 1 ? "sentence" : "sentences"} changed`}
            </span>{" "}
            <Button look="quiet" onClick={() => setShown(shown === key ? undefined : key)}>
              {shown === key ? "Close" : notice.changes.length === 0 ? "Read" : "What changed"}
              <span className="visually-hidden"> in {notice.id}</span>
            </Button>
            {shown !== key ? null : notice.changes.length === 0 ? (
              <pre className="outward-text">{notice.body}</pre>
            ) : (
              <Changes changes={notice.changes} />
            )}
          </li>
        );
      })}
    </ol>
  );
}

type Changed = { readonly is: "same" | "gone" | "new"; readonly text: string };

function Changes({ changes }: { readonly changes: readonly Changed[] }) {
  return (
    <div className="told-changes">
      {changes.map(({ is, text }, index) =>
        is === "new" ? (
          <ins key={index}>{text}</ins>
        ) : is === "gone" ? (
          <del key={index}>{text}</del>
        ) : (
          <p key={index}>{text}</p>
        ),
      )}
    </div>
  );
}
