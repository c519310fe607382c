/**
 * The newcomer: from a clean data directory to a closed, proven incident, as the
 * acceptance script tells it, in a real browser and from the shell.
 */

import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Owner, signedIn, valueOf } from "../owner.ts";
import {
  type Program,
  removeFolder,
  runDue,
  scratchFolder,
  setupLinkIn,
  startProgram,
  until,
} from "../program.ts";
import {
  DESKTOP,
  expectAccessible,
  openBrowser,
  openPage,
  PHONE,
  type Watched,
} from "./browser.ts";

const folder = scratchFolder("newcomer");
const data = join(folder, "data");
let program: Program;
let browser: Browser;
let ada: Watched;
let cookie: string;

beforeAll(async () => {
  program = await startProgram({ data });
  browser = await openBrowser();
  ada = await openPage(browser, DESKTOP);
});

afterAll(async () => {
  await browser?.close();
  await program?.stop();
  removeFolder(folder);
});

/** Ada again, through the API, with the session of her browser. */
const owner = (): Owner => signedIn(program, cookie);

const outbox = (): readonly string[] => {
  const place = join(data, "outbox");
  if (!existsSync(place)) return [];
  return readdirSync(place)
    .filter((name) => name.endsWith(".eml"))
    .sort()
    .map((name) => readFileSync(join(place, name), "utf8"));
};

describe("a stranger on a clean machine", () => {
  let setupLink: string;

  test("reads what the start prints: an address on this machine, and a one-time link", () => {
    setupLink = setupLinkIn(data);
    expect(program.output()).toContain(`ready at ${program.url}`);
    expect(program.output()).toContain(setupLink);
    expect(statSync(join(data, "setup-link.txt")).mode & 0o077).toBe(0);
    expect(readdirSync(folder)).toEqual(["data"]);
  });

  test("asks whether it is well: database, worker, disk and outbox are", async () => {
    const answer = await fetch(`${program.url}/readyz`);
    const { checks } = (await answer.json()) as { checks: Record<string, { ok: boolean }> };
    expect(answer.status).toBe(200);
    expect(Object.entries(checks).map(([name, { ok }]) => [name, ok])).toEqual([
      ["database", true],
      ["worker", true],
      ["disk", true],
      ["outbox", true],
    ]);
  });

  test("sets it up on one page, which says when one business day ends", async () => {
    const { page } = ada;
    await page.goto(setupLink);
    await page.getByLabel("Your name").fill("Ada Lindqvist");
    await page.getByLabel("Your mail address").fill("ada@fennel.example");
    await page.getByLabel("Password").fill("a long enough password");
    await page.getByLabel("Company").fill("Fennel");
    await page.getByLabel("Time zone").selectOption("Europe/Berlin");
    await expect
      .poll(() => page.getByRole("status").first().textContent())
      .toMatch(/^1 business day from now ends on \w{3} \d+ \w{3} \d{4}, 17:00 CES?T\.$/);
    await page.getByLabel(/Load sample data/).uncheck();
    await expectAccessible(page, "setup");
    await page.getByRole("button", { name: "Publish the policy and begin" }).click();
    await page.getByRole("heading", { name: "Inbox" }).waitFor();
    const [session] = await ada.context.cookies();
    cookie = `${session?.name}=${session?.value}`;
  });

  test("finds that the link works once, and that a second setup is refused", async () => {
    const token = setupLink.split("#")[1] ?? "";
    const again = await fetch(`${program.url}/api/v1/setup`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        token,
        name: "Dov",
        mail: "dov@fennel.example",
        password: "a long enough password",
        organisation: "Dov",
        zone: "UTC",
        windows: { days: ["mon"], from: "09:00", to: "17:00" },
        example: "solo",
        sample: false,
      }),
    });
    expect(again.status).toBe(409);
    expect(((await again.json()) as { code: string }).code).toBe("already-set-up");
  });

  test("reads the policy as customers do, and the hash of its bytes is the one that runs", async () => {
    const page = await (await fetch(`${program.url}/policy`)).text();
    const shown = await runDue(["policy", "show", "--hash"], {
      DUE_DATA: data,
      DUE_URL: program.url,
    });
    expect(shown.stderr).toBe("");
    const [hash] = /[0-9a-f]{64}/.exec(shown.stdout) ?? [];
    expect(hash).toBeDefined();
    expect(page).toContain(hash);
  });
});

