/** Why, in the room: with the room's own acts, and jumping to entries of its timeline. */

import { MeetIncident } from "./meeting-act.tsx";
import { incidentActs } from "./obligation-acts.ts";
import { useRoom } from "./room-state.tsx";
import { Why } from "./why.tsx";

export function RoomWhy({ obligation }: { readonly obligation: string }) {
  const room = useRoom();
  const { incident, open, jump } = room;
  return (
    <Why
      id={obligation}
      subject={`incident/${incident.id}`}
      onClose={() => open(undefined)}
      onEntry={jump}
      meeting={(owed) => <MeetIncident owed={owed} />}
      acts={incidentActs(room, obligation)}
    />
  );
}
