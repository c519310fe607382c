/**
 * Holiday file: the public holidays of one place as a calendar that a policy can take in.
 *
 *     format: duenotice/holidays/1
 *     place: DE-BY
 *     name: Germany, Bayern
 *     years: [2025, 2030]            # from the first to the last
 *     verified: unverified           # or by-eye, with the years that were compared
 *     calendar: { id: de-by, source: …, zone: …, windows: …, holidays: … }
 *
 * A default, never an authority: nothing counts by such a file. A policy that takes the
 * calendar in has it as its own text, to change as its organisation works.
 */

import { z } from "zod";
import { refuseAll, type Result } from "../problem.ts";
import { faultProblems, placedFaults } from "./parse/issues.ts";
import { readYaml } from "./parse/yaml.ts";
import { calendarSchema } from "./policy-schema.ts";

const year = z.int().min(1970).max(2200);
const text = z.string().min(1).max(400);

const holidayFileSchema = z.strictObject({
  format: z.literal("duenotice/holidays/1"),
  place: z.string().regex(/^[A-Z]{2}(?:-[A-Z0-9]{2,3})?$/, "must be like DE or DE-BY"),
  name: text,
  years: z.tuple([year, year]),
  verified: z.enum(["by-eye", "unverified"]),
  compared: z.array(year).min(1).exactOptional(),
  doubts: z.array(text).min(1).exactOptional(),
  calendar: calendarSchema.extend({ source: text }),
});

export type HolidayFile = z.output<typeof holidayFileSchema>;

/** A file of `holidays/`; refuses with the problems of a policy's text, line and column. */
export function parseHolidayFile(yaml: string): Result<HolidayFile> {
  const read = readYaml(yaml);
  if (!read.ok) return read;
  const { value, places } = read.value;
  const parsed = holidayFileSchema.safeParse(value, { error: () => "" });
  if (parsed.success) return { ok: true, value: parsed.data };
  const faults = placedFaults(holidayFileSchema, parsed.error.issues, value, places);
  return refuseAll(faultProblems(faults, places), undefined as never);
}

/** How far its dates were compared with published lists, in a sentence. */
export function verifiedWords({ verified, compared = [], doubts = [] }: HolidayFile): string {
  const said =
    verified === "by-eye"
      ? `Compared by eye for ${compared.join(", ")}; the other years are unverified.`
      : "Unverified: compare it with the published list before you rely on it.";
  return [said, ...doubts].join(" ");
}
