import { describe, expect, test } from "vitest";
import type { Context } from "../../context.ts";
import { ADA, BEN } from "../../policy/fennel.ts";
import { given, LAWFUL, OPENED, type Said, time, when } from "../given.ts";
import type { IncidentCommand, IncidentEvent } from "../incident.ts";
import type { Incident } from "../state.ts";
import { draftHash, findingsOf, lettersOf } from "./telling.ts";

const beside: Context["beside"] = {
  telling: {
    recipients: [
      ["cus_1", "Meridian Health", "cleo@meridian.example"],
      ["cus_2", "Kestrel Bank", "ute@kestrel.example"],
    ].map(([customer = "", name = "", mail = ""]) => ({
      customer,
      name,
      to: { name, mail },
      verifiedOn: "2026-10-01",
    })),
    customers: [
      { id: "customer:cus_1", name: "Meridian Health" },
      { id: "customer:cus_2", name: "Kestrel Bank" },
    ],
    reporters: [],
  },
};
const SHA = "a".repeat(64);
const OTHER = "b".repeat(64);

const attach = (name: string, more: object = {}, sha256 = SHA): IncidentCommand => ({
  type: "AttachFile",
  draft: "D-1",
  name,
  content: { sha256, bytes: 2_000, ...more },
});
const draft: IncidentCommand = {
  type: "DraftNotice",
  kind: "update",
  subject: "What we know now",
  slots: [{ element: "what-happened", text: "Three export files were read." }],
  nextWordAt: time("2026-11-22T11:00:00Z"),
};
const name: IncidentCommand = {
  type: "NameRecipients",
  draft: "D-1",
  recipients: [{ customer: "cus_1" }, { customer: "cus_2" }],
};

type Given = IncidentCommand | [IncidentCommand, Partial<Context>];

/** The incident after each command, one minute apart from 20:00. */
function after(...commands: readonly Given[]) {
  const said: Said[] = [
    OPENED,
    { type: "CustomerTouched", customer: "cus_1" },
    { type: "CustomerTouched", customer: "cus_2" },
  ];
  commands.forEach((item, index) => {
    const [command, more] = Array.isArray(item) ? item : [item, {}];
    const at = `20:${String(index).padStart(2, "0")}`;
    const events = when(given(...said), at, command, { beside, ...more }) as IncidentEvent[];
    if (events.some((event) => typeof event === "string")) throw new Error(JSON.stringify(events));
    said.push(at, ...events);
  });
  return given(...said);
}

const context = { policy: LAWFUL, zone: "Europe/Berlin", url: "" };
const held = (incident: Incident) =>
  incident.drafts["D-1"] as NonNullable<Incident["drafts"]["D-1"]>;
const hashOf = (incident: Incident) => draftHash(incident, held(incident), context);
const found = (incident: Incident) =>
  findingsOf(incident, held(incident), {
    ...context,
    at: time("20:30"),
    by: ADA.id,
    person: ADA,
    team: [ADA, BEN],
    beside,
  } as Context).filter(({ at }) => at.startsWith("/files/"));

