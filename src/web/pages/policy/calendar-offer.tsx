/** The calendar that runs, offered to a draft that does not say when business hours are. */

import { lendable, type Lent, withCalendarOf } from "../../../core/policy/calendar-lent.ts";
import { parsePolicy } from "../../../core/policy/parse/parse.ts";
import { Button } from "../../ui/button.tsx";
import { draftText, writeDraft } from "./draft.ts";
import type { Tab } from "./studio.tsx";

/** What the text that runs could lend to a draft, and the draft with it. */
export function lendingOf(text: string, base: string): (Lent & { text: string }) | undefined {
  const [draft, running] = [parsePolicy(text), parsePolicy(base)];
  if (!draft.ok || !running.ok) return undefined;
  const lent = lendable(draft.value.policy, running.value.policy);
  return lent && { ...lent, text: withCalendarOf(draft.value, running.value.policy) };
}

export function CalendarOffer({ draft, reading }: Tab) {
  const { document } = reading;
  const isOpen = document?.policy.calendars.some(
    ({ id, zone }) => id === document.policy.calendar && zone !== "undecided",
  );
  if (document === undefined || isOpen) return null;
  const lending = lendingOf(reading.text, draft.base.text);
  if (lending === undefined || lending.own !== undefined) return null;
  return (
    <p className="said">
      The draft does not say what a business day is. What runs counts {lending.lent}.{" "}
      <Button
        onClick={() => {
          const now = lendingOf(draftText(), draft.base.text);
          if (now) writeDraft(now.text);
        }}
      >
        Count by that
      </Button>
    </p>
  );
}
