/**
 * Calendar: the public holidays that come with the program, for a policy to take in:
 * which places there are, and one of them as dates or as the text to paste.
 */

import { Document, isMap, isPair, isScalar, visit } from "yaml";
import { HOLIDAY_PLACES } from "../api/holiday-places.ts";
import { type HolidayFile, verifiedWords } from "../core/policy/holiday-file.ts";
import { WEEKDAYS } from "../core/time/day.ts";
import { answered, refused, table } from "./say.ts";
import type { Shell } from "./shell.ts";
import { type Asked, type Fill, subVerb } from "./verb.ts";

type AskedYear = Asked & { readonly year?: string; readonly yaml?: boolean };

export const calendar: Fill = (command, shell) => {
  subVerb(
    command,
    "list",
    "List the places whose public holidays can be taken into a policy.",
    "due calendar list",
  ).action(({ json }: Asked) => {
    const items = HOLIDAY_PLACES.map(([place, name, zone]) => ({ place, name, zone }));
    if (json) return shell.print(JSON.stringify({ items }, null, 2));
    for (const line of placeLines(items, shell)) shell.print(line);
  });
  subVerb(
    command,
    "show <place>",
    "Show the holidays of one place, their source, and how far they were checked.",
    "due calendar show DE-BY --year 2026",
  )
    .option("--year <year>", "only those of one year")
    .option("--yaml", "as text to paste under calendars in a policy")
    .action(async (place: string, { json, year, yaml }: AskedYear) => {
      const { holidaysOf } = await import("../server/holidays.ts");
      const found = holidaysOf(place);
      const asked = json ? { json } : {};
      if (!found.ok || year === undefined)
        return answered(shell, found, asked, (file) => (yaml ? pasted(file) : shown(file, shell)));
      const [first, last] = found.value.years;
      if (!/^\d{4}$/.test(year) || Number(year) < first || Number(year) > last) {
        const message = `The holidays of ${found.value.place} are kept for ${first} to ${last}.`;
        return refused(shell, [{ code: "holiday-year-unknown", message }], asked);
      }
      const only = ofYear(found.value, year);
      answered(shell, { ok: true, value: only }, asked, (file) =>
        yaml ? pasted(file) : shown(file, shell),
      );
    });
};

const placeLines = (
  items: readonly { readonly place: string; readonly name: string; readonly zone: string }[],
  shell: Shell,
): readonly string[] => [
  ...table(
    [
      { head: "PLACE", cells: items.map(({ place }) => place) },
      { head: "NAME", cells: items.map(({ name }) => name), isWide: true },
      { head: "ZONE", cells: items.map(({ zone }) => zone) },
    ],
    shell,
  ),
  `${items.length} places. due calendar show DE-BY --yaml prints one for a policy to take in.`,
];

function ofYear(file: HolidayFile, year: string): HolidayFile {
  const { calendar } = file;
  const within = <T extends { readonly date: string }>(list: readonly T[] = []) =>
    list.filter(({ date }) => date.startsWith(year));
  return {
    ...file,
    years: [Number(year), Number(year)],
    calendar: {
      ...calendar,
      holidays: within(calendar.holidays),
      ...(calendar.optionalHolidays ? { optionalHolidays: within(calendar.optionalHolidays) } : {}),
    },
  };
}

function shown(file: HolidayFile, { ink }: Shell): readonly string[] {
  const { holidays = [], optionalHolidays = [], source, zone } = file.calendar;
  const dated = (list: readonly { readonly date: string; readonly name?: string | undefined }[]) =>
    list.map(({ date, name }) => `${date}  ${name ?? ""}`);
  return [
    ink.strong(`${file.place}  ${file.name}`),
    `Source: ${source}. Zone: ${zone}.`,
    verifiedWords(file),
    ...dated(holidays),
    ...(optionalHolidays.length === 0
      ? []
      : ["Open for what is due, closed in the latest reading:", ...dated(optionalHolidays)]),
  ];
}

/** One entry of a policy's `calendars`, indented to stand there: a line a date. */
function pasted(file: HolidayFile): readonly string[] {
  const document = new Document([file.calendar]);
  visit(document, {
    Collection(_, node, path) {
      const above = path.at(-1);
      const key = isPair(above) && isScalar(above.key) ? String(above.key.value) : "";
      const isDate = isMap(node) && node.has("date");
      if (isDate || WEEKDAYS.some((weekday) => weekday === key)) node.flow = true;
    },
  });
  const lines = document.toString({ lineWidth: 0 }).trimEnd().split("\n");
  return [`# ${verifiedWords(file)}`, ...lines].map((line) => `  ${line}`);
}
