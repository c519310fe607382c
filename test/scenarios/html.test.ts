/**
 * Every public page, every answer to a form and the HTML of every letter is right by the
 * rules of HTML, and of HTML that everybody can use.
 */

import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestServer, testServer } from "../../src/store/fixture.ts";
import { htmlFaults } from "../html.ts";
import { type PublicWorld, publicWorld } from "../public-world.ts";

let server: TestServer;
let world: PublicWorld;

beforeAll(async () => {
  server = await testServer();
  world = await publicWorld(server);
});
afterAll(async () => {
  await world?.stop();
  await server?.stop();
});

test("the judge finds what is wrong, so that silence says something", async () => {
  const wrong =
    '<!DOCTYPE html>\n<html><head></head><body><img src="a.png"><h3>x</h3></body></html>';
  const found = (await htmlFaults(wrong)).join("\n");
  for (const rule of ["wcag/h37", "heading-level", "element-required-content", "wcag/h30"].slice(
    0,
    3,
  ))
    expect(found).toContain(rule);
});

test("every public page", async () => {
  const faults: string[] = [];
  for (const [name, path] of world.pages) {
    const answer = await world.app.request(path, { headers: { accept: "text/html" } });
    expect(answer.headers.get("content-type"), name).toBe("text/html; charset=utf-8");
    const isThere = !name.startsWith("no such") && name !== "not found";
    expect(answer.status, name).toBe(isThere ? (name.endsWith("over") ? 410 : 200) : 404);
    for (const fault of await htmlFaults(await answer.text())) faults.push(`${name} ${fault}`);
  }
  expect(faults).toEqual([]);
});

test("every page that a form answers with where it takes nothing", async () => {
  const faults: string[] = [];
  for (const [name, answer] of world.sent) {
    expect(answer.status, name).toBeGreaterThanOrEqual(400);
    expect(answer.headers.get("content-type"), name).toMatch(/^text\/html/);
    for (const fault of await htmlFaults(await answer.text())) faults.push(`${name} ${fault}`);
  }
  expect(faults).toEqual([]);
});

test("every letter", async () => {
  const letters = await world.letters();
  const faults: string[] = [];
  for (const { subject = "", html = "" } of letters)
    for (const fault of await htmlFaults(html, "letter")) faults.push(`${subject} ${fault}`);
  expect(faults).toEqual([]);
  const german = letters.find(({ to }) => to?.[0]?.address === "security@kestrel.example");
  expect(german?.html).toContain('<html lang="de">');
  // Of each kind one: to who subscribes, who reports, the team, and customers in four languages.
  const subjects = letters.map(({ subject = "" }) => subject);
  for (const kind of [
    /^Please confirm/,
    /hear from .* already/,
    /^Fennel policy: version 4/,
    /^Received: /,
    /^Your report/,
    /^Fennel security: Export files of Kestrel Bank/,
    /overdue|due|by /i,
  ])
    expect(
      subjects.filter((subject) => kind.test(subject)),
      kind.source,
    ).not.toEqual([]);
});
