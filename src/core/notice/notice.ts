/**
 * Notice: what signals and incidents say outward, and what became of it.
 *
 *   NoticeRequested -> Delivered | DeliveryDeferred … -> Delivered | DeliveryFailed
 *   PageRequested   -> the same
 *   Delivered -> DeliveryReported (a mail server further on says more) | DeliveryFailed (it bounced)
 *
 * Sent is not met: the moments in `meets` are reached for the recipient when the
 * recipient's server has accepted, never when we asked. That it was sent is a moment of
 * its own, for clauses that ask for no more (policy/clause.ts). A failed delivery leaves
 * the obligation open at its first due instant. Nothing here sends; the worker
 * sends what the ledger asks for, and hands the outcome back as a command.
 */

import type { Person } from "../context.ts";
import type { Recorded } from "../recorded.ts";
import { sentMoment } from "../policy/clause.ts";
import { ok, refuse, type Result } from "../problem.ts";
import type { Instant } from "../time/instant.ts";
import { reach } from "../when.ts";
import type { Step } from "./draft.ts";
import { failurePage } from "./failure-page.ts";
import type { Held } from "./ladder.ts";

export const NOTICE_KINDS = [
  "receipt",
  "acknowledgement",
  "answer",
  "notice",
  "announcement",
  "contact-check",
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Somebody with a mailbox. */
export type Addressee = { readonly name?: string; readonly mail: string };

/** A recipient's own page, without what opens it. */
export type OwnPage = {
  /** SHA-256, in hex, of the secret in its address. */
  readonly digest: string;
  /** The notice that it was made with: the secret follows from it. */
  readonly madeWith: string;
};

export type NoticeRequested = {
  readonly type: "NoticeRequested";
  /** `N-4TTK`: public, and unique within its subject. */
  readonly notice: string;
  readonly kind: NoticeKind;
  /** Sent by the system itself; never meets anything. */
  readonly automatic: boolean;
  /** The account of the person who sends it. */
  readonly author?: string;
  /** The recipient's id, as in obligations. */
  readonly recipient: string;
  /** Moments that a delivery reaches for this recipient. */
  readonly meets: readonly string[];
  readonly to: Addressee;
  readonly from?: Addressee;
  readonly replyTo?: Addressee;
  readonly subject: string;
  readonly body: string;
  /** In which language our own sentences stand in it; English where it is absent. */
  readonly language?: string;
  readonly inReplyTo?: string;
  /** The draft that it is one letter of. */
  readonly draft?: string;
  /** By when it says that the next word comes. */
  readonly nextWordAt?: Instant;
  /** What it asks the recipient to do. */
  readonly steps?: readonly Step[];
  /** Which files of its draft go with it: `F-1`. */
  readonly files?: readonly string[];
  /** Where the recipient reads it again. */
  readonly ownPage?: OwnPage;
  /** Where one click ends what this is one of. */
  readonly unsubscribe?: string;
};

export type PageRequested = {
  readonly type: "PageRequested";
  /** Unique within its subject. */
  readonly page: string;
  readonly rung: string;
  /** What it is about: an obligation, or the notice that failed. */
  readonly obligation: string;
  /** The due instant of the clock that asked for it; absent on a page about a failed notice. */
  readonly dueAt?: Instant;
  readonly to: readonly { readonly name: string; readonly mail: string }[];
  readonly subject: string;
  readonly body: string;
};

export type Delivered = {
  readonly type: "Delivered";
  /** A notice or a page. */
  readonly notice: string;
  readonly attempt: number;
  readonly at: Instant;
  readonly response: string;
  /** No mail server has it: it lies here as a file, or is read on the page of the case. */
  readonly kept?: Kept;
};
export const KEPT = ["file", "case"] as const;
export type Kept = (typeof KEPT)[number];

export type DeliveryDeferred = {
  readonly type: "DeliveryDeferred";
  readonly notice: string;
  readonly attempt: number;
  readonly reason: string;
  readonly nextAt: Instant;
  /** The connection broke after the message: it may have arrived. */
  readonly uncertain?: boolean;
};

export type DeliveryFailed = {
  readonly type: "DeliveryFailed";
  readonly notice: string;
  readonly attempt: number;
  readonly reason: string;
  readonly permanent: true;
};

/** What a mail server further on has said of it since (RFC 3464); changes nothing that is owed. */
export type DeliveryReported = {
  readonly type: "DeliveryReported";
  readonly notice: string;
  readonly action: "delayed" | "delivered";
  readonly reason: string;
};

export type NoticeEvent =
  | NoticeRequested
  | PageRequested
  | Delivered
  | DeliveryDeferred
  | DeliveryFailed
  | DeliveryReported;

/** What the worker reports of one attempt. */
export type RecordDelivery = {
  readonly type: "RecordDelivery";
  readonly notice: string;
  readonly attempt: number;
  readonly outcome:
    | ({ readonly is: "delivered" } & Pick<Delivered, "at" | "response" | "kept">)
    | {
        readonly is: "deferred";
        readonly reason: string;
        readonly nextAt: Instant;
        readonly uncertain?: boolean;
      }
    | { readonly is: "failed"; readonly reason: string }
    | { readonly is: DeliveryReported["action"]; readonly reason: string; readonly reported: true };
};

/** One notice or page, as its subject keeps it. */
export type NoticeState = {
  readonly id: string;
  readonly kind: NoticeKind | "page";
  readonly automatic: boolean;
  readonly author?: string;
  readonly recipient?: string;
  readonly obligation?: string;
  readonly meets: readonly string[];
  readonly requestedAt: Instant;
  state: "requested" | "delivered" | "deferred" | "failed";
  attempts: number;
  /** Where it goes. */
  readonly mail?: string;
  readonly draft?: string;
  readonly nextWordAt?: Instant;
  /** How many steps it asks for. */
  readonly steps?: number;
  deliveredAt?: Instant;
  kept?: Kept;
  nextAt?: Instant;
  /** When its recipient's page was first opened by a person after it was asked for. */
  openedAt?: Instant;
  /** When somebody there first said that they have it. */
  acknowledgedAt?: Instant;
  /** What a mail server further on has said of it last. */
  reported?: DeliveryReported["action"];
};

/** What a subject keeps of its notices; the fold writes into it. */
export type NoticeKeeper = {
  notices: Record<string, NoticeState>;
  moments: Record<string, Instant>;
  held: Record<string, Held>;
};

/** `N-4TTK`: as short as is unique among the subject's notices. */
export function noticeId(
  notices: Readonly<Record<string, NoticeState>>,
  fresh: string | undefined,
): string {
  const characters = fresh ?? "0000";
  let length = 4;
  while (notices[`N-${characters.slice(0, length)}`] !== undefined && length < characters.length) {
    length += 1;
  }
  return `N-${characters.slice(0, length)}`;
}

/**
 * What is recorded of an attempt to deliver. The same report twice, or one that
 * comes after the end, records nothing; a bounce after an acceptance is an end
 * too, and opens again what the acceptance had met.
 * Refuses with `notice-unknown`.
 */
export function recordDelivery(
  { notices }: Readonly<Pick<NoticeKeeper, "notices">>,
  { notice, attempt, outcome }: RecordDelivery,
  failed: { readonly to: readonly Person[]; readonly link: string; readonly mark: string },
): Result<readonly NoticeEvent[]> {
  const held = notices[notice];
  if (held === undefined) return refuse("notice-unknown", `There is no notice ${notice} here.`);
  if ("reported" in outcome) return ok(reportOf(held, outcome));
  if (held.state === "failed" || (held.state === "delivered" && outcome.is !== "failed")) {
    return ok([]);
  }
  switch (outcome.is) {
    case "delivered": {
      const { is: _, ...arrived } = outcome;
      return ok([{ type: "Delivered", notice, attempt, ...arrived }]);
    }
    case "deferred": {
      if (attempt <= held.attempts) return ok([]);
      const { reason, nextAt, uncertain } = outcome;
      const deferred: DeliveryDeferred = {
        type: "DeliveryDeferred",
        notice,
        attempt,
        reason,
        nextAt,
      };
      return ok([uncertain === undefined ? deferred : { ...deferred, uncertain }]);
    }
    case "failed": {
      const { reason } = outcome;
      const event: NoticeEvent = {
        type: "DeliveryFailed",
        notice,
        attempt,
        reason,
        permanent: true,
      };
      // A page about a page that cannot be delivered would go the same way.
      return ok(held.kind === "page" ? [event] : [event, failurePage([held], failed)]);
    }
  }
}

/** The same word twice is one; after a failure nothing milder counts. */
function reportOf(
  { id, state, reported }: NoticeState,
  { is: action, reason }: { readonly is: DeliveryReported["action"]; readonly reason: string },
): readonly DeliveryReported[] {
  if (state === "failed" || reported === action || reported === "delivered") return [];
  return [{ type: "DeliveryReported", notice: id, action, reason }];
}

/** Keeps what a notice event says. */
export function keepNotice(draft: NoticeKeeper, { event, at }: Recorded<NoticeEvent>): void {
  switch (event.type) {
    case "NoticeRequested": {
      const {
        notice,
        kind,
        automatic,
        author,
        recipient,
        meets,
        draft: of,
        nextWordAt,
        steps,
      } = event;
      draft.notices[notice] = {
        id: notice,
        kind,
        automatic,
        recipient,
        meets,
        requestedAt: at,
        state: "requested",
        attempts: 0,
        mail: event.to.mail,
        ...(author === undefined ? {} : { author }),
        ...(of === undefined ? {} : { draft: of }),
        ...(nextWordAt === undefined ? {} : { nextWordAt }),
        ...(steps === undefined ? {} : { steps: steps.length }),
      };
      return;
    }
    case "PageRequested": {
      const { page, obligation, rung, dueAt } = event;
      draft.notices[page] = {
        id: page,
        kind: "page",
        automatic: true,
        obligation,
        meets: [],
        requestedAt: at,
        state: "requested",
        attempts: 0,
      };
      if (dueAt !== undefined) (draft.held[obligation] ??= {}).rung = { dueAt, rung };
      return;
    }
    case "Delivered": {
      const notice = draft.notices[event.notice];
      if (!notice) return;
      Object.assign(notice, {
        state: "delivered",
        deliveredAt: event.at,
        attempts: event.attempt,
        ...(event.kept === undefined ? {} : { kept: event.kept }),
      });
      delete notice.nextAt;
      meet(draft, notice, event.at);
      return;
    }
    case "DeliveryDeferred": {
      const notice = draft.notices[event.notice];
      if (!notice) return;
      Object.assign(notice, {
        state: "deferred",
        nextAt: event.nextAt,
        attempts: event.attempt,
      });
      return;
    }
    case "DeliveryFailed": {
      const notice = draft.notices[event.notice];
      if (!notice) return;
      const bounced = notice.state === "delivered";
      Object.assign(notice, { state: "failed", attempts: event.attempt });
      delete notice.nextAt;
      delete notice.deliveredAt;
      if (bounced) unmeet(draft, notice);
      return;
    }
    case "DeliveryReported": {
      const notice = draft.notices[event.notice];
      if (notice) notice.reported = event.action;
    }
  }
}

/** Failed for good, with nothing delivered since that reaches the same moments. */
export function failedNotices(keeper: Readonly<NoticeKeeper>): readonly NoticeState[] {
  return Object.values(keeper.notices).filter(
    (notice) =>
      notice.kind !== "page" &&
      notice.state === "failed" &&
      notice.meets.some((moment) => keeper.moments[`${moment}/${notice.recipient}`] === undefined),
  );
}

/**
 * An automatic word meets nothing, whatever it claims. What has to be sent by an instant was
 * sent when it left us, and counts once a server took it: what nobody takes was never sent.
 */
function meet(draft: NoticeKeeper, notice: NoticeState, at: Instant): void {
  const { recipient, requestedAt } = notice;
  if (notice.automatic || recipient === undefined) return;
  for (const moment of notice.meets) {
    reach(draft.moments, `${moment}/${recipient}`, at);
    reach(draft.moments, `${sentMoment(moment)}/${recipient}`, requestedAt);
  }
}

/** After a bounce: open again, unless another notice reached it. */
function unmeet(draft: NoticeKeeper, bounced: NoticeState): void {
  for (const moment of bounced.meets) {
    delete draft.moments[`${moment}/${bounced.recipient}`];
    delete draft.moments[`${sentMoment(moment)}/${bounced.recipient}`];
  }
  for (const other of Object.values(draft.notices)) {
    if (other.state !== "delivered" || other.recipient !== bounced.recipient) continue;
    if (other.deliveredAt !== undefined) meet(draft, other, other.deliveredAt);
  }
}
