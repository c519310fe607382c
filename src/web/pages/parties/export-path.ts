/** Where every party is taken away from. */

import { BASE } from "../../paths.ts";

export const exportPath = (format: "csv" | "json"): string =>
  `${BASE}/api/v1/exports/parties?format=${format}`;
