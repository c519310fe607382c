/**
 * What every server must promise before a write is accepted: the built-in one and DUE_DATABASE_URL.
 *
 * Ask on a pooled connection, with the role that writes: ALTER ROLE and ALTER DATABASE change
 * synchronous_commit for a session without changing it for the server. Tuning is not looked at.
 */

import { StartRefused } from "./refused.ts";

/** Without these an acknowledged write can be lost. */
export const REQUIRED_SETTINGS: Settings = {
  fsync: ["on"],
  full_page_writes: ["on"],
  synchronous_commit: ["on", "remote_apply"],
  server_encoding: ["UTF8"],
};

/** Always right in the built-in server; on another one a finding of the doctor, not a refusal. */
export const ADVISED_SETTINGS: Settings = { data_checksums: ["on"] };

type Settings = Readonly<Record<string, readonly string[]>>;

/** The rows of a statement, as `pg` gives them. */
export type Ask = (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/**
 * Refuses with database-setting-wrong if a required setting is wrong; returns one sentence for each
 * advised one that is.
 */
export async function assertSettings(ask: Ask): Promise<readonly string[]> {
  const refused = await wrongOf(REQUIRED_SETTINGS, ask);
  if (refused.length > 0)
    throw new StartRefused(
      "database-setting-wrong",
      `This database could lose what it has acknowledged (${refused.join("; ")})`,
      "correct that on the server, and for the role and the database that Duenotice uses",
    );
  return wrongOf(ADVISED_SETTINGS, ask);
}

async function wrongOf(settings: Settings, ask: Ask): Promise<string[]> {
  const wrong: string[] = [];
  for (const [name, allowed] of Object.entries(settings)) {
    const [row] = await ask(`select current_setting('${name}') as value`);
    const value = String(row?.["value"]);
    if (!allowed.includes(value))
      wrong.push(`${name} is ${value}, and must be ${allowed.join(" or ")}`);
  }
  return wrong;
}
