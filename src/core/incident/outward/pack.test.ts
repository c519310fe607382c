import { expect, test } from "vitest";
import { ADA } from "../../policy/fennel.ts";
import { exposed, given, LAWFUL, OPENED, time } from "../given.ts";
import { packFor } from "./pack.ts";
import type { IncidentEvent } from "../incident.ts";

const letter = (notice: string, customer: string): IncidentEvent => ({
  type: "NoticeRequested",
  notice,
  kind: "notice",
  automatic: false,
  author: ADA.id,
  recipient: `customer:${customer}`,
  meets: [],
  to: { mail: `${customer}@x.example` },
  subject: `To ${customer}`,
  body: `Files of ${customer}`,
  draft: "D-1",
});
const incident = given(
  { ...OPENED, title: "Kestrel called about the bucket" },
  { type: "CustomerTouched", customer: "meridian", role: "processor" },
  { type: "CustomerTouched", customer: "kestrel", role: "processor" },
  exposed("confirmed", { source: "Kestrel's log", note: "Kestrel Bank told us" }),
  exposed("suspected", { claim: "service-down", concerning: "customer:kestrel" }),
  {
    type: "MitigationApplied",
    mitigation: "M1",
    kind: "rotate",
    text: "Rotated kestrel's key",
    happenedAt: time("18:00"),
  },
  {
    type: "NoticeDrafted",
    draft: "D-1",
    content: { kind: "full", subject: "S", slots: [] },
    author: ADA.id,
    from: { mail: ADA.mail },
  },
  {
    type: "RecipientsNamed",
    draft: "D-1",
    recipients: [
      {
        id: "customer:meridian",
        name: "Meridian",
        to: { mail: "m@x.example" },
        words: { rows: "1,204" },
      },
      {
        id: "customer:kestrel",
        name: "Kestrel",
        to: { mail: "k@x.example" },
        words: { rows: "9,999" },
      },
    ],
  },
  letter("N-1", "meridian"),
  letter("N-2", "kestrel"),
  { type: "NoticeLeft", draft: "D-1", recipients: 2 },
);
const meridian = {
  id: "meridian",
  name: "Meridian Health",
  dataSets: [{ id: "ds-1", name: "Exports", role: "processor" as const, categories: ["names"] }],
};
const letters = ["meridian", "kestrel"].map((of, at) => ({
  id: `N-${at + 1}`,
  title: `To ${of}`,
  body: `Files of ${of}`,
}));
const made = packFor(incident, meridian, letters, { policy: LAWFUL.policy, at: time("20:00") });

test("a controller reads what is held, whose data, since when, what was done and what they were told", () => {
  expect(made).toMatchObject({
    customer: "Meridian Health",
    nature: [{ says: "customer data are exposed", state: "confirmed", ofYou: false }],
    data: [{ name: "Exports", categories: ["names"] }],
    numbers: [{ name: "rows", value: "1,204" }],
    measures: [{ kind: "Rotate a credential", lifted: false }],
    letters: [{ id: "N-1", title: "To meridian" }],
    evidence: { policyVersion: 1 },
  });
});

test("nothing of another customer, and no word that was written inside, stands in it", () => {
  const text = JSON.stringify(made).toLowerCase();
  for (const word of ["kestrel", "9,999", "n-2", "inc-7", "bucket", "service is down"])
    expect(text).not.toContain(word);
});

test("there is none for a customer whom this does not concern", () => {
  const other = { ...meridian, id: "oakline" };
  expect(packFor(incident, other, letters, { policy: LAWFUL.policy, at: time("20:00") })).toBe(
    undefined,
  );
});
