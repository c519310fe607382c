/** After closing: what the record may still take in. What was wrong outward is put right. */

import type { IncidentCommand } from "./incident.ts";

/** What may still be done to a closed incident; everything else takes it up again first. */
export const AFTER_CLOSING: readonly IncidentCommand["type"][] = [
  "ReopenIncident",
  "Log",
  "StrikeEntry",
  "MarkEntry",
  "SendNotice",
  "DraftNotice",
  "NameRecipients",
  "DropRecipients",
  "DiscardNotice",
  "AskApproval",
  "ApproveNotice",
  "SendDraft",
  "HoldBack",
  "OpenOwnPage",
  "AcknowledgeNotice",
  "ReportStep",
  "TakeStepBack",
  "EndOwnPage",
  "RecordCall",
  "NamePeople",
  "RecordPublished",
  "WriteFilingField",
  "RecordFiling",
  "MeetObligation",
  "ExtendObligation",
  "WaiveObligation",
  "DisputeObligation",
  "SettleDispute",
  "RecordDelivery",
  "RecordDeliveries",
  "TakeClock",
  "Wake",
];
