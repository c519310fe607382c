/**
 * Handover: one page to read before you board a plane, and to act on: who holds what in every
 * incident that is not closed, the next three deadlines of each, what must not be forgotten,
 * and whom to call. Handing over moves what you hold to somebody else.
 */

import { useState } from "react";
import type { ViewOf } from "../../../api/view.ts";
import { problemsIn, useView } from "../../api.ts";
import { navigate } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { Button } from "../../ui/button.tsx";
import { useKeys } from "../../ui/keys.ts";
import { Empty, Section } from "../../ui/sheet.tsx";
import { At, toInstant, useTime } from "../../ui/time.tsx";
import { formatBoth } from "../../../core/time/format.ts";
import { HandOverForm, heldBy } from "./hand-over-form.tsx";
import { Contacts } from "./contacts.tsx";
import { IncidentCard } from "./incident-card.tsx";
import { DueTable } from "./due-table.tsx";
import "./handover.css";

export type Handed = ViewOf<"handover">;

export function Handover() {
  const view = useView("handover");
  const me = useView("me");
  const [isOpen, setOpen] = useState(false);
  useKeys([
    { keys: "H", says: "Hand over what you hold", act: () => setOpen(true) },
    { keys: "B", says: "The break-glass sheet", act: () => navigate({ to: ROUTES.breakGlass }) },
  ]);
  if (view.error && !view.data) return <p role="alert">{problemsIn(view.error)[0]?.message}</p>;
  if (!view.data || !me.data) return <p className="shell-wait">Opening the handover…</p>;
  const { data } = view;
  const mine = heldBy(data, me.data.person.id);
  const mayNot = me.data.person.role === "owner" || me.data.person.role === "responder";
  return (
    <div className="handover">
      <header className="spread">
        <h1>Handover</h1>
        <span className="line">
          <Button
            look="first"
            keys="H"
            whyNot={mayNot ? undefined : "Roles are moved by an owner or a responder."}
            onClick={() => setOpen(true)}
          >
            Hand over…
          </Button>
          <Button look="quiet" keys="Ctrl P" onClick={() => print()}>
            Print
          </Button>
        </span>
      </header>
      <AsOf at={data.at} />
      <p className="handover-says">
        {saysOf(data)} {mineSays(mine.length)}
      </p>
      {isOpen ? <HandOverForm data={data} onClose={() => setOpen(false)} /> : null}
      {data.incidents.length === 0 ? (
        <Empty>No incident is open: there is nothing to hand over.</Empty>
      ) : (
        data.incidents.map((incident) => <IncidentCard key={incident.id} incident={incident} />)
      )}
      {data.more > 0 ? (
        <p>{data.more} more are not closed; the board and the list of incidents have them.</p>
      ) : null}
      {data.beside.length > 0 ? (
        <Section
          title="Beside incidents"
          says="Signals, checks and our own promises, soonest first."
        >
          <DueTable owed={data.beside} taken={[]} of={besideName} />
        </Section>
      ) : null}
      <Contacts contacts={data.contacts} />
    </div>
  );
}

/** What is owed outside of an incident is said by its promise, and of what it is. */
export const besideName = ({ says, subjectTitle }: Handed["beside"][number]): string =>
  `${subjectTitle}: ${says}`;

/** When this was read: on paper it is all that tells a new sheet from an old one. */
export function AsOf({ at }: { readonly at: string }) {
  const { zone, now } = useTime();
  return (
    <p className="secondary handover-as-of">
      <span className="on-screen">
        As of <At iso={at} />.
      </span>
      <span className="on-paper">
        As of {formatBoth(toInstant(at), zone)}, printed {formatBoth(now, zone)}.
      </span>
    </p>
  );
}

function saysOf({ incidents, overdue, more }: Handed): string {
  const count = incidents.length + more;
  const open = incidents.reduce((sum, one) => sum + one.open, 0);
  const what = count === 1 ? "1 incident is not closed" : `${count} incidents are not closed`;
  const late = overdue === 0 ? "nothing is overdue" : `${overdue} OVERDUE`;
  return `${what}, ${open} ${open === 1 ? "deadline or promise is" : "deadlines and promises are"} open, ${late}.`;
}

const mineSays = (count: number): string =>
  count === 0
    ? "You hold nothing in any of them."
    : `You hold something in ${count === 1 ? "1 of them" : `${count} of them`}.`;
