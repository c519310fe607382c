/**
 * Parties in a real browser: one customer by form, two by CSV with one bad row, and
 * the clause of a contract kept word for word.
 */

import { beforeAll, describe, expect, test } from "vitest";
import { valueOf } from "../owner.ts";
import { openApp } from "./app.ts";
import { DESKTOP, expectAccessible, openSignedIn, PHONE, shot, type Watched } from "./browser.ts";

const { owner, program, browser, session } = await openApp("parties-browser", {
  setup: { example: "product" },
});
let ada: Watched;

beforeAll(async () => {
  ada = await openSignedIn(browser, session, DESKTOP);
});

const customers = async () => valueOf(await owner.client.read("customers")).items;
const names = async () => (await customers()).map(({ name }) => name);

const HEAD =
  "name,contact_name,contact_mail,contact_zone,clause,clause_text,clause_document,clause_dated,clause_duty,clause_from,clause_count,clause_unit";
const WORDS =
  "The Processor informs the Bank of any exposure of Bank Data within forty-eight (48) hours of its confirmation, first by telephone and then in writing.";
const rows = (zone: string) =>
  [
    HEAD,
    `Kestrel Bank,Mara Voss,security@kestrel.example,Europe/Berlin,kestrel-dpa-7,"${WORDS}",dpa,2026-03-02,notify,confirmedAt,48,hours`,
    `Oakline,Priya Raman,priya@oakline.example,${zone}`,
  ].join("\n");

describe("a newcomer who adds three customers", () => {
  test("finds nobody here, and what to do about it", async () => {
    const { page } = ada;
    await page.goto(`${program.url}/app/parties`);
    await page.getByText("Add one customer and see what you owe them on a bad Friday.").waitFor();
    await expectAccessible(page, "no parties");
    await shot(ada.page, "empty");
  });

  test("adds one by form, with the key for it", async () => {
    const { page } = ada;
    await page.keyboard.press("c");
    await page.getByLabel("Customer", { exact: true }).fill("Meridian Health");
    await page.getByLabel("Security contact").fill("Dr. Abena Osei");
    await page.getByLabel("Their mail address").fill("security@meridian.example");
    await page.getByRole("button", { name: "Add the customer" }).click();
    await page.getByRole("heading", { name: "Meridian Health" }).waitFor();
    await page.getByText(/No contract clauses: your published floor applies \(\d+ h\)\./).waitFor();
    await expectAccessible(page, "a customer");
    await shot(ada.page, "customer");
  });

  test("has a file with one bad row refused, by its line, and nothing half imported", async () => {
    const { page } = ada;
    await page.goto(`${program.url}/app/parties`);
    await page.getByRole("link", { name: "Meridian Health", exact: true }).waitFor();
    await page.keyboard.press("i");
    await page.getByLabel("Or paste the rows").fill(rows("Europe/Londn"));
    await page.getByRole("button", { name: "Import all rows" }).click();
    await page
      .getByText(
        'Line 3, column 43: "Europe/Londn" is not a time zone: did you mean "Europe/London"?',
      )
      .waitFor();
    await page.getByText("Nothing was imported.").waitFor();
    await expectAccessible(page, "a refused import");
    await shot(ada.page, "refused");
    expect(await names()).toEqual(["Meridian Health"]);
  });

  test("corrects the row, tries it out, imports again: then there are three", async () => {
    const { page } = ada;
    await page.getByLabel("Or paste the rows").fill(rows("Europe/London"));
    await page.getByRole("button", { name: "Try it out" }).click();
    await page.getByText("All of it is good: 2 customers would be added.").waitFor();
    expect(await names()).toEqual(["Meridian Health"]);
    await page.getByRole("button", { name: "Import all rows" }).click();
    await page.getByRole("link", { name: "Kestrel Bank", exact: true }).waitFor();
    expect(await names()).toEqual(["Kestrel Bank", "Meridian Health", "Oakline"]);
    await page.getByText("3 customers.").waitFor();
    await expectAccessible(page, "parties");
    await shot(ada.page, "list");
  });

  test("reads Kestrel's clause word for word, and beside it what is counted", async () => {
    const { page } = ada;
    await page.getByRole("link", { name: "Kestrel Bank", exact: true }).click();
    await page.getByRole("heading", { name: "Kestrel Bank" }).waitFor();
    await page.getByText(WORDS).waitFor();
    await page
      .getByText(
        /We notify the customer within 48 hours of .*, by their contract \(DPA of 2026-03-02\)\./,
      )
      .waitFor();
    await expectAccessible(page, "a contract");
  });
});

