/**
 * Beside: files that say what stands beside a policy, without a server: contracts as an
 * export of parties has them, what the organisation is, by which laws bind it, and who can
 * be reached when, which no policy names.
 *
 *   {"organisation": {"role": ["controller"], "jurisdictions": ["EU"]}}
 *   {"roster": [{"name": "Ana", "roles": ["lead"], "hours": {"id": "days", "zone": …}}]}
 */

import { z } from "zod";
import { PARTY_FORMAT, partyFileShape } from "../api/party-file.ts";
import { lawPromises, lawStages } from "../core/law/promised.ts";
import { promisesWritten, type RecordClause } from "../core/party/contract.ts";
import type {
  ContractPromise,
  LawPromise,
  LintBeside,
  RosterEntry,
} from "../core/policy/lint/beside.ts";
import { calendarSchema } from "../core/policy/policy-schema.ts";
import { toCalendar } from "../core/policy/terms.ts";
import { ok, refuse, type Result } from "../core/problem.ts";
import { readDocument } from "./document.ts";

const words = z.union([z.string().max(500), z.array(z.string().max(80)).max(50)]);
const organisationShape = z.strictObject({ organisation: z.record(z.string().max(80), words) });
const rosterShape = z.strictObject({
  roster: z
    .array(
      z.strictObject({
        name: z.string().max(120),
        roles: z.array(z.string().max(64)).max(30),
        hours: calendarSchema.optional(),
      }),
    )
    .max(500),
});

const FILE_BYTES_MAX = 48 * 1024 * 1024;

/** What these files say. Refuses with `file-unreadable` and what their clauses are refused with. */
export async function besideFrom(files: readonly string[]): Promise<Result<LintBeside>> {
  const contracts: ContractPromise[] = [];
  const laws: LawPromise[] = [];
  const roster: RosterEntry[] = [];
  let stages: LintBeside["stages"];
  for (const file of files) {
    const text = await readDocument(file, FILE_BYTES_MAX);
    if (!text.ok) return text;
    const value = jsonOf(text.value);
    const organisation = organisationShape.safeParse(value);
    if (organisation.success) {
      const { regimes } = await import("../server/regimes.ts");
      laws.push(...lawPromises(regimes(), organisation.data.organisation));
      stages = lawStages(regimes());
      continue;
    }
    const people = rosterShape.safeParse(value);
    if (people.success) {
      for (const { name, roles, hours } of people.data.roster)
        roster.push({ name, roles, ...(hours === undefined ? {} : { hours: toCalendar(hours) }) });
      continue;
    }
    const promised = contractsIn(value, file);
    if (!promised.ok) return promised;
    contracts.push(...promised.value);
  }
  return ok({
    contracts,
    laws,
    ...(stages === undefined ? {} : { stages }),
    ...(roster.length === 0 ? {} : { roster }),
  });
}

function contractsIn(value: unknown, file: string): Result<readonly ContractPromise[]> {
  const parsed = partyFileShape.safeParse(value);
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join("/") ?? "";
    const message =
      `${file} is neither an export of parties (${PARTY_FORMAT}), nor {"organisation": {...}}, nor ` +
      `{"roster": [...]}` +
      `${where === "" ? "" : `: see /${where}`}.`;
    return refuse("file-unreadable", message);
  }
  const promises: ContractPromise[] = [];
  for (const { name, clauses = [] } of parsed.data.customers) {
    const written = clauses.map((clause) => ({ ...clause, type: "RecordClause" }) as RecordClause);
    const promised = promisesWritten(name, written);
    if (!promised.ok) return promised;
    promises.push(...promised.value);
  }
  return ok(promises);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
