/**
 * Filter: what of the board is looked at, as its address says it, so that a view
 * can be sent to somebody and found again.
 */

import type { QueryOf } from "../../../api/view.ts";
import type { Search } from "../../place.ts";

export const MODES = ["time", "party", "calendar"] as const;
export type Mode = (typeof MODES)[number];

export const SHOWS = [
  { show: "open", label: "Everything open" },
  { show: "overdue", label: "Overdue" },
  { show: "risk", label: "At risk" },
  { show: "mine", label: "What I have in hand" },
  { show: "nobody", label: "What nobody has" },
  { show: "met", label: "Met" },
  { show: "late", label: "Met late" },
  { show: "waived", label: "Waived" },
] as const;
export type Show = (typeof SHOWS)[number]["show"];

export const RECIPIENTS = [
  { value: "", label: "Anybody" },
  { value: "team", label: "Our own targets" },
  { value: "reporter", label: "Reporters" },
  { value: "customer", label: "Customers" },
  { value: "authority", label: "Authorities" },
  { value: "provider", label: "Providers" },
  { value: "public", label: "The public" },
] as const;

export type Filter = {
  readonly mode: Mode;
  readonly show: Show;
  readonly to: string;
  readonly slack: boolean;
  /** `2026-11`; empty for the present month. */
  readonly month: string;
  /** `2026-11-21`; empty for the whole month. */
  readonly day: string;
  /** The obligation whose drawer is open, and whose it is. */
  readonly of: string;
  readonly why: string;
};

const known = <T extends string>(all: readonly T[], text: string | undefined): T =>
  all.find((one) => one === text) ?? (all[0] as T);

/** What an address asks for; what it does not know it leaves out. */
export function filterOf(search: Search): Filter {
  return {
    mode: known(MODES, search["view"]),
    show: known(
      SHOWS.map(({ show }) => show),
      search["show"],
    ),
    to: known(
      RECIPIENTS.map(({ value }) => value),
      search["to"],
    ),
    slack: search["slack"] === "yes",
    month: /^\d{4}-\d{2}$/.test(search["month"] ?? "") ? (search["month"] ?? "") : "",
    day: /^\d{4}-\d{2}-\d{2}$/.test(search["day"] ?? "") ? (search["day"] ?? "") : "",
    of: search["of"] ?? "",
    why: search["why"] ?? "",
  };
}

/** The address of a filter: what is as always is not said. */
export const searchOf = ({ mode, show, to, slack, month, day, of, why }: Filter): Search => ({
  view: mode === "time" ? undefined : mode,
  show: show === "open" ? undefined : show,
  to: to || undefined,
  slack: slack ? "yes" : undefined,
  month: mode === "calendar" ? month || undefined : undefined,
  day: mode === "calendar" ? day || undefined : undefined,
  of: of || undefined,
  why: why || undefined,
});

/** Which of the kinds of recipient the API is asked for. */
export const recipientOf = ({ to }: Filter): Pick<QueryOf<"due">, "to"> =>
  to === "" ? {} : { to: to as NonNullable<QueryOf<"due">["to"]> };

type Asked = Omit<QueryOf<"obligations">, "cursor" | "limit">;

/** What the API is asked for; `me` is the account that looks. */
export function queryOf(filter: Filter, me: string): Asked {
  const { show, mode, slack } = filter;
  const standing = { overdue: "missed", met: "met", late: "met-late", waived: "waived" } as const;
  return {
    standing: show in standing ? standing[show as keyof typeof standing] : "open",
    ...recipientOf(filter),
    ...(slack ? {} : { slack: "hidden" as const }),
    ...(mode === "party" ? { order: "party" as const } : {}),
    ...(show === "risk" ? { only: "at-risk" as const } : {}),
    ...(show === "mine" ? { takenBy: me } : {}),
    ...(show === "nobody" ? { takenBy: "nobody" } : {}),
  };
}
