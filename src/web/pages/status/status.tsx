/** Status page, as its writers see it: what everybody reads now, and what it promised. */

import { useState } from "react";
import type { ViewOf } from "../../../api/view.ts";
import { COMPONENT_WORDS, STATUS_WORDS } from "../../../core/status/words.ts";
import { useView } from "../../api.ts";
import { Link, useSearch } from "../../navigation.tsx";
import { publicPath, ROUTES } from "../../paths.ts";
import { Button } from "../../ui/button.tsx";
import { Empty, Section } from "../../ui/sheet.tsx";
import { At } from "../../ui/time.tsx";
import { Components } from "./components.tsx";
import { Take } from "./take.tsx";
import { Correct, type Item, OpenNew, WriteUpdate } from "./write.tsx";
import "./status.css";

type Writing =
  | { readonly is: "new"; readonly kind: "incident" | "maintenance" }
  | { readonly is: "update"; readonly of: string }
  | { readonly is: "correct"; readonly of: string; readonly update: number };

export function StatusPage() {
  const { data } = useView("status");
  // The update that somebody was led here to write.
  const { update } = useSearch() as { readonly update?: string };
  const [writing, setWriting] = useState<Writing | undefined>(
    update === undefined ? undefined : { is: "update", of: update },
  );
  if (!data) return <p className="shell-wait">Opening…</p>;
  const done = (): void => setWriting(undefined);
  const open = data.items.filter(({ over }) => !over);
  const past = data.items.filter(({ over }) => over);
  return (
    <>
      <header className="spread">
        <h1>Status page</h1>
        <span className="line">
          <a href={publicPath("status")}>As everybody reads it</a>
          <Link to={ROUTES.notices}>Notices</Link>
        </span>
      </header>
      <p>
        <strong>{data.says}</strong> As of <At iso={data.asOf} />, for everybody;{" "}
        {data.subscribers === 1 ? "1 subscriber" : `${data.subscribers} subscribers`}.
      </p>
      {writing?.is === "new" ? (
        <OpenNew kind={writing.kind} page={data} onClose={done} />
      ) : (
        <div className="line">
          <Button look="first" onClick={() => setWriting({ is: "new", kind: "incident" })}>
            New update
          </Button>
          <Button onClick={() => setWriting({ is: "new", kind: "maintenance" })}>
            Announce maintenance
          </Button>
        </div>
      )}
      {open.map((item) => (
        <Open key={item.id} {...{ item, page: data, writing, setWriting, done }} />
      ))}
      {data.items.length === 0 ? (
        <Empty>All quiet: nothing was ever written here.</Empty>
      ) : open.length === 0 ? (
        <p className="secondary">All quiet: nothing is open.</p>
      ) : null}
      <Components components={data.components} />
      {past.length === 0 ? null : (
        <Section title="Past">
          {past.map((item) => (
            <Past key={item.id} {...{ item, page: data, writing, setWriting, done }} />
          ))}
        </Section>
      )}
    </>
  );
}

type ItemProps = {
  readonly item: Item;
  readonly page: ViewOf<"status">;
  readonly writing: Writing | undefined;
  readonly setWriting: (writing: Writing) => void;
  readonly done: () => void;
};

function Open(props: ItemProps) {
  const { item, page, writing, setWriting, done } = props;
  const last = item.updates.at(-1);
  return (
    <Section
      title={item.title}
      side={<span className="mono secondary">{item.id}</span>}
      says={
        <>
          {last ? STATUS_WORDS[last.state] : ""}
          {item.startsAt && item.endsAt ? (
            <>
              , from <At iso={item.startsAt} /> until <At iso={item.endsAt} />
            </>
          ) : null}
          {item.nextAt ? (
            <span className={item.late ? "risk" : undefined}>
              . {item.late ? "The next update is late: it was promised by " : "Next update by "}
              <At iso={item.nextAt} />
            </span>
          ) : null}
          .
        </>
      }
    >
      {writing?.is === "update" && writing.of === item.id ? (
        <WriteUpdate item={item} page={page} onClose={done} />
      ) : (
        <div className="line">
          <Button onClick={() => setWriting({ is: "update", of: item.id })}>
            Write the next update<span className="visually-hidden"> of {item.title}</span>
          </Button>
          {item.nextAt ? <Take item={item} /> : null}
        </div>
      )}
      <Updates {...props} />
    </Section>
  );
}

function Past(props: ItemProps) {
  const { title, openedAt, id } = props.item;
  return (
    <details className="status-past">
      <summary>
        <At iso={openedAt} short /> {title} <span className="mono secondary">{id}</span>
      </summary>
      <Updates {...props} />
    </details>
  );
}

/** Newest first; what was struck stays readable. */
function Updates({ item, page, writing, setWriting, done }: ItemProps) {
  return (
    <ol className="plain status-updates" reversed>
      {item.updates.toReversed().map((one) => (
        <li key={one.update}>
          <p className="secondary">
            {STATUS_WORDS[one.state]}, <At iso={one.at} short />, {one.byName}
            {one.told ? ", told to subscribers" : ""}
          </p>
          <p className="status-words">{one.text}</p>
          {one.struck.map((was) => (
            <p key={was.until} className="secondary">
              <del>{was.text}</del> Corrected <At iso={was.until} short /> by {was.byName}.
            </p>
          ))}
          <p className="secondary">
            {Object.entries(one.components)
              .map(([component, state]) => {
                const name = page.components.find(({ id }) => id === component)?.name ?? component;
                return `${name}: ${COMPONENT_WORDS[state]}`;
              })
              .join(", ")}
          </p>
          {writing?.is === "correct" && writing.of === item.id && writing.update === one.update ? (
            <Correct item={item} update={one} page={page} onClose={done} />
          ) : (
            <Button
              look="quiet"
              onClick={() => setWriting({ is: "correct", of: item.id, update: one.update })}
            >
              Correct
              <span className="visually-hidden">
                {" "}
                update {one.update} of {item.title}
              </span>
            </Button>
          )}
        </li>
      ))}
    </ol>
  );
}
