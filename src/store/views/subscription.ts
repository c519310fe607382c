/**
 * view_subscription: one row for each address that asked, without the address.
 */

import type { Subscription, Topic } from "../../core/subscription/subscription.ts";
import type { Instant } from "../../core/time/instant.ts";
import type { Pool } from "../pool.ts";
import { statement } from "../sql.ts";
import type { Table } from "./table.ts";

export type SubscriptionViewRow = {
  /** `sub_…`. */
  readonly id: string;
  readonly state: Subscription["state"];
  /** Whether it is for changes of the policy: what an earlier release goes by. */
  readonly policy: boolean;
  readonly askedAt: Instant | null;
  readonly confirmedAt: Instant | null;
  /** Since when it is for changes of the policy. */
  readonly policySince: Instant | null;
  /** The highest version of the policy that they were told of. */
  readonly told: number;
  /** Since when it is for updates of the status page. */
  readonly statusSince: Instant | null;
  /** The number of what they were told of there last. */
  readonly statusTold: number;
};

export const SUBSCRIPTION_VIEW: Table<SubscriptionViewRow> = {
  name: "view_subscription",
  columns: {
    id: "text",
    state: "text",
    policy: "boolean",
    askedAt: "bigint",
    confirmedAt: "bigint",
    policySince: "bigint",
    told: "integer",
    statusSince: "bigint",
    statusTold: "integer",
  },
};

export const subscriptionRows = (subscription: Subscription): readonly SubscriptionViewRow[] =>
  subscription.state === "none"
    ? []
    : [
        {
          id: subscription.id,
          state: subscription.state,
          policy: subscription.topics.includes("policy"),
          askedAt: subscription.askedAt ?? null,
          confirmedAt: subscription.confirmedAt ?? null,
          policySince: subscription.since.policy ?? null,
          told: subscription.told.policy,
          statusSince: subscription.since.status ?? null,
          statusTold: subscription.told.status,
        },
      ];

type Columns = { readonly since: string; readonly told: string };

const COLUMNS: Readonly<Record<Topic, Columns>> = {
  policy: { since: "policy_since", told: "told" },
  status: { since: "status_since", told: "status_told" },
};

const asks = (topic: Topic) => ({
  count: statement(
    `view-subscription-count-${topic}`,
    `select count(*) as count from view_subscription
     where state = 'confirmed' and ${COLUMNS[topic].since} is not null`,
  ),
  untold: statement(
    `view-subscription-untold-${topic}`,
    `select id from view_subscription
     where state = 'confirmed' and ${COLUMNS[topic].told} < $1 and ${COLUMNS[topic].since} <= $2
     order by subject limit $3`,
  ),
});

const ASKS: Readonly<Record<Topic, ReturnType<typeof asks>>> = {
  policy: asks("policy"),
  status: asks("status"),
};

export const subscriptionView = (pool: Pool) => ({
  /** How many want to hear of this. */
  async count(topic: Topic): Promise<number> {
    return (await pool.rows<{ count: number }>(ASKS[topic].count))[0]?.count ?? 0;
  },

  /** Who is still to be told of what was published then, in pages. */
  async untold(
    topic: Topic,
    { version, publishedAt }: { readonly version: number; readonly publishedAt: Instant },
    limit: number,
  ): Promise<readonly string[]> {
    const rows = await pool.rows<{ id: string }>(ASKS[topic].untold, [version, publishedAt, limit]);
    return rows.map(({ id }) => id);
  },
});
