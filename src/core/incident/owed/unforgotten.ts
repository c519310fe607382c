/**
 * Unforgotten: what nobody sees on a clock and somebody has to know all the same: what was
 * begun and not sent, what was promised, what is argued about, what was let pass.
 *
 * For whoever takes over. Derived; nothing here is kept.
 */

import type { DraftState } from "../../notice/draft.ts";
import { failedNotices } from "../../notice/notice.ts";
import type { Obligation } from "../../policy/obligations.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Instant } from "../../time/instant.ts";
import { gatesOf } from "../response/gate.ts";
import type { Incident } from "../state.ts";

export const UNFORGOTTEN = [
  "failed",
  "held",
  "draft",
  "next-word",
  "look-again",
  "disputed",
  "gate",
] as const;

export type Unforgotten = {
  readonly kind: (typeof UNFORGOTTEN)[number];
  /** A sentence, without the instant. */
  readonly says: string;
  readonly at?: Instant;
};

/** `named` says who a recipient or an account is. */
export function unforgotten(
  incident: Incident,
  owed: readonly Obligation[],
  policy: Policy,
  named: (id: string) => string,
): readonly Unforgotten[] {
  const running = owed.filter(({ stoppedAt }) => stoppedAt === undefined);
  return [
    ...failedNotices(incident).map(({ id, recipient }) => ({
      kind: "failed" as const,
      says: `${id} to ${named(recipient ?? "")} could not be delivered; what it was to meet is open.`,
    })),
    ...Object.values(incident.drafts).flatMap((draft) => unsent(draft, named)),
    ...running.flatMap((one) => promised(one, named)),
    ...running.flatMap(({ id, recipient, disputedAt }) =>
      disputedAt === undefined
        ? []
        : [
            {
              kind: "disputed" as const,
              says: `${id.split("@", 1)[0]} towards ${named(recipient.id)} is disputed, and runs on.`,
              at: disputedAt,
            },
          ],
    ),
    ...Object.entries(incident.excepted).map(([key, { by }]) => ({
      kind: "gate" as const,
      says: `Passed by exception, by ${named(by)}: ${gateSays(policy, key)}`,
    })),
  ];
}

function unsent(draft: DraftState, named: (id: string) => string): readonly Unforgotten[] {
  const { id, content, author, recipients, state, holdUntil, changedAt } = draft;
  const whom = recipients.length === 1 ? "1 recipient" : `${recipients.length} recipients`;
  const what = `${id} (${content.kind}, to ${whom}, by ${named(author)})`;
  switch (state) {
    case "holding":
      return [
        {
          kind: "held",
          says: `${what} is held and then leaves by itself.`,
          ...(holdUntil === undefined ? {} : { at: holdUntil }),
        },
      ];
    case "approved":
      return [{ kind: "draft", says: `${what} is approved and not sent.`, at: changedAt }];
    case "draft":
      return [{ kind: "draft", says: `${what} is begun and not approved.`, at: changedAt }];
    default:
      return [];
  }
}

function promised(
  { clause, recipient, dueAt }: Obligation,
  named: (id: string) => string,
): readonly Unforgotten[] {
  if (!clause.promised) return [];
  const at = dueAt === undefined ? {} : { at: dueAt };
  return clause.duty === "decide"
    ? [
        {
          kind: "look-again",
          says: "What was not known at the decision is looked at again.",
          ...at,
        },
      ]
    : [{ kind: "next-word", says: `The next word to ${named(recipient.id)} was promised.`, ...at }];
}

/** Of `<of>/<gate>`, what the gate asks. */
function gateSays(policy: Policy, key: string): string {
  const [of = "", gate] = key.split("/", 2);
  return gatesOf(policy, of).find(({ id }) => id === gate)?.says ?? key;
}
