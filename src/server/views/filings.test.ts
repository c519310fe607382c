/** Filings over the real store: read, written, filed, taken away as a PDF, compared. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Command } from "../../core/subject.ts";
import { HOUR_MS, plus, toIso } from "../../core/time/instant.ts";
import { hashOf } from "../../core/filing/contents.ts";
import { type TestServer, testServer } from "../../store/fixture.ts";
import { must, type TestInstallation, testInstallation } from "../fixture.ts";

const ADA = "account/ac_ada";
let server: TestServer;
let here: TestInstallation;
let id: string;
const folder = mkdtempSync(join(tmpdir(), "due-filing-"));

const say = (subject: string, command: Command) =>
  must(here.handling.handle({ subject, at: here.now(), by: ADA, command }));
const path = (rest = "") => `/incidents/${id}/filings/gdpr-33-1/sa-notification${rest}`;
const raw = (rest: string, as = "Ada"): Promise<Response> =>
  Promise.resolve(
    here.app.request(`https://ops.fennel.example/api/v1${path(rest)}`, {
      headers: here.bearer(as),
    }),
  );

beforeAll(async () => {
  server = await testServer();
  here = await testInstallation(server);
  const opened = await say("incident", { type: "OpenIncident", title: "Listable bucket" });
  id = opened.subject.slice("incident/".length);
  await say(opened.subject, { type: "OpenRegime", regime: "gdpr-33-1" });
  await say(opened.subject, { type: "TellFact", name: "awareAt", value: toIso(here.now()) });
  await say(opened.subject, { type: "TellFact", name: "individuals", value: 4112 });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe("a filing", () => {
  test("stands among those that the incident's laws ask for, with when it is due", async () => {
    const { body } = await here.read(`/incidents/${id}/filings`);
    expect(body.items).toMatchObject([
      {
        regime: "gdpr-33-1",
        stage: "sa-notification",
        basis: "law",
        dueAt: toIso(plus(here.now(), 72 * HOUR_MS)),
        standing: "running",
        filed: 0,
      },
      { stage: "further-information", standing: null },
    ]);
  });

  test("is found from the obligation that it meets", async () => {
    const { body } = await here.read(`/incidents/${id}`);
    const owed = body.obligations.find(
      (one: { law: { stage: string } | null }) => one.law?.stage === "sa-notification",
    );
    expect(owed).toMatchObject({ law: { regime: "gdpr-33-1" } });
    expect((await here.read(path())).body.obligation).toBe(owed.id);
  });

  test("has its values, each with its source, and the hash of just those", async () => {
    const { body } = await here.read(path());
    const count = body.fields.find((field: { id: string }) => field.id === "subject-count");
    expect(count).toMatchObject({ value: "4112", held: "recorded" });
    expect(body.hash).toBe(hashOf(body.contents));
    expect(body.text).toContain("How many people, about\n4112");
    expect(body.form).toMatchObject({ basis: "law", portal: null });
  });

  test("takes a person's words, but not over somebody else's, and no reader's", async () => {
    const field = { regime: "gdpr-33-1", stage: "sa-notification", field: "consequences" };
    const send = (text: string, revision: number, as?: string) =>
      here.send(`/incidents/${id}/write-filing-field`, { ...field, text, revision }, as);
    expect((await send("None seen so far.", 0)).status).toBe(200);
    expect((await send("Mine.", 0, "Ben")).body.code).toBe("filing-field-changed");
    expect((await send("Mine.", 1, "Rhea")).status).toBe(403);
    const { body } = await here.read(path());
    expect(body.fields.find((one: { id: string }) => one.id === "consequences")).toMatchObject({
      value: "None seen so far.",
      held: "written",
      revision: 1,
    });
  });

  test("is taken away as text, and as a tagged PDF with every field and the hash", async () => {
    const { body } = await here.read(path());
    const text = await raw("/text");
    expect(text.headers.get("content-disposition")).toContain(
      `${id}-gdpr-33-1-sa-notification.txt`,
    );
    expect(await text.text()).toBe(body.text);
    const pdf = await raw("/pdf");
    expect(pdf.headers.get("content-type")).toBe("application/pdf");
    const file = join(folder, "filing.pdf");
    writeFileSync(file, new Uint8Array(await pdf.arrayBuffer()));
    const options = { encoding: "utf8" as const };
    expect(execFileSync("pdfinfo", [file], options)).toMatch(/^Tagged: +yes$/m);
    const printed = execFileSync("pdftotext", [file, "-"], options).replace(/\s+/g, " ");
    expect(printed).toContain(body.hash);
    for (const { label } of body.fields) expect(printed).toContain(label);
    expect(printed).toContain("None seen so far.");
    expect(printed).toContain("nothing was filed by preparing it");
  });

  test("is nobody's without a session, and there is none of a stage that no law has", async () => {
    const open = await here.app.request(`https://ops.fennel.example/api/v1${path("/pdf")}`);
    expect(open.status).toBe(401);
    expect((await here.read(`/incidents/${id}/filings/gdpr-33-1/weather`)).status).toBe(404);
    const slash = await here.read(`/incidents/${id}/filings/sec-8k-105/8-k-a`);
    expect(slash.body).toMatchObject({ stage: "8-k/a", lookedAt: false });
  });

  test("recorded, meets its stage, keeps the hash, and says what notices say otherwise", async () => {
    const { hash } = (await here.read(path())).body;
    const sent = await here.send(`/incidents/${id}/record-filing`, {
      regime: "gdpr-33-1",
      stage: "sa-notification",
      number: "2026-311",
      filedBy: "Ada",
      hash,
    });
    expect(sent.status, JSON.stringify(sent.body)).toBe(200);
    const { body } = await here.read(path());
    expect(body.filed).toMatchObject([
      { filedBy: "Ada", number: "2026-311", hash, followUp: false },
    ]);
    expect(body.obligation).toBeNull();
    const { items } = (await here.read(`/incidents/${id}/filings`)).body;
    expect(items[0]).toMatchObject({ standing: "met", filed: 1 });
    expect(items[1]).toMatchObject({ stage: "further-information", standing: "owed" });
    expect(body.stages).toMatchObject([
      { stage: "further-information", standing: "owed", filed: 0, dueText: null },
    ]);
    expect(body.differences).toEqual([]);
  });

  test("recorded in the timeline with its number, for whoever reads it", async () => {
    const { body } = await here.read(`/incidents/${id}/timeline`);
    const says = body.items.map((line: { says: string }) => line.says).join("\n");
    expect(says).toMatch(/Filed by Ada, .*gdpr-33-1\/sa-notification, under 2026-311\./);
  });
});
