/** Whoever may only read never sees the address under which a reporter writes. */

import { afterAll, beforeAll, expect, test } from "vitest";
import { VIEWS } from "../../api/view.ts";
import { createApp } from "../app.ts";
import { type TestServer, testServer } from "../../store/fixture.ts";
import { publicRoutes } from "../../public/routes.ts";
import { must, type TestInstallation, testInstallation } from "../fixture.ts";
import { limitTo } from "../http/rate.ts";
import { withoutSecrets } from "./reporter-secret.ts";

const URL = "https://ops.fennel.example";

let server: TestServer;
let here: TestInstallation;
/** Below /case/: the reference, a dot, the secret. */
let token: string;
let reference: string;
let incident: string;

const act = (subject: string, command: object, by = "account/ac_ada") =>
  must(here.handling.handle({ subject, at: here.now(), by, command: command as never }));

beforeAll(async () => {
  server = await testServer();
  here = await testInstallation(server);
  const { store, handling, now } = here;
  const limit = limitTo({ perMinute: 1e6, burst: 1e6 });
  const place = { store, handling, now, url: URL, limit };
  const app = createApp(here.world, { pages: publicRoutes(place) });
  const form = { title: "A bucket can be listed", text: "By anyone.", mail: "ravi@example.org" };
  const sent = await app.request("/report", { method: "POST", body: new URLSearchParams(form) });
  token = (sent.headers.get("location") ?? "").split("/case/")[1] ?? "";
  [reference = ""] = token.split(".");
  const quoted = `> Your case:\n> ${URL}/case/${token}\nIs anybody there?`;
  await act(`signal/${reference}`, { type: "RecordReply", text: quoted }, "public");
  const opened = await act("incident", { type: "OpenIncident", title: "Listable bucket" });
  incident = opened.subject.slice("incident/".length);
  await act(`signal/${reference}`, { type: "ConfirmSignal", incident });
  // As a person may, who writes to the reporter and gives them their address once more.
  const answer = { subject: "Your report", body: `We look at it: ${URL}/case/${token}\n` };
  await act(`signal/${reference}`, { type: "AnswerReporter", ...answer });
  await act(`incident/${incident}`, { type: "Log", text: `They are at /case/${token}` });
});
afterAll(() => server?.stop());

/** Every view that takes no more than these ids. */
const paths = (): readonly string[] =>
  VIEWS.map(({ path }) =>
    path
      .replace("/signals/{id}", `/signals/${reference}`)
      .replace("/incidents/{id}", `/incidents/${incident}`)
      .replace("{recipient}", `reporter:${reference}`),
  ).filter((path) => !path.includes("{"));

test("a responder reads it, or the test would see nothing", async () => {
  const { body } = await here.read(`/signals/${reference}`, "Ben");
  expect(body.casePath).toBe(`/case/${token}`);
  expect(body.notices[0].body).toContain(token);
  const shown = await Promise.all(paths().map((path) => here.read(path, "Ben")));
  expect(
    shown.filter(({ body: one }) => JSON.stringify(one ?? "").includes(token)).length,
  ).toBeGreaterThan(3);
});

test("a reader does not, in any view, now or as it was", async () => {
  const [, secret = ""] = token.split(".");
  here.advance(60_000);
  const before = new Date(here.now() - 1_000).toISOString();
  for (const path of paths())
    for (const asked of [path, `${path}${path.includes("?") ? "&" : "?"}asOf=${before}`]) {
      const { body } = await here.read(asked, "Rhea");
      expect(JSON.stringify(body ?? ""), asked).not.toContain(secret.slice(0, 12));
    }
  const { body } = await here.read(`/signals/${reference}`, "Rhea");
  expect(body.casePath).toBeNull();
  expect(body.hasReporter).toBe(true);
  expect(body.notices[0].body).toContain(`/case/${reference}.…`);
});

test("nor does a token that may only read, whoever made it", async () => {
  const secret = `due_${"read".padEnd(43, "_")}`;
  const token_ = { id: "tok_read", name: "Read", scopes: ["read"], createdBy: "account/ac_ada" };
  await here.store.tokens.add({ ...token_, createdAt: here.now(), expiresAt: null }, secret);
  const answer = await here.app.request(`/api/v1/signals/${reference}`, {
    headers: { authorization: `Bearer ${secret}` },
  });
  expect(answer.status).toBe(200);
  expect(await answer.text()).not.toContain(token);
});

test("what holds none is the same value, and a broken line hides its half", () => {
  const plain = { a: ["R-7QK4-M2", { b: "R-7QK4-M2. Thank you", c: 1 }], d: null };
  expect(withoutSecrets(plain)).toBe(plain);
  const half = `/case/R-7QK4-M2.${"x".repeat(30)}`;
  expect(withoutSecrets({ text: [`${half}=\nyyyy`] })).toEqual({
    text: ["/case/R-7QK4-M2.…=\nyyyy"],
  });
});
