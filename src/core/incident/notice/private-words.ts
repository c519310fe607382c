/**
 * Private words: what must not stand in a text for everybody, by the checks of a notice.
 */

import type { Context } from "../../context.ts";
import type { Checked } from "../../notice/check/finding.ts";
import { customerChecks, internalChecks, reporterChecks } from "../../notice/check/leaks.ts";
import type { Problem } from "../../problem.ts";
import type { PublicReviewState } from "../response/public-review.ts";
import type { Incident } from "../state.ts";

/** What the checks of a notice look at besides, and a page for everybody has none of. */
const NOTHING_MORE = {
  author: undefined,
  required: [],
  facts: [],
  numbers: [],
  updatesDue: [],
  bounced: [],
  unencrypted: [],
  filed: [],
  today: "",
} as const;

/** Names of customers, of who reported it, and words from inside. */
export function privateWords(
  incident: Incident,
  { written: { title, text } }: PublicReviewState,
  { at, beside }: Context,
): readonly Problem[] {
  const { reporters = [], customers = [] } = beside?.telling ?? {};
  const checked: Checked = {
    content: { kind: "final", subject: title, slots: [{ element: "text", text }] },
    recipients: [{ id: "everybody", name: "everybody", to: { name: "", mail: "" } }],
    beside: {
      ...NOTHING_MORE,
      now: at,
      customers,
      internal: [
        incident.title,
        incident.reference,
        ...incident.signals.map(({ signal }) => signal),
      ],
      reporters: reporters.map((one) => ({ ...one, mayBeNamed: false })),
    },
  };
  return [...customerChecks(checked), ...internalChecks(checked), ...reporterChecks(checked)]
    .filter(({ level }) => level === "block")
    .map(({ message, at: place }) => ({
      code: "public-review-private",
      message,
      at: place === "/subject" ? "/title" : "/text",
    }));
}
