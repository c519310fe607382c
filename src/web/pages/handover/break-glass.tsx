/**
 * Break-glass: the sheet on the wall for the day on which this server cannot be reached. All
 * that is open with absolute times, who holds which role, whom to call, where the policy can
 * be read elsewhere, and by which documents a contract or an account is found. For one colour.
 */

import { useEffect } from "react";
import { problemsIn, useView } from "../../api.ts";
import { Link, navigate } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { Button } from "../../ui/button.tsx";
import { useKeys } from "../../ui/keys.ts";
import { Contacts } from "./contacts.tsx";
import { DueTable } from "./due-table.tsx";
import { AsOf, besideName, type Handed } from "./handover.tsx";
import { Holders } from "./incident-card.tsx";
import "../paper/paper.css";
import "./handover.css";

export function BreakGlass() {
  const view = useView("handover", {}, { due: "all" });
  const me = useView("me");
  useKeys([
    { keys: "Escape", says: "Back to the handover", act: () => navigate({ to: ROUTES.handover }) },
  ]);
  useEffect(() => {
    document.title = "Break-glass sheet";
    return () => {
      document.title = "Duenotice";
    };
  }, []);
  if (view.error && !view.data) return <p role="alert">{problemsIn(view.error)[0]?.message}</p>;
  if (!view.data || !me.data) return <p className="shell-wait">Opening the sheet…</p>;
  const { data } = view;
  return (
    <article className="paper break-glass handover">
      <nav className="paper-bar line" aria-label="Printing">
        <Link to={ROUTES.handover}>Handover</Link>
        <Button look="first" keys="Ctrl P" onClick={() => print()}>
          Print
        </Button>
        <span>
          Print it again after every change that matters; <code>due break-glass</code> prints the
          same.
        </span>
      </nav>
      <p className="paper-whose">{me.data.organisation} · internal, keep it locked away</p>
      <h1>If the server is down</h1>
      <AsOf at={data.at} />
      <ol className="break-glass-first">
        <li>Call whoever leads. The deadlines below run on, whether this server runs or not.</li>
        <li>Write down what you do and when, with the zone; it is entered afterwards.</li>
        <li>
          Policy version {data.policy.version ?? "none"} is published at {data.policy.page}; a copy
          made by <code>due site export</code> lies where you serve it from.
        </li>
      </ol>
      <Contacts contacts={data.contacts} />
      <Deadlines data={data} />
      <Documents documents={data.documents} />
    </article>
  );
}

function Deadlines({ data }: { readonly data: Handed }) {
  return (
    <>
      {data.incidents.length === 0 ? (
        <section>
          <h2>Open deadlines</h2>
          <p>No incident is open.</p>
        </section>
      ) : null}
      {data.incidents.map(({ id, title, severity, roles, due, taken, open }) => (
        <section key={id}>
          <h2>
            {id} {title}
            {severity ? ` (${severity.name})` : ""}
          </h2>
          <Holders roles={roles} />
          {due.length === 0 ? <p>Nothing is open here.</p> : <DueTable owed={due} taken={taken} />}
          {open > due.length ? <p>And {open - due.length} later ones.</p> : null}
        </section>
      ))}
      {data.beside.length === 0 ? null : (
        <section>
          <h2>Beside incidents</h2>
          <DueTable owed={data.beside} taken={[]} of={besideName} />
        </section>
      )}
    </>
  );
}

function Documents({ documents }: Pick<Handed, "documents">) {
  if (documents.length === 0) return null;
  return (
    <section>
      <h2>Contracts and accounts</h2>
      <ul>
        {documents.map(({ party, document: one }) => (
          <li key={`${party} ${one}`}>
            {party}: {one}
          </li>
        ))}
      </ul>
    </section>
  );
}
