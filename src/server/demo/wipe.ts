/**
 * Wiping the sample: every sample subject is withdrawn and its private text
 * erased. The entries stay, because the ledger never loses one.
 */

import { isPrivatePath } from "../../core/event.ts";
import { ok, refuse, type Result } from "../../core/problem.ts";
import type { AnyEvent } from "../../core/event.ts";
import type { Recorded } from "../../core/recorded.ts";
import type { Instant } from "../../core/time/instant.ts";
import type { Store } from "../../store/store.ts";
import type { Handling } from "../handling.ts";

const BASIS = "Sample data, wiped by the operator.";

/** Refuses with: sample-absent. */
export async function wipeSample(
  store: Pick<Store, "pool">,
  handling: Handling,
  by: string,
  at: Instant,
): Promise<Result<{ subjects: number }>> {
  if (!(await handling.installation()).sample)
    return refuse("sample-absent", "There are no sample data to wipe.");
  const rows = await store.pool.rows<{ subject: string }>(
    `select 'signal/' || id as subject from view_signal where sample
     union all select 'incident/' || id from view_incident where sample
     union all select 'party/' || id from view_customer where sample
     union all select 'party/' || id from view_party where sample`,
  );
  for (const { subject } of rows) {
    const entries = await handling.world.ledger.read(subject);
    for (const entry of entries) {
      const paths = privateFields(entry);
      if (paths.length === 0) continue;
      const erased = await handling.handle({
        subject: `entry/${entry.id}`,
        at,
        by,
        command: { type: "EraseEntry", entry: entry.id, paths, basis: BASIS },
      });
      if (!erased.ok) return erased;
    }
    const withdrawn = await handling.handle({
      subject,
      at,
      by,
      command: { type: "WithdrawSample" },
    });
    if (!withdrawn.ok) return withdrawn;
  }
  const wiped = await handling.handle({
    subject: "installation/current",
    at,
    by,
    command: { type: "WipeSample", subjects: rows.length },
  });
  return wiped.ok ? ok({ subjects: rows.length }) : wiped;
}

/** The private fields of an entry that hold any text. */
function privateFields({ event }: Recorded<AnyEvent>): readonly string[] {
  if (event.type === "Erased") return [];
  return Object.entries(event)
    .filter(([field, value]) => isPrivatePath(event.type, `/${field}`) && holdsText(value))
    .map(([field]) => `/${field}`);
}

const holdsText = (value: unknown): boolean =>
  typeof value === "string"
    ? true
    : typeof value === "object" && value !== null && Object.values(value).some(holdsText);
