/** View of a place's public holidays, as they come with the program. */

import { verifiedWords } from "../../core/policy/holiday-file.ts";
import { ok } from "../../core/problem.ts";
import { holidaysOf } from "../holidays.ts";
import type { Views } from "./views.ts";

export const holidayViews: Pick<Views, "holidays"> = {
  async holidays({ parameters }) {
    const found = holidaysOf(parameters.place ?? "");
    if (!found.ok) return found;
    const { place, name, calendar } = found.value;
    const { source, holidays = [], optionalHolidays = [] } = calendar;
    return ok({
      place,
      name,
      verified: verifiedWords(found.value),
      source,
      holidays,
      optionalHolidays,
    });
  },
};
