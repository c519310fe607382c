/** Keys on obligations: N walks what is due, soonest first; W says why. */

import type { ObligationView } from "../../../api/view.ts";
import { useKeys } from "../../ui/keys.ts";

export function useObligationKeys(shown: readonly ObligationView[]): void {
  const buttonOf = (id: string | undefined): HTMLElement | undefined =>
    [...document.querySelectorAll<HTMLElement>("[data-obligation]")].find(
      ({ dataset }) => id !== undefined && dataset["obligation"] === id,
    );
  const due = [...shown]
    .filter(({ stoppedAt, dueAt }) => stoppedAt === null && dueAt !== null)
    .sort((a, b) => (a.dueAt ?? "").localeCompare(b.dueAt ?? ""));
  const focused = (): string | undefined =>
    (document.activeElement as HTMLElement | null)?.dataset["obligation"];
  const nothing = due.length === 0 ? "Nothing is due here." : undefined;
  useKeys([
    {
      keys: "N",
      says: "Next thing due",
      act: () => {
        const at = due.findIndex(({ id }) => id === focused());
        buttonOf(due[(at + 1) % Math.max(due.length, 1)]?.id)?.focus();
      },
      whyNot: nothing,
    },
    {
      keys: "W",
      says: "Why is it due then?",
      act: () => buttonOf(focused() ?? due[0]?.id)?.click(),
      whyNot: nothing,
    },
  ]);
}
