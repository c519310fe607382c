/** Why, in the room: with the room's own acts, and jumping to entries of its timeline. */

import { lazy, Suspense } from "react";
import { incidentActs } from "./obligation-acts.ts";
import { useRoom } from "./room-state.tsx";
import { Why } from "./why.tsx";

/** Looked at by few who open the room: no part of its first weight. */
const MeetIncident = lazy(async () => ({
  default: (await import("./meeting-act.tsx")).MeetIncident,
}));

export function RoomWhy({ obligation }: { readonly obligation: string }) {
  const room = useRoom();
  const { incident, open, jump } = room;
  return (
    <Why
      id={obligation}
      subject={`incident/${incident.id}`}
      onClose={() => open(undefined)}
      onEntry={jump}
      meeting={(owed) => (
        <Suspense fallback={null}>
          <MeetIncident owed={owed} />
        </Suspense>
      )}
      acts={incidentActs(room, obligation)}
    />
  );
}
