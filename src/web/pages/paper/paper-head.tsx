/** Paper's head: whose incident, which, how bad, where it stands, and as of when this was printed. */

import type { ReactNode } from "react";
import type { Incident } from "../../../core/incident/state.ts";
import { formatBoth } from "../../../core/time/format.ts";
import { toInstant, useTime } from "../../ui/time.tsx";
import { useView } from "../../api.ts";
import { SeverityMark } from "../../ui/mark.tsx";
import { named } from "../../names.ts";
import type { OnPaper } from "./paper.tsx";

const STATES = { open: "open", resolved: "resolved, not closed", closed: "closed" } as const;

export function PaperHead({ incident, context, asOf }: OnPaper) {
  const { zone, now } = useTime();
  const me = useView("me");
  const { phases } = context.policy.policy;
  const { main, beside } = (incident.folded as unknown as Incident).phase;
  const stands = [main, ...beside].filter((id) => id !== undefined);
  const at = (iso: string | null): string => (iso ? formatBoth(toInstant(iso), zone) : "");
  return (
    <header className="paper-head">
      <p className="paper-whose">
        {me.data?.organisation} · internal, not for publication
        {incident.sample ? " · SAMPLE" : ""}
      </p>
      <h1>
        <span className="mono">{incident.id}</span> {incident.title}
      </h1>
      <dl>
        <Row name="Severity">
          <SeverityMark severity={incident.severity} />
        </Row>
        <Row name="State">{STATES[incident.state]}</Row>
        <Row name="Phase">{stands.map((id) => named(phases, id)).join(" and ") || "none yet"}</Row>
        <Row name="Lead">{incident.lead ?? "nobody"}</Row>
        <Row name="Opened">{at(incident.openedAt)}</Row>
        {incident.resolvedAt ? <Row name="Resolved">{at(incident.resolvedAt)}</Row> : null}
        {incident.closedAt ? <Row name="Closed">{at(incident.closedAt)}</Row> : null}
        <Row name="Policy">
          version {incident.policyVersion}, <code>{incident.policyHash}</code>
        </Row>
        <Row name={asOf === undefined ? "As of" : "As it stood"}>
          {asOf === undefined ? formatBoth(now, zone) : at(asOf)}
        </Row>
        {asOf === undefined && incident.state === "open" ? (
          <Row name="Next">{incident.nextSays}</Row>
        ) : null}
      </dl>
    </header>
  );
}

const Row = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
