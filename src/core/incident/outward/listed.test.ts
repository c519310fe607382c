import { describe, expect, test } from "vitest";
import { exposed, given, OPENED, owed, when } from "../given.ts";
import type { DirectoryCustomer } from "./listed.ts";
import type { IncidentEvent } from "../incident.ts";

const set = (id: string, name: string, role: "controller" | "processor") => ({ id, name, role });
const DIRECTORY: readonly DirectoryCustomer[] = [
  {
    id: "cus_1",
    name: "Meridian Health",
    mails: ["cleo@meridian.example"],
    dataSets: [set("ds-1", "Exports", "processor"), set("ds-2", "Contacts", "controller")],
    stage: "production",
    bond: {
      clauses: [
        {
          id: "meridian-4",
          duty: "notify",
          from: { claim: "data-exposed", is: "confirmed" },
          within: { count: 12, unit: "hours" },
        },
      ],
      words: { "meridian-4": { source: "BAA", text: "within twelve hours" } },
    },
  },
  {
    id: "cus_2",
    name: "Kestrel Bank",
    mails: ["mara@kestrel.example"],
    dataSets: [set("ds-1", "contacts", "controller")],
  },
  { id: "cus_3", name: "Oakline", mails: [], dataSets: [], role: "processor" },
];
const beside = { beside: { directory: DIRECTORY } };
const touch = (more: object) => ({ type: "TouchCustomers", ...more }) as const;

describe("customers whom a list names", () => {
  const list = "customer\nMeridian Health\nkestrel.example\nMeridan Helth\nTest tenant\n";
  const answered = touch({
    list,
    choices: [{ line: 4, customer: "cus_1" }, { line: 5 }],
    reason: "Line 5 is our own tenant.",
  });

  test("are touched together, each once, bound by what was signed", () => {
    const events = when(given(OPENED), "18:00", answered, beside) as readonly IncidentEvent[];
    expect(events.map(({ type }) => type)).toEqual([
      "CustomersListed",
      "ListKept",
      "ListKept",
      "CustomerTouched",
      "CustomerTouched",
    ]);
    expect(events[0]).toMatchObject({ list: "L-1", lines: 5, customers: 2, leftOut: 1 });
    const incident = given(OPENED, ...events, exposed("confirmed"));
    expect(owed(incident, "meridian-4@customer:cus_1").recipient).toMatchObject({
      id: "customer:cus_1",
    });
    expect(incident.lists).toBe(1);
  });

  test("leave the list as it was pasted, and whom each line means", () => {
    const events = when(given(OPENED), "18:00", answered, beside) as readonly IncidentEvent[];
    const kept = events.filter((event) => event.type === "ListKept");
    expect(kept.map(({ text }) => text ?? "").join("")).toBe(list);
    expect(kept.flatMap(({ lines }) => lines ?? [])).toEqual([
      { line: 1, by: "heading" },
      { line: 2, customer: "cus_1", by: "name" },
      { line: 3, customer: "cus_2", by: "domain" },
      { line: 4, customer: "cus_1", by: "chosen" },
      { line: 5, by: "left-out" },
    ]);
  });

  test("are not touched while one line means nobody that we know", () => {
    expect(when(given(OPENED), "18:00", touch({ list }), beside)).toEqual([
      "list-line-open",
      "list-line-open",
    ]);
  });

  test("are left out with a reason only", () => {
    const silent = { ...answered, reason: " " };
    expect(when(given(OPENED), "18:00", silent, beside)).toEqual(["text-missing"]);
  });

  test("are chosen among lines and customers that there are", () => {
    const wrong = touch({
      list: "Oakline",
      choices: [{ line: 9 }, { line: 1, customer: "cus_9" }],
    });
    expect(when(given(OPENED), "18:00", wrong, beside)).toEqual([
      "list-line-unknown",
      "customer-unknown",
    ]);
  });

  test("who are touched already are not touched again", () => {
    const before = given(OPENED, { type: "CustomerTouched", customer: "cus_3" });
    const events = when(before, "18:00", touch({ list: "Oakline" }), beside);
    expect((events as readonly IncidentEvent[]).map(({ type }) => type)).toEqual([
      "CustomersListed",
      "ListKept",
      "ListKept",
    ]);
  });
});

describe("customers whose data sit in a set", () => {
  test("are touched with our role for those data", () => {
    const events = when(given(OPENED), "18:00", touch({ dataSets: ["contacts"] }), beside);
    expect((events as readonly IncidentEvent[]).slice(1)).toMatchObject([
      { customer: "cus_1", role: "controller", dataSets: [{ id: "ds-2", role: "controller" }] },
      { customer: "cus_2", role: "controller" },
    ]);
  });

  test("for whom we are both are owed as whoever decides over their data, and both are kept", () => {
    const both = touch({ dataSets: ["Contacts", "Exports"] });
    const events = when(given(OPENED), "18:00", both, beside) as readonly IncidentEvent[];
    const incident = given(OPENED, ...events);
    expect(incident.customers[0]).toMatchObject({
      role: "processor",
      dataSets: [{ role: "processor" }, { role: "controller" }],
    });
  });

  test("are looked for in sets that somebody has, and in a list or in sets, not in both", () => {
    expect(when(given(OPENED), "18:00", touch({ dataSets: ["Logs"] }), beside)).toEqual([
      "data-set-unknown",
    ]);
    expect(when(given(OPENED), "18:00", touch({}), beside)).toEqual(["list-or-data-sets"]);
    const two = touch({ list: "Oakline", dataSets: ["Contacts"] });
    expect(when(given(OPENED), "18:00", two, beside)).toEqual(["list-or-data-sets"]);
  });
});

test("a list of any length and script is cut into entries, and is whole again when they are put together", () => {
  const list = `Oakline, ${"😀".repeat(20_001)}`;
  const events = when(given(OPENED), "18:00", touch({ list }), beside) as readonly IncidentEvent[];
  const texts = events.flatMap((event) => (event.type === "ListKept" ? (event.text ?? []) : []));
  expect(texts.length).toBeGreaterThan(3);
  expect(texts.join("")).toBe(list);
  expect(texts.filter((text) => /^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/.test(text))).toEqual([]);
});
