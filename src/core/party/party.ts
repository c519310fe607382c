/**
 * Party: whoever the record knows by a party's id, customer or not; which noun
 * decides is told by the id alone, so that an empty one can be decided too.
 */

import type { BareContext } from "../context.ts";
import type { Result } from "../problem.ts";
import type { Recorded } from "../recorded.ts";
import {
  type Customer,
  type CustomerCommand,
  type CustomerEvent,
  decide as decideCustomer,
  foldCustomer,
} from "./customer.ts";
import { decideOther, foldOther, type Other, type OtherCommand, type OtherEvent } from "./other.ts";
import { isCustomerId } from "./other-words.ts";

export type Party = Customer | Other;
export type PartyCommand = CustomerCommand | OtherCommand;
export type PartyEvent = CustomerEvent | OtherEvent;

export const isCustomer = (party: Party): party is Customer => isCustomerId(party.id);

export const foldParty = (id: string, entries: readonly Recorded<PartyEvent>[]): Party =>
  isCustomerId(id)
    ? foldCustomer(id, entries as readonly Recorded<CustomerEvent>[])
    : foldOther(id, entries as readonly Recorded<OtherEvent>[]);

/** Refuses as the noun's own rules do. */
export const decideParty = (
  party: Party,
  command: PartyCommand,
  context: BareContext,
): Result<readonly PartyEvent[]> =>
  isCustomer(party)
    ? decideCustomer(party, command as CustomerCommand, context)
    : decideOther(party, command as OtherCommand, context);
