/**
 * Remediation: one thing that changes because of the review, with an owner and a
 * target date, tracked until it is done or dropped with a reason.
 */

import { type Problem, refuse, refuseAll, type Result } from "../../problem.ts";
import { NOTE_CHARACTERS_MAX, textProblem, TITLE_CHARACTERS_MAX, tooLong } from "../../text.ts";
import { type Instant, parseInstant } from "../../time/instant.ts";
import type { Incident, RemediationState, RemediationStatus } from "../state.ts";

export type RemediationAdded = {
  readonly type: "RemediationAdded";
  /** `A1`. */
  readonly remediation: string;
  readonly title: string;
  /** An account, or a name. */
  readonly owner: string;
  /** `YYYY-MM-DD`. */
  readonly targetOn: string;
};
export type RemediationChanged = {
  readonly type: "RemediationChanged";
  readonly remediation: string;
  readonly status: RemediationStatus;
  readonly note?: string;
  readonly targetOn?: string;
  readonly owner?: string;
};

export type AddRemediation = {
  readonly type: "AddRemediation";
  readonly title: string;
  readonly owner: string;
  readonly targetOn: string;
};
export type ChangeRemediation = {
  readonly type: "ChangeRemediation";
  readonly remediation: string;
  readonly status?: RemediationStatus;
  readonly note?: string;
  readonly targetOn?: string;
  readonly owner?: string;
};

/** Adds a remediation. Refuses with `text-missing`, `text-too-long`, `date-invalid`. */
export function addRemediation(
  incident: Incident,
  { title, owner, targetOn }: AddRemediation,
): Result<readonly RemediationAdded[]> {
  const problems = [
    textProblem(title, TITLE_CHARACTERS_MAX, "/title", "Say what will change."),
    ownerProblem(owner),
    dateProblem(targetOn),
  ].filter((problem) => problem !== undefined);
  const remediation = `A${incident.numbered.remediations + 1}`;
  return refuseAll(problems, [{ type: "RemediationAdded", remediation, title, owner, targetOn }]);
}

/**
 * Changes status, owner or target date.
 * Refuses with `remediation-unknown`, `remediation-unchanged`, `text-missing` (a dropped
 * one says why), `text-too-long`, `date-invalid`.
 */
export function changeRemediation(
  incident: Incident,
  { remediation: id, status, note, targetOn, owner }: ChangeRemediation,
): Result<readonly RemediationChanged[]> {
  const held = incident.remediations.find((known) => known.id === id);
  if (!held) {
    return refuse("remediation-unknown", `There is no remediation ${id} here.`, "/remediation");
  }
  if ((status ?? held.status) === held.status && !note && !targetOn && !owner) {
    return refuse("remediation-unchanged", "Nothing would change.");
  }
  const dropped = status === "dropped" && held.status !== "dropped";
  const problems = [
    dropped
      ? textProblem(note, NOTE_CHARACTERS_MAX, "/note", "Say why it is dropped.")
      : tooLong(note, NOTE_CHARACTERS_MAX, "/note"),
    owner === undefined ? undefined : ownerProblem(owner),
    targetOn === undefined ? undefined : dateProblem(targetOn),
  ].filter((problem) => problem !== undefined);
  return refuseAll(problems, [
    {
      type: "RemediationChanged",
      remediation: id,
      status: status ?? held.status,
      ...(note === undefined ? {} : { note }),
      ...(targetOn === undefined ? {} : { targetOn }),
      ...(owner === undefined ? {} : { owner }),
    },
  ]);
}

/** Whether nothing of it is left to do. */
export const isSettled = ({ status }: RemediationState): boolean =>
  status === "done" || status === "dropped";

/** Remediated is a moment that can go again: an addition opens it. */
export function settleRemediations(
  draft: {
    readonly remediations: readonly RemediationState[];
    readonly moments: Record<string, Instant>;
  },
  at: Instant,
): void {
  const { remediations, moments } = draft;
  const settled = remediations.length > 0 && remediations.every(isSettled);
  if (!settled || moments["reviewedAt"] === undefined) delete moments["remediatedAt"];
  else moments["remediatedAt"] ??= at;
}

const ownerProblem = (owner: string): Problem | undefined =>
  textProblem(owner, TITLE_CHARACTERS_MAX, "/owner", "Say who owns it.");

const dateProblem = (date: string): Problem | undefined =>
  /^\d{4}-\d\d-\d\d$/.test(date) && parseInstant(`${date}T00:00Z`) !== undefined
    ? undefined
    : {
        code: "date-invalid",
        message: `${date} is not a date: write it as YYYY-MM-DD.`,
        at: "/targetOn",
      };
