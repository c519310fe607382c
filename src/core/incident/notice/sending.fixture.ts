/** A draft to two customers, as tests of writing, approving and sending it begin. */

import type { Context } from "../../context.ts";
import type { DraftContent } from "../../notice/draft.ts";
import { BEN } from "../../policy/fennel.ts";
import { exposed, given, LAWFUL, OPENED, type Said, time, when } from "../given.ts";
import type { IncidentCommand, IncidentEvent } from "../incident.ts";
import type { Incident } from "../state.ts";
import { draftHash } from "./telling.ts";

const TELLING: NonNullable<NonNullable<Context["beside"]>["telling"]> = {
  recipients: [
    {
      customer: "cus_1",
      name: "Meridian Health",
      to: { name: "Cleo Osei", mail: "cleo@meridian.example" },
      verifiedOn: "2026-10-01",
      zone: "Europe/London",
    },
    {
      customer: "cus_2",
      name: "Kestrel Bank",
      to: { name: "Ute Brandt", mail: "ute@kestrel.example" },
      verifiedOn: "2026-10-01",
      language: "de",
    },
    { customer: "cus_3", name: "Oakline" },
  ],
  customers: [
    { id: "customer:cus_1", name: "Meridian Health" },
    { id: "customer:cus_2", name: "Kestrel Bank" },
  ],
  reporters: [],
};
export const beside = { telling: TELLING };

export const CONTENT: DraftContent = {
  kind: "preliminary",
  subject: "Preliminary notice",
  slots: [
    { element: "what-happened", text: "Export files of yours could be listed: {{exports}}." },
  ],
  nextWordAt: time("2026-11-22T11:00:00Z"),
};

export const TOUCHED: readonly Said[] = [
  OPENED,
  { type: "CustomerTouched", customer: "cus_1" },
  { type: "CustomerTouched", customer: "cus_2" },
  exposed("confirmed"),
];

/** The incident after each command, one minute apart from 20:00. */
export function after(
  ...commands: readonly (IncidentCommand | [IncidentCommand, Partial<Context>])[]
) {
  const said: Said[] = [...TOUCHED];
  commands.forEach((item, index) => {
    const [command, more] = Array.isArray(item) ? item : [item, {}];
    const at = `20:${String(index).padStart(2, "0")}`;
    const events = when(given(...said), at, command, { beside, ...more }) as IncidentEvent[];
    if (events.some((event) => typeof event === "string")) throw new Error(JSON.stringify(events));
    said.push(at, ...events);
  });
  return said;
}

export const draft: IncidentCommand = { type: "DraftNotice", ...CONTENT };
export const name: IncidentCommand = {
  type: "NameRecipients",
  draft: "D-1",
  recipients: [
    { customer: "cus_1", words: { exports: "two files" } },
    { customer: "cus_2", words: { exports: "one file" } },
  ],
};
export const context = { policy: LAWFUL, zone: "Europe/Berlin", url: "" };
export const hashOf = (incident: Incident) =>
  draftHash(incident, incident.drafts["D-1"] as NonNullable<Incident["drafts"]["D-1"]>, context);

export const named = after(draft, name);
export const hash = hashOf(given(...named));
export const approve = {
  type: "ApproveNotice",
  draft: "D-1",
  hash,
} as const satisfies IncidentCommand;
export const asBen = { person: BEN, by: BEN.id };
export const send: IncidentCommand = { type: "SendDraft", draft: "D-1", hash };
