/** Words of filings: how a value is held, whose order the fields are in, and where files lie. */

import type { ViewOf } from "../../../api/view.ts";
import { BASE, ROUTES } from "../../paths.ts";

export type FilingView = ViewOf<"filing">;
export type FilingField = FilingView["fields"][number];

/** How sure a value is, and that nobody knows it. */
export const HELD: Readonly<Record<FilingField["held"], string>> = {
  confirmed: "Confirmed",
  suspected: "Only suspected, in part",
  recorded: "On the record",
  written: "In our words",
  unknown: "Not known yet",
};

export const ASKED: Readonly<Record<FilingField["asked"], string>> = {
  always: "",
  "if-known": "if known",
  "if-so": "where it applies",
};

export const BASIS = {
  authority: "in the order of the authority's own form",
  law: "in the order in which the law lists them",
  generic: "in an order of ours",
} as const;

export const VERIFIED = {
  P: "compared with the text itself",
  S: "from what others write of it",
  U: "not compared with anything",
} as const;

export const STANDING = {
  owed: "owed",
  running: "running",
  missed: "OVERDUE",
  met: "filed",
  "met-late": "filed late",
  waived: "does not apply",
} as const;

type Stage = { readonly regime: string; readonly stage: string };

/** A stage's name as it stands in an address: `8-k/a` is 8-k-a there. */
const inAddress = (stage: string): string => stage.replaceAll("/", "-");

export const filingPlace = (id: string, { regime, stage }: Stage) => ({
  to: ROUTES.filing,
  params: { id, regime, stage: inAddress(stage) },
});

/** The pack as a file: the view itself is the JSON. */
export const filePath = (id: string, { regime, stage }: Stage, as: "/text" | "/pdf" | ""): string =>
  `${BASE}/api/v1/incidents/${encodeURIComponent(id)}/filings/${encodeURIComponent(regime)}/${encodeURIComponent(inAddress(stage))}${as}`;
