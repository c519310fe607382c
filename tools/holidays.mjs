// Draws the calendars of `holidays/` from date-holidays: one file a country or region, with the
// dates of several years, where they come from, and how far they were checked. Run by hand when the
// library or the years change, never while the program runs: what counts is what a policy holds.
//
//   node tools/holidays.mjs          writes holidays/*.yaml and src/api/holiday-places.ts
//   node tools/holidays.mjs --check  says which would change, and fails if any would
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import Holidays from "date-holidays";
import { Document, isMap, visit } from "yaml";
import { ROOT } from "./build.mjs";

const { version } = JSON.parse(
  readFileSync(
    join(createRequire(import.meta.url).resolve("date-holidays"), "../../package.json"),
    "utf8",
  ),
);
const YEARS = { from: 2025, to: 2030 };
const HOUR_MS = 3_600_000;

const PLACES = `
  AE AR AT AU AU-ACT AU-NSW AU-NT AU-QLD AU-SA AU-TAS AU-VIC AU-WA BE BG BR CA CA-AB CA-BC CA-ON
  CA-QC CH CH-BE CH-BS CH-GE CH-VD CH-ZG CH-ZH CL CN CO CY CZ DE DE-BB DE-BE DE-BW DE-BY DE-HB DE-HE
  DE-HH DE-MV DE-NI DE-NW DE-RP DE-SH DE-SL DE-SN DE-ST DE-TH DK EE ES FI FR GB-ENG GB-NIR GB-SCT
  GB-WLS GR HK HR HU ID IE IL IN IS IT JP KE KR LI LT LU LV MT MX MY NG NL NO NZ PH PL PT RO SA SE SG
  SI SK TH TR TW US VN ZA`
  .trim()
  .split(/\s+/);

// What a person found by comparing the year 2026 with the published lists.
const BY_EYE = new Set("US GB-ENG GB-WLS GB-SCT GB-NIR DE BE FR IE JP".split(" "));
const MOON =
  "Dates that follow the moon may be a day off and are announced late: compare them each year.";
const DOUBTS = {
  CN: ["Incomplete: the State Council's extra days off and working weekends are not in it."],
  IN: ["Incomplete: the movable festivals, and every day a State adds, are not in it."],
  SA: [`Known to be a day off. ${MOON}`],
  BR: ["Election days are left out: they close offices only on a Sunday that is closed anyway."],
  US: ["Federal holidays. Closures by executive order and of a single agency are not in it."],
  "DE-BY": [
    "Assumption (15 August) and Augsburg's Peace Festival, kept in some towns, are not in it.",
  ],
  "DE-SN": ["Corpus Christi, kept in some Catholic towns, is not in it."],
  "DE-TH": ["Corpus Christi, kept in some Catholic towns, is not in it."],
  "GB-SCT": ["Local holidays of towns are not in it."],
  IE: ["Good Friday closes banks, not offices: it is optional here."],
  JP: ["The days around the New Year close offices and banks: they are optional here."],
};
for (const place of ["AE", "ID", "KE", "MY", "NG", "PH", "SG", "TR"])
  DOUBTS[place] = [...(DOUBTS[place] ?? []), MOON];

// Not holidays at all, or not for everybody: what the library calls public and no office does.
const NOT_ONE = {
  BR: /^Election Day$/,
  US: /^Christmas Eve$/,
  CN: /Women's Day|Youth Day|Children's Day|Army Day/,
  AE: /Laylat al-Mi'raj|First day of Ramadan/,
};
const WEEKDAYS = new Set(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);
const MON_FRI = ["mon", "tue", "wed", "thu", "fri"];
const WEEK = { SA: ["sun", "mon", "tue", "wed", "thu"], IL: ["sun", "mon", "tue", "wed", "thu"] };

function datesOf(place) {
  const [country, region] = place.split("-");
  const library = new Holidays(country, region);
  library.setLanguages(["en"]);
  const all = [];
  for (let year = YEARS.from; year <= YEARS.to; year += 1) all.push(...library.getHolidays(year));
  const kept = all.filter(
    ({ type, name }) => !["observance", "school"].includes(type) && !NOT_ONE[country]?.test(name),
  );
  const observed = new Set(kept.filter(({ substitute }) => substitute).map(keyOf));
  const closed = new Map();
  const optional = new Map();
  for (const holiday of kept) {
    // A holiday on a weekend that is observed on another day is only closed on that one.
    if (!holiday.substitute && isWeekend(holiday.date) && observed.has(keyOf(holiday))) continue;
    const isClosed = (holiday.type === "public" || holiday.substitute) && isWhole(holiday);
    for (const date of spanned(holiday))
      (isClosed ? closed : optional).set(
        date,
        (isClosed ? closed : optional).get(date) ?? holiday.name,
      );
  }
  for (const date of closed.keys()) optional.delete(date);
  const zone = library.getTimezones()[0];
  return { name: nameOf(library, country, region), zone, closed, optional };
}

