/**
 * Setup: the first five minutes, on one page.
 *
 * Who you are, when you work, which promise you begin with. The working hours
 * answer at once with a real date, because "one business day" means nothing until
 * somebody has seen when it ends.
 */

import { useMemo, useState } from "react";
import type { AccessInput } from "../../../api/access.ts";
import { HOLIDAY_PLACES, type HolidayPlace } from "../../../api/holiday-places.ts";
import { WORKING_DAYS } from "../../../api/wire.ts";
import type { WorkingHours } from "../../../api/working-hours.ts";
import type { Calendar } from "../../../core/time/calendar.ts";
import { dueAt } from "../../../core/time/count.ts";
import { formatInstant } from "../../../core/time/format.ts";
import type { Instant } from "../../../core/time/instant.ts";
import { client, problemAt, queryClient } from "../../api.ts";
import { navigate } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { Button } from "../../ui/button.tsx";
import { Choices, Problems, SelectField, TextField, Tick } from "../../ui/field.tsx";
import type { Problem } from "../../../core/problem.ts";

type Form = Omit<AccessInput<"setup">, "token" | "holidays" | "example"> & {
  readonly example: AccessInput<"setup">["example"] | "paste";
  readonly holidays: HolidayPlace | undefined;
};

const PLACES = [
  { value: "", label: "None: only weekends are closed" },
  ...HOLIDAY_PLACES.map(([value, label]) => ({ value, label })),
];

/** The country of a zone, where the holidays of one are kept. */
const placeIn = (zone: string): HolidayPlace | undefined =>
  HOLIDAY_PLACES.find(([, , own]) => own === zone)?.[0];

const DAY_NAMES = {
  mon: "Mon",
  tue: "Tue",
  wed: "Wed",
  thu: "Thu",
  fri: "Fri",
  sat: "Sat",
  sun: "Sun",
} as const;

const EXAMPLES = [
  { value: "solo", label: "Solo: one person in every role, three severities, six phases" },
  { value: "product", label: "Product: a SaaS team, four severities with a target table" },
  {
    value: "vendor",
    label: "Vendor: software that runs at your customers', four severities, stages",
  },
  {
    value: "paste",
    label: "Paste mine: the policy you have today becomes a draft; Solo runs until you publish it",
  },
] as const;

const FIELDS = ["name", "mail", "password", "organisation", "zone", "windows", "holidays"] as const;

const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

const initial = (): Form => ({
  name: "",
  mail: "",
  password: "",
  organisation: "",
  zone: zoneHere(),
  holidays: placeIn(zoneHere()),
  windows: { days: ["mon", "tue", "wed", "thu", "fri"], from: "09:00", to: "17:00" },
  example: "solo",
  sample: true,
});

export function Setup() {
  const token = location.hash.slice(1);
  const [form, setForm] = useState(initial);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [pending, setPending] = useState(false);
  const set =
    <K extends keyof Form>(field: K) =>
    (value: Form[K]): void =>
      setForm({ ...form, [field]: value });

  const finish = async (): Promise<void> => {
    setPending(true);
    const { holidays, example, ...rest } = form;
    const pastes = example === "paste";
    const answer = await client.call("POST", "/api/v1/setup", {
      ...rest,
      example: pastes ? "solo" : example,
      ...(holidays ? { holidays } : {}),
      token,
    } satisfies AccessInput<"setup">);
    setPending(false);
    if (!answer.ok) return setProblems(answer.problems);
    await queryClient.invalidateQueries();
    navigate(pastes ? { to: ROUTES.policyWrite, search: { paste: "yes" } } : { to: ROUTES.inbox });
  };

  if (token === "") return <NoLink />;
  return (
    <main className="alone wide">
      <h1>Set up Duenotice</h1>
      <p className="secondary">
        Everything here can be changed later. Mail is set up afterwards; nothing needs it now.
      </p>
      <form className="stack" onSubmit={(event) => (event.preventDefault(), void finish())}>
        <Problems problems={problems} beside={FIELDS} />
        <h2>You</h2>
        <TextField
          label="Your name"
          autoComplete="name"
          autoFocus
          value={form.name}
          onChange={set("name")}
          hint="Notices are sent in a person's name."
          problem={problemAt(problems, "name")}
        />
        <TextField
          label="Your mail address"
          type="email"
          autoComplete="email"
          value={form.mail}
          onChange={set("mail")}
          problem={problemAt(problems, "mail")}
        />
        <TextField
          label="Password"
          type="password"
          autoComplete="new-password"
          value={form.password}
          onChange={set("password")}
          hint="At least 10 characters. A passkey or a second factor is added under Settings."
          problem={problemAt(problems, "password")}
        />
        <h2>Your company</h2>
        <TextField
          label="Company"
          autoComplete="organization"
          value={form.organisation}
          onChange={set("organisation")}
          problem={problemAt(problems, "organisation")}
        />
        <WorkingTime
          zone={form.zone}
          windows={form.windows}
          place={HOLIDAY_PLACES.find(([id]) => id === form.holidays)?.[1]}
          onZone={(zone) => setForm({ ...form, zone, holidays: placeIn(zone) })}
          onWindows={set("windows")}
          problem={problemAt(problems, "zone") ?? problemAt(problems, "windows")}
        />
        <SelectField
          label="Public holidays"
          value={form.holidays ?? ""}
          choices={PLACES}
          onChange={(place) => set("holidays")(place === "" ? undefined : (place as HolidayPlace))}
          hint="They move the date above where one lies in between. Taken into your policy with their source, each date yours to change. Compare them with the official list: some places are incomplete."
          problem={problemAt(problems, "holidays")}
        />
        <h2>The policy to begin with</h2>
        <Choices
          label={<span className="visually-hidden">Example policy</span>}
          name="example"
          value={form.example}
          choices={EXAMPLES}
          onChange={(value) => set("example")(value as Form["example"])}
        />
        <p className="field-hint">
          {form.example === "paste" ? "Solo" : "It"} is published with your names and hours as
          version 1, and runs.{" "}
          {form.example === "paste"
            ? "Your text is asked for next."
            : "You can publish another one at any time."}
        </p>
        <Tick
          label="Load sample data: one open incident and three customers, marked SAMPLE, wiped with one click"
          checked={form.sample}
          onChange={set("sample")}
        />
        <div>
          <Button type="submit" look="first" whyNot={pending ? "One moment." : undefined}>
            {pending ? "Publishing the policy…" : "Publish the policy and begin"}
          </Button>
        </div>
      </form>
    </main>
  );
}

