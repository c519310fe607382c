/** Notices: everything that went out, is going, or could not. What failed stands first in words. */

import { lazy, Suspense, useState } from "react";
import type { Notice } from "../../api/view.ts";
import { standingWords } from "../../core/notice/standing-words.ts";
import { useView } from "../api.ts";
import { Link, useSearch } from "../navigation.tsx";
import { BASE, ROUTES } from "../paths.ts";
import { Empty } from "../ui/sheet.tsx";
import { More, usePages } from "../ui/pages.tsx";
import { At } from "../ui/time.tsx";
import "./notices.css";

const ToldTo = lazy(async () => ({ default: (await import("./tell/told-to.tsx")).ToldTo }));

const NoticeText = lazy(async () => ({
  default: (await import("./tell/notice-text.tsx")).NoticeText,
}));
const Picture = lazy(async () => ({ default: (await import("./tell/picture.tsx")).Picture }));

const STATES = ["all", "waiting", "deferred", "failed", "delivered", "acknowledged"] as const;
const WAYS = [
  [undefined, "In order"],
  ["incident", "By incident"],
  ["party", "By party"],
] as const;
type Only = { readonly incident?: string; readonly recipient?: string };

export function Notices() {
  const search = useSearch() as Only & { state?: string; by?: string };
  const { incident, recipient } = search;
  const only = { ...(incident ? { incident } : {}), ...(recipient ? { recipient } : {}) };
  const by = WAYS.map(([way]) => way).find((way) => way === search.by);
  return (
    <>
      <header className="spread notices-head">
        <h1>Notices</h1>
        <nav className="line" aria-label="For everybody">
          <Link to={ROUTES.status}>Status page</Link>
          <Link to={ROUTES.banners}>Banners</Link>
        </nav>
        <nav className="line" aria-label="Seen">
          {WAYS.map(([way, words]) => (
            <Link
              key={words}
              to={ROUTES.notices}
              search={{ ...(incident ? { incident } : {}), ...(way ? { by: way } : {}) }}
              className={way === by && !recipient ? "filter filter-on" : "filter"}
              aria-current={way === by && !recipient ? "true" : undefined}
            >
              {words}
            </Link>
          ))}
        </nav>
      </header>
      {incident || recipient ? (
        <p>
          Only{" "}
          {incident ? (
            <Link to={ROUTES.incident} params={{ id: incident }}>
              {incident}
            </Link>
          ) : null}
          {incident && recipient ? ", and only " : null}
          {recipient ? "one recipient" : null}.{" "}
          <Link to={ROUTES.notices} search={by ? { by } : {}}>
            All
          </Link>
        </p>
      ) : null}
      {recipient ? null : <Begun incident={incident} />}
      {by && !recipient ? (
        <>
          <Exports of="running-picture" query={{ by, ...only }} />
          <Suspense fallback={null}>
            <Picture key={by} by={by} {...(incident ? { incident } : {})} />
          </Suspense>
        </>
      ) : (
        <InOrder only={only} state={search.state} />
      )}
    </>
  );
}

/** Every letter, newest first; of one recipient above all what changed from word to word. */
function InOrder({
  only,
  state: asked,
}: {
  readonly only: Only;
  readonly state?: string | undefined;
}) {
  const state = STATES.find((one) => one === asked) ?? "all";
  const pages = usePages();
  const list = useView("notices", {}, { state, ...only, limit: 50, ...pages.query });
  const [shown, setShown] = useState<string>();
  const items = list.data?.items ?? [];
  return (
    <>
      <nav className="line notices-filter" aria-label="Filter">
        {STATES.map((one) => (
          <Link
            key={one}
            to={ROUTES.notices}
            search={{ ...only, state: one }}
            className={one === state ? "filter filter-on" : "filter"}
            aria-current={one === state ? "true" : undefined}
          >
            {one}
          </Link>
        ))}
      </nav>
      <Exports of="notices" query={{ ...only, ...(state === "all" ? {} : { state }) }} />
      {only.recipient ? (
        <Suspense fallback={null}>
          <ToldTo
            recipient={only.recipient}
            {...(only.incident ? { incident: only.incident } : {})}
          />
        </Suspense>
      ) : null}
      <ul className="plain notices">
        {items.map((notice) => {
          const key = `${notice.subject} ${notice.id}`;
          return (
            <li key={key} className={notice.state === "failed" ? "risk" : undefined}>
              <button
                type="button"
                className="notice-line"
                aria-expanded={shown === key}
                onClick={() => setShown(shown === key ? undefined : key)}
              >
                <NoticeHead notice={notice} />
              </button>
              {shown === key ? (
                <Suspense fallback={null}>
                  <NoticeText notice={notice} />
                </Suspense>
              ) : null}
            </li>
          );
        })}
      </ul>
      <More pages={pages} next={list.data?.next} />
      {list.data && items.length === 0 ? (
        <Empty>
          Nothing here. Receipts, acknowledgements and answers are listed once they are asked for;
          pages to the team stand in the timeline of what they are about.
        </Empty>
      ) : null}
    </>
  );
}

function NoticeHead({ notice }: { readonly notice: Notice }) {
  const { id, title, to, state, deliveredAt, nextAt, acknowledged } = notice;
  const [first] = acknowledged;
  return (
    <>
      <span className="mono">{id}</span>
      <span className="strong">{title}</span>
      <span>
        to <bdi>{to}</bdi>
      </span>
      <span>
        {standingWords(notice)} {deliveredAt ? <At iso={deliveredAt} short /> : null}
        {state === "deferred" && nextAt ? <At iso={nextAt} short relative /> : null}
      </span>
      {first ? (
        <span>
          acknowledged by {first.name}, <At iso={first.at} short />
        </span>
      ) : null}
    </>
  );
}

function Exports({
  of,
  query,
}: {
  readonly of: "notices" | "running-picture";
  readonly query: Readonly<Record<string, string>>;
}) {
  return (
    <p className="exports">
      {["csv", "json"].map((format) => (
        <span key={format}>
          <a href={exportPath(of, { format, ...query })} download>
            {format.toUpperCase()}
          </a>{" "}
        </span>
      ))}
      <span className="secondary">of everything below.</span>
    </p>
  );
}

const exportPath = (of: string, query: Readonly<Record<string, string>>): string =>
  `${BASE}/api/v1/exports/${of}?${new URLSearchParams(query).toString()}`;

const BEGUN = {
  draft: "being written",
  approved: "approved, waits to be sent",
  holding: "held, leaves in a moment",
} as const;

/** What has not left yet, and who must do what next. */
function Begun({ incident }: { readonly incident: string | undefined }) {
  const drafts = useView("notice-drafts", {}, incident ? { incident } : {});
  const items = drafts.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className="stack" aria-label="Not sent yet">
      <h2>Not sent yet</h2>
      <ul className="plain">
        {items.map((draft) => (
          <li key={`${draft.incident} ${draft.id}`}>
            <Link to={ROUTES.compose} params={{ id: draft.incident, draft: draft.id }}>
              {draft.incident} {draft.id} {draft.title === "" ? "without a subject" : draft.title}
            </Link>{" "}
            <span className="secondary">
              {draft.kind} to {draft.to.replace("-", " ")}, for {draft.recipients},{" "}
              {BEGUN[draft.state as keyof typeof BEGUN] ?? draft.state}, {draft.authorName},{" "}
              <At iso={draft.changedAt} short />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
