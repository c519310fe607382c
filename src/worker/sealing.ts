/**
 * Sealing: before a letter to a customer leaves, what was agreed with them about encryption.
 *
 * Asked at every attempt of what the record says then, whatever it said when the letter was
 * written and by whichever way it was: where encryption was agreed it leaves encrypted or it
 * fails for good, and what it would have met is open again. One question for each claim
 * tells that nobody of them was promised any, which is nearly always.
 */

import { encryptionOf } from "../core/party/contact-key.ts";
import { foldParty, isCustomer, type PartyEvent } from "../core/party/party.ts";
import { ok, type Result } from "../core/problem.ts";
import type { Recorded } from "../core/recorded.ts";
import type { Letter, Requests } from "../delivery/letter.ts";
import { encryptedSubject } from "../core/notice/subject-line.ts";
import type { OutboxLease } from "../store/outbox.ts";
import type { WorkerWorld } from "./world.ts";

/** Letters as they may leave. Refuses with `encryption-key-missing`, `encryption-key-expired`. */
export type Seal = (
  lease: OutboxLease,
  letters: readonly Letter[],
) => Promise<Result<readonly Letter[]>>;

/** For these leases, whose requests are known. */
export async function sealing(
  { store, handling, now }: WorkerWorld,
  leases: readonly OutboxLease[],
  requests: ReadonlyMap<string, Requests>,
  company: string,
): Promise<Seal> {
  const customerOf = ({ subject, id }: OutboxLease): string | undefined => {
    const event = requests.get(subject)?.byId.get(id)?.event;
    return event?.type === "NoticeRequested" && event.recipient.startsWith(CUSTOMER)
      ? event.recipient.slice(CUSTOMER.length)
      : undefined;
  };
  const ids = leases.flatMap((lease) => customerOf(lease) ?? []);
  const agreed =
    ids.length === 0 ? new Set() : await store.views.customers.encrypting([...new Set(ids)]);
  return async (lease, letters) => {
    const id = customerOf(lease);
    if (id === undefined || !agreed.has(id)) return ok(letters);
    const entries = await handling.world.ledger.read(`party/${id}`);
    const party = foldParty(id, entries as readonly Recorded<PartyEvent>[]);
    if (!isCustomer(party)) return ok(letters);
    const sealed: Letter[] = [];
    for (const letter of letters) {
      const key = encryptionOf(party.contacts, letter.to.address, now());
      if (!key.ok) return key;
      sealed.push(
        key.value === undefined
          ? letter
          : {
              ...letter,
              // The header is read on the way: what it said goes inside.
              subject: encryptedSubject(company, lease.id),
              text: `${letter.subject}\n\n${letter.text}`,
              encrypted: {
                key: key.value.armored,
                fingerprint: key.value.fingerprint,
                at: now(),
              },
            },
      );
    }
    return ok(sealed);
  };
}

const CUSTOMER = "customer:";
