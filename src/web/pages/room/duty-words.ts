/** Duty words: what is owed and to whom, as short as a gutter needs it. */

const DUTY: Readonly<Record<string, string>> = {
  acknowledge: "Acknowledge",
  escalate: "Escalate",
  triage: "Set the severity",
  mitigate: "Mitigate",
  fix: "Ship the fix",
  verify: "Verify the fix",
  notify: "Notify",
  update: "Update",
  file: "File",
  publish: "Publish",
  "confirm-closure": "Confirm closure",
  review: "Review",
  summarise: "Summary",
  remediate: "Remediations",
  report: "Report",
};

const WHOM: Readonly<Record<string, string>> = {
  authority: "the authority",
  public: "the public",
  reporter: "the reporter",
  provider: "the provider",
};

/** `Mitigate`, `Notify Meridian Health`, `File: the authority`. */
export function owedName(
  duty: string,
  recipient: { readonly kind: string; readonly name?: string | null },
): string {
  const what = DUTY[duty] ?? duty;
  if (recipient.kind === "team") return what;
  const whom = recipient.name ?? WHOM[recipient.kind] ?? "a customer";
  return duty === "notify" || duty === "update" || duty === "acknowledge"
    ? `${what} ${whom}`
    : `${what}: ${whom}`;
}
