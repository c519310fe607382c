/**
 * Notice: what signals and incidents say outward, and what became of it.
 *
 *   NoticeRequested -> Delivered | DeliveryDeferred … -> Delivered | DeliveryFailed
 *   PageRequested   -> the same
 *
 * Sent is not met: the moments in `meets` are reached for the recipient when the
 * recipient's server has accepted, never when we asked. A failed delivery leaves
 * the obligation open at its first due instant. Nothing here sends; the worker
 * sends what the ledger asks for, and hands the outcome back as a command.
 */

import type { Instant } from "../time/instant.ts";

export const NOTICE_KINDS = ["receipt", "acknowledgement", "answer", "notice"] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Somebody with a mailbox. */
export type Addressee = { readonly name?: string; readonly mail: string };

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
  readonly inReplyTo?: string;
};

export type PageRequested = {
  readonly type: "PageRequested";
  /** Unique within its subject. */
  readonly page: string;
  readonly rung: string;
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
};

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

export type NoticeEvent =
  | NoticeRequested
  | PageRequested
  | Delivered
  | DeliveryDeferred
  | DeliveryFailed;

/** What the worker reports of one attempt. */
export type RecordDelivery = {
  readonly type: "RecordDelivery";
  readonly notice: string;
  readonly attempt: number;
  readonly outcome:
    | { readonly is: "delivered"; readonly at: Instant; readonly response: string }
    | {
        readonly is: "deferred";
        readonly reason: string;
        readonly nextAt: Instant;
        readonly uncertain?: boolean;
      }
    | { readonly is: "failed"; readonly reason: string };
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
  deliveredAt?: Instant;
  nextAt?: Instant;
};
