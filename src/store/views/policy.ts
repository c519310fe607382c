/**
 * view_policy: one row for each published version of the policy. The document
 * itself is a blob under its hash.
 */

import type { Publication } from "../../core/publication/state.ts";
import type { Instant } from "../../core/time/instant.ts";
import type { Pool } from "../pool.ts";
import { statement } from "../sql.ts";
import { selectList, type Table } from "./table.ts";

export type PolicyViewRow = {
  /** The version as text: rows of one subject are told apart by it. */
  readonly id: string;
  readonly version: number;
  readonly label: string;
  /** `sha256:…`. */
  readonly hash: string;
  readonly bytes: number;
  readonly changes: string | null;
  /** `YYYY-MM-DD`. */
  readonly effective: string;
  readonly policy: string;
  readonly publishedAt: Instant;
  readonly publishedBy: string;
  /** Who proposed it, where somebody else approved it. */
  readonly proposedBy: string | null;
  /** Whether it is the one that decides today. */
  readonly running: boolean;
  /** When it begins to run, where that was later than its publication. */
  readonly runsFrom: Instant | null;
};

export const POLICY_VIEW: Table<PolicyViewRow> = {
  name: "view_policy",
  columns: {
    id: "text",
    version: "integer",
    label: "text",
    hash: "text",
    bytes: "integer",
    changes: "text",
    effective: "text",
    policy: "text",
    publishedAt: "bigint",
    publishedBy: "text",
    proposedBy: "text",
    running: "boolean",
    runsFrom: "bigint",
  },
};

export const policyRows = ({ versions, running }: Publication): readonly PolicyViewRow[] =>
  versions.map((version) => ({
    id: String(version.version),
    version: version.version,
    label: version.label,
    hash: version.hash,
    bytes: version.bytes,
    changes: version.changes ?? null,
    effective: version.effective,
    policy: version.id,
    publishedAt: version.at,
    publishedBy: version.by,
    proposedBy: version.proposedBy ?? null,
    running: version.version === running,
    runsFrom: version.runsFrom ?? null,
  }));

const SELECT = selectList(POLICY_VIEW, "v");

const ALL = statement(
  "view-policy-all",
  `select ${SELECT} from view_policy v order by v.version desc`,
);
const CURRENT = statement(
  "view-policy-current",
  `select ${SELECT} from view_policy v where v.running`,
);
const ONE = statement(
  "view-policy-one",
  `select ${SELECT} from view_policy v where v.version = $1`,
);

export const policyView = (pool: Pool) => ({
  /** Newest first; the first may be one that runs from a later day. */
  all: (): Promise<readonly PolicyViewRow[]> => pool.rows<PolicyViewRow>(ALL),

  /** The one that runs; undefined before the first was published. */
  async current(): Promise<PolicyViewRow | undefined> {
    return (await pool.rows<PolicyViewRow>(CURRENT))[0];
  },

  async one(version: number): Promise<PolicyViewRow | undefined> {
    return (await pool.rows<PolicyViewRow>(ONE, [version]))[0];
  },
});
