import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestServer, testServer } from "../store/fixture.ts";
import { calendarRoutes, feedRoutes } from "./calendar.ts";
import { type TestInstallation, testInstallation } from "./fixture.ts";
import type { Lobby } from "./account/getting-in.ts";
import type { AppEnv } from "./world.ts";

const ADA = { id: "account/ac_ada", name: "Ada", mail: "ada@fennel.example", role: "owner" };

let server: TestServer;
let here: TestInstallation;
let root: Hono<AppEnv>;
let own: Hono<AppEnv>;
/** How Ada comes in: in a browser, unless a test says otherwise. */
let through = "session";

beforeAll(async () => {
  server = await testServer();
  here = await testInstallation(server);
  const lobby = {
    store: here.store,
    handle: here.handling.handle,
    now: here.now,
    url: "https://ops.fennel.example",
  } as unknown as Lobby;
  own = new Hono<AppEnv>();
  own.use(async (context, next) => {
    const caller = { by: ADA.id, person: ADA, through, scopes: new Set(["read", "write"]) };
    context.set("caller", caller as never);
    await next();
  });
  own.route("/", calendarRoutes(lobby));
  root = feedRoutes(lobby);
  for (const body of [
    { title: "Bucket exports-prod is listable", severity: "sev1", reason: "Seen live" },
    { title: "Login is slow", severity: "sev3", reason: "Slow" },
  ])
    expect((await here.send("/incidents/open-incident", body)).status).toBe(201);
  const signal = {
    channel: "researcher",
    title: "Secret title of a report",
    sender: { name: "Ravi Nadar", mail: "ravi@reporter.example" },
  };
  expect((await here.send("/signals/record-signal", signal)).status).toBe(201);
});
afterAll(() => server.stop());

async function make(): Promise<string> {
  const answer = await own.request("/me/calendar/make", { method: "POST" });
  expect(answer.status).toBe(200);
  const { address } = (await answer.json()) as { address: string };
  return address.replace("https://ops.fennel.example", "");
}

describe("a calendar address", () => {
  test("opens a calendar of everything that is due, and its bytes are stable", async () => {
    const path = await make();
    const answer = await root.request(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
    const text = await answer.text();
    const open = (await here.read("/obligations?standing=open&limit=200")).body.items;
    const timed = open.filter(({ dueAt }: { dueAt: string | null }) => dueAt !== null);
    expect(text.match(/^BEGIN:VEVENT\r$/gm)).toHaveLength(timed.length);
    for (const { dueAt } of timed) {
      const stamp = `${dueAt.slice(0, 19).replace(/[-:]/g, "")}Z`;
      expect(text).toContain(`DTSTART:${stamp}\r\n`);
    }
    expect(await (await root.request(path)).text()).toBe(text);
  });

  test("tells nothing that is private", async () => {
    const text = await (await root.request(await make())).text();
    for (const secret of ["exports-prod", "Login", "Secret title", "Ravi", "reporter.example"])
      expect(text).not.toContain(secret);
    expect(text).toContain("SEV1 INC-1: mitigation");
    expect(text).toMatch(/SUMMARY:R-[A-Z0-9-]+: acknowledgement to a reporter/);
  });

  test("is not sent again while nothing has changed", async () => {
    const path = await make();
    const etag = (await root.request(path)).headers.get("etag") ?? "";
    const again = await root.request(path, { headers: { "if-none-match": etag } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    here.advance(365 * 24 * 3_600_000);
    const overdue = await root.request(path, { headers: { "if-none-match": etag } });
    expect(overdue.status).toBe(200);
    expect(await overdue.text()).toContain("SUMMARY:OVERDUE SEV1 INC-1: mitigation");
  });

  test("ends when another is made, when it is revoked, and when its owner has left", async () => {
    const first = await make();
    const second = await make();
    expect((await root.request(first)).status).toBe(404);
    expect((await root.request(second)).status).toBe(200);
    await own.request("/me/calendar/revoke", { method: "POST" });
    expect((await root.request(second)).status).toBe(404);
    const gone = await own.request("/me/calendar/revoke", { method: "POST" });
    expect(((await gone.json()) as { code: string }).code).toBe("calendar-unknown");
    const third = await make();
    await here.store.accounts.change("ac_ada", { removedAt: here.now() });
    expect((await root.request(third)).status).toBe(404);
    await here.store.accounts.change("ac_ada", { removedAt: null });
  });

  test("is kept nowhere: neither in the database nor in the record", async () => {
    const path = await make();
    const secret = path.replace("/calendar/", "").replace(".ics", "");
    const rows = await here.store.pool.rows<{ row: string }>(
      "select calendar_feed::text as row from calendar_feed",
    );
    const entries = await here.store.ledger.read("access/current");
    expect(JSON.stringify([rows, entries, here.lines])).not.toContain(secret);
    expect(entries.at(-1)?.event).toMatchObject({ type: "CalendarChanged", act: "made" });
  });

  test("is made by a person in a browser, not by a program with a token", async () => {
    through = "token";
    const refused = await own.request("/me/calendar/make", { method: "POST" });
    expect(refused.status).toBe(403);
    through = "session";
  });

  test.each(["/calendar/x.ics", "/calendar/..%2f.ics", `/calendar/${"a".repeat(5_000)}.ics`])(
    "that is none answers with nothing: %s",
    async (path) => {
      expect((await root.request(path)).status).toBe(404);
    },
  );
});
