/**
 * Example: one of the example policies, made a company's own.
 *
 * The document is edited as YAML, so its comments and its order stay: the
 * company's and the owner's names take the invented ones' places in every text,
 * the calendar gets the company's zone and hours. What the form did not ask for
 * (keys, a status page, files under NDA) is declared absent or left out: nothing
 * invented may be published as if it were true.
 */

import {
  type Document,
  isMap,
  isSeq,
  parseDocument,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { WorkingHours } from "../../api/working-hours.ts";
import type { HolidayFile } from "../../core/policy/holiday-file.ts";

export type OwnPolicy = {
  readonly organisation: string;
  readonly name: string;
  readonly mail: string;
  readonly zone: string;
  readonly windows: WorkingHours;
  /** The dates of the place it works in, taken in with their source. */
  readonly holidays?: HolidayFile["calendar"];
  /** `YYYY-MM-DD`, from when it applies. */
  readonly today: string;
};

/** The invented people and companies of the three examples, longest first. */
const INVENTED = {
  organisation: ["Thornfield Systems", "Larkspur Ledger", "Thornfield", "Larkspur", "Fennel"],
  person: ["Ana Keller", "Tomasz Brandt", "Niamh Corrigan"],
} as const;

const absent = (says: string): { absent: string } => ({ absent: says });

/** `text` with the company's own names, calendar and addresses in place of the invented ones. */
export function ownPolicy(text: string, own: OwnPolicy): string {
  const document = parseDocument(text);
  replaceNames(document, own);
  const organisation = slug(own.organisation);
  document.set("id", organisation);
  document.set("organisation", own.organisation);
  document.set("version", "1");
  document.set("effective", own.today);
  document.set("changes", "First version.");
  document.set("owner", document.createNode({ name: own.name, email: own.mail }));
  document.setIn(["reporting", "email"], own.mail);
  document.setIn(
    ["reporting", "pgp"],
    document.createNode(
      absent("We offer no encryption key yet; ask us for a channel before you send secrets."),
    ),
  );
  document.setIn(
    ["reporting", "statusPage"],
    document.createNode(absent("We run no status page yet.")),
  );
  setCalendar(document, own);
  dropElsewhere(document);
  document.commentBefore = ` The policy of ${own.organisation}, begun from one of the three examples.`;
  return document.toString({ lineWidth: 100 });
}

function replaceNames(document: Document, { organisation, name, mail }: OwnPolicy): void {
  const domain = mail.slice(mail.indexOf("@") + 1);
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value !== "string") return;
      let text = node.value
        .replace(/[a-z.]+@(?:thornfield|larkspur|fennel)\.example/g, mail)
        .replace(/(?:thornfield|larkspur|fennel)\.example/g, domain);
      for (const invented of INVENTED.organisation) text = text.replaceAll(invented, organisation);
      for (const invented of INVENTED.person) {
        text = text.replaceAll(invented, name);
        text = text.replace(
          new RegExp(`\\b${invented.split(" ")[0]}\\b`, "g"),
          name.split(" ")[0] ?? name,
        );
      }
      if (text !== node.value) node.value = text;
    },
  });
}

/** The holidays of the example's own place would be wrong anywhere else. */
function setCalendar(
  document: Document,
  { zone, windows, organisation, holidays }: OwnPolicy,
): void {
  const calendars = document.get("calendars");
  if (!isSeq(calendars)) return;
  for (const calendar of calendars.items) {
    if (!isMap(calendar)) continue;
    const samePlace = calendar.get("zone") === zone;
    calendar.set("zone", zone);
    if (isWholeDay(calendar)) continue;
    calendar.set("name", `${organisation}'s business days`);
    calendar.set(
      "windows",
      document.createNode(
        Object.fromEntries(windows.days.map((day) => [day, [[windows.from, windows.to]]])),
      ),
    );
    if (!samePlace || holidays) for (const key of DATES) calendar.delete(key);
    if (holidays) takeIn(document, calendar, holidays);
  }
}

const DATES = ["source", "holidays", "optionalHolidays", "closures"] as const;

/** One date a line, as the examples have it; from then on they are the policy's own. */
function takeIn(
  document: Document,
  calendar: YAMLMap,
  { source, holidays = [], optionalHolidays = [] }: HolidayFile["calendar"],
): void {
  calendar.set("source", source);
  for (const [key, dates] of Object.entries({ holidays, optionalHolidays })) {
    if (dates.length === 0) continue;
    const listed = document.createNode(dates) as YAMLSeq<YAMLMap>;
    for (const item of listed.items) item.flow = true;
    calendar.set(key, listed);
  }
}

/** A calendar that is open around the clock stays so: it is what "at any hour" counts by. */
function isWholeDay(calendar: YAMLMap): boolean {
  const text = JSON.stringify(calendar.get("windows")?.toString() ?? "");
  return text.includes("24:00");
}

/** Sections that stand in files of their own belong to the invented company. */
function dropElsewhere(document: Document): void {
  const sections = document.get("sections");
  if (!isSeq(sections)) return;
  sections.items = sections.items.filter(
    (section) => !isMap(section) || section.get("audience") === "public",
  );
  const providers = document.get("providers");
  if (providers !== undefined) document.delete("providers");
}

/** `Fennel & Söhne` -> `fennel-sohne`. */
export function slug(name: string): string {
  const words = name
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return words?.join("-").slice(0, 60) ?? "policy";
}