describe("a researcher with something to report, and Ada who answers", () => {
  let casePath: string;

  test("needs no account and no script, and is told when a human answers", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: DESKTOP });
    const page = await context.newPage();
    await page.goto(`${program.url}/report`);
    await expect.poll(() => page.textContent("main, body")).toMatch(/by \w{3} \d+ \w{3}/);
    for (const [name, value] of [
      ["title", "Listable bucket exports-prod"],
      ["text", "Your bucket exports-prod is listable from the internet. Two names: a.csv, b.csv."],
      ["name", "Ravi N."],
      ["mail", "ravi@researcher.example"],
    ] as const)
      await page.locator(`[name="${name}"]`).fill(value);
    await page.getByRole("button", { name: "Send the report" }).click();
    await page.waitForURL(/\/case\//);
    casePath = new URL(page.url()).pathname;
    expect(await page.textContent("body")).toMatch(/received/i);
    await context.close();
  });

  test("gets a receipt that says it is automatic, and that alone meets no promise", async () => {
    const [receipt] = await until("the receipt", async () =>
      outbox().length > 0 ? outbox() : undefined,
    );
    expect(receipt).toMatch(/^Auto-Submitted: auto-replied/im);
    expect(receipt).toContain("ravi@researcher.example");
    await ada.page.goto(`${program.url}/app/inbox`);
    await ada.page.getByText(/acknowledge, to the reporter, due/).waitFor();
  });

  test("is acknowledged by a person, which meets it", async () => {
    const { page } = ada;
    await expectAccessible(page, "inbox");
    await page.keyboard.press("r");
    const send = page.getByRole("button", { name: /Acknowledge as Ada Lindqvist/ });
    await send.waitFor();
    await expectAccessible(page, "acknowledgement");
    await send.click();
    await page.getByText(/acknowledge, to the reporter, met/).waitFor();
    const mail = outbox().at(-1) ?? "";
    expect(mail).toMatch(/^From: .*Ada Lindqvist.*<ada@fennel\.example>/im);
    expect(mail).not.toMatch(/^Auto-Submitted/im);
  });

  test("gets one letter, however often Ctrl Enter is pressed while it is being sent", async () => {
    const { page } = ada;
    await page.keyboard.press("r");
    await page.getByRole("button", { name: /Send as Ada Lindqvist/ }).waitFor();
    const text = page.getByLabel("Text", { exact: true });
    await text.fill("Could you tell us when you saw it first?");
    const asked: string[] = [];
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await page.route("**/answer-reporter", async (route) => {
      asked.push(route.request().url());
      await held;
      await route.continue();
    });
    await text.press("Control+Enter");
    await page.getByText("One moment.").waitFor({ state: "attached" });
    await text.press("Control+Enter");
    letGo();
    await text.waitFor({ state: "detached" });
    await page.unroute("**/answer-reporter");
    expect(asked).toHaveLength(1);
  });

  test("is accepted into an incident by the policy's own questions", async () => {
    const { page } = ada;
    await page.keyboard.press("1");
    await page.getByLabel("Private title").waitFor();
    for (const group of await page.getByRole("group").all()) {
      const no = group.getByLabel("No", { exact: true });
      if ((await no.count()) > 0) await no.check();
    }
    await page
      .getByRole("group", { name: /Is personal data exposed/ })
      .getByLabel("Yes")
      .check();
    await page.getByLabel("Private title").fill("Zyxwv exposed export bucket");
    await expectAccessible(page, "accept");
    await page.getByRole("button", { name: "Open the incident" }).click();
    await page.waitForURL(/\/app\/incidents\/INC-1/);
    await page.getByRole("heading", { name: /INC-1/ }).waitFor();
    await expectAccessible(page, "room");
  });

  test("and nothing of it shows on any public page", async () => {
    for (const path of ["/", "/policy", "/report", casePath]) {
      const text = await (await fetch(program.url + path)).text();
      expect(text).not.toContain("Zyxwv");
      expect(text).not.toContain("INC-1");
    }
  });
});

