/** Customer matches: whom a list or sets of data name, asked over HTTP before anybody is touched. */

import { customerMatchInput } from "../../api/customer-match.ts";
import { type DirectoryCustomer, setName } from "../../core/incident/outward/listed.ts";
import { matchList } from "../../core/party/matching.ts";
import { ok, refuse } from "../../core/problem.ts";
import type { Question } from "../asking.ts";
import type { Handling } from "../handling.ts";

export const customerMatches = ({
  world,
}: {
  readonly world: Pick<Handling["world"], "directory">;
}): Question<typeof customerMatchInput> => ({
  as: "customers",
  input: customerMatchInput,
  async answer({ list, dataSets }) {
    if ((list === undefined) === (dataSets === undefined)) {
      return refuse("list-or-data-sets", "Give a list, or name sets of data: one of the two.");
    }
    const directory = (await world.directory?.()) ?? [];
    if (list === undefined) return ok({ lines: [], customers: inSets(directory, dataSets ?? []) });
    const lines = matchList(list, directory);
    if (!lines.ok) return lines;
    const ids = new Set(lines.value.map(({ customer }) => customer));
    return ok({
      lines: lines.value,
      customers: directory.filter(({ id }) => ids.has(id)).map((one) => toNamed(one)),
    });
  },
});

function inSets(directory: readonly DirectoryCustomer[], names: readonly string[]) {
  const wanted = new Set(names.map(setName));
  return directory.flatMap((one) => {
    const sets = one.dataSets.filter(({ name }) => wanted.has(setName(name)));
    return sets.length === 0 ? [] : [toNamed(one, sets)];
  });
}

function toNamed(
  { id, name, stage, role, bond, dataSets }: DirectoryCustomer,
  sets: DirectoryCustomer["dataSets"] = dataSets,
) {
  const roles = new Set(sets.map((set) => set.role));
  if (sets.length === 0 && role !== undefined) roles.add(role);
  return {
    id,
    name,
    ...(stage === undefined ? {} : { stage }),
    roles: [...roles].sort(),
    clauses: bond?.clauses.length ?? 0,
    dataSets: sets.map((set) => set.name),
  };
}
