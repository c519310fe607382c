/** Steps 1 to 6: a clean machine, a start, and the five minutes of setting up. */

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, type SuiteCollector, test } from "vitest";
import { setupLinkIn } from "../../program.ts";
import type { Story } from "./story.ts";

export const begin = (story: () => Story): SuiteCollector =>
  describe("a stranger on a clean machine", () => {
    let link: string;

    test("1: has read one sentence, seen one picture and three commands", () => {
      const first = readFileSync("README.md", "utf8").split("\n## ")[0] ?? "";
      expect(first.match(/<img /g)).toHaveLength(1);
      const [, commands = ""] = first.split("```");
      expect(commands.match(/^(?:npm|npx) /gm)).toHaveLength(3);
    });

    test("3: reads what the start prints: an address on this machine, and a one-time link", () => {
      const { program, data, folder } = story();
      link = setupLinkIn(data);
      expect(program.output()).toContain(`ready at ${program.url}`);
      expect(program.output()).toContain(link);
      expect(statSync(join(data, "setup-link.txt")).mode & 0o077).toBe(0);
      expect(readdirSync(folder)).toEqual(["data"]);
    });

    test("4: asks whether it is well: database, worker, disk and outbox are", async () => {
      const answer = await fetch(`${story().program.url}/readyz`);
      const { checks } = (await answer.json()) as { checks: Record<string, { ok: boolean }> };
      expect(answer.status).toBe(200);
      expect(Object.entries(checks).map(([name, { ok }]) => [name, ok])).toEqual([
        ["database", true],
        ["worker", true],
        ["disk", true],
        ["outbox", true],
      ]);
    });

    test("5, 6: sets it up on one page, which says when one business day ends", async () => {
      const { page } = story().ada;
      await page.goto(link);
      await page.getByLabel("Your name").fill("Ada Lindqvist");
      await page.getByLabel("Your mail address").fill("ada@gatehouse.example");
      await page.getByLabel("Password").fill("a long enough password");
      await page.getByLabel("Company").fill("Gatehouse");
      await page.getByLabel("Time zone").selectOption("Europe/Berlin");
      await expect
        .poll(() => page.getByRole("status").first().textContent())
        .toMatch(
          /^1 business day from now ends on \w{3} \d+ \w{3} \d{4}, 17:00 CES?T\. Public holidays of Germany /,
        );
      await page.getByLabel(/Load sample data/).uncheck();
      await page.getByLabel(/^Paste mine/).check();
      await story().look("06-setup");
      await page.getByRole("button", { name: "Publish the policy and begin" }).click();
      await page.getByRole("dialog", { name: "Paste my policy" }).waitFor();
    });

    test("5: finds that the link works once, and that a second setup is refused", async () => {
      const again = async (token: string) => {
        const answer = await fetch(`${story().program.url}/api/v1/setup`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({
            token,
            name: "Dov",
            mail: "dov@gatehouse.example",
            password: "a long enough password",
            organisation: "Dov",
            zone: "UTC",
            windows: { days: ["mon"], from: "09:00", to: "17:00" },
            example: "solo",
            sample: false,
          }),
        });
        return [answer.status, ((await answer.json()) as { code: string }).code];
      };
      expect(await again(link.split("#")[1] ?? "")).toEqual([410, "link-over"]);
      expect(await again("a-link-that-was-never-made")).toEqual([409, "already-set-up"]);
    });
  });
