/**
 * Law: what the organisation states to be, and which laws of this release could bind it,
 * each with its source, how far it was verified, and why.
 */

import { useState } from "react";
import type { ViewOf } from "../../../api/view.ts";
import { useView } from "../../api.ts";
import { Link } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { Button } from "../../ui/button.tsx";
import { Empty, Section } from "../../ui/sheet.tsx";
import { LawChanges } from "./changes.tsx";
import { Statement } from "./statement.tsx";
import "./law.css";

type Regime = ViewOf<"regimes">["items"][number];

const VERIFIED = { P: "official text", S: "secondary source", U: "not verified yet" } as const;

export function Law() {
  const { data } = useView("regimes");
  const [editing, setEditing] = useState(false);
  const [sought, setSought] = useState("");
  if (!data) return <p className="shell-wait">Opening…</p>;
  const { told, items } = data;
  const found = items.filter((one) => matches(one, sought));
  const of = (binds: Regime["binds"]) => found.filter((one) => one.binds === binds);
  return (
    <>
      <header className="spread">
        <h1>Law</h1>
        <input
          className="search"
          type="search"
          aria-label="Search by name, place or article"
          placeholder="Search"
          value={sought}
          onChange={(event) => setSought(event.target.value)}
        />
        <Button look={told === null ? "first" : "plain"} onClick={() => setEditing(true)}>
          {told === null ? "State what we are" : "Change what we state"}
        </Button>
      </header>
      <p className="secondary">
        {items.length} laws and schemes as data, checked as of {items[0]?.checked}. Not legal
        advice. What binds us also follows from contracts (<Link to={ROUTES.parties}>Parties</Link>)
        and from what we publish (<Link to={ROUTES.policy}>Policy</Link>).
      </p>
      <LawChanges />
      {editing || told === null ? (
        <Statement told={told} onDone={() => setEditing(false)} />
      ) : (
        <Stated told={told} />
      )}
      <Regimes
        title="Could bind us"
        regimes={of("yes")}
        empty={
          told === null
            ? "Nothing is stated of us yet, so no law is looked at in incidents."
            : "By what we state, no law here binds us."
        }
      />
      <Regimes
        title="Not decided"
        says="Something about us is not stated, or a person has to judge it in each incident."
        regimes={of("unknown")}
        empty="Everything else is decided."
        isFolded
      />
      <Regimes title="Not ours, by what we state" regimes={of("no")} empty="None." isFolded />
    </>
  );
}

const matches = ({ id, name, jurisdiction, cite }: Regime, sought: string): boolean =>
  `${id} ${name} ${jurisdiction} ${cite}`.toLowerCase().includes(sought.toLowerCase());

function Stated({ told }: { readonly told: Readonly<Record<string, unknown>> }) {
  const words = Object.entries(told).map(([name, value]) => [name, [value].flat().join(", ")]);
  return (
    <dl className="pairs">
      {words.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

type RegimesProps = {
  readonly title: string;
  readonly says?: string;
  readonly regimes: readonly Regime[];
  readonly empty: string;
  readonly isFolded?: boolean;
};

function Regimes({ title, says, regimes, empty, isFolded = false }: RegimesProps) {
  const list =
    regimes.length === 0 ? (
      <Empty>{empty}</Empty>
    ) : (
      <ul className="plain laws">
        {regimes.map((one) => (
          <RegimeItem key={one.id} regime={one} />
        ))}
      </ul>
    );
  return (
    <Section title={`${title} (${regimes.length})`} says={says}>
      {isFolded && regimes.length > 0 ? (
        <details>
          <summary>Show {regimes.length}</summary>
          {list}
        </details>
      ) : (
        list
      )}
    </Section>
  );
}

function RegimeItem({ regime }: { readonly regime: Regime }) {
  const { id, name, jurisdiction, cite, url, status, inForceFrom, verified, checked } = regime;
  const asks = [
    ...new Set(regime.clauses.map(({ recipient, within }) => `${recipient}: ${within}`)),
  ];
  return (
    <li>
      <details>
        <summary>
          <span className="strong">{name}</span>{" "}
          <span className="secondary">
            {jurisdiction}, {status}
            {inForceFrom === null ? "" : ` from ${inForceFrom}`}
          </span>
        </summary>
        <p className="secondary">{regime.why}.</p>
        <ul>
          {asks.map((ask) => (
            <li key={ask}>{ask}</li>
          ))}
        </ul>
        <p className="secondary">
          {url === null ? cite : <a href={url}>{cite}</a>}. {VERIFIED[verified]}, checked {checked}.{" "}
          <code>{id}</code>
        </p>
        {regime.watch === null ? null : <p className="secondary">Watch: {regime.watch}</p>}
      </details>
    </li>
  );
}
