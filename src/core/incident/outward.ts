/**
 * Outward: the decision whether to notify, the notices that follow from it, and filings.
 *
<<<<<<< HEAD
 * Only gathers what decision.ts, listed.ts, drafting.ts, sending.ts and filing.ts decide, so that
 * incident.ts stays a page that is read in one go.
=======
 * Only gathers what decision.ts, listed.ts, drafting.ts, sending.ts and public-review.ts decide,
 * so that incident.ts stays a page that is read in one go.
>>>>>>> c7333c5 (Carry the promises on the public page, tell everybody what happened, and show the record where the policy says so)
 */

import type { Context } from "../context.ts";
import { ok, type Result } from "../problem.ts";
import type { RulesApart } from "./apart.ts";
import type { CallRecorded, RecordCall } from "./call.ts";
import {
  type AgreeAsCounsel,
  agreeAsCounsel,
  type CounselAgreed,
  type Decide,
  decideToNotify,
  type DecisionRecorded,
} from "./decision.ts";
import { type RecordDeliveries, recordDeliveries } from "./delivering.ts";
import type {
  DiscardNotice,
  DraftingEvent,
  DraftNotice,
  DropRecipients,
  NameRecipients,
} from "./drafting.ts";
import type { CustomersListed, ListKept, TouchCustomers } from "./listed.ts";
import type { OwnPageCommand, OwnPageEvent } from "./own-page.ts";
import type { FilingEvent, RecordFiling, WriteFilingField } from "./filing.ts";
import type { ApproveNotice, HoldBack, SendDraft, SendingEvent } from "./sending.ts";
import type {
  PublicReviewEvent,
  PublishPublicReview,
  WithdrawPublicReview,
  WritePublicReview,
} from "./public-review.ts";
import type { NamePeople, NoticePublished, RecordPublished } from "./published.ts";
import type { Incident } from "./state.ts";

export type OutwardEvent =
  | DecisionRecorded
  | CounselAgreed
  | CustomersListed
  | ListKept
  | DraftingEvent
  | SendingEvent
  | OwnPageEvent
  | CallRecorded
  | NoticePublished
<<<<<<< HEAD
  | FilingEvent;
=======
  | PublicReviewEvent;
>>>>>>> c7333c5 (Carry the promises on the public page, tell everybody what happened, and show the record where the policy says so)

export type OutwardCommand =
  | Decide
  | AgreeAsCounsel
  | TouchCustomers
  | DraftNotice
  | NameRecipients
  | NamePeople
  | RecordPublished
  | DropRecipients
  | DiscardNotice
  | ApproveNotice
  | SendDraft
  | HoldBack
  | RecordDeliveries
  | OwnPageCommand
  | RecordCall
<<<<<<< HEAD
  | WriteFilingField
  | RecordFiling;
=======
  | WritePublicReview
  | PublishPublicReview
  | WithdrawPublicReview;
>>>>>>> c7333c5 (Carry the promises on the public page, tell everybody what happened, and show the record where the policy says so)

export const OUTWARD_RULES = {
  Decide: decideToNotify,
  AgreeAsCounsel: agreeAsCounsel,
  TouchCustomers: apart("TouchCustomers"),
  DraftNotice: apart("DraftNotice"),
  NameRecipients: apart("NameRecipients"),
  NamePeople: apart("NamePeople"),
  RecordPublished: apart("RecordPublished"),
  DropRecipients: apart("DropRecipients"),
  DiscardNotice: apart("DiscardNotice"),
  ApproveNotice: apart("ApproveNotice"),
  SendDraft: apart("SendDraft"),
  HoldBack: apart("HoldBack"),
  RecordDeliveries: recordDeliveries,
  OpenOwnPage: apart("OpenOwnPage"),
  AcknowledgeNotice: apart("AcknowledgeNotice"),
  ReportStep: apart("ReportStep"),
  TakeStepBack: apart("TakeStepBack"),
  EndOwnPage: apart("EndOwnPage"),
  RecordCall: apart("RecordCall"),
<<<<<<< HEAD
  WriteFilingField: apart("WriteFilingField"),
  RecordFiling: apart("RecordFiling"),
=======
  WritePublicReview: apart("WritePublicReview"),
  PublishPublicReview: apart("PublishPublicReview"),
  WithdrawPublicReview: apart("WithdrawPublicReview"),
>>>>>>> c7333c5 (Carry the promises on the public page, tell everybody what happened, and show the record where the policy says so)
} as const;

/** The rule of a command that only a server decides about (apart.ts). */
function apart<T extends keyof RulesApart>(type: T): RulesApart[T] {
  const rule = (incident: Incident, command: never, context: Context): Result<readonly never[]> =>
    (context.apart?.[type] as typeof rule | undefined)?.(incident, command, context) ?? ok([]);
  return rule as RulesApart[T];
}
