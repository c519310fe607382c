import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { draftPath } from "../../api/draft.ts";
import type { AddAccount } from "../../core/access/access.ts";
import { policyHash } from "../../core/policy/parse/parse.ts";
import { DAY_MS, HOUR_MS, type Instant, parseInstant, plus } from "../../core/time/instant.ts";
import { type TestServer, testServer } from "../../store/fixture.ts";
import { codeOf, must, SOLO, type TestInstallation, testInstallation } from "../fixture.ts";

const NEXT = SOLO.replace('version: "3"', 'version: "4"').replace(
  /^changes: >-\n(?: {2}.*\n)+/m,
  "changes: We answer sooner.\n",
);
const LATER = NEXT.replace(/^effective: .*$/m, "effective: 2027-01-01");

let server: TestServer;
let here: TestInstallation;

beforeAll(async () => {
  server = await testServer();
});
beforeEach(async () => {
  here = await testInstallation(server);
});
afterAll(() => server.stop());

const versions = async () => (await here.read("/policies")).body;
const propose = (text: string, as: string, more: object = {}) =>
  here.send("/policies/propose-policy", { text, ...more }, as);
const approve = (text: string, as: string, more: object = {}) =>
  here.send("/policies/approve-policy", { hash: policyHash(text), ...more }, as);
const wake = (at: Instant) =>
  must(
    here.handling.handle({
      subject: "policy/current",
      at,
      by: "worker",
      command: { type: "Wake" },
    }),
  );

describe("a new version", () => {
  test("waits for an owner, is read as it would be, and then runs byte for byte", async () => {
    expect((await propose(NEXT, "Ben")).status).toBe(201);
    expect(await versions()).toMatchObject({
      items: [{ version: 1, current: true }],
      proposal: {
        label: "4",
        hash: policyHash(NEXT),
        changes: "We answer sooner.",
        proposedBy: "Ben's shell (token)",
        approvers: ["Ada"],
        alone: false,
        void: false,
      },
      reviewedAt: "2026-11-20T17:30:00.000Z",
      reviewBy: "2027-11-20T23:00:00.000Z",
    });
    const proposed = (await here.read("/policies/proposed")).body;
    expect(proposed).toMatchObject({ version: 2, current: false, text: NEXT });
    expect(codeOf(await approve(NEXT, "Ben"))).toBe("not-allowed");
    expect(codeOf(await approve(LATER, "Ada"))).toBe("proposal-moved");
    expect((await approve(NEXT, "Ada")).status).toBe(201);
    expect((await here.read("/policies/current")).body).toMatchObject({
      version: 2,
      text: NEXT,
      proposedBy: "Ben",
    });
    expect((await versions()).proposal).toBeNull();
    expect(codeOf(await here.read("/policies/proposed"))).toBe("not-found");
  });

  test("is not published by one person where another one could look at it", async () => {
    const eve: Omit<AddAccount, "type"> = {
      account: "account/ac_eve",
      role: "owner",
      name: "Eve",
      mail: "eve@fennel.example",
    };
    const command = { type: "AddAccount", ...eve } as const;
    const at = here.now();
    await must(here.handling.handle({ subject: "access/current", at, by: "worker", command }));
    const alone = "In a hurry";
    const refused = await here.send("/policies/publish-policy", { text: NEXT, alone });
    expect([codeOf(refused), refused.body.detail]).toEqual([
      "approval-needed",
      expect.stringContaining("Eve"),
    ]);
    await propose(NEXT, "Ada");
    // Ada's token is Ada, whatever it is called.
    expect(codeOf(await approve(NEXT, "Ada", { alone }))).toBe("approval-own");
    expect((await versions()).items).toHaveLength(1);
  });

  test("edited as a draft after it was proposed is proposed no more", async () => {
    const save = (text: string, from?: number) =>
      here.app.request(draftPath("next"), {
        method: "PUT",
        headers: {
          ...here.bearer("Ben"),
          "content-type": "application/json",
          ...(from === undefined ? {} : { "if-match": `"${from}"` }),
        },
        body: JSON.stringify({ text }),
      });
    await save(NEXT);
    expect((await propose(NEXT, "Ben", { draft: "next" })).status).toBe(201);
    await save(`${NEXT}# one more thought\n`, 1);
    expect((await versions()).proposal.void).toBe(true);
    expect(codeOf(await approve(NEXT, "Ada"))).toBe("proposal-void");
    await save(NEXT, 2);
    expect((await approve(NEXT, "Ada")).status).toBe(201);
  });
});

