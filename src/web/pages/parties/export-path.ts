/** Where every party is taken away from. */

import { BASE } from "../../paths.ts";

export const exportPath = (format: "csv" | "json"): string =>
  `${BASE}/api/v1/exports/parties?format=${format}${format === "csv" ? `&separator=${separatorHere()}` : ""}`;

/** Where numbers have a comma, a spreadsheet takes the semicolon for what parts the cells. */
const separatorHere = (): "comma" | "semicolon" =>
  new Intl.NumberFormat().format(1.5).includes(",") ? "semicolon" : "comma";
