/**
 * Beside: files that say what stands beside a policy, without a server: contracts as an
 * export of parties has them, and what the organisation is, by which laws bind it.
 *
 *   {"organisation": {"role": ["controller"], "jurisdictions": ["EU"]}}
 */

import { z } from "zod";
import { PARTY_FORMAT, partyFileShape } from "../api/party-file.ts";
import { lawPromises, lawStages } from "../core/law/promised.ts";
import { promisesWritten, type RecordClause } from "../core/party/contract.ts";
import type { ContractPromise, LawPromise, LintBeside } from "../core/policy/lint-beside.ts";
import { ok, refuse, type Result } from "../core/problem.ts";
import { readDocument } from "./document.ts";

const words = z.union([z.string().max(500), z.array(z.string().max(80)).max(50)]);
const organisationShape = z.strictObject({ organisation: z.record(z.string().max(80), words) });

const FILE_BYTES_MAX = 48 * 1024 * 1024;

/** What these files say. Refuses with `file-unreadable` and what their clauses are refused with. */
export async function besideFrom(files: readonly string[]): Promise<Result<LintBeside>> {
  const contracts: ContractPromise[] = [];
  const laws: LawPromise[] = [];
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
    const promised = contractsIn(value, file);
    if (!promised.ok) return promised;
    contracts.push(...promised.value);
  }
  return ok({ contracts, laws, ...(stages === undefined ? {} : { stages }) });
}

function contractsIn(value: unknown, file: string): Result<readonly ContractPromise[]> {
  const parsed = partyFileShape.safeParse(value);
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join("/") ?? "";
    const message =
      `${file} is neither an export of parties (${PARTY_FORMAT}) nor {"organisation": {...}}` +
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
