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

const work = verb("Work:");
const policy = verb("Policy and record:");
const host = verb("On the host:");
const self = verb("This program:");

const upkeep = (name: keyof typeof import("./upkeep.ts")) => async (): Promise<Fill> =>
  (await import("./upkeep.ts"))[name];

export const VERBS: readonly Verb[] = [
  work(
    "next",
    "Say what is due next, and what is overdue.",
    async () => (await import("./owed.ts")).next,
  ),
  work("ls", "List what is owed, soonest first.", async () => (await import("./owed.ts")).ls),
  work(
    "tape",
    "Draw what an incident owes, on one axis of time.",
    async () => (await import("./tape.ts")).tape,
  ),
  work("why", "Say why something is due when it is.", async () => (await import("./owed.ts")).why),
  work("ics", "Print what is due as a calendar file.", async () => (await import("./ics.ts")).ics),
  work(
    "met",
    "Record that something was met outside, with the evidence.",
    async () => (await import("./met.ts")).met,
  ),
  work("take", "Say that you have something in hand.", async () => (await import("./met.ts")).take),
  work(
    "handover",
    "Print who holds what, what is next, what not to forget, and whom to call.",
    async () => (await import("./handover.ts")).handover,
  ),
  work(
    "break-glass",
    "Print the sheet for when the server is down.",
    async () => (await import("./handover.ts")).breakGlass,
  ),
  work(
    "inc",
    "Open, work and close incidents.",
    async () => (await import("./incident.ts")).incident,
  ),
  work(
    "signal",
    "Take in, answer and triage signals.",
    async () => (await import("./signal.ts")).signal,
  ),
  work(
    "notice",
    "Write, check, approve and send notices; what everybody was told.",
    async () => (await import("./notice.ts")).notice,
  ),
  work(
    "filing",
    "What authorities ask for, filled from the record; what was filed.",
    async () => (await import("./filing.ts")).filing,
  ),
  work(
    "party",
    "Keep the customers whom we owe word.",
    async () => (await import("./party.ts")).party,
  ),
  work(
    "status",
    "Write the status page, and read it.",
    async () => (await import("./status.ts")).status,
  ),
  work(
    "banner",
    "Show banners in our own product, and end them.",
    async () => (await import("./banner.ts")).banner,
  ),
  work("do", "Send any command by its own name.", async () => (await import("./send.ts")).doVerb),
  work("read", "Read any view by its own name.", async () => (await import("./view.ts")).read),
  policy("policy", "Check, compare, publish and show the policy.", async () => {
    const [{ policy: local }, { policyCheck }, { policyDiff }, { policyReplay }, { published }] =
      await Promise.all([
        import("./policy.ts"),
        import("./policy-check.ts"),
        import("./policy-diff.ts"),
        import("./policy-replay.ts"),
        import("./published.ts"),
      ]);
    return (command, shell) => {
      local(command, shell);
      policyCheck(command, shell);
      policyDiff(command, shell);
      policyReplay(command, shell);
      published(command, shell);
    };
  }),
  policy(
    "conformance",
    "Compare the counting with worked cases; offline.",
    async () => (await import("./conformance.ts")).conformance,
  ),
  policy(
    "simulate",
    "Say what would be owed if this happened; offline.",
    async () => (await import("./simulate.ts")).simulate,
  ),
  policy(
    "regime",
    "List, show and check the law as data; offline.",
    async () => (await import("./regime.ts")).regime,
  ),
  policy(
    "calendar",
    "List and show the public holidays that a policy can take in; offline.",
    async () => (await import("./calendar.ts")).calendar,
  ),
  policy(
    "ledger",
    "Export the ledger, verify an export offline; how promises were kept.",
    async () => {
      const [{ ledger }, { attain }] = await Promise.all([
        import("./ledger.ts"),
        import("./attain.ts"),
      ]);
      return (command, shell) => {
        ledger(command, shell);
        attain(command, shell);
      };
    },
  ),
  host("serve", "Run the server.", async () => (await import("./serve.ts")).serve),
  host(
    "setup-link",
    "Make a new one-time link for the first owner.",
    async () => (await import("./people.ts")).setupLink,
  ),
  host(
    "user",
    "Add people, let them back in, list them.",
    async () => (await import("./people.ts")).user,
  ),
  host(
    "token",
    "Make, list and revoke API tokens.",
    async () => (await import("./people.ts")).token,
  ),
  host("doctor", "Say what is wrong here, and how to mend it.", upkeep("doctor")),
  host("config", "Print or check the settings.", upkeep("config")),
  host("mail", "Test outgoing mail.", upkeep("mail")),
  host("demo", "Load the sample company, or take it away.", upkeep("demo")),
  host("backup", "Back up, online; prove that a backup restores.", upkeep("backup")),
  host("restore", "Restore a backup into a new folder.", upkeep("restore")),
  host("rebuild", "Make the read tables again from the ledger.", upkeep("rebuild")),
  host("migrate", "Bring the database to this version; a start does it too.", upkeep("migrate")),
  host(
    "site",
    "Write the public pages as files, to be served from elsewhere.",
    async () => (await import("./site.ts")).site,
  ),
  host("keys", "Show or replace the keys of the ledger and of security.txt.", upkeep("keys")),
  self(
    "completion",
    "Print a completion script for a shell.",
    async () => (await import("./completion.ts")).completion,
  ),
  self("version", "Print the version.", async () => (await import("./version.ts")).version),
];
