/** Take: that somebody has the next update of the status page in hand; reminders wait for them. */

import type { ViewOf } from "../../../api/view.ts";
import { useCommand, useView } from "../../api.ts";
import { barred } from "../../barred.ts";
import { Button } from "../../ui/button.tsx";
import { Problems } from "../../ui/field.tsx";

export function Take({ item }: { readonly item: ViewOf<"status">["items"][number] }) {
  const owed = useView("obligations", {}, { subject: "status/current", standing: "open" });
  const people = useView("people").data?.items;
  const person = useView("me").data?.person;
  const taking = useCommand("TakeStatusClock", "current");
  const own = owed.data?.items.find(({ id }) =>
    id.startsWith(`next-update-${item.id.toLowerCase()}-`),
  );
  if (!own) return null;
  const asking = { asOf: undefined, context: person ? { person } : {} };
  const isMine = own.takenBy !== null && own.takenBy === person?.id;
  const who = people?.find(({ id }) => id === own.takenBy)?.name;
  return (
    <>
      <Button
        whyNot={
          barred(asking, "TakeStatusClock") ??
          (isMine ? "You have it already." : taking.pending ? "One moment." : undefined)
        }
        onClick={() => void taking.send({ obligation: own.id }).catch(() => undefined)}
      >
        I have it<span className="visually-hidden">: the next update of {item.title}</span>
      </Button>
      {own.takenBy === null ? (
        <span className="secondary">Nobody has it in hand yet.</span>
      ) : (
        <span className="secondary">
          {isMine ? "You have" : `${who ?? "Somebody"} has`} it in hand.
        </span>
      )}
      <Problems problems={taking.problems} />
    </>
  );
}
