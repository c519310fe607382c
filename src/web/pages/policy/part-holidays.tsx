/** Part holidays: the public holidays of a place taken into a calendar, to be changed there. */

import { useState } from "react";
import { HOLIDAY_PLACES } from "../../../api/holiday-places.ts";
import { missingDates } from "../../../core/policy/holidays-taken.ts";
import type { PolicyCalendar } from "../../../core/policy/policy.ts";
import { useView } from "../../api.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/field.tsx";
import { useForms } from "./part-edits.ts";
import { counted } from "./reading.ts";

type Props = { readonly calendar: PolicyCalendar; readonly index: number };

export function HolidaysOf({ calendar, index }: Props) {
  const [isOpen, setOpen] = useState(false);
  if (!isOpen)
    return (
      <span className="part-add">
        <Button look="quiet" onClick={() => setOpen(true)}>
          Take in the public holidays of a place…
        </Button>
      </span>
    );
  return <Choose calendar={calendar} index={index} onDone={() => setOpen(false)} />;
}

function Choose({ calendar, index, onDone }: Props & { readonly onDone: () => void }) {
  const { edits, tell } = useForms();
  const ofZone = HOLIDAY_PLACES.find(([, , zone]) => zone === calendar.zone)?.[0];
  const [place, setPlace] = useState<string>(ofZone ?? "");
  const [problem, setProblem] = useState<string>();
  const { data: read } = useView("holidays", { place }, {}, { enabled: place !== "" });
  // While another place is being read the one before it is still there.
  const data = read?.place === place ? read : undefined;
  const missing = data === undefined ? [] : missingDates(calendar, data);
  const whyNot =
    data === undefined
      ? place === ""
        ? "Choose a place first."
        : "One moment."
      : missing.length === 0
        ? "All of them are in it already."
        : undefined;
  const take = (): void => {
    if (data === undefined) return;
    const refused = edits.takeHolidays(["calendars", index], data);
    setProblem(refused);
    if (refused !== undefined) return;
    tell(`${counted(missing.length, "date")} of ${data.name} taken in. Ctrl Z takes them back.`);
    onDone();
  };
  return (
    <div className="stack part-adding">
      <SelectField
        label="Public holidays of"
        value={place}
        choices={[
          { value: "", label: "choose a place…" },
          ...HOLIDAY_PLACES.map(([value, label]) => ({ value, label })),
        ]}
        onChange={setPlace}
        hint={data?.verified}
        problem={problem}
        autoFocus
      />
      <span className="line">
        <Button look="first" whyNot={whyNot} onClick={take}>
          {missing.length > 0 ? `Take in ${counted(missing.length, "date")}` : "Take them in"}
        </Button>
        <Button look="quiet" onClick={onDone}>
          Not now
        </Button>
      </span>
    </div>
  );
}
