/** Steps 11 and 12: three customers, a bad row, and what one of them would be owed. */

import { describe, expect, type SuiteCollector, test } from "vitest";
import { valueOf } from "../../owner.ts";
import type { Story } from "./story.ts";

export const NAMES = ["Kestrel Bank", "Meridian Health", "Oakline"] as const;

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

export const parties = (story: () => Story): SuiteCollector =>
  describe("whom it is owed to", () => {
    const names = async () =>
      valueOf(await (await story().owner()).client.read("customers")).items.map(({ name }) => name);

    test("11: one customer by form", async () => {
      const { ada, program, act, look } = story();
      const { page } = ada;
      await page.goto(`${program.url}/app/parties`);
      await page.getByText("Add one customer and see what you owe them on a bad Friday.").waitFor();
      await look("11-nobody-yet");
      await act("c", "Add a customer");
      await page.getByLabel("Customer", { exact: true }).fill("Meridian Health");
      await page.getByLabel("Security contact").fill("Dr. Abena Osei");
      await page.getByLabel("Their mail address").fill("security@meridian.example");
      await page.getByRole("button", { name: "Add the customer" }).click();
      await page.getByRole("heading", { name: "Meridian Health" }).waitFor();
      await look("11-customer");
    });

    test("11: two by CSV, nothing half imported while one row is bad", async () => {
      const { ada, program, act, look } = story();
      const { page } = ada;
      await page.goto(`${program.url}/app/parties`);
      await page.getByRole("link", { name: "Meridian Health", exact: true }).waitFor();
      await act("i", /^Import/);
      await page.getByLabel("Or paste the rows").fill(rows("Europe/Londn"));
      await page.getByRole("button", { name: "Import all rows" }).click();
      await page.getByText(/^Line 3, column 43: "Europe\/Londn" is not a time zone/).waitFor();
      await page.getByText("Nothing was imported.").waitFor();
      await look("11-refused");
      expect(await names()).toEqual(["Meridian Health"]);
      await page.getByLabel("Or paste the rows").fill(rows("Europe/London"));
      await page.getByRole("button", { name: "Import all rows" }).click();
      await page.getByRole("link", { name: "Kestrel Bank", exact: true }).waitFor();
      expect(await names()).toEqual(NAMES);
      await page.getByRole("link", { name: "Kestrel Bank", exact: true }).click();
      await page.getByText(WORDS).waitFor();
      await look("11-contract");
    });

    test("12: for Kestrel the policy's 24 hours govern, and its own 48 are slack", async () => {
      const { ada, act, look } = story();
      const { page } = ada;
      await act("s", /^What if/);
      await page.getByRole("heading", { name: /^Owed \(/ }).waitFor();
      await page.getByLabel(/^data of a customer are exposed/).check();
      const owed = page.locator("section", { hasText: /^Owed/ }).first();
      const [ours, theirs] = [/We notify .* within 24 hours/, /within 48 hours .* contract/];
      await owed.locator("tr", { hasText: ours }).first().waitFor();
      expect(await owed.locator("tr", { hasText: ours }).first().innerText()).not.toMatch(/slack/);
      expect(await owed.locator("tr", { hasText: theirs }).innerText()).toMatch(
        /slack: notify-exposure-critical governs/,
      );
      await look("12-simulated");
    });
  });