describe("a file on a draft", () => {
  test("stands in each letter, by name and size, and in what an approval signs", () => {
    const before = after(draft, name);
    const incident = after(draft, name, attach("steps.pdf"));
    const [letter] = lettersOf(incident, held(incident), context);
    expect(letter?.body).toContain("ATTACHED\n- steps.pdf (2 KB)");
    expect(letter?.files).toEqual([{ id: "F-1", name: "steps.pdf", bytes: 2_000, sha256: SHA }]);
    const hashes = [
      before,
      incident,
      after(draft, name, attach("steps.pdf", {}, OTHER)),
      after(draft, name, attach("Steps.pdf")),
    ].map(hashOf);
    expect(new Set(hashes).size).toBe(4);
  });

  test("voids what was approved, as taking one off does, and another of the same name too", () => {
    const hash = hashOf(after(draft, name, attach("a.pdf")));
    const approve: IncidentCommand = { type: "ApproveNotice", draft: "D-1", hash };
    const approved: Given[] = [
      draft,
      name,
      attach("a.pdf"),
      [approve, { person: BEN, by: BEN.id }],
    ];
    expect(held(after(...approved)).state).toBe("approved");
    for (const change of [
      attach("b.pdf"),
      { type: "TakeFileOff", draft: "D-1", file: "F-1" } as const,
    ]) {
      const changed = after(...approved, change);
      expect(held(changed).state).toBe("draft");
      const send: IncidentCommand = { type: "SendDraft", draft: "D-1", hash };
      expect(when(changed, "20:30", send, { beside })).toEqual(["notice-draft-changed"]);
    }
    // Off, and on again with other bytes under the name that was approved.
    const swapped = after(
      ...approved,
      { type: "TakeFileOff", draft: "D-1", file: "F-1" },
      attach("a.pdf", {}, OTHER),
    );
    expect(when(swapped, "20:30", approve, { person: BEN, by: BEN.id, beside })).toEqual([
      "notice-draft-changed",
    ]);
    expect(held(swapped).files).toMatchObject([{ id: "F-2", sha256: OTHER }]);
  });

  test("for one of them is in no letter to another", () => {
    const only = { ...attach("cleo.csv"), only: ["customer:cus_1"] } as IncidentCommand;
    const incident = after(draft, name, only);
    const [first, second] = lettersOf(incident, held(incident), context);
    expect(first?.files).toHaveLength(1);
    expect(second?.files).toEqual([]);
    expect(second?.body).not.toContain("cleo.csv");
  });

  test("is refused where it is for nobody, by nobody, or the draft has left", () => {
    const incident = after(draft, name);
    const stranger = { ...attach("a.pdf"), only: ["customer:cus_9"] } as IncidentCommand;
    expect(when(incident, "20:30", stranger)).toEqual(["recipient-unknown"]);
    const byToken = { by: "token/tok_1" };
    const noPerson = when(incident, "20:30", attach("a.pdf"), {
      ...byToken,
      person: undefined as never,
    });
    expect(noPerson).toEqual(["author-missing"]);
    const off: IncidentCommand = { type: "TakeFileOff", draft: "D-1", file: "F-7" };
    expect(when(incident, "20:30", off)).toEqual(["file-unknown"]);
    const gone = after(draft, name, { type: "DiscardNotice", draft: "D-1", reason: "Wrong." });
    expect(when(gone, "20:30", attach("a.pdf"))).toEqual(["notice-draft-leaving"]);
    expect(
      when(incident, "20:30", { ...attach("a.pdf"), draft: "D-9" } as IncidentCommand),
    ).toEqual(["notice-draft-unknown"]);
  });

  test.each([
    ["kestrel-bank_log.csv", "other-customer", "block"],
    ["Extract KESTREL BANK.pdf", "other-customer", "block"],
    ["Kestrel.pdf", "other-customer", "block"],
    ["INC-7 notes.txt", "internal-words", "block"],
    ["invoice.pdf.exe", "file-executable", "warn"],
    ["macro.docm", "file-executable", "warn"],
    ["page.html", "file-executable", "warn"],
    ["picture.svg", "file-executable", "warn"],
    ["all.zip", "file-packed", "warn"],
  ])("called %s is found: %s, %s", (called, code, level) => {
    expect(found(after(draft, name, attach(called)))).toMatchObject([
      expect.objectContaining({ code, level, at: "/files/F-1" }),
    ]);
  });

  test("with a customer's name may go to that customer alone", () => {
    const only = { ...attach("kestrel-bank.csv"), only: ["customer:cus_2"] } as IncidentCommand;
    expect(found(after(draft, name, only))).toEqual([]);
    const wrong = { ...attach("kestrel-bank.csv"), only: ["customer:cus_1"] } as IncidentCommand;
    expect(found(after(draft, name, wrong))).toMatchObject([{ code: "other-customer" }]);
  });

  test("that says who made it, or where it was taken, is warned about", () => {
    const incident = after(draft, name, attach("a.docx", { made: ["Ravi Nair"], placed: true }));
    const findings = found(incident);
    expect(findings.map(({ code }) => code)).toEqual(["file-author", "file-placed"]);
    expect(findings[0]?.message).toContain("“Ravi Nair”");
  });

  test("of the ordinary kind raises nothing", () => {
    for (const called of ["steps.pdf", "affected-rows.csv", "screenshot 1.png", "key.txt"])
      expect(found(after(draft, name, attach(called)))).toEqual([]);
  });
});
