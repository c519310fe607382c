/** Parties: whom we owe, by name. Filters stand in the address and share no content. */

import { lazy, Suspense, useState } from "react";
import type { Customer } from "../../../api/view.ts";
import { useView } from "../../api.ts";
import { Link, navigate, useSearch } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { useStages } from "../../policy-on-screen.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { useKeys } from "../../ui/keys.ts";
import { More, usePages } from "../../ui/pages.tsx";
import { Empty, Section } from "../../ui/sheet.tsx";
import { exportPath } from "./export-path.ts";

// A list is looked at more often than it is added to.
const AddCustomer = lazy(async () => ({
  default: (await import("../../forms/add-customer.tsx")).AddCustomer,
}));
const AddParty = lazy(async () => ({
  default: (await import("../../forms/add-party.tsx")).AddParty,
}));
const ImportCustomers = lazy(async () => ({
  default: (await import("../../forms/import-customers.tsx")).ImportCustomers,
}));

export function Parties() {
  const { q = "" } = useSearch() as { q?: string };
  const pages = usePages();
  const list = useView("customers", {}, { limit: 50, ...(q ? { q } : {}), ...pages.query });
  const [act, setAct] = useState<"add" | "import" | "other">();
  useKeys([
    { keys: "C", says: "Add a customer", act: () => setAct("add") },
    { keys: "I", says: "Import customers", act: () => setAct("import") },
  ]);
  const items = list.data?.items ?? [];
  const close = (): void => setAct(undefined);
  return (
    <>
      <header className="spread">
        <h1>Parties</h1>
        <input
          className="search"
          type="search"
          aria-label="Search by name"
          placeholder="Search"
          defaultValue={q}
          onChange={({ target }) =>
            navigate({
              to: ROUTES.parties,
              search: target.value ? { q: target.value } : {},
              replace: true,
            })
          }
        />
        <span className="line">
          <Button keys="C" onClick={() => setAct("add")}>
            Add a customer
          </Button>
          <Button onClick={() => setAct("other")}>Add another party</Button>
          <Button keys="I" onClick={() => setAct("import")}>
            Import…
          </Button>
        </span>
      </header>
      {list.data && items.length > 0 ? (
        <>
          <p className="secondary">{says(list.data.total, items)}</p>
          <Customers items={items} />
          <More pages={pages} next={list.data.next} words={["Before", "After"]} />
          <p className="secondary">
            Take them away: <a href={exportPath("csv")}>CSV</a>, or{" "}
            <a href={exportPath("json")}>JSON</a> that imports again.
          </p>
        </>
      ) : null}
      {list.data && items.length === 0 ? (
        <Empty
          act={
            <span className="line">
              <Button look="first" onClick={() => setAct("add")}>
                Add a customer
              </Button>
              <Button onClick={() => setAct("import")}>Import from CSV or JSON</Button>
            </span>
          }
        >
          {q
            ? `Nobody here is called ${q}.`
            : "Add one customer and see what you owe them on a bad Friday."}
        </Empty>
      ) : null}
      <Others q={q} />
      {act === "add" ? (
        <Dialog title="Add a customer" open onClose={close}>
          <Suspense>
            <AddCustomer onClose={close} />
          </Suspense>
        </Dialog>
      ) : null}
      {act === "other" ? (
        <Dialog title="Add another party" open onClose={close}>
          <Suspense>
            <AddParty onClose={close} />
          </Suspense>
        </Dialog>
      ) : null}
      {act === "import" ? (
        <Dialog title="Import customers" open onClose={close}>
          <Suspense>
            <ImportCustomers onClose={close} />
          </Suspense>
        </Dialog>
      ) : null}
    </>
  );
}

/** Providers, authorities, outside help and reporters. */
function Others({ q }: { readonly q: string }) {
  const list = useView("others", {}, { limit: 200, ...(q ? { q } : {}) });
  const items = list.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Section title="Others">
      <table className="rows">
        <thead>
          <tr>
            <th scope="col">Party</th>
            <th scope="col">Kind</th>
            <th scope="col">Contact</th>
            <th scope="col">Owes us</th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ id, kind, name, contact, clauses }) => (
            <tr key={id}>
              <th scope="row">
                <Link to={ROUTES.party} params={{ id }}>
                  {name}
                </Link>
              </th>
              <td data-label="Kind">{kind === "help" ? "outside help" : kind}</td>
              <td data-label="Contact">
                {contact === null ? (
                  <span className="risk">nobody yet</span>
                ) : (
                  `${contact.name} <${contact.mail}> ${contact.phone ?? ""}`
                )}
              </td>
              <td data-label="Owes us">
                {clauses === 0 ? "" : `${clauses} ${clauses === 1 ? "clause" : "clauses"}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

/** What to do, and why: whoever cannot be reached comes first. */
function says(total: number, items: readonly Customer[]): string {
  const unreached = items.filter(({ contact }) => contact === null).map(({ name }) => name);
  const count = `${total} ${total === 1 ? "customer" : "customers"}.`;
  if (unreached.length === 0) return count;
  const [first = ""] = unreached;
  const who = unreached.length === 1 ? first : `${first} and ${unreached.length - 1} more`;
  return `${count} ${who} cannot be told anything: nobody to write to is known.`;
}

function Customers({ items }: { readonly items: readonly Customer[] }) {
  const stages = useStages();
  // A policy without stages has nothing to say there.
  const isStaged = stages.length > 0 || items.some(({ stage }) => stage !== null);
  return (
    <table className="rows">
      <thead>
        <tr>
          <th scope="col">Customer</th>
          <th scope="col">Security contact</th>
          <th scope="col">Verified on</th>
          {isStaged ? <th scope="col">Stage</th> : null}
          <th scope="col">Contract</th>
          <th scope="col">Our role</th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ id, name, sample, contact, stage, clauses, role }) => (
          <tr key={id}>
            <th scope="row">
              <Link to={ROUTES.party} params={{ id }}>
                {name}
              </Link>{" "}
              {sample ? <span className="sample">SAMPLE</span> : null}
            </th>
            <td data-label="Contact">
              {contact === null ? (
                <span className="risk">nobody yet</span>
              ) : (
                `${contact.name} <${contact.mail}> ${contact.phone ?? ""}`
              )}
            </td>
            <td data-label="Verified on">{contact?.verifiedOn ?? "never"}</td>
            {isStaged ? (
              <td data-label="Stage">
                {stages.find((one) => one.id === stage)?.name ?? stage ?? "not said"}
              </td>
            ) : null}
            <td data-label="Contract">
              {clauses === 0
                ? "policy floor"
                : `${clauses} ${clauses === 1 ? "clause" : "clauses"}`}
            </td>
            <td data-label="Our role">{role ?? "not said"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
