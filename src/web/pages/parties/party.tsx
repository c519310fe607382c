/**
 * A party: whom to reach, what was signed, what we hold and what they run. A
 * clause stands in its words beside what is counted, so that whoever reads both
 * sees where they differ.
 */

import { type ReactNode, useState, lazy, Suspense } from "react";
import type { Party } from "../../../api/view.ts";
import { problemsIn, useView } from "../../api.ts";
import { ChangeCustomer, RemoveCustomer } from "../../forms/change-customer.tsx";
import { ChangeParty, RemoveParty } from "../../forms/change-party.tsx";
import { ContactForm } from "../../forms/contact.tsx";
import { RecordDataSet, RecordDeployment } from "../../forms/holding.tsx";
import { RecordClause } from "../../forms/record-clause.tsx";
import { RemoveClause } from "../../forms/remove-clause.tsx";
import { Link, navigate, useParams } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { usePolicy } from "../../policy-on-screen.ts";
import { Button } from "../../ui/button.tsx";
import { Problems } from "../../ui/field.tsx";
import { useKeys } from "../../ui/keys.ts";
import { Section } from "../../ui/sheet.tsx";
import { Clauses, Contacts, DataSets, Deployments } from "./party-parts.tsx";
import "./party.css";

const KINDS: Readonly<Record<Party["kind"], string>> = {
  customer: "customer",
  provider: "provider",
  authority: "authority",
  help: "outside help",
  reporter: "reporter",
};

/** Which form is open, and about what. */
export type Act =
  | { readonly kind: "change" | "remove" | "add-contact" | "clause" | "data-set" | "deployment" }
  | {
      readonly kind: "contact" | "ask" | "record-again" | "unbind" | "set" | "runs";
      readonly id: string;
    };

const ToldTo = lazy(async () => ({ default: (await import("../tell/told-to.tsx")).ToldTo }));

const AskContact = lazy(async () => ({
  default: (await import("../../forms/ask-contact.tsx")).AskContact,
}));

const PartyShares = lazy(async () => ({
  default: (await import("./party-shares.tsx")).PartyShares,
}));

export function PartyPage() {
  const { id = "" } = useParams() as { id?: string };
  const view = useView("party", { id });
  const policy = usePolicy("current")?.policy;
  const [act, setAct] = useState<Act>();
  const whatIf = (): void => navigate({ to: ROUTES.simulate, search: { customer: id } });
  useKeys([{ keys: "S", says: "What if: what we would owe them", act: whatIf }]);
  const party = view.data;
  if (!party) return <Problems problems={problemsIn(view.error)} />;
  const stage = policy?.stages?.find((one) => one.id === party.stage)?.name ?? party.stage;
  const isCustomer = party.kind === "customer";
  const close = (): void => setAct(undefined);
  const form = act ? formOf(party, act, close) : null;
  return (
    <>
      <header className="spread">
        <h1>
          {party.name} {party.sample ? <span className="sample">SAMPLE</span> : null}
        </h1>
        <span className="line">
          {isCustomer ? (
            <Button keys="S" onClick={whatIf}>
              What if…
            </Button>
          ) : null}
          <Button onClick={() => setAct({ kind: "change" })}>Change</Button>
          <Button look="quiet" onClick={() => setAct({ kind: "remove" })}>
            Remove
          </Button>
        </span>
      </header>
      <p className="secondary">
        <Link to={ROUTES.parties}>Parties</Link> · {KINDS[party.kind]}
        {stage ? ` · ${stage}` : ""}
        {party.role ? ` · we are ${party.role}` : ""}
        {party.zone ? ` · ${party.zone}` : ""}
        {party.removed ? " · removed" : ""}
      </p>
      {party.about === "" ? null : <p>{party.about}</p>}
      {party.feeds.length === 0 ? null : (
        <p className="secondary">Its word reaches us at {party.feeds.join(", ")}.</p>
      )}
      {party.customers.length === 0 ? null : (
        <p>Whose data sit there: {party.customers.map(({ name }) => name).join(", ")}.</p>
      )}
      {party.lacks.map((one) => (
        <p key={one} className="said risk">
          {one}
        </p>
      ))}
      {act?.kind === "change" || act?.kind === "remove" ? form : null}
      <Part
        title="Contacts"
        add="Add a contact"
        onAdd={() => setAct({ kind: "add-contact" })}
        form={
          act?.kind === "add-contact" || act?.kind === "contact" || act?.kind === "ask"
            ? form
            : null
        }
      >
        <Contacts party={party} open={setAct} />
      </Part>
      {isCustomer || party.kind === "provider" ? (
        <Part
          title="Contract"
          add="Record a clause"
          onAdd={() => setAct({ kind: "clause" })}
          form={
            act?.kind === "clause" || act?.kind === "record-again" || act?.kind === "unbind"
              ? form
              : null
          }
        >
          <Clauses party={party} policy={policy} open={setAct} />
        </Part>
      ) : null}
      {isCustomer ? (
        <>
          <Part
            title="What we hold"
            add="Record a set of data"
            onAdd={() => setAct({ kind: "data-set" })}
            form={act?.kind === "data-set" || act?.kind === "set" ? form : null}
          >
            <DataSets party={party} open={setAct} />
          </Part>
          <Part
            title="What they run"
            add="Record a release"
            onAdd={() => setAct({ kind: "deployment" })}
            form={act?.kind === "deployment" || act?.kind === "runs" ? form : null}
          >
            <Deployments party={party} open={setAct} />
          </Part>
          <Suspense fallback={null}>
            <PartyShares party={party} />
          </Suspense>
          <Section title="What they were told">
            <Suspense fallback={null}>
              <ToldTo recipient={`customer:${party.id}`} />
            </Suspense>
          </Section>
        </>
      ) : null}
    </>
  );
}

function formOf(party: Party, act: Act, onClose: () => void): ReactNode {
  const frame = { party, onClose };
  switch (act.kind) {
    case "change":
      return party.kind === "customer" ? <ChangeCustomer {...frame} /> : <ChangeParty {...frame} />;
    case "remove":
      return party.kind === "customer" ? <RemoveCustomer {...frame} /> : <RemoveParty {...frame} />;
    case "add-contact":
      return <ContactForm {...frame} />;
    case "contact":
      return <ContactForm {...frame} contact={byId(party.contacts, act.id)} />;
    case "ask":
      return (
        <Suspense fallback={null}>
          <AskContact {...frame} contact={byId(party.contacts, act.id)} />
        </Suspense>
      );
    case "clause":
      return <RecordClause {...frame} />;
    case "record-again":
      return <RecordClause {...frame} clause={byId(party.clauses, act.id)} />;
    case "unbind":
      return <RemoveClause {...frame} clause={act.id} />;
    case "data-set":
      return <RecordDataSet {...frame} />;
    case "set":
      return <RecordDataSet {...frame} set={byId(party.dataSets, act.id)} />;
    case "deployment":
      return <RecordDeployment {...frame} />;
    case "runs":
      return <RecordDeployment {...frame} runs={byId(party.deployments, act.id)} />;
  }
}

const byId = <T extends { readonly id: string }>(list: readonly T[], id: string): T | undefined =>
  list.find((one) => one.id === id);

function Part({
  title,
  add,
  onAdd,
  form,
  children,
}: {
  readonly title: string;
  readonly add: string;
  readonly onAdd: () => void;
  readonly form: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <Section title={title} side={<Button onClick={onAdd}>{add}</Button>}>
      {form}
      {children}
    </Section>
  );
}
