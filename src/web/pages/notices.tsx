/** Notices: everything that went out, is going, or could not. What failed stands first in words. */

import { lazy, Suspense, useState } from "react";
import type { Notice } from "../../api/view.ts";
import { useView } from "../api.ts";
import { Link, useSearch } from "../navigation.tsx";
import { BASE, ROUTES, subjectRoute } from "../paths.ts";
import { Empty, OutwardSheet } from "../ui/sheet.tsx";
import { More, usePages } from "../ui/pages.tsx";
import { At } from "../ui/time.tsx";

const ToldTo = lazy(async () => ({ default: (await import("./tell/told-to.tsx")).ToldTo }));

const STATES = ["all", "waiting", "deferred", "failed", "delivered"] as const;

const STATE_WORDS: Readonly<Record<Notice["state"], string>> = {
  waiting: "waiting to be sent",
  sending: "being sent",
  delivered: "accepted by their server",
  deferred: "not yet accepted, tried again",
  failed: "NOT DELIVERED",
};

export function Notices() {
  const search = useSearch() as { state?: string; incident?: string; recipient?: string };
  const { incident, recipient } = search;
  const only = { ...(incident ? { incident } : {}), ...(recipient ? { recipient } : {}) };
  const state = STATES.find((one) => one === search.state) ?? "all";
  const me = useView("me");
  const pages = usePages();
  const list = useView("notices", {}, { state, ...only, limit: 50, ...pages.query });
  const [shown, setShown] = useState<string>();
  const items = list.data?.items ?? [];
  return (
    <>
      <header className="spread">
        <h1>Notices</h1>
        <nav className="line" aria-label="For everybody">
          <Link to={ROUTES.status}>Status page</Link>
          <Link to={ROUTES.banners}>Banners</Link>
        </nav>
        <nav className="line" aria-label="Filter">
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
      </header>
      {incident || recipient ? (
        <p>
          Only {incident ?? "one recipient"}.{" "}
          <Link to={ROUTES.notices} search={{ state }}>
            All
          </Link>
        </p>
      ) : null}
      {recipient ? null : <Begun incident={incident} />}
      <p>
        <a href={exportPath("csv", only)} download>
          CSV
        </a>{" "}
        <a href={exportPath("json", only)} download>
          JSON
        </a>{" "}
        <span className="secondary">of everything below.</span>
      </p>
      {recipient ? (
        <Suspense fallback={null}>
          <ToldTo recipient={recipient} />
        </Suspense>
      ) : null}
      <ul className="plain notices">
        {items.map((notice) => (
          <li
            key={`${notice.subject} ${notice.id}`}
            className={notice.state === "failed" ? "risk" : undefined}
          >
            <button
              type="button"
              className="notice-line"
              aria-expanded={shown === notice.id}
              onClick={() => setShown(shown === notice.id ? undefined : notice.id)}
            >
              <span className="mono">{notice.id}</span>
              <span className="strong">{notice.title}</span>
              <span>to {notice.to}</span>
              <span>
                {notice.uncertain
                  ? "may have arrived, tried again"
                  : notice.state === "delivered" && me.data?.mail.configured === false
                    ? "kept as a file, or accepted by their server"
                    : STATE_WORDS[notice.state]}{" "}
                {notice.deliveredAt ? <At iso={notice.deliveredAt} short /> : null}
                {notice.state === "deferred" && notice.nextAt ? (
                  <>
                    {" "}
                    <At iso={notice.nextAt} short relative />
                  </>
                ) : null}
              </span>
            </button>
            {shown === notice.id ? <NoticeText notice={notice} /> : null}
          </li>
        ))}
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

const exportPath = (format: string, only: Readonly<Record<string, string>>): string =>
  `${BASE}/api/v1/exports/notices?${new URLSearchParams({ format, ...only }).toString()}`;

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

function NoticeText({ notice }: { readonly notice: Notice }) {
  return (
    <>
      <p className="secondary">
        Asked for <At iso={notice.requestedAt} />, {notice.attempts}{" "}
        {notice.attempts === 1 ? "try" : "tries"}
        {notice.reason ? `: ${notice.reason}` : "."}{" "}
        <Link {...subjectRoute(notice.subject)}>{notice.subject.split("/")[1]}</Link>{" "}
        {notice.recipient?.includes(":") ? (
          <Link to={ROUTES.notices} search={{ recipient: notice.recipient }}>
            Everything that they were told
          </Link>
        ) : null}
      </p>
      <OutwardSheet recipient={notice.to}>
        <p className="outward-from">
          {notice.automatic ? "Automatic, saying so" : `From ${notice.from ?? ""}`}: {notice.title}
        </p>
        <pre className="outward-text">{notice.body}</pre>
      </OutwardSheet>
    </>
  );
}
