/** Words and signs for what is known of an incident, the same on screen and on paper. */

export const FACT_SIGN = { confirmed: "✓", suspected: "?", "ruled-out": "✕" } as const;
export const FACT_WORD = {
  confirmed: "confirmed",
  suspected: "suspected",
  "ruled-out": "ruled out",
} as const;

export const STATUS_WORDS = {
  open: "Open",
  doing: "Being done",
  done: "Done",
  dropped: "Dropped",
} as const;

/** What an entry did to a clock. */
export const SIGNS = {
  added: { sign: "+", says: "starts" },
  moved: { sign: "~", says: "moves" },
  removed: { sign: "−", says: "ends" },
  stopped: { sign: "✓", says: "is met" },
} as const;

/** A customer's name by their id as a recipient, or that id. */
export const customerName = (
  customers: readonly { readonly id: string; readonly name: string }[],
  recipient: string,
): string => customers.find(({ id }) => `customer:${id}` === recipient)?.name ?? recipient;
