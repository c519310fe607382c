/**
 * Outward: the decision whether to notify, the notices that follow from it, filings, what
 * everybody is told in the end; and who takes all of it over.
 *
 * Only gathers what the files of these nouns decide, so that incident.ts stays a page that is
 * read in one go.
 */

import type { Context } from "../../context.ts";
import { ok, type Result } from "../../problem.ts";
import type { AttachFile, AttachingEvent, TakeFileOff } from "../notice/attaching.ts";
import type { RulesApart } from "../apart.ts";
import type { ApprovalAsked, AskApproval } from "../notice/approval-asked.ts";
import type { CallRecorded, RecordCall } from "../notice/call.ts";
import {
  type AgreeAsCounsel,
  agreeAsCounsel,
  type CounselAgreed,
  type CounselObjected,
  type Decide,
  decideToNotify,
  type DecisionRecorded,
  type ObjectAsCounsel,
  objectAsCounsel,
} from "./decision.ts";
import { type RecordDeliveries, recordDeliveries } from "../notice/delivering.ts";
import type {
  DiscardNotice,
  DraftingEvent,
  DraftNotice,
  DropRecipients,
  NameRecipients,
} from "../notice/drafting.ts";
import type { CustomersListed, ListKept, TouchCustomers } from "./listed.ts";
import type { OwnPageCommand, OwnPageEvent } from "../notice/own-page.ts";
import type { FilingEvent, RecordFiling, WriteFilingField } from "./filing.ts";
import type { HandedOver, HandOver } from "../people/handover.ts";
import type { ApproveNotice, HoldBack, SendDraft, SendingEvent } from "../notice/sending.ts";
import type {
  PublicReviewEvent,
  PublishPublicReview,
  WithdrawPublicReview,
  WritePublicReview,
} from "../response/public-review.ts";
import type { NamePeople, NoticePublished, RecordPublished } from "../notice/published.ts";
import type { SeatCommand, SeatEvent } from "../../seat.ts";
import type { Incident } from "../state.ts";

export type OutwardEvent =
  | DecisionRecorded
  | CounselAgreed
  | CounselObjected
  | CustomersListed
  | ListKept
  | DraftingEvent
  | AttachingEvent
  | SendingEvent
  | OwnPageEvent
  | SeatEvent
  | CallRecorded
  | NoticePublished
  | FilingEvent
  | PublicReviewEvent
  | HandedOver
  | ApprovalAsked;

export type OutwardCommand =
  | Decide
  | AgreeAsCounsel
  | ObjectAsCounsel
  | TouchCustomers
  | DraftNotice
  | NameRecipients
  | NamePeople
  | RecordPublished
  | DropRecipients
  | DiscardNotice
  | AttachFile
  | TakeFileOff
  | ApproveNotice
  | SendDraft
  | HoldBack
  | RecordDeliveries
  | OwnPageCommand
  | SeatCommand
  | RecordCall
  | WriteFilingField
  | RecordFiling
  | WritePublicReview
  | PublishPublicReview
  | WithdrawPublicReview
  | HandOver
  | AskApproval;

export const OUTWARD_RULES = {
  Decide: decideToNotify,
  AgreeAsCounsel: agreeAsCounsel,
  ObjectAsCounsel: objectAsCounsel,
  TouchCustomers: apart("TouchCustomers"),
  DraftNotice: apart("DraftNotice"),
  NameRecipients: apart("NameRecipients"),
  NamePeople: apart("NamePeople"),
  RecordPublished: apart("RecordPublished"),
  DropRecipients: apart("DropRecipients"),
  DiscardNotice: apart("DiscardNotice"),
  AttachFile: apart("AttachFile"),
  TakeFileOff: apart("TakeFileOff"),
  ApproveNotice: apart("ApproveNotice"),
  SendDraft: apart("SendDraft"),
  HoldBack: apart("HoldBack"),
  RecordDeliveries: recordDeliveries,
  OpenOwnPage: apart("OpenOwnPage"),
  AcknowledgeNotice: apart("AcknowledgeNotice"),
  ReportStep: apart("ReportStep"),
  TakeStepBack: apart("TakeStepBack"),
  EndOwnPage: apart("EndOwnPage"),
  GiveSeat: apart("GiveSeat"),
  OpenSeat: apart("OpenSeat"),
  EndSeat: apart("EndSeat"),
  RecordCall: apart("RecordCall"),
  WriteFilingField: apart("WriteFilingField"),
  RecordFiling: apart("RecordFiling"),
  WritePublicReview: apart("WritePublicReview"),
  PublishPublicReview: apart("PublishPublicReview"),
  WithdrawPublicReview: apart("WithdrawPublicReview"),
  HandOver: apart("HandOver"),
  AskApproval: apart("AskApproval"),
} as const;

/** The rule of a command that only a server decides about (apart.ts). */
function apart<T extends keyof RulesApart>(type: T): RulesApart[T] {
  const rule = (incident: Incident, command: never, context: Context): Result<readonly never[]> =>
    (context.apart?.[type] as typeof rule | undefined)?.(incident, command, context) ?? ok([]);
  return rule as RulesApart[T];
}
