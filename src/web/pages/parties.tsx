/** Parties: whom we owe. Customers with one contact and a stage; contracts and data sets come on top. */

import { useState } from "react";
import type { Customer } from "../../api/view.ts";
import { problemAt, useCommand, useView } from "../api.ts";
import { usePolicy } from "../policy-on-screen.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Problems, SelectField, TextArea, TextField } from "../ui/field.tsx";
import { Empty } from "../ui/sheet.tsx";

export function Parties() {
  const [q, setQ] = useState("");
  const list = useView("customers", {}, { limit: 200, ...(q ? { q } : {}) });
  const policy = usePolicy("current");
  const [editing, setEditing] = useState<Customer | "new">();
  const stages = policy?.policy.stages ?? [];
  const items = list.data?.items ?? [];
  return (
    <>
      <header className="spread">
        <h1>Parties</h1>
        <input
          className="search"
          type="search"
          aria-label="Search by name"
          placeholder="Search"
          value={q}
          onChange={(event) => setQ(event.target.value)}
        />
        <Button onClick={() => setEditing("new")}>Add a customer</Button>
      </header>
      {items.length > 0 ? (
        <table className="rows">
          <thead>
            <tr>
              <th scope="col">Customer</th>
              <th scope="col">Security contact</th>
              <th scope="col">Stage</th>
              <th scope="col">Our role for their data</th>
            </tr>
          </thead>
          <tbody>
            {items.map((customer) => (
              <tr key={customer.id}>
                <th scope="row">
                  <button
                    type="button"
                    className="button button-quiet"
                    onClick={() => setEditing(customer)}
                  >
                    {customer.name}
                  </button>{" "}
                  {customer.sample ? <span className="sample">SAMPLE</span> : null}
                </th>
                <td data-label="Contact">
                  {customer.contact === null ? (
                    "nobody yet"
                  ) : (
                    <>
                      {customer.contact.name} &lt;{customer.contact.mail}&gt;{" "}
                      {customer.contact.phone}
                    </>
                  )}
                </td>
                <td data-label="Stage">
                  {stages.find(({ id }) => id === customer.stage)?.name ?? customer.stage ?? ""}
                </td>
                <td data-label="Role">{customer.role ?? "not said"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {list.data && items.length === 0 ? (
        <Empty act={<Button onClick={() => setEditing("new")}>Add a customer</Button>}>
          Nobody here yet. Add one customer and an incident can say what it owes them.
        </Empty>
      ) : null}
      {editing ? (
        <CustomerForm
          customer={editing === "new" ? undefined : editing}
          stages={stages}
          onClose={() => setEditing(undefined)}
        />
      ) : null}
    </>
  );
}

type FormProps = {
  readonly customer: Customer | undefined;
  readonly stages: readonly { readonly id: string; readonly name: string }[];
  readonly onClose: () => void;
};

const ROLES = [
  { value: "", label: "not said" },
  { value: "processor", label: "processor: it is their data" },
  { value: "controller", label: "controller: it is our data about them" },
] as const;

function CustomerForm({ customer, stages, onClose }: FormProps) {
  const add = useCommand("AddCustomer");
  const change = useCommand("ChangeCustomer", customer?.id ?? "");
  const remove = useCommand("RemoveCustomer", customer?.id ?? "");
  const [name, setName] = useState(customer?.name ?? "");
  const [contact, setContact] = useState({
    name: customer?.contact?.name ?? "",
    mail: customer?.contact?.mail ?? "",
    phone: customer?.contact?.phone ?? "",
  });
  const [stage, setStage] = useState(customer?.stage ?? stages[0]?.id ?? "");
  const [role, setRole] = useState(customer?.role ?? "");
  const [reason, setReason] = useState("");
  const problems = [...add.problems, ...change.problems, ...remove.problems];
  const save = async (): Promise<void> => {
    const { phone, ...person } = contact;
    const input = {
      name,
      contact: { ...person, ...(phone === "" ? {} : { phone }) },
      ...(stage === "" ? {} : { stage }),
      ...(role === "controller" || role === "processor"
        ? { role: role as "controller" | "processor" }
        : {}),
    };
    const sent = customer ? change.send(input) : add.send(input);
    if (await sent.catch(() => undefined)) onClose();
  };
  return (
    <Dialog title={customer ? customer.name : "Add a customer"} open onClose={onClose}>
      <form className="stack" onSubmit={(event) => (event.preventDefault(), void save())}>
        <Problems problems={problems} beside={["name", "contact", "stage", "reason"]} />
        <TextField
          label="Customer"
          autoFocus
          value={name}
          onChange={setName}
          problem={problemAt(problems, "name")}
        />
        <TextField
          label="Security contact"
          value={contact.name}
          onChange={(value) => setContact({ ...contact, name: value })}
          problem={problemAt(problems, "contact/name")}
        />
        <TextField
          label="Their mail address"
          type="email"
          value={contact.mail}
          onChange={(value) => setContact({ ...contact, mail: value })}
          problem={problemAt(problems, "contact/mail")}
        />
        <TextField
          label="Their telephone"
          type="tel"
          value={contact.phone}
          onChange={(value) => setContact({ ...contact, phone: value })}
          problem={problemAt(problems, "contact/phone")}
        />
        {stages.length > 0 ? (
          <SelectField
            label="Stage"
            value={stage}
            choices={stages.map(({ id, name: label }) => ({ value: id, label }))}
            onChange={setStage}
            problem={problemAt(problems, "stage")}
          />
        ) : null}
        <SelectField
          label="Our role for their data"
          value={role}
          choices={ROLES}
          onChange={setRole}
        />
        <div className="line">
          <Button type="submit" look="first">
            {customer ? "Save the customer" : "Add the customer"}
          </Button>
        </div>
      </form>
      {customer ? (
        <details>
          <summary>Remove this customer</summary>
          <form
            className="stack"
            onSubmit={(event) => (
              event.preventDefault(), void remove.send({ reason }).then(onClose, () => undefined)
            )}
          >
            <TextArea
              label="Why"
              rows={2}
              value={reason}
              onChange={setReason}
              problem={problemAt(problems, "reason")}
            />
            <div>
              <Button
                type="submit"
                whyNot={reason.trim() === "" ? "Say why: the reason is kept." : undefined}
              >
                Remove {customer.name}
              </Button>
            </div>
          </form>
        </details>
      ) : null}
    </Dialog>
  );
}
