/**
 * A draft that somebody wrote to be slow: it is published, proposed, compared, tried and replayed
 * in a thread of its own, and meanwhile the server answers everybody else.
 */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestServer, testServer } from "../../store/fixture.ts";
import { publicRoutes } from "../../public/routes.ts";
import { createApp } from "../app.ts";
import { longestBlock } from "../block.fixture.ts";
import { codeOf, SOLO, type TestInstallation, testInstallation } from "../fixture.ts";
import { openPolicyRoom, type PolicyRoom } from "./room.ts";
import { limitTo } from "../http/rate.ts";

let server: TestServer;
let here: TestInstallation;
let texts: PolicyRoom;
let hasty: PolicyRoom | undefined;

beforeAll(async () => {
  server = await testServer();
  texts = openPolicyRoom();
  const judgedOf: PolicyRoom["judgedOf"] = (...given) => (hasty ?? texts).judgedOf(...given);
  here = await testInstallation(server, { texts: { ...texts, judgedOf } });
  // The thread has started, and everything on the way is loaded.
  for (const ask of Object.values(ASKED)) await ask(SOLO);
}, 60_000);
afterAll(async () => {
  await texts.close();
  await server.stop();
});

const publish = (text: string) =>
  here.send("/policies/publish-policy", { text, alone: "Nobody else may." });
const propose = (text: string) => here.send("/policies/propose-policy", { text });
const compare = (text: string) => here.send("/policy-differences", { after: { text } });
const suppose = (policy: string) => here.send("/simulations", { policy });
const replay = (text: string) => here.send("/replays", { text });

const SIZE = 500_000;
const filled = (line: (index: number) => string, size = SIZE): string => {
  const lines: string[] = [];
  for (let had = 0; had < size; had += lines.at(-1)?.length ?? 1) lines.push(line(lines.length));
  return lines.join("");
};
/** In as many sections as it takes: one may have 60,000 characters. */
const sections = (line: (index: number) => string): string => {
  const one = (index: number): string =>
    `  - id: long-${index}\n    title: Long\n    audience: public\n    text: |\n${filled((i) => `      ${line(i)}\n`, 50_000)}`;
  return `${SOLO.trimEnd()}\n${Array.from({ length: 10 }, (_, index) => one(index)).join("")}`;
};
const LEADING_NOWHERE = sections((i) => `[[none-${i}]] within ${i} hours.`);

/** Each thing that one may ask about a text that is not published. */
const ASKED = { publish, propose, compare, suppose, replay };

const HOSTILE: readonly (readonly [name: string, text: string, how: keyof typeof ASKED])[] = [
  ["promises in prose", sections(() => "We notify within 72 hours."), "publish"],
  ["numbers alone", sections((i) => `${i} hours ${i} days`), "publish"],
  ["strange keys", `${SOLO}${filled((i) => `k${i}: {a: [1, {b: 2}]}\n`, 100_000)}`, "publish"],
  ["brackets alone", "[".repeat(SIZE), "publish"],
  ...Object.keys(ASKED).map(
    (how) => ["references to nothing", LEADING_NOWHERE, how as keyof typeof ASKED] as const,
  ),
];

describe("a hostile draft of half a megabyte", () => {
  test.each(HOSTILE)(
    "%s: others are answered while it is read (%#)",
    async (_, text, how) => {
      let status = 0;
      const block = await longestBlock(async () => {
        status = (await ASKED[how](text)).status;
      });
      expect(status).toBe(how === "publish" || how === "propose" ? 422 : 200);
      expect(block).toBeLessThan(150);
    },
    60_000,
  );

  const crossed = (by: number): string =>
    filled((i) => `${(Math.imul(i * by, 2_654_435_761) >>> 7) % 3}\n`, 200_000);

  test("two that clash are put together, or shown, while others are answered", async () => {
    const save = (text: string, revision?: number, as = "Ada") =>
      here.app.request("/api/v1/drafts/clash", {
        method: "PUT",
        body: JSON.stringify({ text }),
        headers: {
          ...here.bearer(as),
          "content-type": "application/json",
          ...(revision === undefined ? {} : { "if-match": `"${revision}"` }),
        },
      });
    expect((await save(crossed(1))).status).toBe(200);
    expect((await save(crossed(7), 1, "Ben")).status).toBe(200);
    let status = 0;
    const block = await longestBlock(async () => {
      status = (await save(crossed(13), 1)).status;
    });
    expect(status).toBe(409);
    expect(block).toBeLessThan(150);
  }, 60_000);

  test("two published ones are compared while others are answered, once for all who ask", async () => {
    let asked = 0;
    const { store, handling, now } = here;
    const comparisonOf: PolicyRoom["comparisonOf"] = (...given) => {
      asked += 1;
      return texts.comparisonOf(...given);
    };
    const limit = limitTo({ perMinute: 1e6, burst: 1e6 });
    const own = { ...handling, texts: { ...texts, comparisonOf } };
    const place = { store, handling: own, now, url: "https://ops.fennel.example", limit };
    const pages = createApp(here.world, { pages: publicRoutes(place) });
    const words = (by: number) =>
      sections((i) => `word${(i * by) % 977} word${(i * i * by) % 331}`).replace(
        'version: "3"',
        `version: "${by}"`,
      );
    for (const by of [5, 7]) {
      const answer = await publish(words(by));
      expect(answer.status, JSON.stringify(answer.body).slice(0, 300)).toBe(201);
    }
    const versions = (await here.read("/policies")).body.items.map(
      ({ version }: { version: number }) => version,
    );
    const [newest, before] = versions;
    const path = `/policy/diff/${before}..${newest}`;
    let answers: Response[] = [];
    const block = await longestBlock(async () => {
      answers = await Promise.all([1, 2, 3].map(async () => pages.request(path)));
    });
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(asked).toBe(1);
    expect(block).toBeLessThan(400);
    const same = await pages.request(`/policy/diff/${newest}..${newest}`);
    expect(same.status).toBe(200);
    expect(await same.text()).toContain("there is nothing to compare");
    expect(asked).toBe(1);
  }, 60_000);

  test("more at once than may wait are sent away, and nothing of theirs is recorded", async () => {
    hasty = openPolicyRoom({ timeMs: 60_000, waitingMax: 1, idleMs: 1_000 });
    const before = await here.store.ledger.head();
    const answers = await Promise.all(Array.from({ length: 5 }, () => publish(LEADING_NOWHERE)));
    await hasty.close();
    const away = answers.filter((answer) => codeOf(answer) === "reading-busy");
    expect(away.length).toBeGreaterThan(0);
    for (const answer of away) {
      expect(answer.status).toBe(503);
      expect(answer.body.detail).toMatch(/ask again in a minute/);
    }
    expect(await here.store.ledger.head()).toEqual(before);
  });

  test("what takes too long is refused in a sentence, and nothing is recorded", async () => {
    hasty = openPolicyRoom({ timeMs: 1, waitingMax: 20, idleMs: 1_000 });
    const before = await here.store.ledger.head();
    const answer = await publish(LEADING_NOWHERE);
    expect([answer.status, codeOf(answer)]).toEqual([503, "reading-slow"]);
    expect(await here.store.ledger.head()).toEqual(before);
    await hasty.close();
  });
});
