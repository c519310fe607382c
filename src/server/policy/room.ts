/**
 * The policy room: texts of policies in, drafts, findings and differences out, one at a time in
 * a thread of its own (src/room.ts). A text of a quarter of a million characters, made to be slow, is read
 * for seconds, and meanwhile the server answers everybody else.
 */

import type { PolicyCheck } from "../../api/policy-check.ts";
import type { PolicyDifference } from "../../api/policy-difference.ts";
import type { Comparison } from "../../core/policy/comparison.ts";
import type { ImportFormat } from "../../core/policy/import/format.ts";
import type { Imported } from "../../core/policy/import/import.ts";
import type { LintBeside } from "../../core/policy/lint/beside.ts";
import type { Policy } from "../../core/policy/policy.ts";
import type { Judged } from "../../core/publication/document.ts";
import { ok, refuse, type Result } from "../../core/problem.ts";
import { MINUTE_MS, SECOND_MS } from "../../core/time/instant.ts";
import { openRoom, type RoomLimits, threadOf } from "../../room.ts";
import type { Texts, Together, ToRead, WasRead } from "./worker.ts";

/** All refuse with `reading-busy` and `reading-slow` too. */
export type PolicyRoom = {
  /** Refuses as `importPolicy` does. */
  readonly draftOf: (text: string, format?: ImportFormat) => Promise<Result<Imported>>;
  readonly findingsOf: (text: string, beside: LintBeside) => Promise<Result<PolicyCheck>>;
  /** Refuses as `judge` does. */
  readonly judgedOf: (text: string, beside: LintBeside) => Promise<Result<Judged>>;
  /** Refuses as `parsePolicy` does. */
  readonly policyOf: (text: string) => Promise<Result<Policy>>;
  readonly differenceOf: (before: Policy, after: Policy) => Promise<Result<PolicyDifference>>;
  /** As the public page shows it; `at` is the page of the newer one. */
  readonly comparisonOf: (before: Policy, after: Policy, at: string) => Promise<Result<Comparison>>;
  readonly togetherOf: (texts: Texts) => Promise<Result<Together>>;
  readonly close: () => Promise<void>;
};

const LIMITS: RoomLimits = { timeMs: 60 * SECOND_MS, waitingMax: 20, idleMs: 5 * MINUTE_MS };

export function openPolicyRoom(limits: RoomLimits = LIMITS): PolicyRoom {
  const room = openRoom<ToRead, WasRead>(
    () => threadOf("policy-worker.js", new URL("./worker.ts", import.meta.url)),
    limits,
  );
  const read = async (asked: ToRead): Promise<Result<WasRead>> => {
    const came = await room.ask(asked);
    if ("refused" in came) return came.refused === "busy" ? BUSY : TOO_SLOW;
    if ("broken" in came.answer) throw new Error(`a text could not be read: ${came.answer.broken}`);
    return ok(came.answer);
  };
  return {
    async draftOf(text, format) {
      const was = await read({ wants: "draft", text, format });
      if (!was.ok) return was;
      return "draft" in was.value ? was.value.draft : MISTAKEN();
    },
    async findingsOf(text, beside) {
      const was = await read({ wants: "findings", text, beside });
      if (!was.ok) return was;
      return "findings" in was.value ? ok({ findings: was.value.findings }) : MISTAKEN();
    },
    async judgedOf(text, beside) {
      const was = await read({ wants: "judged", text, beside });
      if (!was.ok) return was;
      return "judged" in was.value ? was.value.judged : MISTAKEN();
    },
    async policyOf(text) {
      const was = await read({ wants: "policy", text });
      if (!was.ok) return was;
      return "policy" in was.value ? was.value.policy : MISTAKEN();
    },
    async differenceOf(before, after) {
      const was = await read({ wants: "difference", before, after });
      if (!was.ok) return was;
      return "difference" in was.value ? ok(was.value.difference) : MISTAKEN();
    },
    async comparisonOf(before, after, at) {
      const was = await read({ wants: "comparison", before, after, at });
      if (!was.ok) return was;
      return "comparison" in was.value ? ok(was.value.comparison) : MISTAKEN();
    },
    async togetherOf(texts) {
      const was = await read({ wants: "together", ...texts });
      if (!was.ok) return was;
      return "together" in was.value ? ok(was.value.together) : MISTAKEN();
    },
    close: room.close,
  };
}

const MISTAKEN = (): never => {
  throw new Error("the thread answered another question");
};

const BUSY = refuse(
  "reading-busy",
  "Too many texts are being read at the moment: ask again in a minute.",
);
const TOO_SLOW = refuse(
  "reading-slow",
  "This text took too long to read and was given up: take out what is not the policy.",
);
