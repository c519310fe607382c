/**
 * Verbs: the first words of the command line, and the file that does each.
 *
 * Only the file of the verb that was asked for is loaded: help must not wait for
 * a database driver, and `due ledger verify` must not need one.
 */

import type { Fill } from "./verb.ts";

export type Verb = {
  readonly name: string;
  readonly says: string;
  readonly group: string;
  readonly load: () => Promise<Fill>;
};

const verb =
  (group: string) =>
  (name: string, says: string, load: () => Promise<Fill>): Verb => ({ name, says, group, load });

const host = verb("On the host:");
const policy = verb("Policy and record:");

export const VERBS: readonly Verb[] = [
  policy(
    "policy",
    "Check, publish and show the policy.",
    async () => (await import("./policy.ts")).policy,
  ),
  policy(
    "ledger",
    "Export the ledger, and verify an export without this program's server.",
    async () => (await import("./ledger.ts")).ledger,
  ),
  host("serve", "Run the server.", async () => (await import("./serve.ts")).serve),
  host(
    "setup-link",
    "Make a new one-time link for the first owner.",
    async () => (await import("./people.ts")).setupLink,
  ),
  host(
    "token",
    "Make, list and revoke API tokens.",
    async () => (await import("./people.ts")).token,
  ),
  host("version", "Print the version.", async () => (await import("./version.ts")).version),
];