describe("the incident's one timeline, written from the room and from the shell", () => {
  const lines = async () =>
    valueOf(await owner().client.read("timeline", { id: "INC-1" }, { limit: 200 })).items;

  test("takes lines with the time they happened and the time they were written", async () => {
    const { page } = ada;
    await page.keyboard.press("l");
    const composer = page.getByLabel("Write a line into the timeline");
    await composer.fill("Pulled the access log of the bucket.");
    await page.keyboard.press("Enter");
    await page.getByText("Pulled the access log of the bucket.").waitFor();
    await composer.fill("@00:01 Public access removed.");
    await page.keyboard.press("Enter");
    await page.getByText("Public access removed.").waitFor();
    const logged = await runDue(["inc", "log", "INC-1", "keys revoked"], {
      DUE_DATA: data,
      DUE_URL: program.url,
    });
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
    expect(Date.parse(written[1]?.happenedAt ?? "")).toBeLessThan(Date.parse(written[1]?.at ?? ""));
  });

  test("strikes one, which stays readable and stays in the ledger", async () => {
    const [line] = (await lines()).filter(({ text }) => text === "keys revoked");
    valueOf(
      await owner().client.send("StrikeEntry", "INC-1", {
        version: line?.version ?? 0,
        reason: "They were rotated, not revoked.",
      }),
    );
    const [struck] = (await lines()).filter(({ text }) => text === "keys revoked");
    expect(struck?.struck?.reason).toBe("They were rotated, not revoked.");
    const exported = await runDue([
      "ledger",
      "export",
      join(folder, "struck.jsonl"),
      "--data",
      data,
    ]);
    expect(exported.code).toBe(0);
    expect(readFileSync(join(folder, "struck.jsonl"), "utf8")).toContain("keys revoked");
  });
});

