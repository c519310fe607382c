/** What everybody will read, and the letter that subscribers get: by the functions that make both. */

import type { ViewOf } from "../../../api/view.ts";
import { statusAnnouncement } from "../../../core/status/announcement.ts";
import { type ComponentState, impactOf, type StatusState } from "../../../core/status/state.ts";
import { COMPONENT_WORDS, STATUS_WORDS } from "../../../core/status/words.ts";
import { formatBoth } from "../../../core/time/format.ts";
import type { Instant } from "../../../core/time/instant.ts";
import { useView } from "../../api.ts";
import { OutwardSheet } from "../../ui/sheet.tsx";
import { useTime } from "../../ui/time.tsx";

type Props = {
  readonly page: ViewOf<"status">;
  readonly title: string;
  readonly text: string;
  readonly state: StatusState;
  readonly components: Readonly<Record<string, ComponentState>>;
  readonly nextAt: Instant | undefined;
  readonly tells: boolean;
};

export function Preview({ page, title, text, state, components, nextAt, tells }: Props) {
  const { zone } = useTime();
  const named = Object.entries(components).map(
    ([id, is]) =>
      `${page.components.find((one) => one.id === id)?.name ?? id}: ${COMPONENT_WORDS[is]}`,
  );
  return (
    <div>
      <OutwardSheet recipient="everybody">
        <h3>{title || "…"}</h3>
        <p className="secondary">{STATUS_WORDS[state]}</p>
        <p className="status-words">{text || "…"}</p>
        {named.length === 0 ? null : <p className="secondary">{named.join(" · ")}</p>}
        {nextAt === undefined ? null : (
          <p>
            <strong>Next update by {formatBoth(nextAt, zone)}.</strong>
          </p>
        )}
      </OutwardSheet>
      {tells ? <Letter {...{ page, title, text, state, components, nextAt }} /> : null}
    </div>
  );
}

function Letter({ page, title, text, state, components, nextAt }: Omit<Props, "tells">) {
  const { zone, now: at } = useTime();
  const me = useView("me");
  const update = {
    update: 1,
    number: 1,
    at,
    by: "",
    state,
    impact: impactOf(Object.values(components)),
    components,
    text,
    struck: [],
    ...(nextAt === undefined ? {} : { nextAt }),
  };
  const { subject, body } = statusAnnouncement({
    page: {
      components: page.components.map(({ id, name }) => ({ id, name, at, removed: false })),
    },
    incident: { id: "S-…", kind: "incident", title, openedAt: at, updates: [update] },
    update,
    isCorrection: false,
    organisation: me.data?.organisation ?? "",
    zone,
    author: me.data?.person.name ?? "",
    url: location.origin,
    unsubscribe: "(a link for each of them)",
  });
  return (
    <OutwardSheet recipient="each subscriber">
      <p>
        <strong>{subject}</strong>
      </p>
      <pre className="outward-text">{body}</pre>
    </OutwardSheet>
  );
}