describe("whoever keeps the contract", () => {
  test("is told where a clause cannot be read, and loses nothing of it", async () => {
    const { page } = ada;
    await page.getByRole("button", { name: "Record a clause" }).click();
    await page.getByLabel("The clause, as it stands in the contract").fill("Within a day.");
    await page.getByLabel("As YAML").check();
    await page.getByLabel("The clause as YAML").fill("duty: notify\nfrom: awareAt\nwithin: soon\n");
    await shot(ada.page, "clause-form");
    await page.getByRole("button", { name: "Record the clause" }).click();
    await page
      .getByRole("alert")
      .getByText(/within/)
      .first()
      .waitFor();
    await expectAccessible(page, "a clause that cannot be read");
    await page.reload();
    await page.getByRole("button", { name: "Record a clause" }).click();
    expect(await page.getByLabel("The clause, as it stands in the contract").inputValue()).toBe(
      "Within a day.",
    );
    await page.getByLabel("As YAML").check();
    await page
      .getByLabel("The clause as YAML")
      .fill("duty: update\nfrom: awareAt\nwithin: { count: 24, unit: hours }\n");
    await page.getByRole("button", { name: "Record the clause" }).click();
    await page.getByText(/We send the customer an update within 24 hours/).waitFor();
  });

  test("marks a contact as verified today", async () => {
    const { page } = ada;
    await page.getByText("never verified").waitFor();
    await page.getByRole("button", { name: "Verified today Mara Voss" }).click();
    await page.getByText(/verified on \d{4}-\d\d-\d\d/).waitFor();
  });

  test("adds a provider by form, and what it owes us runs once it is involved", async () => {
    const { page } = ada;
    await page.goto(`${program.url}/app/parties`);
    await page.getByRole("button", { name: "Add another party" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Gatehouse");
    await page.getByLabel("Contact", { exact: true }).fill("Noor Haddad");
    await page.getByLabel("Their mail address").fill("security@gatehouse.example");
    await expectAccessible(page, "adding a provider");
    await page.getByRole("button", { name: "Add the party" }).click();
    await page.getByRole("heading", { name: "Gatehouse" }).waitFor();
    const id = page.url().split("/").at(-1) ?? "";
    valueOf(
      await owner.client.send("RecordClause", id, {
        clause: "gatehouse-dpa-8",
        text: "Gatehouse informs the customer within 48 hours of opening.",
        document: "dpa",
        terms: { duty: "notify", from: "openedAt", within: { count: 48, unit: "hours" } },
      }),
    );
    const title = "Word from the sign-in provider";
    valueOf(await owner.client.send("OpenIncident", "", { title }));
    await page.goto(`${program.url}/app/incidents/INC-1`);
    await page.getByRole("button", { name: "Name one" }).click();
    await page.getByRole("button", { name: "Record that Gatehouse is involved" }).click();
    await page.locator('[data-id^="gatehouse-dpa-8@provider:"]').first().waitFor();
    await page.getByRole("button", { name: "No part in it Gatehouse" }).click();
    await page.getByLabel("How we know").fill("Their status page speaks of another region.");
    await page.getByRole("button", { name: "Record that Gatehouse has no part in it" }).click();
    await page.getByText("No provider is recorded as involved.").waitFor();
  });

  test("sees it on a telephone and in the dark", async () => {
    const [customer] = await customers();
    const phone = await openSignedIn(browser, session, PHONE, "dark");
    await phone.page.goto(`${program.url}/app/parties`);
    await phone.page.getByRole("link", { name: "Kestrel Bank", exact: true }).waitFor();
    await expectAccessible(phone.page, "parties on a telephone");
    await shot(phone.page, "phone-list");
    await phone.page.goto(`${program.url}/app/parties/${customer?.id}`);
    await phone.page.getByText(WORDS).waitFor();
    const wide = await phone.page.evaluate<number>("document.documentElement.scrollWidth");
    expect(wide).toBeLessThanOrEqual(PHONE.width);
    await expectAccessible(phone.page, "a customer on a telephone");
    await shot(phone.page, "phone-customer");
    expect([...ada.faults, ...phone.faults]).toEqual([]);
  });
});