type WorkingProps = {
  readonly zone: string;
  readonly windows: WorkingHours;
  /** Whose holidays were chosen below. */
  readonly place: string | undefined;
  readonly onZone: (zone: string) => void;
  readonly onWindows: (windows: WorkingHours) => void;
  readonly problem: string | undefined;
};

function WorkingTime({ zone, windows, place, onZone, onWindows, problem }: WorkingProps) {
  const zones = useMemo(() => Intl.supportedValuesOf("timeZone"), []);
  const toggle = (day: (typeof WORKING_DAYS)[number]): void => {
    const days = windows.days.includes(day)
      ? windows.days.filter((one) => one !== day)
      : [...windows.days, day];
    onWindows({ ...windows, days: WORKING_DAYS.filter((one) => days.includes(one)) });
  };
  return (
    <>
      <SelectField
        label="Time zone"
        value={zone}
        choices={(zones.includes(zone) ? zones : [zone, ...zones]).map((name) => ({
          value: name,
          label: name.replaceAll("_", " "),
        }))}
        onChange={onZone}
        problem={problem}
      />
      <fieldset className="choices">
        <legend>Working days and hours</legend>
        <span className="choices-row">
          {WORKING_DAYS.map((day) => (
            <label key={day} data-chosen={windows.days.includes(day) ? "" : undefined}>
              <input
                type="checkbox"
                checked={windows.days.includes(day)}
                onChange={() => toggle(day)}
              />
              {DAY_NAMES[day]}
            </label>
          ))}
          <label>
            from{" "}
            <input
              type="time"
              aria-label="Opens at"
              value={windows.from}
              onChange={(event) => onWindows({ ...windows, from: event.target.value })}
            />
          </label>
          <label>
            to{" "}
            <input
              type="time"
              aria-label="Closes at"
              value={windows.to}
              onChange={(event) => onWindows({ ...windows, to: event.target.value })}
            />
          </label>
        </span>
      </fieldset>
      <p role="status">
        {oneBusinessDay(zone, windows)}
        {place === undefined ? null : (
          <span className="secondary">
            {" "}
            Public holidays of {place} are left out of this sentence; the clocks count them.
          </span>
        )}
      </p>
    </>
  );
}

/** `1 business day from now ends on Mon 23 Nov 2026, 17:00 CET.` */
function oneBusinessDay(zone: string, { days, from, to }: WorkingHours): string {
  const calendar: Calendar = {
    id: "office",
    zone,
    windows: Object.fromEntries(days.map((day) => [day, [[from, to]]])),
    holidays: [],
    optionalHolidays: [],
    closures: [],
  };
  const due =
    from < to
      ? dueAt(Date.now() as Instant, { count: 1, unit: "business-days" }, calendar, zone)
      : undefined;
  return due?.ok
    ? `1 business day from now ends on ${formatInstant(due.value.dueAt, zone)}.`
    : "Choose at least one day, and hours that end after they begin.";
}

function NoLink() {
  return (
    <main className="alone">
      <h1>The setup link is missing</h1>
      <p>
        Duenotice prints a one-time link when it starts. Open that one, or run{" "}
        <code>due setup-link</code> on the host for a new one.
      </p>
    </main>
  );
}
