/** One incident on the handover: who holds what, what is next, what must not be forgotten. */

import { Link } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { SeverityMark } from "../../ui/mark.tsx";
import { At } from "../../ui/time.tsx";
import { DueTable } from "./due-table.tsx";
import type { Handed } from "./handover.tsx";

type Incident = Handed["incidents"][number];

export function IncidentCard({ incident }: { readonly incident: Incident }) {
  const { id, title, severity, state, phases, drill, sample, due, open, taken } = incident;
  return (
    <section className="handover-incident" aria-label={id}>
      <header className="line">
        <h2>
          <Link to={ROUTES.incident} params={{ id }}>
            <span className="mono">{id}</span>
          </Link>{" "}
          {sample ? <span className="sample">SAMPLE</span> : null}{" "}
          {drill ? <span className="sample">DRILL</span> : null} {title}
        </h2>
        <SeverityMark severity={severity} />
        <span className="secondary">
          {state === "open" ? phases.map(({ name }) => name).join(" and ") : "resolved, not closed"}
        </span>
      </header>
      <Holders roles={incident.roles} />
      {due.length === 0 ? <p>Nothing is open here.</p> : <DueTable owed={due} taken={taken} />}
      {open > due.length ? (
        <p className="secondary">
          And {open - due.length} later.{" "}
          <Link to={ROUTES.incident} params={{ id }}>
            All in the room
          </Link>
        </p>
      ) : null}
      <Unforgotten items={incident.unforgotten} />
    </section>
  );
}

/** Each person once, with what they hold; then what nobody holds. */
export function Holders({ roles }: Pick<Incident, "roles">) {
  const inside = roles.filter(({ outside }) => outside === null);
  const holders = [...new Set(inside.flatMap(({ personName }) => personName ?? []))];
  const of = (name: string | null): string =>
    inside
      .filter(({ personName }) => personName === name)
      .map((role) => role.name)
      .join(", ");
  const open = of(null);
  return (
    <p>
      {holders.map((name) => (
        <span key={name} className="handover-holder">
          <strong>{name}</strong>: {of(name)}.{" "}
        </span>
      ))}
      {open === "" ? null : <span className="secondary">Nobody: {open}.</span>}
    </p>
  );
}

export function Unforgotten({ items }: { readonly items: Incident["unforgotten"] }) {
  if (items.length === 0) return null;
  return (
    <>
      <h3>Do not forget</h3>
      <ul className="handover-forget">
        {items.map(({ kind, says, at }) => (
          <li key={`${kind} ${says}`}>
            {says}
            {at ? (
              <>
                {" "}
                <At iso={at} />
              </>
            ) : null}
          </li>
        ))}
      </ul>
    </>
  );
}
