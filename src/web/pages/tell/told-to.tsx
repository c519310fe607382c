/** What one recipient was told, in order, and what changed between: gone, new, and what stayed. */

import { useState } from "react";
import { standingWords } from "../../../core/notice/standing-words.ts";
import { useView } from "../../api.ts";
import { Link } from "../../navigation.tsx";
import { subjectRoute } from "../../paths.ts";
import { Button } from "../../ui/button.tsx";
import { At } from "../../ui/time.tsx";
import { CameBack } from "./came-back.tsx";
import "./told-to.css";

type Props = { readonly recipient: string; readonly incident?: string };

export function ToldTo({ recipient, incident }: Props) {
  const told = useView("told-to", { recipient }, incident === undefined ? {} : { incident });
  const [shown, setShown] = useState<string>();
  const items = told.data?.items ?? [];
  if (!told.data) return <p className="secondary">One moment…</p>;
  if (items.length === 0) return <p className="secondary">They were told nothing yet.</p>;
  return (
    <section aria-label={`What ${told.data.name} was told`}>
      <h2>{told.data.name}: what they were told, in order</h2>
      <ol className="plain told-to">
        {items.map((notice) => {
          const key = `${notice.subject} ${notice.id}`;
          const changed = notice.changes.filter(({ is }) => is !== "same").length;
          return (
            <li key={key} className={notice.state === "failed" ? "risk" : undefined}>
              <At iso={notice.requestedAt} short /> <strong>{notice.title}</strong>{" "}
              <span className="secondary">
                <Link {...subjectRoute(notice.subject)}>{notice.incident}</Link> {notice.id},{" "}
                {standingWords(notice)}
                {notice.changes.length === 0
                  ? ", the first word"
                  : `, ${changed} ${changed === 1 ? "sentence" : "sentences"} changed`}
              </span>{" "}
              <Button look="quiet" onClick={() => setShown(shown === key ? undefined : key)}>
                {shown === key ? "Close" : notice.changes.length === 0 ? "Read" : "What changed"}
                <span className="visually-hidden"> in {notice.id}</span>
              </Button>
              <CameBack notice={notice} />
              {shown !== key ? null : notice.changes.length === 0 ? (
                <pre className="outward-text">{notice.body}</pre>
              ) : (
                <Changes changes={notice.changes} />
              )}
            </li>
          );
        })}
      </ol>
    </section>
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
