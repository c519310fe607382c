/**
 * Status: the public page about whether what people rely on works.
 *
 * Written, never mirrored: no event of an incident reaches this subject, and nothing here
 * is published by a state that changed somewhere. What it promises runs as a clock, and
 * those who write are reminded as of any other.
 */

import type { BareContext } from "../context.ts";
import type { Erased } from "../erasure.ts";
import {
  type ClockTaken,
  keepLadder,
  type ObligationMissed,
  type ReminderReached,
  type TakeClock,
  takeClock,
  type Wake,
  wake,
} from "../notice/ladder.ts";
import {
  type Delivered,
  type DeliveryDeferred,
  type DeliveryFailed,
  type DeliveryReported,
  keepNotice,
  type PageRequested,
  type RecordDelivery,
  recordDelivery,
} from "../notice/notice.ts";
import { ok, type Result } from "../problem.ts";
import type { Recorded } from "../recorded.ts";
import type { Instant } from "../time/instant.ts";
import {
  type ComponentDescribed,
  type ComponentRemoved,
  type DescribeComponent,
  describeComponent,
  type RemoveComponent,
  removeComponent,
} from "./component.ts";
import { statusOwing, statusPromises } from "./promise.ts";
import { emptyStatusPage, type StatusPage } from "./state.ts";
import {
  type CorrectStatus,
  correctStatus,
  type OpenStatus,
  openStatus,
  type StatusCorrected,
  type StatusOpened,
  type StatusUpdated,
  type UpdateStatus,
  updateStatus,
} from "./update.ts";

export type StatusEvent =
  | ComponentDescribed
  | ComponentRemoved
  | StatusOpened
  | StatusUpdated
  | StatusCorrected
  | ObligationMissed
  | ReminderReached
  | ClockTaken
  | PageRequested
  | Delivered
  | DeliveryDeferred
  | DeliveryFailed
  | DeliveryReported
  | Erased;

export type StatusCommand =
  | DescribeComponent
  | RemoveComponent
  | OpenStatus
  | UpdateStatus
  | CorrectStatus
  | TakeClock
  | RecordDelivery
  | Wake;

/** The page after `entries`, oldest first. */
export function foldStatus(entries: readonly Recorded<StatusEvent>[]): StatusPage {
  const page = emptyStatusPage();
  for (const recorded of entries) evolve(page, recorded);
  return page;
}

/** Refuses as the rules of component.ts and update.ts do. */
export function decide(
  page: StatusPage,
  command: StatusCommand,
  context: BareContext,
): Result<readonly StatusEvent[]> {
  switch (command.type) {
    case "DescribeComponent":
      return describeComponent(page, command, context);
    case "RemoveComponent":
      return removeComponent(page, command);
    case "OpenStatus":
      return openStatus(page, command, context);
    case "UpdateStatus":
      return updateStatus(page, command, context);
    case "CorrectStatus":
      return correctStatus(page, command, context);
    case "TakeClock":
      return takeClock(statusPromises(page), command);
    case "RecordDelivery":
      return delivered(page, command);
    case "Wake":
      return ok(statusOwing(page, context.url).flatMap((owing) => wake(owing, context)));
  }
}

/** Only pages to the team leave from here: nobody is woken by a page that could not be delivered. */
function delivered(page: StatusPage, command: RecordDelivery): Result<readonly StatusEvent[]> {
  const found = recordDelivery(page, command, { to: [], link: "", mark: "" });
  if (!found.ok) return found;
  return ok(found.value.filter((event) => event.type !== "NoticeRequested"));
}

function evolve(page: StatusPage, recorded: Recorded<StatusEvent>): void {
  const { event, at, version } = recorded;
  page.version = version;
  switch (event.type) {
    case "ComponentDescribed":
      return described(page, event, at);
    case "ComponentRemoved": {
      const held = page.components.find(({ id }) => id === event.component);
      if (held) held.removed = true;
      return;
    }
    case "StatusOpened": {
      const { type: _, status: id, ...opened } = event;
      page.incidents.push({ id, ...opened, openedAt: at, updates: [] });
      return;
    }
    case "StatusUpdated":
      return updated(page, recorded as Recorded<StatusUpdated>);
    case "StatusCorrected":
      return corrected(page, recorded as Recorded<StatusCorrected>);
    case "ObligationMissed":
    case "ReminderReached":
    case "ClockTaken":
      return keepLadder(page, { ...recorded, event });
    case "PageRequested":
    case "Delivered":
    case "DeliveryDeferred":
    case "DeliveryFailed":
    case "DeliveryReported":
      return keepNotice(page, { ...recorded, event });
    case "Erased":
      return;
    default:
      return unknown(event);
  }
}

function described({ components }: StatusPage, event: ComponentDescribed, at: Instant): void {
  const { component: id, name, about } = event;
  const held = components.find((one) => one.id === id);
  const said = about === undefined ? { name } : { name, about };
  if (!held) components.push({ id, at, ...said, removed: false });
  else {
    delete held.about;
    Object.assign(held, said, { removed: false });
  }
}

function updated(page: StatusPage, { event, at }: Recorded<StatusUpdated>): void {
  const { type: _, status, tell, author, endsAt, overrides: __, ...update } = event;
  const incident = page.incidents.find(({ id }) => id === status);
  if (!incident) return;
  incident.updates.push({ ...update, at, by: author, struck: [] });
  if (endsAt !== undefined) incident.endsAt = endsAt;
  const { number } = event;
  const place = { number, status, update: event.update, isCorrection: false, at };
  page.said.push(tell === undefined ? place : { ...place, tell });
}

function corrected(page: StatusPage, { event, at }: Recorded<StatusCorrected>): void {
  const { status, update, number, text, author, tell } = event;
  const held = page.incidents
    .find(({ id }) => id === status)
    ?.updates.find((one) => one.update === update);
  if (!held) return;
  held.struck.push({ text: held.text, until: at, by: author });
  held.text = text;
  const place = { number, status, update, isCorrection: true, at };
  page.said.push(tell === undefined ? place : { ...place, tell });
}

/** An entry of a later version of this program: its meaning must not be guessed. */
function unknown(event: never): never {
  throw new Error(`An entry about the status page of an unknown type: ${JSON.stringify(event)}`);
}