/** One holiday of one year, whether on its own day or on the one it is observed on. */
const keyOf = ({ name, date }) =>
  `${date.slice(0, 4)} ${name.replace(/ \(substitute day\)$/, "").trim()}`;

const isWeekend = (date) => [0, 6].includes(new Date(`${date.slice(0, 10)}T00:00Z`).getUTCDay());

/** From midnight, and as long as a day is, with an hour for a change of the clocks. */
const isWhole = ({ date, start, end }) =>
  date.slice(11, 16) === "00:00" && end - start >= 23 * HOUR_MS;

/** Every date of a holiday that lasts several days; the library names only the first. */
function spanned({ date, start, end }) {
  const days = Math.max(1, Math.floor((end - start) / (24 * HOUR_MS) + 0.05));
  const first = Date.parse(`${date.slice(0, 10)}T00:00Z`);
  return Array.from({ length: days }, (_, i) =>
    new Date(first + i * 24 * HOUR_MS).toISOString().slice(0, 10),
  );
}

function nameOf(library, country, region) {
  const whole = library.getCountries("en")[country];
  return region === undefined ? whole : `${whole}, ${library.getStates(country, "en")[region]}`;
}

function fileOf(place) {
  const { name, zone, closed, optional } = datesOf(place);
  const listed = (dates) =>
    [...dates].sort(([a], [b]) => (a < b ? -1 : 1)).map(([date, says]) => ({ date, name: says }));
  const week = WEEK[place] ?? MON_FRI;
  const source = `date-holidays ${version} (CC-BY-3.0), ${place}`;
  const content = {
    format: "duenotice/holidays/1",
    place,
    name,
    years: [YEARS.from, YEARS.to],
    verified: BY_EYE.has(place) ? "by-eye" : "unverified",
    ...(BY_EYE.has(place) ? { compared: [2026] } : {}),
    ...(DOUBTS[place] ? { doubts: DOUBTS[place] } : {}),
    calendar: {
      id: place.toLowerCase(),
      name: `Business days in ${name}`,
      source,
      zone,
      windows: Object.fromEntries(week.map((day) => [day, [["09:00", "17:00"]]])),
      holidays: listed(closed),
      ...(optional.size > 0 ? { optionalHolidays: listed(optional) } : {}),
    },
  };
  const head = [
    `# Public holidays of ${name}, drawn from date-holidays ${version} by tools/holidays.mjs.`,
    "# Data CC-BY-3.0, its contributors. Not edited by hand: a policy takes the calendar in and",
    "# changes it there. How it is chosen and what is left out: docs/policy-format.md, calendars.",
  ];
  return { name, zone, text: `${head.join("\n")}\n${yamlOf(content)}` };
}

/** A line a date and a line a weekday, as the example policies write them. */
function yamlOf(content) {
  const document = new Document(content);
  visit(document, {
    Collection(key, node, path) {
      const above = path.at(-1)?.key?.value;
      const isDate = isMap(node) && node.has("date");
      if (isDate || ["years", "compared"].includes(above) || WEEKDAYS.has(above)) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 0 });
}

const files = new Map();
const rows = [];
for (const place of PLACES) {
  const { name, zone, text } = fileOf(place);
  files.set(join("holidays", `${place.toLowerCase()}.yaml`), text);
  rows.push(
    `  ${JSON.stringify([place, name, zone]).replaceAll(",", ", ").replaceAll(",  ", ", ")},`,
  );
}
files.set(
  join("src", "api", "holiday-places.ts"),
  `/** The places that holidays are kept for. Made by tools/holidays.mjs: not edited by hand. */

/** Place, its name, and the zone of its capital or largest city. */
// biome-ignore format: one place a line
export const HOLIDAY_PLACES = [
${rows.join("\n")}
] as const;

export type HolidayPlace = (typeof HOLIDAY_PLACES)[number][0];
`,
);

const folder = join(ROOT, "holidays");
const stray = existsSync(folder)
  ? readdirSync(folder).filter((name) => !files.has(join("holidays", name)))
  : [];
const changed = [...files].filter(
  ([path, text]) =>
    !existsSync(join(ROOT, path)) || readFileSync(join(ROOT, path), "utf8") !== text,
);
if (process.argv.includes("--check")) {
  for (const [path] of changed) console.log(`would change: ${path}`);
  for (const name of stray) console.log(`would go: holidays/${name}`);
  process.exit(changed.length + stray.length > 0 ? 1 : 0);
}
mkdirSync(folder, { recursive: true });
for (const name of stray) rmSync(join(folder, name));
for (const [path, text] of changed) writeFileSync(join(ROOT, path), text);
console.log(`${files.size} files: ${changed.length} written, ${stray.length} removed.`);
