/** One section of the document: read, written in place, and seen by whom. */

import { type MouseEvent, useEffect, useMemo, useRef, useState } from "react";
import type { Finding } from "../../../core/policy/lint/lint.ts";
import type { PolicyDocument } from "../../../core/policy/parse/parse.ts";
import type { Policy } from "../../../core/policy/policy.ts";
import { sectionHtml } from "../../../core/policy/prose/section-html.ts";
import { Button } from "../../ui/button.tsx";
import { Audience } from "./audience.tsx";
import { ItemActs } from "./part-acts.tsx";
import { putValue } from "./putting.ts";
import { Slow } from "./slow.tsx";

export type Section = Policy["sections"][number];

type Props = {
  readonly document: PolicyDocument;
  readonly section: Section;
  readonly index: number;
  readonly findings: readonly Finding[];
  readonly isWanted: boolean;
  readonly chosen: string | undefined;
  readonly onClause: (id: string) => void;
};

export function SectionView(props: Props) {
  const { document, section, index, findings, isWanted } = props;
  const [editing, setEditing] = useState(false);
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isWanted) place.current?.scrollIntoView({ block: "center" });
  }, [isWanted]);
  return (
    <section
      ref={place}
      id={`section-${section.id}`}
      className="studio-section"
      data-wanted={isWanted ? "" : undefined}
      data-found={findings.length > 0 ? "" : undefined}
    >
      <header className="spread">
        <h2>{section.title}</h2>
        <span className="line studio-tools">
          <Audience document={document} section={section} index={index} />
          {editing || !("text" in section) ? (
            <ItemActs
              list={LIST}
              index={index}
              length={document.policy.sections.length}
              name={section.title}
            />
          ) : null}
          {"text" in section ? (
            <Button look="quiet" aria-expanded={editing} onClick={() => setEditing(!editing)}>
              {editing ? "Done" : "Edit"}
              <span className="visually-hidden"> {section.title}</span>
            </Button>
          ) : null}
        </span>
      </header>
      {editing && "text" in section ? <Prose section={section} index={index} /> : null}
      {"text" in section ? (
        <Read {...props} text={section.text} />
      ) : (
        <p className="outward-from">
          Not in this file: <code>{section.file}</code>, held by its fingerprint{" "}
          <code className="hash">{section.digest}</code>
        </p>
      )}
    </section>
  );
}

const LIST = ["sections"];

/** As the public page prints it; a chip leads to its clause. */
function Read({ document, text, chosen, onClause }: Props & { readonly text: string }) {
  const { policy } = document;
  const html = useMemo(() => sectionHtml(text, policy), [text, policy]);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    for (const chip of place.current?.querySelectorAll("a[href^='#']") ?? [])
      chip.toggleAttribute("data-chosen", chip.getAttribute("href") === `#${chosen}`);
  }, [html, chosen]);
  const follow = (event: MouseEvent): void => {
    const link = (event.target as Element).closest("a");
    if (!link) return;
    const id = link.getAttribute("href")?.replace(/^#/, "") ?? "";
    event.preventDefault();
    if (policy.clauses.some((clause) => clause.id === id)) onClause(id);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <div
      ref={place}
      className="studio-prose"
      onClick={follow}
      // Made by the renderer of the public page: HTML in the prose is text by then.
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}

function Prose({
  section,
  index,
}: {
  readonly section: Extract<Section, { text: string }>;
  readonly index: number;
}) {
  const put = (key: "title" | "text", value: string): void => {
    if (value === "") return;
    putValue(["sections", index, key], value, `${section.id}/${key}`);
  };
  return (
    <div className="stack studio-editing">
      <Slow label="Title" value={section.title} onChange={(value) => put("title", value)} />
      <Slow
        area
        label="Text"
        value={section.text}
        onChange={(value) => put("text", value)}
        hint="Markdown. [[clause-id]] prints how long a clause gives, [[clause-id.sentence]] the whole promise: so a number stands once."
      />
    </div>
  );
}