describe("a version that applies from a later day", () => {
  const start = parseInstant("2026-12-31T23:00:00Z") as Instant;

  test("takes effect at that instant, for what opens from then on, and the tables stay true", async () => {
    await here.send("/incidents/open-incident", { title: "Before" });
    await propose(LATER, "Ben");
    await approve(LATER, "Ada");
    expect((await versions()).items).toMatchObject([
      { version: 2, current: false, runsFrom: "2026-12-31T23:00:00.000Z" },
      { version: 1, current: true },
    ]);
    const [due] = await here.store.pool.rows<{ wake_at: number }>(
      "select wake_at from due where subject = 'policy/current'",
    );
    expect(due?.wake_at).toBe(start);
    await wake(plus(start, -1));
    expect((await versions()).items[1].current).toBe(true);
    await wake(start);
    expect((await versions()).items).toMatchObject([{ current: true }, { current: false }]);
    here.advance(60 * DAY_MS);
    const opened = await here.send("/incidents/open-incident", { title: "After" });
    expect((await here.read(`/incidents/${opened.body.subject.slice(9)}`)).body.policyHash).toBe(
      policyHash(LATER),
    );
    expect((await here.read("/incidents/INC-1")).body.policyHash).toBe(policyHash(SOLO));
    expect((await here.store.rebuild({ check: true })).differences).toEqual([]);
  });
});

describe("looking at the policy again", () => {
  test("stands on the board, says why, and is done by saying what came of it", async () => {
    const { items } = (await here.read("/obligations?subject=policy/current")).body;
    expect(items).toMatchObject([
      {
        id: "policy-review@policy",
        subjectTitle: "The policy",
        duty: "review",
        dueAt: "2027-11-20T23:00:00.000Z",
      },
    ]);
    const why = await here.read("/obligations/policy-review@policy/why?subject=policy/current");
    expect([why.status, why.body.trigger.at]).toEqual([200, "2026-11-20T17:30:00.000Z"]);
    here.advance(DAY_MS);
    await here.send("/policies/record-policy-review", { note: "Read it with Ben." }, "Ben");
    expect(await versions()).toMatchObject({
      reviewedAt: "2026-11-21T17:30:00.000Z",
      reviewBy: "2027-11-21T23:00:00.000Z",
    });
    expect((await here.store.rebuild({ check: true })).differences).toEqual([]);
  });

  test("is owed after a material incident was resolved, and not after another one", async () => {
    // The cause need not be removed for what is shown here.
    const short = NEXT.replace(/ {4}- id: fixed\n.*\n.*\n/, "");
    await propose(short, "Ben");
    await approve(short, "Ada");
    const severe = await here.read("/policies/current");
    const [material] = severe.body.policy.review.severities;
    const minor = severe.body.policy.severities.at(-1).id;
    for (const severity of [minor, material]) {
      const { body } = await here.send("/incidents/open-incident", {
        title: "Files visible",
        severity,
        reason: "Seen",
      });
      const id = body.subject.slice("incident/".length);
      const gates = severe.body.policy.gates.resolve ?? [];
      for (const { id: gate } of gates)
        await here.send(`/incidents/${id}/show-gate`, { of: "resolve", gate, evidence: ["Shown"] });
      await here.send(`/incidents/${id}/resolve`, { note: "Quiet for a day" });
    }
    const resolved = (await here.read("/incidents?state=resolved")).body.items;
    expect(resolved).toHaveLength(2);
    const { items } = (await here.read("/obligations?subject=policy/current")).body;
    expect(items.map(({ id }: { id: string }) => id)).toEqual([
      "policy-review-after-incident@incident:INC-2",
      "policy-review@policy",
    ]);
    expect((await here.store.rebuild({ check: true })).differences).toEqual([]);
    here.advance(HOUR_MS);
    await here.send("/policies/record-policy-review", { note: "Two targets are too tight." });
    const left = (await here.read("/obligations?subject=policy/current")).body.items;
    expect(left).toHaveLength(1);
  });
});
