/**
 * Outward: the decision whether to notify, and the notices that follow from it.
 *
 * Only gathers what decision.ts, listed.ts, drafting.ts and sending.ts decide, so that incident.ts
 * stays a page that is read in one go.
 */

import {
  type AgreeAsCounsel,
  agreeAsCounsel,
  type CounselAgreed,
  type Decide,
  decideToNotify,
  type DecisionRecorded,
} from "./decision.ts";
import {
  type DiscardNotice,
  discardNotice,
  type DraftingEvent,
  type DraftNotice,
  draftNotice,
  type DropRecipients,
  dropRecipients,
  type NameRecipients,
  nameRecipients,
} from "./drafting.ts";
import {
  type CustomersListed,
  type ListKept,
  type TouchCustomers,
  touchCustomers,
} from "./listed.ts";
import {
  type ApproveNotice,
  approveNotice,
  type HoldBack,
  holdBack,
  type SendDraft,
  sendDraft,
  type SendingEvent,
} from "./sending.ts";

export type OutwardEvent =
  | DecisionRecorded
  | CounselAgreed
  | CustomersListed
  | ListKept
  | DraftingEvent
  | SendingEvent;

export type OutwardCommand =
  | Decide
  | AgreeAsCounsel
  | TouchCustomers
  | DraftNotice
  | NameRecipients
  | DropRecipients
  | DiscardNotice
  | ApproveNotice
  | SendDraft
  | HoldBack;

export const OUTWARD_RULES = {
  Decide: decideToNotify,
  AgreeAsCounsel: agreeAsCounsel,
  TouchCustomers: touchCustomers,
  DraftNotice: draftNotice,
  NameRecipients: nameRecipients,
  DropRecipients: dropRecipients,
  DiscardNotice: discardNotice,
  ApproveNotice: approveNotice,
  SendDraft: sendDraft,
  HoldBack: holdBack,
} as const;
