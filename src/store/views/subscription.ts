/**
 * view_subscription: one row for each address that asked, without the address.
 */

import type { Subscription } from "../../core/subscription/subscription.ts";
import type { Instant } from "../../core/time/instant.ts";
import type { Pool } from "../pool.ts";
import { statement } from "../sql.ts";
import type { Table } from "./table.ts";

export type SubscriptionViewRow = {
  /** `sub_…`. */
  readonly id: string;
  readonly state: Subscription["state"];
  /** Whether it is for changes of the policy. */
  readonly policy: boolean;
  readonly askedAt: Instant | null;
  readonly confirmedAt: Instant | null;
  /** The highest version of the policy that they were told of. */
  readonly told: number;
};

export const SUBSCRIPTION_VIEW: Table<SubscriptionViewRow> = {
  name: "view_subscription",
  columns: {
    id: "text",
    state: "text",
    policy: "boolean",
    askedAt: "bigint",
    confirmedAt: "bigint",
    told: "integer",
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
          told: subscription.told,
        },
      ];

const COUNT = statement(
  "view-subscription-count",
  "select count(*) as count from view_subscription where state = 'confirmed' and policy",
);
const UNTOLD = statement(
  "view-subscription-untold",
  `select id from view_subscription
   where state = 'confirmed' and policy and told < $1 and confirmed_at <= $2 
   order by subject limit $3`,
);

export const subscriptionView = (pool: Pool) => ({
  /** How many want to hear of changes of the policy. */
  async count(): Promise<number> {
    return (await pool.rows<{ count: number }>(COUNT))[0]?.count ?? 0;
  },

  /** Who is still to be told of a version that was published then, in pages. */
  async untold(
    { version, publishedAt }: { readonly version: number; readonly publishedAt: Instant },
    limit: number,
  ): Promise<readonly string[]> {
    const rows = await pool.rows<{ id: string }>(UNTOLD, [version, publishedAt, limit]);
    return rows.map(({ id }) => id);
  },
});
