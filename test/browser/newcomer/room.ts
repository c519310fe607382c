/** Steps 16 to 18: the timeline, what would start and what does, and the decision. */

import { join } from "node:path";
import { readFileSync } from "node:fs";
import { describe, expect, type SuiteCollector, test } from "vitest";
import { valueOf } from "../../owner.ts";
import { NAMES } from "./parties.ts";
import type { Story } from "./story.ts";

export const room = (story: () => Story): SuiteCollector =>
  describe("the incident, run from its room and from the shell", () => {
    const lines = async () =>
      valueOf(
        await (await story().owner()).client.read("timeline", { id: "INC-1" }, { limit: 200 }),
      ).items;

    test("16: takes lines with the time they happened and the time they were written", async () => {
      const { ada, act, part, due, look } = story();
      const { page } = ada;
      await part("Timeline");
      const composer = page.getByLabel("Write a line into the timeline");
      if (await composer.isVisible()) await composer.focus();
      else await act("l", /^Log/);
      await composer.fill("Pulled the access log of the bucket.");
      await page.keyboard.press("Enter");
      await page.getByText("Pulled the access log of the bucket.").waitFor();
      await composer.fill("@yesterday 12:00 Public access removed.");
      await page.keyboard.press("Enter");
      await page.getByText("Public access removed.").waitFor();
      const logged = await due("inc", "log", "INC-1", "keys revoked");
      expect(logged.stderr).toBe("");
      // Written elsewhere, seen here without a reload.
      await page.getByText("keys revoked").waitFor();
      const written = (await lines()).filter(({ type }) => type === "LineLogged");
      expect(written.map(({ text }) => text)).toEqual([
        "Pulled the access log of the bucket.",
        "Public access removed.",
        "keys revoked",
      ]);
      expect(written.map(({ happenedAt }) => happenedAt !== null)).toEqual([false, true, false]);
      expect(Date.parse(written[1]?.happenedAt ?? "")).toBeLessThan(
        Date.parse(written[1]?.at ?? ""),
      );
      await look("16-timeline");
    });

    test("16: strikes one, which stays readable and stays in the ledger", async () => {
      const { ada, folder, data, due } = story();
      const { page } = ada;
      await page.getByText("keys revoked").click();
      await page.getByRole("button", { name: "Strike…" }).click();
      await page.getByLabel("Why it no longer counts").fill("They were rotated, not revoked.");
      await page.getByRole("button", { name: /^Strike entry/ }).click();
      await page.getByText("They were rotated, not revoked.").first().waitFor();
      const [struck] = (await lines()).filter(({ text }) => text === "keys revoked");
      expect(struck?.struck?.reason).toBe("They were rotated, not revoked.");
      const file = join(folder, "struck.jsonl");
      expect((await due("ledger", "export", file, "--data", data)).code).toBe(0);
      expect(readFileSync(file, "utf8")).toContain("keys revoked");
    });

    test("18: the three who are touched are marked", async () => {
      const { ada, part } = story();
      const { page } = ada;
      await part("State");
      await page.getByRole("button", { name: "From a list" }).click();
      await page.getByLabel("List", { exact: true }).fill(NAMES.join("\n"));
      await page.getByRole("button", { name: "See whom it names" }).click();
      await page.getByText("It names 3 customers in 3 lines").waitFor();
      await page.getByRole("button", { name: "Record that 3 customers are affected" }).click();
      const touched = page.locator("section.part", { hasText: "Touched" });
      for (const name of NAMES) await touched.getByText(name).first().waitFor();
    });

    test("17: what would start becomes, once confirmed, exactly what was shown", async () => {
      const { ada, part, act, find, look, size, owner } = story();
      const { page } = ada;
      const listed = (begins: RegExp) =>
        page
          .locator("[data-obligation]")
          .evaluateAll((all) => all.map((one) => one.textContent ?? ""))
          .then((all) => all.filter((says) => begins.test(says)));
      const ghostly = /^If confirmed now that data of a customer are exposed/;
      await part("Owed");
      if (size.width > 1000) for (const _ of "gg") await page.keyboard.press("g");
      else await find(/^Tape: show what would start/);
      await expect.poll(async () => (await listed(ghostly)).length).toBe(NAMES.length);
      await look("17-ghosts");
      /** `Notify Oakline … Monday 23 November 09:30 CET`, whichever way it is said. */
      const what = (says: string) =>
        /Notify (.*?), .* due (\w+ \d+ \w+)/.exec(says)?.slice(1, 3).join(" ") ?? "";
      const shown = new Set((await listed(ghostly)).map(what));
      await part("State");
      await act("f", "Record");
      await page.getByLabel("Claim").selectOption("customer-data-exposed");
      await page.getByLabel("Confirmed", { exact: true }).check();
      await page.getByLabel("How we know").fill("The access log of the bucket.");
      await look("17-fact");
      await page.getByRole("button", { name: "Record as confirmed" }).click();
      await part("Owed");
      await expect.poll(async () => (await listed(ghostly)).length).toBe(0);
      await expect.poll(async () => new Set((await listed(/^Notify /)).map(what))).toEqual(shown);
      await look("17-solid");
      const { client } = await owner();
      const { folded, obligations } = valueOf(await client.read("incident", { id: "INC-1" }));
      const { moments } = folded as { moments: Readonly<Record<string, number>> };
      // Whole seconds are promised, never a millisecond more.
      const day = Math.floor((moments["confirmedAt"] ?? 0) / 1000) * 1000 + 24 * 3_600_000;
      const sooner = obligations.filter(
        ({ duty, dueAt }) => duty === "notify" && Date.parse(dueAt ?? "") === day,
      );
      expect(new Set(sooner.map(({ recipient }) => recipient.name))).toEqual(new Set(NAMES));
    });

    test("18: the decision to notify is on record with its triggers, reason, decider and time", async () => {
      const { ada, part, act, look } = story();
      const { page } = ada;
      await part("State");
      await act("d", /^Decide/);
      const why = page.getByLabel("Why", { exact: true });
      await why.waitFor();
      for (const other of await page.getByRole("group", { name: /[?.]$/ }).all()) {
        const yes = other.getByLabel("Yes");
        if ((await yes.count()) > 0 && !(await yes.isChecked()))
          await other.getByLabel("No", { exact: true }).check();
      }
      await page.getByRole("group", { name: "So" }).getByLabel("Notify", { exact: true }).check();
      await why.fill("Their exports were readable.");
      await look("18-decide");
      await page.getByRole("button", { name: "Record: we notify" }).click();
      const card = page.locator("section.part", { hasText: "Must we notify?" });
      await card.getByText("Notify", { exact: true }).waitFor();
      await card.getByText("Their exports were readable.").waitFor();
      await card.getByText("Ada Lindqvist").first().waitFor();
      await look("18-decided");
    });
  });
