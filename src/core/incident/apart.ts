/**
 * Apart: rules of commands that a browser does not decide about, because what they read
 * of the world is not there, and which would only be weight in it. It is asked for
 * nothing but who may send them; the server decides.
 */

import type { Context } from "../context.ts";
import type { Result } from "../problem.ts";
import { type CallRecorded, type RecordCall, recordCall } from "./call.ts";
import { type ListedEvent, type TouchCustomers, touchCustomers } from "./listed.ts";
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
} from "./own-page.ts";
import type { Incident } from "./state.ts";

type Rule<C, E> = (incident: Incident, command: C, context: Context) => Result<readonly E[]>;

export type RulesApart = {
  readonly TouchCustomers: Rule<TouchCustomers, ListedEvent>;
  readonly OpenOwnPage: Rule<OpenOwnPage, OwnPageOpened>;
  readonly AcknowledgeNotice: Rule<AcknowledgeNotice, NoticeAcknowledged>;
  readonly ReportStep: Rule<ReportStep, StepReported>;
  readonly TakeStepBack: Rule<TakeStepBack, StepTakenBack>;
  readonly EndOwnPage: Rule<EndOwnPage, OwnPageEnded>;
  readonly RecordCall: Rule<RecordCall, CallRecorded>;
};

export const RULES_APART: RulesApart = {
  TouchCustomers: touchCustomers,
  OpenOwnPage: openOwnPage,
  AcknowledgeNotice: acknowledgeNotice,
  ReportStep: reportStep,
  TakeStepBack: takeStepBack,
  EndOwnPage: endOwnPage,
  RecordCall: recordCall,
};
