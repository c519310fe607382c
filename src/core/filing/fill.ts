/**
 * Fill: the value of one field from the record, where it came from, and how sure it is.
 */

import { formatBoth } from "../time/format.ts";
import { type Instant, parseInstant, toIsoSeconds } from "../time/instant.ts";
import type { FilingField, RecordPart } from "./form.ts";
import type { FilingMaterial } from "./material.ts";

/** `recorded`: on the record as it is. `written`: a person's words. `unknown`: nobody knows yet. */
export type HeldAs = "confirmed" | "suspected" | "recorded" | "written" | "unknown";

export type Filled = {
  readonly value?: string;
  readonly held: HeldAs;
  /** Where it came from, in a sentence; or why there is nothing. */
  readonly source: string;
  /** The instant, where the value is one: for programs. */
  readonly at?: string;
};

const nothing = (source: string): Filled => ({ held: "unknown", source });
const recorded = (value: string, source: string): Filled =>
  value === "" ? nothing("The record has nothing for it.") : { value, held: "recorded", source };

export function fillField({ id, fill }: FilingField, material: FilingMaterial): Filled {
  const written = material.written[id];
  if (written && written.text !== "") {
    const { zone, nameOf } = material;
    const source = `Written by ${nameOf(written.by)}, ${formatBoth(written.at, zone)}.`;
    return { value: written.text, held: "written", source };
  }
  if (fill === undefined) return nothing("Nothing on the record answers it: write it.");
  if ("told" in fill) return toldOf(fill.told, material);
  if ("moment" in fill) return momentOf(fill.moment, material);
  return PARTS[fill.from](material);
}

function toldOf(names: readonly string[], { told, factName }: FilingMaterial): Filled {
  const name = names.find((one) => told[one] !== undefined && told[one] !== null);
  if (name === undefined)
    return nothing(`Nobody has told it: ${names.map(factName).join(", or ")}.`);
  return recorded(valueWords(told[name]), `Told of this incident: ${factName(name)}.`);
}

function valueWords(value: unknown): string {
  if (typeof value === "boolean") return value ? "Yes" : "No";
  return Array.isArray(value) ? value.join(", ") : String(value);
}

function momentOf(names: readonly string[], material: FilingMaterial): Filled {
  const { moments, told, zone, momentName } = material;
  for (const name of names) {
    const at = moments[name] ?? parseInstant(told[name] as string);
    if (at === undefined) continue;
    const value = formatBoth(at, zone);
    const source = `Moment of the record: ${momentName(name)}.`;
    return { value, held: "recorded", source, at: toIsoSeconds(at) };
  }
  return nothing(`This moment is not on the record: ${momentName(names[0] ?? "")}.`);
}

const PARTS: Readonly<Record<RecordPart, (material: FilingMaterial) => Filled>> = {
  organisation: ({ organisation }) => recorded(organisation, "The policy's organisation."),
  "contact-name": ({ contact }) =>
    contact ? recorded(contact.name, "Who leads the incident.") : nothing(NO_LEAD),
  "contact-mail": ({ contact }) =>
    contact ? recorded(contact.mail, "Who leads the incident.") : nothing(NO_LEAD),
  reference: ({ reference }) => recorded(reference, "This incident's reference."),
  which: (material) => {
    const before = ownFilings(material).filter(({ stage }) => stage === material.stage);
    return before.length === 0
      ? recorded("First report of this stage", "Nothing of this stage was filed yet.")
      : recorded(`Follow-up ${before.length}`, "This stage was filed before.");
  },
  earlier(material) {
    const numbers = ownFilings(material).flatMap(({ number }) => number ?? []);
    return numbers.length === 0
      ? nothing("No number of an earlier filing is on the record.")
      : recorded(numbers.at(-1) ?? "", "The last filing under this law.");
  },
  severity: ({ severity, zone }) =>
    severity
      ? recorded(severity.name, `Severity since ${formatBoth(severity.at, zone)}.`)
      : nothing("No severity is set."),
  facts: factsOf,
  measures: ({ measures, zone }) =>
    recorded(
      measures
        .map(
          ({ text, at, partial }) =>
            `${formatBoth(at, zone)}: ${text}${partial ? " (in part)" : ""}`,
        )
        .join("\n"),
      `Mitigations on the record: ${measures.length}.`,
    ),
  fixes: ({ fixes, zone }) =>
    recorded(
      fixes
        .map(
          ({ text, release, at }) =>
            `${formatBoth(at, zone)}: ${text}${release === undefined ? "" : ` (${release})`}`,
        )
        .join("\n"),
      `Fixes on the record: ${fixes.length}.`,
    ),
  remediations: ({ remediations }) =>
    recorded(
      remediations.map(({ title, targetOn }) => `${title}, by ${targetOn}`).join("\n"),
      `Remediations on the record: ${remediations.length}.`,
    ),
  customers: ({ customers }) =>
    customers === 0
      ? nothing("No customer is recorded as touched.")
      : recorded(
          `${customers} ${customers === 1 ? "customer is" : "customers are"} affected, as far as we know.`,
          "Customers recorded as touched.",
        ),
  "customers-told": ({ customersTold, zone }) =>
    customersTold
      ? recorded(
          `${customersTold.count} notices, the first ${formatBoth(customersTold.firstAt, zone)}.`,
          "Notices that were delivered.",
        )
      : nothing("No notice was delivered."),
  "other-filings": ({ filed, regime, zone }) =>
    recorded(
      filed
        .filter((one) => one.regime !== regime)
        .map(({ name, at }) => `${name}, ${formatBoth(at, zone)}`)
        .join("\n"),
      "Filings recorded in this incident.",
    ),
  late: ({ late, dueAt, zone }) =>
    nothing(
      late && dueAt !== undefined
        ? `It was due ${formatBoth(dueAt, zone)}: the reasons must be given.`
        : "Not late: nothing to give here.",
    ),
};

const NO_LEAD = "Nobody leads the incident: take the role, or write a contact.";

const ownFilings = ({ filed, regime }: FilingMaterial): FilingMaterial["filed"] =>
  filed.filter((one) => one.regime === regime);

/** Every fact, each with how it is held; the whole is only as sure as its least sure part. */
function factsOf({ facts, zone }: FilingMaterial): Filled {
  const told = facts.filter(({ state }) => state !== "ruled-out");
  if (told.length === 0) return nothing("No fact is confirmed or suspected.");
  const says = (one: FilingMaterial["facts"][number]): string =>
    `${STATE_WORDS[one.state]} (${whenOf(one.since, zone)}): ${sentence(one.says)}`;
  const entries = facts.map(({ entry }) => entry).sort((a, b) => a - b);
  return {
    value: facts.map(says).join("\n"),
    held: told.some(({ state }) => state === "suspected") ? "suspected" : "confirmed",
    source: `Facts of ${entries.length === 1 ? "entry" : "entries"} ${entries.join(", ")}.`,
  };
}

const whenOf = (at: Instant, zone: string): string => formatBoth(at, zone);

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;

const STATE_WORDS = {
  confirmed: "Confirmed",
  suspected: "Suspected, not confirmed",
  "ruled-out": "Ruled out",
} as const;
