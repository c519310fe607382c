/** What pages for everybody refuse: a banner's token that is none, and reports before there is a policy. */

import { afterAll, beforeAll, expect, test } from "vitest";
import { problemShape } from "../api/problem.ts";
import { publicRoutes } from "../public/routes.ts";
import { type TestServer, testServer } from "../store/fixture.ts";
import { createApp } from "./app.ts";
import { must, type TestInstallation, testInstallation } from "./fixture.ts";
import { handling } from "./handling.ts";
import { limitTo } from "./http/rate.ts";

const MANY = { perMinute: 1e6, burst: 1e6 };
const url = "https://ops.fennel.example";

let server: TestServer;
let here: TestInstallation;

beforeAll(async () => {
  server = await testServer();
  here = await testInstallation(server);
});
afterAll(() => server.stop());

test("a banner's token that was changed or taken back shows nothing, not even everybody's banner", async () => {
  const { store, handling, now, world } = here;
  const limit = limitTo(MANY);
  const app = createApp(world, { pages: publicRoutes({ store, handling, now, url, limit }) });
  const act = (command: object) =>
    must(
      handling.handle({
        subject: "banner/current",
        at: now(),
        by: "account/ac_ada",
        command: command as never,
      }),
    );
  await act({ type: "PublishBanner", text: "Exports are slow.", endsAt: now() + 3_600_000 });
  await act({ type: "MakeBannerToken", audience: "eu-region" });
  const token = (await here.read("/banners")).body.tokens[0].token as string;
  const shown = (given: string) => app.request(`/banner.json?token=${encodeURIComponent(given)}`);
  expect(await (await shown(token)).json()).toMatchObject({ banner: { level: "info" } });
  const refused = async (given: string) => {
    const answer = await shown(given);
    const body = problemShape.parse(await answer.json());
    expect([answer.status, body.code]).toEqual([403, "banner-token-bad"]);
    expect(body.detail).toMatch(/make a new one with due banner token/);
    expect(JSON.stringify(body)).not.toContain("Exports");
  };
  await refused(`${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`);
  await refused("");
  await act({ type: "RevokeBannerToken", token, reason: "The page is gone." });
  await refused(token);
});

test("before there is a policy, nobody is asked for a report that nobody would answer", async () => {
  const store = await server.store();
  const limit = limitTo(MANY);
  const place = { store, handling: handling(store, url), now: here.now, url, limit };
  const app = createApp(here.world, { pages: publicRoutes(place) });
  const get = await app.request("/report");
  expect(get.status).toBe(503);
  const page = await get.text();
  expect(page).toContain("Reports are not taken here yet");
  expect(page).not.toMatch(/<form|<textarea/);
  const body = new URLSearchParams({
    what: "Your bucket is listable.",
    mail: "ravi@reporter.example",
  });
  const sent = await app.request("/report", { method: "POST", body, headers: { origin: url } });
  expect(sent.status).toBe(503);
  expect((await store.ledger.head()).size).toBe(0);
});
