/**
 * Apart: rules of commands that a browser does not decide about, because what they read
 * of the world is not there, and which would only be weight in it. It is asked for
 * nothing but who may send them; the server decides.
 */

import type { Context } from "../context.ts";
import type { Result } from "../problem.ts";
import {
  type AttachFile,
  attachFile,
  type AttachingEvent,
  type TakeFileOff,
  takeFileOff,
} from "./notice/attaching.ts";
import { type ApprovalAsked, type AskApproval, askApproval } from "./notice/approval-asked.ts";
import { type CallRecorded, type RecordCall, recordCall } from "./notice/call.ts";
import {
  type AcknowledgeNotice,
  acknowledgeNotice,
  type EndOwnPage,
  endOwnPage,
  type NoticeAcknowledged,
  type OpenOwnPage,
  openOwnPage,
  type OwnPageEnded,
  type OwnPageOpened,
  type ReportStep,
  reportStep,
  type StepReported,
  type StepTakenBack,
  type TakeStepBack,
  takeStepBack,
} from "./notice/own-page.ts";
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
} from "./notice/drafting.ts";
import {
  recordFiling,
  type FilingFieldWritten,
  type FilingRecorded,
  type RecordFiling,
  writeFilingField,
  type WriteFilingField,
} from "./outward/filing.ts";
import { type HandedOver, type HandOver, handOver } from "./people/handover.ts";
import type { FactTold } from "./owed/law.ts";
import type { ObligationMet } from "../notice/meet.ts";
import type { PageRequested } from "../notice/notice.ts";
import { type ListedEvent, type TouchCustomers, touchCustomers } from "./outward/listed.ts";
import {
  namePeople,
  type NamePeople,
  type NoticePublished,
  recordPublished,
  type RecordPublished,
} from "./notice/published.ts";
import {
  type ApproveNotice,
  approveNotice,
  type HoldBack,
  holdBack,
  type SendDraft,
  sendDraft,
  type SendingEvent,
} from "./notice/sending.ts";
import {
  type PublicReviewEvent,
  type PublishPublicReview,
  publishPublicReview,
  type WithdrawPublicReview,
  withdrawPublicReview,
  type WritePublicReview,
  writePublicReview,
} from "./response/public-review.ts";
import type { RoleTaken } from "./people/role.ts";
import type { EndSeat, GiveSeat, OpenSeat, SeatEvent } from "../seat.ts";
import { seatHere } from "./people/seat.ts";
import type { Incident } from "./state.ts";

type Rule<C, E> = (incident: Incident, command: C, context: Context) => Result<readonly E[]>;

export type RulesApart = {
  readonly DraftNotice: Rule<DraftNotice, DraftingEvent>;
  readonly NameRecipients: Rule<NameRecipients, DraftingEvent>;
  readonly DropRecipients: Rule<DropRecipients, DraftingEvent>;
  readonly DiscardNotice: Rule<DiscardNotice, DraftingEvent>;
  readonly AttachFile: Rule<AttachFile, AttachingEvent>;
  readonly TakeFileOff: Rule<TakeFileOff, AttachingEvent>;
  readonly ApproveNotice: Rule<ApproveNotice, SendingEvent>;
  readonly SendDraft: Rule<SendDraft, SendingEvent>;
  readonly HoldBack: Rule<HoldBack, SendingEvent>;
  readonly TouchCustomers: Rule<TouchCustomers, ListedEvent>;
  readonly OpenOwnPage: Rule<OpenOwnPage, OwnPageOpened>;
  readonly AcknowledgeNotice: Rule<AcknowledgeNotice, NoticeAcknowledged>;
  readonly ReportStep: Rule<ReportStep, StepReported>;
  readonly TakeStepBack: Rule<TakeStepBack, StepTakenBack>;
  readonly EndOwnPage: Rule<EndOwnPage, OwnPageEnded>;
  readonly GiveSeat: Rule<GiveSeat, SeatEvent>;
  readonly OpenSeat: Rule<OpenSeat, SeatEvent>;
  readonly EndSeat: Rule<EndSeat, SeatEvent>;
  readonly RecordCall: Rule<RecordCall, CallRecorded>;
  readonly NamePeople: Rule<NamePeople, DraftingEvent>;
  readonly RecordPublished: Rule<RecordPublished, NoticePublished>;
  readonly WriteFilingField: Rule<WriteFilingField, FilingFieldWritten>;
  readonly RecordFiling: Rule<RecordFiling, FilingRecorded | ObligationMet | FactTold>;
  readonly WritePublicReview: Rule<WritePublicReview, PublicReviewEvent>;
  readonly PublishPublicReview: Rule<PublishPublicReview, PublicReviewEvent>;
  readonly WithdrawPublicReview: Rule<WithdrawPublicReview, PublicReviewEvent>;
  readonly HandOver: Rule<HandOver, RoleTaken | HandedOver | PageRequested>;
  readonly AskApproval: Rule<AskApproval, ApprovalAsked | PageRequested>;
};

export const RULES_APART: RulesApart = {
  DraftNotice: draftNotice,
  NameRecipients: nameRecipients,
  DropRecipients: dropRecipients,
  DiscardNotice: discardNotice,
  AttachFile: attachFile,
  TakeFileOff: takeFileOff,
  ApproveNotice: approveNotice,
  SendDraft: sendDraft,
  HoldBack: holdBack,
  TouchCustomers: touchCustomers,
  OpenOwnPage: openOwnPage,
  AcknowledgeNotice: acknowledgeNotice,
  ReportStep: reportStep,
  TakeStepBack: takeStepBack,
  EndOwnPage: endOwnPage,
  GiveSeat: seatHere,
  OpenSeat: seatHere,
  EndSeat: seatHere,
  RecordCall: recordCall,
  NamePeople: namePeople,
  RecordPublished: recordPublished,
  WriteFilingField: writeFilingField,
  RecordFiling: recordFiling,
  WritePublicReview: writePublicReview,
  PublishPublicReview: publishPublicReview,
  WithdrawPublicReview: withdrawPublicReview,
  HandOver: handOver,
  AskApproval: askApproval,
};
