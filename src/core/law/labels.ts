/** Words for what was opened that name no law: contracts, our policy, several regimes at once. */
export const LABELS: readonly string[] = ["contract", "policy", "sla", "multi"];
