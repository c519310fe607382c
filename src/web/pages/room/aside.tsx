/** Beside the timeline: the form or the why that is open, or else what is known. */

import { lazy, type RefObject, Suspense, useEffect, useRef } from "react";
import { Known } from "./known.tsx";
import { type Act, useRoom } from "./room-state.tsx";

const RoomWhy = lazy(async () => ({ default: (await import("./room-why.tsx")).RoomWhy }));
const FormOf = lazy(async () => ({ default: (await import("./form-of.tsx")).FormOf }));

export function Aside() {
  const { act } = useRoom();
  const place = useRef<HTMLElement>(null);
  return (
    <aside ref={place} className="room-aside" tabIndex={-1} aria-label="State and forms">
      {act === undefined ? <Known /> : null}
      {act ? (
        <Suspense fallback={<p className="secondary">Opening…</p>}>
          {act.kind === "why" ? (
            <RoomWhy key={act.obligation} obligation={act.obligation} />
          ) : (
            <FormOf key={JSON.stringify(act)} act={act} />
          )}
          <Arrival act={act} place={place} />
        </Suspense>
      ) : null}
    </aside>
  );
}

/** Takes the focus to what was opened, once it is there. */
function Arrival({
  act,
  place,
}: {
  readonly act: Act;
  readonly place: RefObject<HTMLElement | null>;
}) {
  useEffect(() => {
    if (place.current) place.current.scrollTop = 0;
    if (place.current?.contains(document.activeElement)) return;
    const field = place.current?.querySelector<HTMLElement>("input, select, textarea");
    // What has no field is itself what is read next.
    (field ?? place.current)?.focus();
  }, [act, place]);
  return null;
}