describe("closing, which is refused until nothing is open", () => {
  test("resolving names every gate that does not hold", async () => {
    const { page } = ada;
    await page.reload();
    await page.getByRole("button", { name: /Resolve/ }).click();
    await page
      .getByText("The cause is removed and the fix verified where it runs.")
      .first()
      .waitFor();
    await expectAccessible(page, "resolve");
    const refused = await owner().client.send("ResolveIncident", "INC-1", { note: "Over." });
    expect(refused.ok ? [] : refused.problems.map(({ code }) => code)).toEqual([
      "gate-open",
      "gate-open",
    ]);
    await page.keyboard.press("Escape");
  });

  test("the work is done, each piece with its evidence, and it is resolved", async () => {
    const { client } = owner();
    const sent = [
      await client.send("ApplyMitigation", "INC-1", {
        kind: "configuration",
        text: "Public access removed.",
      }),
      await client.send("ExceptGate", "INC-1", {
        of: "fix",
        gate: "second-reader",
        reason: "Ada is alone; Ben reads it on Monday.",
      }),
      await client.send("ShowGate", "INC-1", {
        of: "fix",
        gate: "pinned",
        evidence: ["https://git.fennel.example/changes/81"],
      }),
      await client.send("ShipFix", "INC-1", {
        text: "The migration no longer touches bucket policies.",
        release: "2.14.3",
      }),
      await client.send("VerifyFix", "INC-1", { note: "Listing is refused from two networks." }),
      await client.send("ShowGate", "INC-1", {
        of: "resolve",
        gate: "watched",
        evidence: ["Access log watched for six hours."],
      }),
      await client.send("ResolveIncident", "INC-1", { note: "Nothing is listable any more." }),
    ];
    expect(
      sent.flatMap((answer) => (answer.ok ? [] : answer.problems.map(({ message }) => message))),
    ).toEqual([]);
  });

  test("closing names what is still open: review, remediations, decision", async () => {
    const refused = await owner().client.send("CloseIncident", "INC-1", { note: "Done." });
    const says = refused.ok ? [] : refused.problems.map(({ message }) => message).join(" ");
    for (const part of [/decision/i, /review/i, /remediation/i]) expect(says).toMatch(part);
  });

  test("the review begins from the record, with what was promised beside what happened", async () => {
    const { page } = ada;
    await page.reload();
    await page
      .getByRole("button", { name: /Write the review|Write…|Write/ })
      .first()
      .click();
    await page.getByRole("button", { name: "Begin from the record" }).click();
    const text = page.getByLabel("Review, as Markdown");
    await expect
      .poll(() => text.inputValue())
      .toMatch(/## Promised and actual\s+\| Promise \| Counted from \| Due \| Done \|/);
    await expectAccessible(page, "review");
    for (const question of await page.locator("form textarea").all())
      if ((await question.inputValue()) === "") await question.fill("Answered from the record.");
    await page.getByRole("button", { name: "Save the review" }).click();
    await until(
      "the review is kept",
      async () => (await stateOf()).includes('"review":{') || undefined,
    );
    valueOf(await owner().client.send("PublishReview", "INC-1", {}));
  });

  test("a remediation has an owner and a date, and closing waits for it", async () => {
    const { client } = owner();
    valueOf(
      await client.send("AddRemediation", "INC-1", {
        title: "Bucket policies are checked every night",
        owner: "Ada Lindqvist",
        targetOn: "2027-01-15",
      }),
    );
    const refused = await client.send("CloseIncident", "INC-1", { note: "Done." });
    expect(refused.ok).toBe(false);
    const sent = [
      await client.send("ChangeRemediation", "INC-1", {
        remediation: "A1",
        status: "done",
        note: "Runs since today.",
      }),
      await client.send("ShowGate", "INC-1", {
        of: "close",
        gate: "decision-recorded",
        evidence: ["No customer data was read: access log, rows 1 to 40."],
      }),
      await client.send("CloseIncident", "INC-1", { note: "Closed with everything done." }),
    ];
    expect(
      sent.flatMap((answer) => (answer.ok ? [] : answer.problems.map(({ message }) => message))),
    ).toEqual([]);
    expect(valueOf(await client.read("incident", { id: "INC-1" })).state).toBe("closed");
  });

  const stateOf = async (): Promise<string> =>
    JSON.stringify(valueOf(await owner().client.read("incident", { id: "INC-1" })).folded);
});

describe("the proof, which needs neither this server nor its database", () => {
  test("a backup restores elsewhere with the same counts, and its ledger verifies", async () => {
    const backup = await runDue([
      "backup",
      "--data",
      data,
      "--to",
      join(folder, "backup"),
      "--json",
    ]);
    expect(backup.stderr).toBe("");
    expect(backup.code).toBe(0);
    const restored = await runDue([
      "restore",
      join(folder, "backup"),
      "--to",
      join(folder, "d2"),
      "--json",
    ]);
    expect(restored.stderr).toBe("");
    expect(restored.code).toBe(0);
    const verified = await runDue(["ledger", "verify", "--data", join(folder, "d2")]);
    expect(verified.code).toBe(0);
    const size = valueOf(await owner().client.read("ledger")).size;
    expect(verified.stdout).toContain(String(size));
  });

  test("one changed byte in an export is found", async () => {
    const file = join(folder, "whole.jsonl");
    expect((await runDue(["ledger", "export", file, "--data", data])).code).toBe(0);
    expect((await runDue(["ledger", "verify", file])).code).toBe(0);
    const bytes = readFileSync(file);
    const at = Math.floor(bytes.length / 2);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    expect((await runDue(["ledger", "verify", file])).code).toBe(1);
  });
});

test("on a telephone the place one is in stands in sight in the bar below, whichever it is", async () => {
  const { page } = ada;
  await page.setViewportSize(PHONE);
  for (const place of ["inbox", "parties", "settings"]) {
    await page.goto(`${program.url}/app/${place}`);
    const here = page.getByRole("navigation", { name: "Places" }).locator("a.active");
    const list = page.getByRole("navigation", { name: "Places" }).getByRole("list");
    await here.waitFor();
    await expect
      .poll(async () => {
        const [inner, outer] = [await here.boundingBox(), await list.boundingBox()];
        if (!inner || !outer) return "not there";
        const off = Math.max(outer.x - inner.x, inner.x + inner.width - outer.x - outer.width);
        return off < 1 ? "in sight" : `${off} pixels cut off`;
      })
      .toBe("in sight");
  }
  await page.setViewportSize(DESKTOP);
});

test("no page failed, and no request left this machine", () => {
  expect(ada.faults).toEqual([]);
});
