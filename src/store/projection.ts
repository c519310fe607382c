/**
 * Projection: what follows from a subject's new state, to be written with the
 * entries that made it.
 */

import type { Instant } from "../core/time/instant.ts";
import type { OutboxRow } from "./outbox.ts";
import type { ViewRows } from "./views/tables.ts";

export type Projection = {
  readonly rows: ViewRows;
  /** When time alone changes something; undefined for never. */
  readonly wakeAt: Instant | undefined;
  /** Every notice and page of the subject that is not finished. */
  readonly outbox: readonly OutboxRow[];
};
