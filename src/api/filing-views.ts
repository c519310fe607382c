/** Views of filings: what each authority asks for in an incident, filled, and what was filed. */

import { filingShape, filingsShape } from "./filing-shapes.ts";
import { view, type ViewSpec } from "./view-spec.ts";

export const FILING_VIEWS = [
  view(
    "filings",
    "/incidents/{id}/filings",
    "The stages at which the laws of an incident ask for a filing, and how each stands.",
    {},
    filingsShape,
  ),
  view(
    "filing",
    "/incidents/{id}/filings/{regime}/{stage}",
    "One authority's form, filled from the record; below it, /pdf and /text to take away.",
    {},
    filingShape,
  ),
] as const satisfies readonly ViewSpec[];
