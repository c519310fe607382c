/** What of a customer's we hold, and what of ours they run. */

import { useState } from "react";
import type { Party } from "../../api/view.ts";
import { SelectField, TextField } from "../ui/field.tsx";
import { PartyForm } from "./party-form.tsx";

type Props = { readonly party: Party; readonly onClose: () => void };

export function RecordDataSet({
  party,
  set,
  onClose,
}: Props & { readonly set?: Party["dataSets"][number] | undefined }) {
  const [name, setName] = useState(set?.name ?? "");
  const [role, setRole] = useState<string>(set?.role ?? "processor");
  const [categories, setCategories] = useState(set?.categories.join(", ") ?? "");
  return (
    <PartyForm
      title={set ? `Change ${set.name}` : "Record a set of their data that we hold"}
      type="RecordDataSet"
      id={party.id}
      input={{
        ...(set ? { dataSet: set.id } : {}),
        name,
        role: role as "processor",
        categories: categories.split(",").flatMap((one) => one.trim() || []),
      }}
      submit="Record it"
      beside={["name", "role", "categories"]}
      whyNot={name.trim() === "" ? "Name the set of data." : undefined}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <TextField
            label="Set of data"
            autoFocus
            value={name}
            onChange={setName}
            problem={problem("name")}
          />
          <SelectField
            label="Our role for it"
            value={role}
            choices={[
              { value: "processor", label: "processor: it is their data" },
              { value: "controller", label: "controller: it is our data about them" },
            ]}
            onChange={setRole}
          />
          <TextField
            label="Categories"
            value={categories}
            onChange={setCategories}
            hint="Parted by commas: names, health data."
            problem={problem("categories")}
          />
        </>
      )}
    </PartyForm>
  );
}

export function RecordDeployment({
  party,
  runs,
  onClose,
}: Props & { readonly runs?: Party["deployments"][number] | undefined }) {
  const [product, setProduct] = useState(runs?.product ?? "");
  const [release, setRelease] = useState(runs?.release ?? "");
  return (
    <PartyForm
      title={runs ? `Change ${runs.product}` : "Record what they run"}
      type="RecordDeployment"
      id={party.id}
      input={{ ...(runs ? { deployment: runs.id } : {}), product, release }}
      submit="Record it"
      beside={["product", "release"]}
      whyNot={
        product.trim() === "" || release.trim() === "" ? "Name product and release." : undefined
      }
      onClose={onClose}
    >
      {(problem) => (
        <>
          <TextField
            label="Product"
            autoFocus
            value={product}
            onChange={setProduct}
            problem={problem("product")}
          />
          <TextField
            label="Release"
            value={release}
            onChange={setRelease}
            problem={problem("release")}
          />
        </>
      )}
    </PartyForm>
  );
}
