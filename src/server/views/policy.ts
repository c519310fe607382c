/**
 * Views of the policy: its versions, what is proposed, when it is looked at again, and
 * each of them as data.
 */

import type { Policy } from "../../core/policy/policy.ts";
import { foldPublication } from "../../core/publication/publication.ts";
import { approversIn, isVoid } from "../../core/publication/proposal.ts";
import { nextReviewAt } from "../../core/publication/review.ts";
import { type SectionFile, sectionFilesOf } from "../../core/publication/section-file.ts";
import type { Proposal } from "../../core/publication/state.ts";
import { ok } from "../../core/problem.ts";
import { toIso } from "../../core/time/instant.ts";
import type { PolicyViewRow } from "../../store/views/policy.ts";
import { iso } from "./owed.ts";
import { missing, nameOf, policyOfVersion, type Reading } from "./reading.ts";
import type { Asked, Views } from "./views.ts";

export const policyViews = (
  reading: Reading,
): Pick<Views, "policies" | "policy" | "policy-files" | "policy-file"> => ({
  policies: () => policies(reading),
  policy: (asked) => policy(reading, asked),
  "policy-files": (asked) => files(reading, asked),
  "policy-file": (asked) => file(reading, asked),
});

async function policies(reading: Reading): ReturnType<Views["policies"]> {
  const { store, handling } = reading;
  const [rows, publication, current, subscribers] = await Promise.all([
    store.views.policies.all(),
    publicationOf(reading),
    handling.world.policies.current(),
    handling.world.subscribers?.("policy"),
  ]);
  const { proposal, reviewedAt } = publication;
  return ok({
    items: await Promise.all(rows.map((row) => toPolicy(reading, row))),
    proposal: proposal ? await toProposal(reading, proposal) : null,
    subscribers: subscribers ?? 0,
    reviewedAt: iso(reviewedAt),
    reviewBy: iso(nextReviewAt(publication, current)),
  });
}

const publicationOf = async ({ handling }: Reading) =>
  (await handling.subjects.open("policy", "current"))?.folded.state ?? foldPublication([]);

async function toPolicy({ handling }: Reading, row: PolicyViewRow) {
  const access = await handling.access();
  return {
    version: row.version,
    label: row.label,
    hash: row.hash,
    publishedAt: toIso(row.publishedAt),
    publishedBy: nameOf(row.publishedBy, access),
    effective: row.effective,
    changes: row.changes,
    current: row.running,
    runsFrom: iso(row.runsFrom),
    proposedBy: row.proposedBy === null ? null : nameOf(row.proposedBy, access),
  };
}

async function toProposal({ handling }: Reading, proposal: Proposal) {
  const { label, hash, changes, effective, draft, at, by, proposer } = proposal;
  const [access, team, draftHash] = await Promise.all([
    handling.access(),
    handling.team(),
    draft === undefined ? undefined : handling.world.draftHash?.(draft),
  ]);
  const others = approversIn(team).filter(({ id }) => id !== proposer);
  return {
    label,
    hash,
    changes: changes ?? null,
    effective,
    draft: draft ?? null,
    proposedAt: toIso(at),
    proposedBy: nameOf(by, access),
    void: isVoid(proposal, draftHash),
    approvers: others.map(({ name }) => name),
    alone: others.length === 0,
  };
}

async function policy(reading: Reading, { parameters, query }: Asked): ReturnType<Views["policy"]> {
  const asked = parameters.version ?? "";
  const row = await rowOf(reading, asked);
  const [pinned, document] = await Promise.all([
    row && (asked === "proposed" ? pinnedOf(reading, row) : policyOfVersion(reading, row.version)),
    row && reading.store.blobs.read(row.hash),
  ]);
  if (!row || !pinned || !document) return missing("such version of the policy");
  return ok({
    ...(await toPolicy(reading, row)),
    ...partOf(query.only, pinned.policy, document.bytes),
  });
}

async function files(reading: Reading, { parameters }: Asked): ReturnType<Views["policy-files"]> {
  const named = await filesOf(reading, parameters.version ?? "");
  if (!named) return missing("such version of the policy");
  const { blobs } = reading.store;
  return ok({
    items: await Promise.all(
      named.map(async (one) => ({ ...one, kept: await blobs.has(one.digest) })),
    ),
  });
}

async function file(reading: Reading, { parameters }: Asked): ReturnType<Views["policy-file"]> {
  const named = await filesOf(reading, parameters.version ?? "");
  const found = named?.find(({ section }) => section === parameters.section);
  const blob = found && (await reading.store.blobs.read(found.digest));
  if (!found || !blob) return missing("such file of the policy");
  return ok({ ...found, kept: true, text: blob.bytes.toString("utf8") });
}

async function filesOf(
  reading: Reading,
  asked: string,
): Promise<readonly SectionFile[] | undefined> {
  const row = await rowOf(reading, asked);
  return row && sectionFilesOf((await pinnedOf(reading, row)).policy);
}

/** What is asked for of a policy and its source. */
function partOf(only: unknown, policy: Policy, source: Buffer) {
  if (only === "terms") return { policy: { ...policy, sections: [] }, text: null };
  if (only === "stages") return { policy: { stages: policy.stages ?? [] }, text: null };
  return { policy, text: source.toString("utf8") };
}

const pinnedOf = ({ handling }: Reading, row: PolicyViewRow) => handling.world.policies.of(row);

async function rowOf(reading: Reading, asked: string): Promise<PolicyViewRow | undefined> {
  const { policies: rows } = reading.store.views;
  if (asked === "current") return rows.current();
  if (/^[1-9]\d{0,8}$/.test(asked)) return rows.one(Number(asked));
  return asked === "proposed" ? proposedRow(reading) : undefined;
}

/** What is proposed, as the version that it would be. */
async function proposedRow(reading: Reading): Promise<PolicyViewRow | undefined> {
  const { proposal, versions } = await publicationOf(reading);
  if (!proposal) return undefined;
  const { label, hash, bytes, changes, effective, id, at, by } = proposal;
  const version = versions.length + 1;
  return {
    id: String(version),
    version,
    label,
    hash,
    bytes,
    changes: changes ?? null,
    effective,
    policy: id,
    publishedAt: at,
    publishedBy: by,
    proposedBy: by,
    running: false,
    runsFrom: null,
  };
}
