import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, plus, toIso } from "../../core/time/instant.ts";
import { type TestServer, testServer } from "../../store/fixture.ts";
import {
  type Answer,
  codeOf,
  FRIDAY,
  type TestInstallation,
  testInstallation,
} from "../fixture.ts";

let server: TestServer;
let here: TestInstallation;

async function got(path: string): Promise<Answer["body"]> {
  const { status, body } = await here.read(path);
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}
async function sent(path: string, body: object): Promise<Answer["body"]> {
  const answer = await here.send(path, body);
  expect([200, 201], JSON.stringify(answer.body)).toContain(answer.status);
  return answer.body;
}

beforeAll(async () => {
  server = await testServer();
  here = await testInstallation(server);
  for (const severity of ["sev1", "sev2", "sev1"])
    await sent("/incidents/open-incident", { title: "Outage", severity, reason: "Seen live" });
  const { subject } = await sent("/incidents/open-incident", {
    title: "Bucket is listable",
    severity: "sev2",
    reason: "Seen live",
  });
  const suspected = { claim: "personal-data-exposed", state: "suspected", source: "A mail" };
  await sent(`/incidents/${subject.split("/")[1]}/record-fact`, suspected);
});
afterAll(() => server.stop());

const NOON = "2026-11-23T11:00:00Z";
type Owed = { readonly [field: string]: string | null } & { readonly slack: boolean };
const all = async (query = ""): Promise<readonly Owed[]> =>
  (await got(`/obligations?standing=open&limit=200${query}`)).items;

const hold = async (): Promise<void> => {
  const now = here.now();
  const [due, items] = [await got("/due"), await all()];
  const at = (owed: Owed): number => Date.parse(owed["overdueAt"] ?? "");
  expect(due.open).toBe(items.length);
  expect(due.overdue).toBe(items.filter((owed) => at(owed) <= now).length);
  expect(due.uncounted).toBe(items.filter((owed) => owed["dueAt"] === null).length);
  const midnight = Date.parse(`${new Date(now + HOUR_MS).toISOString().slice(0, 10)}T23:00:00Z`);
  const today = items.filter((owed) => at(owed) > now && at(owed) <= midnight);
  expect(due.today).toBe(today.length);
  const soon = items.filter((owed) => at(owed) > midnight && at(owed) <= now + 72 * HOUR_MS);
  expect(due.soon).toBe(soon.length);
  expect(due.overdue + due.today + due.soon + due.later + due.uncounted).toBe(due.open);
};

describe("the counts of the board", () => {
  test("are what the list holds", hold);

  test("count by days, and a midnight belongs to the day that it ends", async () => {
    const starts = Array.from({ length: 32 }, (_, i) =>
      toIso(plus(FRIDAY, i * DAY_MS - 66_600_000)),
    );
    const { days } = await got(`/due?days=${encodeURIComponent(starts.join(","))}`);
    expect(days).toHaveLength(31);
    for (const [i, { due }] of days.entries()) {
      const within = await all(`&from=${starts[i]}&until=${starts[i + 1]}`);
      expect([i, due]).toEqual([i, within.length]);
    }
    expect(days.reduce((sum: number, { due }: { due: number }) => sum + due, 0)).toBeGreaterThan(3);
  });

  test("count as ghosts what a confirmed suspicion would start", async () => {
    const { ghosts } = await got("/due");
    expect(ghosts.total).toBeGreaterThan(0);
    expect(ghosts.incidents).toMatchObject([{ id: "INC-4", count: ghosts.total }]);
  });

  test.each([
    ["days that fall", `days=${NOON},2026-11-22T11:00:00Z`],
    ["a day that is none", "days=tomorrow"],
    ["an instant without an offset", "from=2026-11-22T11:00:00"],
  ])("refuse %s", async (_, query) => {
    expect(codeOf(await here.read(`/due?${query.replaceAll(",", "%2C")}`))).toBe("bad-query");
  });
});

describe("the list", () => {
  test.each(["due", "party"])("page by page is the whole list once, by %s", async (order) => {
    const whole = await all(`&order=${order}`);
    const seen: Owed[] = [];
    let cursor = "";
    do {
      const page = await got(`/obligations?limit=3&order=${order}${cursor}`);
      seen.push(...page.items);
      cursor = page.next === null ? "" : `&cursor=${page.next}`;
    } while (cursor !== "");
    expect(seen).toEqual(whole);
  });

  test("without slack has one promise of each duty to each party, the tightest", async () => {
    const [whole, governing] = [await all(), await all("&slack=hidden")];
    const key = (owed: Owed): string =>
      JSON.stringify([
        owed["subject"],
        owed["duty"],
        (owed["recipient"] as unknown as { id: string }).id,
      ]);
    expect(new Set(governing.map(key)).size).toBe(governing.length);
    expect(new Set(whole.map(key)).size).toBe(governing.length);
    for (const slack of whole.filter((owed) => owed.slack)) {
      const tighter = governing.find((owed) => key(owed) === key(slack));
      expect(Date.parse(tighter?.["dueAt"] ?? "")).toBeLessThanOrEqual(
        Date.parse(slack["dueAt"] ?? "9999-01-01"),
      );
    }
    expect(whole.length).toBeGreaterThan(governing.length);
  });
});

describe("the counts, as time passes", () => {
  // Time goes on from here, and never back.
  test("count what is at risk: past its preparation, and in nobody's hand", async () => {
    expect((await got("/due")).atRisk).toBe(0);
    here.advance(22 * HOUR_MS);
    const risky = await all("&only=at-risk");
    expect(risky.length).toBeGreaterThan(0);
    expect((await got("/due")).atRisk).toBe(risky.length);
    const [first] = risky;
    await sent(`/incidents/${first?.["subject"]?.split("/")[1]}/take-clock`, {
      obligation: first?.["id"],
    });
    expect((await got("/due")).atRisk).toBe(risky.length - 1);
    expect(await all("&takenBy=token%2Ftok_ada")).toHaveLength(1);
  });

  test.each([
    ["a day later", 26 * HOUR_MS],
    ["a week later", 7 * DAY_MS],
  ])("are still what the list holds %s", async (_, ms) => {
    here.advance(plus(FRIDAY, ms) - here.now());
    await hold();
  });
});
