/**
 * Parties, through the API and the command line: kept, imported whole or not at
 * all, taken away and brought back, and what their contracts do to an incident.
 */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { valueOf } from "../owner.ts";
import { removeFolder, runDue, scratchFolder } from "../program.ts";
import { expectWhole, openWorld, type TestWorld } from "../world.ts";

let world: TestWorld;
let token: string;
let scratch: string;

beforeAll(async () => {
  scratch = scratchFolder("parties");
  world = await openWorld({ name: "parties", at: "2026-11-20T17:40:00Z" });
  token = await world.ada.token("read", "write");
}, 120_000);
afterAll(async () => {
  await world?.stop();
  removeFolder(scratch);
});

const due = (...words: string[]) =>
  runDue(words, { DUE_DATA: "/nonexistent", DUE_URL: world.url, DUE_TOKEN: token });

async function importing(
  body: string | Uint8Array,
  { dryRun = false, type = "text/csv", accept = "application/json" } = {},
) {
  const answer = await fetch(`${world.url}/api/v1/imports?dryRun=${dryRun}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": type, accept },
    body: body as string,
  });
  return { status: answer.status, text: await answer.text() };
}
const problems = ({ text }: { text: string }) =>
  (
    JSON.parse(text) as {
      problems: { code: string; message: string; line?: number; column?: number }[];
    }
  ).problems.map(({ code, line, column }) => [code, line, column]);
const names = async () =>
  valueOf(await world.ada.client.read("customers")).items.map(({ name }) => name);

const HEAD =
  "name,contact_name,contact_mail,contact_zone,clause,clause_text,clause_document,clause_duty,clause_from,clause_count,clause_unit";
const WORDS = '"The Processor informs the Bank within forty-eight (48) hours, first by telephone."';
const KESTREL = `Kestrel Bank,Mara Voss,security@kestrel.example,Europe/Berlin,kestrel-dpa-7,${WORDS},dpa,notify,awareAt,48,hours`;

describe("a file of customers", () => {
  test("is not taken from a token that may only read", async () => {
    const reading = await world.ada.token("read");
    const answer = await fetch(`${world.url}/api/v1/imports`, {
      method: "POST",
      headers: { authorization: `Bearer ${reading}`, "content-type": "text/csv" },
      body: `${HEAD}\n${KESTREL}\n`,
    });
    expect(answer.status).toBe(403);
    expect(await names()).toEqual([]);
  });

  test.each([
    ["bad-format", "a name of one line", { customers: [{ name: "Oak\0line" }] }],
    [
      "bad-text",
      "a text of several",
      { customers: [], parties: [{ kind: "provider", name: "Storage", about: "Files\0" }] },
    ],
  ])(
    "with a character that nothing can store is refused (%s in %s), and leaves nothing",
    async (code, _, holds) => {
      const file = { format: "duenotice/parties/1", ...holds };
      const answer = await importing(JSON.stringify(file), { type: "application/json" });
      expect(problems(answer)[0]?.[0]).toBe(code);
      expect(await names()).toEqual([]);
    },
  );

  test("with one bad row is imported not at all, and the row is named", async () => {
    const bad = `${HEAD}\n${KESTREL}\nOakline,Priya,priya@oakline,Mars/Olympus\n`;
    const answer = await importing(bad);
    expect(answer.status).toBe(422);
    expect(problems(answer)).toEqual([["zone-unknown", 3, 29]]);
    expect(await names()).toEqual([]);
  });

  test("says everything that is wrong at once, each with its line and column", async () => {
    const rows = [
      HEAD.replace("contact_zone", "zone"),
      "=cmd|' /C calc'!A0,x,x@y.example",
      ",nobody,x@y.example",
      `Two,Cleo,not an address,Nowhere/City`,
      `Three,Cleo,c@x.example,UTC,Bad Id,"text",contract,tell,neverAt,0,fortnights`,
      `Four,Cleo,c@x.example,UTC,four-1,"text",dpa,notify,awareAt,24,hours,surplus`,
    ];
    const found = problems(await importing(rows.join("\r\n")));
    expect(found).toEqual([
      ["cell-formula", 2, 1],
      ["text-missing", 3, 1],
      ["cell-surplus", 6, 69],
    ]);
    const [head = "", , , two = "", three = ""] = rows;
    expect(problems(await importing([head, two, three].join("\n")))).toEqual([
      ["mail-invalid", 2, 10],
      ["zone-unknown", 2, 25],
      ["clause-id-invalid", 3, 28],
      ["document-unknown", 3, 42],
      ["terms-invalid", 3, 51],
    ]);
    expect(await names()).toEqual([]);
  });

  test("in another encoding is refused with what to do", async () => {
    const latin = Buffer.from("name\nCafé\n", "latin1");
    const utf16 = Buffer.from("\uFEFFname\nKestrel\n", "utf16le");
    for (const [bytes, says] of [
      [latin, /Latin-1.*CSV UTF-8/],
      [utf16, /UTF-16.*CSV UTF-8/],
      [Buffer.from("PK\x03\x04 workbook"), /workbook.*CSV UTF-8/],
    ] as const) {
      const answer = await importing(bytes);
      expect(problems(answer)[0]?.[0]).toBe("file-encoding");
      expect(answer.text).toMatch(says);
    }
    expect(problems(await importing(latin))).toEqual([["file-encoding", 2, 4]]);
  });

  test("tried out says what would be added and adds nothing", async () => {
    const file = join(scratch, "customers.csv");
    writeFileSync(
      file,
      `\uFEFF${HEAD}\r\n${KESTREL}\r\nOakline,Priya Raman,priya@oakline.example\r\n`,
    );
    const tried = await due("party", "import", file, "--dry-run");
    expect(tried).toMatchObject({
      code: 0,
      stdout: "All of it is good: 2 parties would be added.\n",
    });
    expect(await names()).toEqual([]);
    const imported = await due("party", "import", file, "--json");
    expect(JSON.parse(imported.stdout)).toEqual({ read: 2, added: 2, dryRun: false });
    expect(await names()).toEqual(["Kestrel Bank", "Oakline"]);
  });

  test("that comes again is refused: nobody is added twice", async () => {
    const again = await due("party", "import", join(scratch, "customers.csv"));
    expect(again.code).toBe(1);
    expect(again.stderr).toContain("2:1 There is a customer called Kestrel Bank already");
    expect(await names()).toEqual(["Kestrel Bank", "Oakline"]);
  });

  test("says how far it is to whoever asks, the outcome last", async () => {
    const answer = await importing("name\nMeridian Health\n", {
      dryRun: true,
      accept: "application/x-ndjson",
    });
    const lines = answer.text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as object);
    expect(lines).toEqual([
      { stage: "read", done: 1, of: 1 },
      { stage: "checked", done: 1, of: 1 },
      { read: 1, added: 0, dryRun: true },
    ]);
  });
});

describe("a file of other parties", () => {
  const file = (parties: readonly object[]) =>
    importing(JSON.stringify({ format: "duenotice/parties/1", customers: [], parties }), {
      type: "application/json",
    });
  const told = async (parties: readonly object[]) =>
    (
      JSON.parse((await file(parties)).text) as { problems: { code: string; at?: string }[] }
    ).problems.map(({ code, at }) => [code, at]);

  test("with one fault is imported not at all, and each fault has its place in it", async () => {
    const good = { kind: "authority", name: "Harbour Office" };
    const bad = [
      good,
      { kind: "provider", name: "Halyard DNS", customers: ["Kestrel Bank", "Nobody Ltd"] },
      {
        kind: "help",
        name: "Ward & Pike",
        contacts: [{ name: "Una", mail: "una@ward.example", zone: "Mars/Olympus" }],
      },
      { kind: "help", name: "Pike", clauses: [{ clause: "p-1", text: "x", document: "msa" }] },
      { kind: "authority", name: "HARBOUR OFFICE" },
    ];
    expect(await told(bad)).toEqual([
      ["customer-unknown", "/parties/1/customers/1"],
      ["zone-unknown", "/parties/2/contacts/0/zone"],
      ["party-other-kind", "/parties/3/clauses/0"],
      ["party-known", "/parties/4/name"],
    ]);
    expect((await told([{ kind: "pirate", name: "Anne" }]))[0]?.[1]).toBe("/parties/0/kind");
    expect(valueOf(await world.ada.client.read("others")).items).toEqual([]);
  });

  test("as a sheet is held to the same, by line and column", async () => {
    const rows = [
      "kind,name,about,customers,stage,contact_name,contact_mail,contact_zone",
      "authority,Harbour Office,,,,,,",
      "provider,Halyard DNS,Our zones,Kestrel Bank | Nobody Ltd,,,,",
      "help,Ward & Pike,,,,Una,una@ward.example,Mars/Olympus",
      "authority,HARBOUR OFFICE,,,,,,",
    ];
    expect(problems(await importing(rows.join("\n")))).toEqual([
      ["customer-unknown", 3, 32],
      ["zone-unknown", 4, 42],
    ]);
    const [head = ""] = rows;
    const mixed = [
      head,
      "pirate,Anne,,,,,,",
      "provider,Pike,,,pilot,,,",
      ",Oakline,Their zones,,,,,",
    ];
    expect(problems(await importing(mixed.join("\n")))).toEqual([
      ["party-kind-unknown", 2, 1],
      ["cell-not-for-kind", 3, 17],
      ["cell-not-for-kind", 4, 10],
    ]);
    expect(valueOf(await world.ada.client.read("others")).items).toEqual([]);
  });
});

describe("a customer", () => {
  let kestrel: string;

  test("is shown with the words of the contract beside what is counted", async () => {
    kestrel =
      valueOf(await world.ada.client.read("customers", {}, { q: "kestrel" })).items[0]?.id ?? "";
    const { stdout } = await due("party", "show", kestrel);
    expect(stdout).toContain(
      "The Processor informs the Bank within forty-eight (48) hours, first by telephone.",
    );
    expect(stdout).toMatch(
      /We notify the customer within 48 hours of .*, by their contract \(DPA\)\./,
    );
  });

  test("without contacts is taken, and it is said what cannot be done", async () => {
    const { stdout } = await due("party", "add", "Meridian Health");
    const shown = await due("party", "show", stdout.trim());
    expect(shown.stdout).toContain("no notice can be sent to them until you add one");
    expect(
      (await due("party", "contact", stdout.trim(), "Cleo", "--mail", "c@m.example")).code,
    ).toBe(0);
    const verified = await due("party", "verify", stdout.trim(), "ct-1", "--on", "2026-02-30");
    expect(verified).toMatchObject({ code: 2 });
    expect(verified.stderr).toContain("must be a date");
  });

  test("is exported so that no cell computes, and comes back as it was", async () => {
    await due(
      "party",
      "add",
      "=SUM(A1)",
      "--contact",
      "Dov",
      "--mail",
      "d@x.example",
      "--phone",
      "+49 30 5550101",
    );
    const { client } = world.ada;
    const halyard = valueOf(
      await client.send("AddParty", "", {
        kind: "provider",
        name: "Halyard DNS",
        about: "Our zones",
        feeds: ["https://status.halyard.example/feed"],
        customers: [kestrel],
        contact: { name: "Pia", mail: "pia@halyard.example" },
      }),
    ).subject.replace("party/", "");
    valueOf(
      await client.send("RecordClause", halyard, {
        clause: "halyard-4",
        text: "Halyard tells us within one day.",
        document: "msa",
        terms: { duty: "notify", from: "awareAt", within: { count: 24, unit: "hours" } },
      }),
    );
    valueOf(await client.send("AddParty", "", { kind: "authority", name: "Harbour Office" }));
    const csv = join(scratch, "out.csv");
    expect((await due("party", "export", csv, "--csv")).code).toBe(0);
    const text = (await due("party", "export", "--csv")).stdout;
    expect(text).toContain("'=SUM(A1)");
    expect(text).toContain("'+49 30 5550101");
    const json = (await due("party", "export")).stdout;
    for (const [type, body] of [
      ["application/json", json],
      ["text/csv", text],
    ] as const)
      await comesBack(type, body, json);
  });

  async function comesBack(type: string, body: string, json: string): Promise<void> {
    const elsewhere = await openWorld({ name: "parties-again", at: "2026-11-20T17:40:00Z" });
    try {
      const headers = {
        authorization: `Bearer ${await elsewhere.ada.token("read", "write")}`,
        "content-type": type,
      };
      const brought = await fetch(`${elsewhere.url}/api/v1/imports`, {
        method: "POST",
        headers,
        body,
      });
      expect(await brought.json()).toEqual({ read: 6, added: 6, dryRun: false });
      const there = valueOf(await elsewhere.ada.client.read("others")).items;
      expect(there.map(({ kind, name }) => [kind, name])).toEqual([
        ["provider", "Halyard DNS"],
        ["authority", "Harbour Office"],
      ]);
      const again = await fetch(`${elsewhere.url}/api/v1/exports/parties`, { headers });
      expect((await again.text()).trim()).toBe(json.trim());
    } finally {
      await elsewhere.stop();
    }
  }

  test("is owed what their contract says, in an incident, for as long as it bound", async () => {
    const { client } = world.ada;
    const opened = valueOf(await client.send("OpenIncident", "", { title: "Exports were open" }));
    const id = opened.subject.replace("incident/", "");
    valueOf(await client.send("TouchCustomer", id, { customer: kestrel }));
    const { facts } = valueOf(await client.read("policy", { version: "current" })).policy as {
      policy: never;
      facts: { claim: string; confirmed?: { sets: string[] } }[];
    };
    const claim = facts.find(({ confirmed }) => confirmed?.sets.includes("awareAt"))?.claim ?? "";
    valueOf(await client.send("RecordFact", id, { claim, state: "confirmed", source: "Log" }));
    const owed = async () =>
      valueOf(await client.read("incident", { id })).obligations.find(
        ({ clause }) => clause === "kestrel-dpa-7",
      );
    expect((await owed())?.dueAt).toBe("2026-11-22T17:40:00.000Z");
    const words = `party clause ${kestrel} kestrel-dpa-7 --document dpa --text sooner --duty notify --from awareAt --count 24 --unit hours`;
    const clause = await due(...words.split(" "));
    expect(clause).toMatchObject({ code: 0, stderr: "" });
    expect((await owed())?.dueAt).toBe("2026-11-22T17:40:00.000Z");
    expect(await due("inc", "rebind", id, kestrel)).toMatchObject({ code: 0, stderr: "" });
    expect((await owed())?.dueAt).toBe("2026-11-21T17:40:00.000Z");
    await world.settle();
    await expectWhole(world);
  });
});

describe("a provider", () => {
  test("that an incident names owes us what it has signed", async () => {
    const added = await due("party", "add-other", "provider", "Gatehouse", "--about", "Sign-in");
    expect(added).toMatchObject({ code: 0, stderr: "" });
    const id = added.stdout.trim();
    expect(id).toMatch(/^prv_/);
    const words = `party clause ${id} gatehouse-dpa-8 --document dpa --text soon --duty notify --from openedAt --count 48 --unit hours`;
    expect(await due(...words.split(" "))).toMatchObject({ code: 0, stderr: "" });
    expect((await due("party", "others", "--kind", "provider")).stdout).toContain("Gatehouse");
    expect(await due("inc", "involve", "INC-1", id)).toMatchObject({ code: 0, stderr: "" });
    const { obligations, providers } = valueOf(
      await world.ada.client.read("incident", { id: "INC-1" }),
    );
    expect(providers).toEqual([{ id, name: "Gatehouse" }]);
    expect(obligations.find(({ clause }) => clause === "gatehouse-dpa-8")).toMatchObject({
      recipient: { kind: "provider", name: "Gatehouse" },
      says: expect.stringMatching(/^The provider owes us word within 48 hours/),
    });
    await expectWhole(world);
  });
});

describe("a contact", () => {
  const DAY_MS = 86_400_000;
  const read = async <T>(...words: string[]): Promise<T> =>
    JSON.parse((await due("read", ...words, "--json")).stdout) as T;
  type Check = { clause: string; subjectTitle: string; says: string };
  const checks = async (standing: "open" | "missed") =>
    (await read<{ items: Check[] }>("obligations", "--standing", standing)).items.filter(
      ({ clause }) => clause === "contact-check",
    );

  test("whom nobody checked stands on the board, and is missed after thirty days", async () => {
    const open = await checks("open");
    expect(open.map(({ subjectTitle }) => subjectTitle)).toContain("Kestrel Bank");
    expect(open[0]?.says).toMatch(/^Check that .* is still whom to reach: nobody has yet\.$/);
    expect(await checks("missed")).toEqual([]);
    await world.advance(32 * DAY_MS);
    const missed = await checks("missed");
    expect(missed.map(({ subjectTitle }) => subjectTitle)).toContain("Kestrel Bank");
  });

  test("marked as verified is checked again in a year", async () => {
    const { items } = await read<{ items: { id: string }[] }>("customers", "--q", "kestrel");
    const id = items[0]?.id ?? "";
    expect((await due("party", "verify", id, "ct-1")).code).toBe(0);
    const shown = await read<{ obligations: object[] }>("party", id);
    expect(shown.obligations).toMatchObject([
      { dueAt: "2027-12-23T00:00:00.000Z", standing: "running" },
    ]);
    expect((await checks("missed")).map(({ subjectTitle }) => subjectTitle)).not.toContain(
      "Kestrel Bank",
    );
    await world.settle();
    await expectWhole(world);
  });
});
