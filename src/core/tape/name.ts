/**
 * Name: what is owed and to whom, in a few words: for the gutter of a tape, for a
 * row of a list, and for those who do not see the shape.
 */

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

/** The same where only a gutter is left; what is told to somebody is named by whom it is told. */
const SHORT: Readonly<Record<string, string>> = {
  acknowledge: "ack",
  update: "word",
  notify: "",
  file: "",
  "confirm-closure": "closing",
  summarise: "summary",
  remediate: "remediations",
};

const WHOM: Readonly<Record<string, string>> = {
  authority: "the authority",
  public: "the public",
  reporter: "the reporter",
  provider: "the provider",
};

/** Whose promise it is, for those who do not see the shape. */
export const OWED_TO: Readonly<Record<string, string>> = {
  team: "our target",
  reporter: "to the reporter",
  customer: "to a customer",
  authority: "to an authority",
  provider: "owed to us",
  public: "to the public",
};

type Whom = { readonly kind: string; readonly name?: string | null };

/** `Mitigate`, `Notify Meridian Health`, `File: the authority`. */
export function owedName(duty: string, recipient: Whom): string {
  const what = DUTY[duty] ?? duty;
  if (recipient.kind === "team") return what;
  const whom = recipient.name ?? WHOM[recipient.kind] ?? "a customer";
  return duty === "notify" || duty === "update" || duty === "acknowledge"
    ? `${what} ${whom}`
    : `${what}: ${whom}`;
}

/** `mitigate`, `Meridian Health`, `reporter: word`. */
export function gutterName(duty: string, { kind, name }: Whom): string {
  const what = SHORT[duty] ?? duty;
  if (kind === "team") return what === "" ? duty : what;
  const whom = name ?? (kind === "customer" ? "a customer" : kind);
  return what === "" ? whom : `${whom}: ${what}`;
}
