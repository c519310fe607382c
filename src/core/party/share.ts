/**
 * Share: a section of the policy that is under agreement, opened to one person at a
 * customer by a link of their own, until a day, and for as long as nobody takes it back.
 *
 * The text that is shared is held to the digest that the published policy names, so
 * what is read is what was in force, and nobody can be given another one. Each opening
 * is an entry: the team sees it, and so does the one who reads.
 */

import type { BareContext } from "../context.ts";
import { policyHash } from "../policy/parse/parse.ts";
import { type Problem, refuse, refuseAll, type Result } from "../problem.ts";
import type { Recorded } from "../recorded.ts";
import { listed, NOTE_CHARACTERS_MAX, textProblem } from "../text.ts";
import { DAY_MS, type Instant, toIso } from "../time/instant.ts";
import type { Contacts } from "./contact.ts";

const SHARED_MS_MAX = 366 * DAY_MS;
const SHARES_MAX = 500;
const OPENINGS_MAX = 1_000;

export type SectionShared = {
  readonly type: "SectionShared";
  /** `D-7QK4M2XY`: public, part of the address. */
  readonly share: string;
  readonly section: string;
  /** The policy version that names the digest. */
  readonly policyVersion: number;
  /** `sha256:…`. */
  readonly digest: string;
  readonly contact: string;
  /** Whom the page says that it is for. */
  readonly name: string;
  /** The part of the address that nobody can guess. */
  readonly token: string;
  readonly until: Instant;
};
export type SectionOpened = { readonly type: "SectionOpened"; readonly share: string };
export type SectionShareEnded = {
  readonly type: "SectionShareEnded";
  readonly share: string;
  readonly reason: string;
};
export type ShareEvent = SectionShared | SectionOpened | SectionShareEnded;

export type ShareSection = {
  readonly type: "ShareSection";
  readonly section: string;
  readonly contact: string;
  readonly until: Instant;
  /** The section's file, whole: its first line is the salt. May be left out where it is kept. */
  readonly text?: string;
};
export type OpenSection = { readonly type: "OpenSection"; readonly share: string };
export type EndSectionShare = {
  readonly type: "EndSectionShare";
  readonly share: string;
  readonly reason: string;
};
export type ShareCommand = ShareSection | OpenSection | EndSectionShare;

export type ShareState = Omit<SectionShared, "type" | "share"> & {
  readonly id: string;
  readonly at: Instant;
  readonly by: string;
  /** When it was opened, oldest first. */
  opened: Instant[];
  endedAt?: Instant;
};

/** The part of a customer's state that is about what was opened to them. */
export type Shares = { shares: ShareState[] };
export const noShares = (): Shares => ({ shares: [] });

/** Why it does not open at `at`; undefined where it does. */
export const shareOver = (
  { until, endedAt }: ShareState,
  at: Instant,
): "ended" | "expired" | undefined =>
  endedAt !== undefined ? "ended" : at >= until ? "expired" : undefined;

/**
 * Refuses with `section-unknown`, `section-differs`, `section-file-missing`, `contact-unknown`, `until-invalid`,
 * `share-unknown`, `share-over`, `too-many`, `text-missing`, `text-too-long`.
 */
export function decideShare(
  state: Shares & Contacts,
  command: ShareCommand,
  context: BareContext,
): Result<readonly ShareEvent[]> {
  if (command.type === "ShareSection") return share(state, command, context);
  const { share: id } = command;
  const found = state.shares.find((one) => one.id === id);
  if (!found) return refuse("share-unknown", `Nothing was shared as ${id}.`, "/share");
  if (shareOver(found, context.at)) {
    return refuse("share-over", "This link is over already.", "/share");
  }
  if (command.type === "OpenSection") {
    return found.opened.length >= OPENINGS_MAX
      ? refuse("too-many", `It was opened ${OPENINGS_MAX} times: share it anew.`)
      : { ok: true, value: [{ type: "SectionOpened", share: id }] };
  }
  const { reason } = command;
  const unsaid = textProblem(reason, NOTE_CHARACTERS_MAX, "/reason", "Say why it is taken back.");
  return refuseAll(unsaid ? [unsaid] : [], [{ type: "SectionShareEnded", share: id, reason }]);
}

function share(
  { shares, contacts }: Shares & Contacts,
  { section: id, contact: to, until, text }: ShareSection,
  { at, policy, beside, fresh = "0".repeat(48) }: BareContext,
): Result<readonly ShareEvent[]> {
  const named = (policy?.policy.sections ?? []).flatMap((one) =>
    "digest" in one && one.audience === "nda" ? [one] : [],
  );
  const section = named.find((one) => one.id === id);
  const contact = contacts.find((one) => one.id === to);
  const problems: Problem[] = [];
  if (!section) {
    const known = named.length === 0 ? "it has none" : `use ${listed(named.map((one) => one.id))}`;
    const message = `The policy that runs has no section ${id} under agreement: ${known}.`;
    problems.push({ code: "section-unknown", message, at: "/section" });
  } else if (text === undefined) {
    if (!beside?.kept?.has(section.digest)) {
      const message = `The file ${section.file} is not kept here: give it along, byte for byte.`;
      problems.push({ code: "section-file-missing", message, at: "/text" });
    }
  } else if (`sha256:${policyHash(text)}` !== section.digest) {
    const message = `This is not the text that the policy names: its SHA-256 is ${policyHash(text)}, and ${section.digest.slice("sha256:".length)} is published. Give ${section.file}, byte for byte.`;
    problems.push({ code: "section-differs", message, at: "/text" });
  }
  if (!contact) {
    const message = `They have no contact ${to}: use ${listed(contacts.map((one) => one.id)) || "one that you add first"}.`;
    problems.push({ code: "contact-unknown", message, at: "/contact" });
  }
  if (until <= at || until > at + SHARED_MS_MAX) {
    const message = `A link ends within a year from now: ${toIso(until)} is ${until <= at ? "past" : "later"}.`;
    problems.push({ code: "until-invalid", message, at: "/until" });
  }
  if (shares.length >= SHARES_MAX) {
    problems.push({
      code: "too-many",
      message: `Only ${SHARES_MAX} links are kept for a customer.`,
    });
  }
  if (problems.length > 0 || !section || !contact || !policy) return refuseAll(problems, []);
  return {
    ok: true,
    value: [
      {
        type: "SectionShared",
        share: `D-${fresh.slice(0, 8)}`,
        section: id,
        policyVersion: policy.version,
        digest: section.digest,
        contact: to,
        name: contact.name,
        token: fresh.slice(8, 48),
        until,
      },
    ],
  };
}

/** Keeps what an event says of what was opened to them. */
export function keepShare(state: Shares, { event, at, by }: Recorded<ShareEvent>): void {
  const found = state.shares.find(({ id }) => id === event.share);
  switch (event.type) {
    case "SectionShared": {
      const { type: _, share: id, ...shared } = event;
      state.shares.push({ ...shared, id, at, by, opened: [] });
      return;
    }
    case "SectionOpened":
      found?.opened.push(at);
      return;
    case "SectionShareEnded":
      if (found) found.endedAt ??= at;
      return;
  }
}
