import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { VIEWS, type ViewName } from "../../api/view.ts";
import { policyHash } from "../../core/policy/parse/parse.ts";
import { HOUR_MS, MINUTE_MS, toIso } from "../../core/time/instant.ts";
import { type TestServer, testServer } from "../../store/fixture.ts";
import {
  type Answer,
  codeOf,
  FRIDAY,
  must,
  SOLO,
  type TestInstallation,
  testInstallation,
} from "../fixture.ts";

let server: TestServer;
let here: TestInstallation;
const asked = new Set<ViewName>();

beforeAll(async () => {
  server = await testServer();
  here = await testInstallation(server);
});
afterAll(() => server.stop());

/** The answer of a view, which must be exactly what the registry says it is: nothing less, nothing more. */
async function view(name: ViewName, path: string, as?: string) {
  asked.add(name);
  const answer = await here.read(path, as);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  const spec = VIEWS.find((one) => one.name === name);
  expect(spec?.output.parse(answer.body)).toEqual(answer.body);
  return answer.body;
}

const sent = (answer: Answer) => {
  expect(answer.body).toMatchObject({ version: expect.any(Number) });
  return answer.body as { subject: string; version: number; created?: string };
};
const idOf = (subject: string) => subject.slice(subject.indexOf("/") + 1);

describe("an installation that was just set up", () => {
  test("says who you are and what runs", async () => {
    expect(await view("me", "/me")).toMatchObject({
      person: { id: "account/ac_ada", name: "Ada", role: "owner" },
      organisation: "Fennel",
      zone: "Europe/Berlin",
      policyVersion: 1,
      serverAt: "2026-11-20T17:30:00.000Z",
      mail: { configured: false },
      factors: { totp: false, passkeys: 0 },
      sample: false,
      attention: [],
    });
  });

  test("knows its people, and the policy word for word", async () => {
    const { items } = await view("people", "/people");
    expect(items.map(({ name }: { name: string }) => name)).toEqual(["Ada", "Ben", "Cora", "Rhea"]);
    const policy = await view("policy", "/policies/current");
    expect(policy).toMatchObject({ version: 1, label: "3", publishedBy: "Ada", current: true });
    expect(policy.text).toBe(SOLO);
    expect(policy.policy.organisation).toBe("Fennel");
    const terms = await view("policy", "/policies/current?only=terms");
    expect({ ...terms.policy, sections: policy.policy.sections }).toEqual(policy.policy);
    expect([terms.hash, terms.policy.sections, terms.text]).toEqual([policy.hash, [], null]);
    const stages = await view("policy", "/policies/current?only=stages");
    expect([stages.policy, stages.text]).toEqual([{ stages: policy.policy.stages ?? [] }, null]);
    expect((await view("policies", "/policies")).items).toHaveLength(1);
    expect((await view("policy-files", "/policies/current/files")).items).toEqual([]);
    expect(codeOf(await here.read("/policies/current/files/runbook"))).toBe("not-found");
    for (const version of ["2", "0", "x", "1;drop"])
      expect(codeOf(await here.read(`/policies/${version}`))).toBe("not-found");
  });

  test("has an empty list of everything else", async () => {
    for (const [name, path] of [
      ["signals", "/signals"],
      ["signals", "/signals?state=unreadable"],
      ["incidents", "/incidents"],
      ["obligations", "/obligations"],
      ["customers", "/parties"],
      ["others", "/parties/others"],
      ["notices", "/notices"],
      ["running-picture", "/running-picture"],
      ["notice-drafts", "/notice-drafts?state=all"],
    ] as const)
      expect(await view(name, path)).toEqual({ items: [], next: null, total: 0 });
  });

  test("says of its record what is known", async () => {
    expect(await view("attainment", "/attainment")).toMatchObject({ items: [] });
    expect(await view("ledger", "/ledger")).toMatchObject({
      size: 10,
      checkedAt: null,
      checkSays: "Not checked yet.",
    });
  });
});

describe("a report on Friday evening", () => {
  let signal: string;

  beforeAll(async () => {
    signal = idOf(
      sent(
        await here.send("/signals/record-signal", {
          channel: "researcher",
          title: "Export files can be listed",
          text: "The bucket answers to anyone.",
          sender: { name: "Cleo", mail: "cleo@oakline.example" },
        }),
      ).subject,
    );
  });

  test("is owed an answer within 4 hours, and a look", async () => {
    const row = (await view("signals", "/signals?state=open")).items[0];
    expect(row).toMatchObject({ id: signal, state: "open", channel: "researcher", count: 1 });
    expect(row.next).toMatchObject({ dueAt: "2026-11-20T21:30:00.000Z", standing: "running" });
    const whole = await view("signal", `/signals/${signal}`);
    expect(whole.obligations.map(({ id }: { id: string }) => id)).toEqual([
      `acknowledge-report@reporter:${signal}`,
      "triage-signal@team",
    ]);
    expect(whole.obligations[0].recipient).toEqual({
      kind: "reporter",
      id: `reporter:${signal}`,
      name: "Cleo",
    });
    expect(whole.folded).toMatchObject({ reference: signal, receivedAt: FRIDAY });
  });

  test("has a timeline whose first line started both clocks", async () => {
    const { timeline } = await view("signal", `/signals/${signal}`);
    expect(timeline).toHaveLength(1);
    expect(timeline[0]).toMatchObject({
      version: 1,
      type: "SignalRecorded",
      byName: "Ada's shell (token)",
      says: "Came in by Researchers: Export files can be listed",
      key: true,
    });
    expect(timeline[0].clocks).toMatchObject([{ change: "added" }, { change: "added" }]);
  });

  test("says why its answer is due when it is", async () => {
    const id = encodeURIComponent(`acknowledge-report@reporter:${signal}`);
    const why = await view("why", `/obligations/${id}/why?subject=signal/${signal}`);
    expect(why.trigger).toEqual({
      moment: "receivedAt",
      says: "it is received",
      at: "2026-11-20T17:30:00.000Z",
      entry: 1,
    });
    expect(why.clauseSays).toMatch(/within 4 hours of receiving it/);
    expect(why.steps.length).toBeGreaterThan(0);
    expect(codeOf(await here.read(`/obligations/nothing/why?subject=signal/${signal}`))).toBe(
      "not-found",
    );
    expect(codeOf(await here.read(`/obligations/${id}/why?subject=policy/current`))).toBe(
      "not-found",
    );
  });

  test("is snoozed until its instant, and open again after", async () => {
    const until = toIso((FRIDAY + HOUR_MS) as typeof FRIDAY);
    sent(await here.send(`/signals/${signal}/snooze-signal`, { until }));
    expect((await view("signals", "/signals?state=snoozed")).items[0].state).toBe("snoozed");
    expect((await view("signals", "/signals?state=open")).items).toEqual([]);
    here.advance(HOUR_MS);
    expect((await view("signals", "/signals?state=open")).items[0].state).toBe("open");
  });

  test("is not there for whoever reads as of before it", async () => {
    const before = encodeURIComponent(toIso((FRIDAY - 1) as typeof FRIDAY));
    expect(codeOf(await here.read(`/signals/${signal}?asOf=${before}`))).toBe("not-found");
  });

  test("that is none is not found", async () => {
    expect(codeOf(await here.read("/signals/R-0000-00"))).toBe("not-found");
    expect(codeOf(await here.read("/signals/0199a5c0-0000-7000-8000-000000000000"))).toBe(
      "not-found",
    );
  });
});

describe("an incident", () => {
  let incident: string;
  let customer: string;
  const get = (query = "") => view("incident", `/incidents/${incident}${query}`);
  const act = async (verb: string, body: object, as?: string) =>
    sent(await here.send(`/incidents/${incident}/${verb}`, body, as));

  beforeAll(async () => {
    const signal = (await here.read("/signals?state=open")).body.items[0].id;
    const confirmed = sent(
      await here.send(`/signals/${signal}/confirm-signal`, { title: "Exports were open" }),
    );
    incident = idOf(confirmed.created ?? "");
    customer = idOf(
      sent(
        await here.send("/parties/add-customer", {
          name: "Meridian Health",
          contact: { name: "Cleo", mail: "cleo@meridian.example" },
          role: "processor",
        }),
      ).subject,
    );
  });

  test("opens with one thing to do next", async () => {
    expect(incident).toBe("INC-1");
    const whole = await get();
    expect(whole).toMatchObject({ state: "open", severity: null, missed: 0, policyVersion: 1 });
    expect(whole.nextSays).toBe(
      "Set the severity by Fri 20 Nov 2026, 22:30 CET (21:30 UTC), because we triage it within 4 hours of receiving it.",
    );
    expect(whole.signals).toMatchObject([{ title: "Export files can be listed" }]);
    expect((await view("customers", "/parties?q=meridian")).items[0].id).toBe(customer);
  });

  test("concerns a customer whose contract is shown in its words and as what is counted", async () => {
    const words = "without delay, and within twenty-four hours of confirmation";
    sent(
      await here.send(`/parties/${customer}/record-clause`, {
        clause: "meridian-baa-4",
        text: words,
        document: "baa",
        section: "§4.2",
        terms: {
          duty: "notify",
          from: "personal-data-exposed:confirmed",
          within: { count: 24, unit: "hours" },
        },
      }),
    );
    const party = await view("party", `/parties/${customer}`);
    const set = { name: "Exports", role: "processor", categories: ["names"] };
    sent(await here.send(`/parties/${customer}/record-data-set`, set));
    expect(await view("data-sets", "/data-sets")).toEqual({
      items: [{ name: "Exports", customers: 1, controller: 0, processor: 1 }],
    });
    expect(await view("shares", `/parties/${customer}/shares`)).toEqual({ items: [] });
    expect(party).toMatchObject({ kind: "customer", name: "Meridian Health", lacks: [] });
    expect(party.contacts).toMatchObject([{ id: "ct-1", primary: true, security: true }]);
    expect(party.clauses).toMatchObject([{ text: words, source: "BAA, §4.2" }]);
    expect(party.clauses[0].says).toMatch(
      /^We notify the customer within 24 hours of .*, by their contract \(BAA, §4\.2\)\.$/,
    );
    expect((await view("customers", "/parties?q=meridian")).items[0].clauses).toBe(1);
  });

  test("tells in its timeline what a severity did to the clocks", async () => {
    await act("change-severity", { to: "sev1", reason: "Anyone could list the files." });
    const { items } = await view("timeline", `/incidents/${incident}/timeline`);
    const line = items.at(-1);
    expect(line).toMatchObject({
      says: "Severity set to SEV1 Critical.",
      text: "Anyone could list the files.",
    });
    const changes = line.clocks.map(
      ({ change, obligation }: { change: string; obligation: string }) => `${change} ${obligation}`,
    );
    expect(changes).toContain("added mitigate-sev1@team");
    expect(changes).toContain("added fix-sev1@team");
    expect(changes).toContain("stopped triage-signal@team");
  });

  test("owes a touched customer a notice from the confirmation on", async () => {
    await act("touch-customer", { customer });
    here.advance(30 * MINUTE_MS);
    await act("record-fact", {
      claim: "personal-data-exposed",
      state: "confirmed",
      source: "Access log.",
    });
    const whole = await get();
    const owed = whole.obligations.find(
      ({ clause }: { clause: string }) => clause === "notify-breach-sev1",
    );
    expect(owed).toMatchObject({
      recipient: { kind: "customer", name: "Meridian Health" },
      startedAt: toIso(here.now()),
      dueAt: toIso((here.now() + 24 * HOUR_MS) as typeof FRIDAY),
      standing: "running",
    });
    const contract = whole.obligations.find(
      ({ id }: { id: string }) => id === `meridian-baa-4@customer:${customer}`,
    );
    expect(contract).toMatchObject({ dueAt: owed.dueAt, standing: "running" });
    const { items: listed } = await view(
      "obligations",
      `/obligations?subject=incident/${incident}`,
    );
    expect(listed.find(({ id }: { id: string }) => id === contract.id).says).toBe(contract.says);
    const says = await view(
      "why",
      `/obligations/${encodeURIComponent(contract.id)}/why?subject=incident/${incident}`,
    );
    expect(says).toMatchObject({
      source: "BAA, §4.2",
      words: "without delay, and within twenty-four hours of confirmation",
    });
    expect(contract.says).toMatch(/by their contract \(BAA, §4\.2\)\.$/);
    expect(whole.customers).toMatchObject([{ name: "Meridian Health" }]);
    const why = await view(
      "why",
      `/obligations/${encodeURIComponent(owed.id)}/why?subject=incident/${incident}`,
    );
    const { items } = await view("timeline", `/incidents/${incident}/timeline`);
    const fact = items.find(({ type }: { type: string }) => type === "FactRecorded");
    expect(why.trigger).toMatchObject({
      moment: "personal-data-exposed.confirmedAt",
      entry: fact.version,
    });
  });

  test("is written about to whom it concerns, as each of them will read it", async () => {
    const by = "account/ac_ada";
    const say = async (command: Parameters<typeof here.handling.handle>[0]["command"], as = by) =>
      must(
        here.handling.handle({ subject: `incident/${incident}`, at: here.now(), by: as, command }),
      );
    await say({
      type: "DraftNotice",
      kind: "preliminary",
      subject: "Export files could be read",
      slots: [
        {
          element: "what-happened",
          text: "Files of {{customer}} could be listed until 20:10 CET.",
        },
        { element: "what-data", text: "", unknown: true },
        { element: "what-we-did", text: "The bucket is closed." },
        { element: "what-you-should-do", text: "There is nothing you must do now." },
        { element: "contact", text: "Ada, ada@fennel.example" },
        { element: "for-your-filing", text: "", unknown: true },
        { element: "next-update", text: "When the log is read." },
      ],
      nextWordAt: (here.now() + 20 * HOUR_MS) as typeof FRIDAY,
    });
    await say({ type: "NameRecipients", draft: "D-1", recipients: [{ customer }] });
    expect(await view("filings", `/incidents/${incident}/filings`)).toEqual({
      items: [],
      differences: [],
    });
    expect(await view("handover", "/handover")).toMatchObject({
      overdue: expect.any(Number),
      incidents: [{ id: incident, unforgotten: [{ kind: "draft" }] }],
    });
    expect(
      await view("filing", `/incidents/${incident}/filings/gdpr-33-1/sa-notification`),
    ).toMatchObject({ incident, lookedAt: false, files: true, filed: [] });
    const draft = await view("notice-draft", `/incidents/${incident}/drafts/D-1`);
    expect(draft).toMatchObject({
      state: "draft",
      authorName: "Ada",
      recipients: [{ name: "Meridian Health", to: { mail: "cleo@meridian.example" } }],
    });
    const begun = await view("notice-drafts", `/notice-drafts?incident=${incident}`);
    expect(begun.items).toMatchObject([
      { id: "D-1", incident, state: "draft", kind: "preliminary", to: "customers", recipients: 1 },
    ]);
    const pack = await view("controller-pack", `/incidents/${incident}/packs/${customer}`);
    expect(pack).toMatchObject({ customer: "Meridian Health", data: [{ name: "Exports" }] });
    const packAs = (format: string, as: string) =>
      here.app.request(
        `/api/v1/exports/controller-pack?incident=${incident}&customer=${customer}&format=${format}`,
        { headers: here.bearer(as) },
      );
    expect(await (await packAs("text", "Ada")).text()).toContain(
      "For Meridian Health, from Fennel",
    );
    expect((await (await packAs("pdf", "Ada")).text()).slice(0, 5)).toBe("%PDF-");
    expect((await packAs("text", "Rhea")).status).toBe(403);
    expect(draft.meets.map(({ clause }: { clause: string }) => clause)).toContain(
      "notify-breach-sev1",
    );
    expect(draft.letters[0].body).toContain("Files of Meridian Health could be listed");
    const blocks = draft.findings.filter(({ level }: { level: string }) => level === "block");
    expect(blocks).toEqual([]);
    const { hash } = draft;
    await say({ type: "ApproveNotice", draft: "D-1", hash }, "account/ac_ben");
    await say({ type: "SendDraft", draft: "D-1", hash });
    const held = await view("notice-draft", `/incidents/${incident}/drafts/D-1`);
    expect(held).toMatchObject({
      state: "holding",
      approvedBy: "Ben",
      holdUntil: toIso((here.now() + MINUTE_MS) as typeof FRIDAY),
    });
    here.advance(MINUTE_MS);
    await say({ type: "Wake" }, "worker");
    const sent = await view("notice-draft", `/incidents/${incident}/drafts/D-1`);
    const told = await view("told", `/incidents/${incident}/told`);
    expect(told.counts).toMatchObject({ opened: 0, acknowledged: 0 });
    const sheet = await view("call", `/incidents/${incident}/calls/customer:${customer}`);
    expect(sheet).toMatchObject({ name: "Meridian Health", draft: "D-1", owed: [], calls: [] });
    expect(sheet.script.join(" ")).toContain("Files of Meridian Health could be listed");
    expect(sent.state).toBe("sent");
    const { items } = await view("notices", "/notices");
    expect(await view("seats", `/seats?incident=${incident}`)).toMatchObject({ items: [] });
    await view("told-to", `/told-to/${items[0]?.recipient ?? "public"}`);
    expect(items[0]).toMatchObject({ kind: "notice", title: "Export files could be read" });
    expect(items[0].body).toBe(draft.letters[0].body);
    expect(codeOf(await here.read(`/incidents/${incident}/drafts/D-9`))).toBe("not-found");
  });

  test("on the board stands with its title, soonest first", async () => {
    expect((await view("due", "/due")).open).toBeGreaterThan(0);
    const { items } = await view("obligations", `/obligations?subject=incident/${incident}`);
    const due = items.map(({ dueAt }: { dueAt: string | null }) => dueAt ?? "9999");
    expect(due).toEqual(due.toSorted());
    expect(items[0]).toMatchObject({
      subjectTitle: "Exports were open",
      subject: `incident/${incident}`,
    });
    const first = (await view("obligations", "/obligations?limit=1")).items[0];
    const rest = await view("obligations", "/obligations?limit=1");
    const second = await view("obligations", `/obligations?limit=1&cursor=${rest.next}`);
    expect(second.items[0].id).not.toBe(first.id);
    expect(codeOf(await here.read("/obligations?cursor=bogus"))).toBe("cursor-malformed");
  });

  test("shows a struck line as struck, and the clock that went with it", async () => {
    const { items } = await view("timeline", `/incidents/${incident}/timeline`);
    const fact = items.find(({ type }: { type: string }) => type === "FactRecorded");
    await act(
      "strike-entry",
      { version: fact.version, reason: "That was the test bucket." },
      "Ben",
    );
    const after = await view("timeline", `/incidents/${incident}/timeline`);
    const struck = after.items.find(({ version }: { version: number }) => version === fact.version);
    expect(struck.struck).toMatchObject({
      byName: "Ben's shell (token)",
      reason: "That was the test bucket.",
    });
    expect(struck.clocks).toEqual(fact.clocks);
    expect(
      after.items.at(-1).clocks.filter(({ change }: { change: string }) => change === "removed")
        .length,
    ).toBe(fact.clocks.filter(({ change }: { change: string }) => change === "added").length);
  });

  test("read as of before the strike still holds the fact", async () => {
    const { at } = (await view("timeline", `/incidents/${incident}/timeline`)).items.find(
      ({ type }: { type: string }) => type === "FactRecorded",
    );
    here.advance(MINUTE_MS);
    await act("log", { text: "Looking at the test bucket.", key: true });
    const past = await get(`?asOf=${encodeURIComponent(at)}`);
    expect(past.asOf).toBe(at);
    expect(past.version).toBeLessThan((await get()).version);
    const lines = await view(
      "timeline",
      `/incidents/${incident}/timeline?asOf=${encodeURIComponent(at)}`,
    );
    expect(lines.total).toBe(past.entries);
  });

  test("has a timeline at three densities, in windows", async () => {
    const read = (query: string) => view("timeline", `/incidents/${incident}/timeline?${query}`);
    const all = await read("only=everything");
    const key = await read("only=key");
    expect(key.items.every((line: { key: boolean }) => line.key)).toBe(true);
    expect(key.items.at(-1).says).toBe("Looking at the test bucket.");
    expect(key.total).toBeLessThan(all.total);
    const window = await read("from=2&limit=2");
    expect(window.items).toEqual(all.items.slice(2, 4));
    expect((await read("from=9999")).items).toEqual([]);
  });

  test("is in the list with what is next and what is missed", async () => {
    here.advance(25 * HOUR_MS);
    const { items } = await view("incidents", "/incidents?state=open&severity=sev1&q=exports");
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      id: incident,
      severity: { name: "SEV1 Critical", rank: 1, of: 3 },
      missed: 1,
    });
    expect(items[0].next.standing).toBe("missed");
    expect((await get()).nextSays).toMatch(/^Mitigate it now: it was due Sat 21 Nov 2026, /);
    expect((await view("incidents", "/incidents?q=nothing")).items).toEqual([]);
  });

  test("answers 304 until something is recorded", async () => {
    const first = await here.read(`/incidents/${incident}`);
    const etag = first.headers.get("etag") ?? "";
    const again = await here.app.request(`/api/v1/incidents/${incident}`, {
      headers: { ...here.bearer("Ada"), "if-none-match": etag },
    });
    expect(again.status).toBe(304);
    const stale = await here.app.request(`/api/v1/incidents/${incident}/log`, {
      method: "POST",
      body: '{"text":"x"}',
      headers: { ...here.bearer("Ada"), "content-type": "application/json", "if-match": '"1"' },
    });
    expect(stale.status).toBe(412);
    const fresh = await here.app.request(`/api/v1/incidents/${incident}/log`, {
      method: "POST",
      body: '{"text":"x"}',
      headers: { ...here.bearer("Ada"), "content-type": "application/json", "if-match": etag },
    });
    expect(fresh.status).toBe(200);
  });
});

describe("what a command may name", () => {
  test("a repeat under the same key gets the first answer and records nothing", async () => {
    const ask = () =>
      here.app.request("/api/v1/incidents/open-incident", {
        method: "POST",
        body: '{"title":"Twice"}',
        headers: {
          ...here.bearer("Ada"),
          "content-type": "application/json",
          "idempotency-key": "k-7",
        },
      });
    const [first, second] = [await (await ask()).json(), await (await ask()).json()];
    expect(second).toEqual(first);
    const other = await here.app.request("/api/v1/incidents/open-incident", {
      method: "POST",
      body: '{"title":"Other"}',
      headers: {
        ...here.bearer("Ada"),
        "content-type": "application/json",
        "idempotency-key": "k-7",
      },
    });
    expect([other.status, ((await other.json()) as { code: string }).code]).toEqual([
      422,
      "idempotency-key-reused",
    ]);
  });

  test.each([
    ["/incidents/INC-99/log", { text: "x" }],
    ["/incidents/nothing/log", { text: "x" }],
    ["/signals/R-0000-00/close-signal", { reason: "duplicate", note: "x" }],
    ["/entries/not-an-id/erase", { paths: ["/text"], basis: "x" }],
    ["/entries/0199a5c0-0000-7000-8000-000000000000/erase", { paths: ["/text"], basis: "x" }],
    ["/parties/cus_0000000000/change-customer", { name: "x" }],
  ])("%s is 404", async (path, body) => {
    const answer = await here.send(path, body);
    expect([answer.status, codeOf(answer)]).toEqual([404, expect.stringMatching(/./)]);
  });
});

describe("an unreadable body", () => {
  test("is in the inbox with what came, and what is wrong with it", async () => {
    const id = "0199a5c0-1234-7000-8000-00000000abcf";
    const body = Buffer.from("<xml>");
    await here.store.raw.keep({
      id,
      source: "alertmanager",
      receivedAt: FRIDAY,
      headers: {},
      body,
    });
    const [lease] = await here.store.raw.take(FRIDAY, 1);
    await here.store.raw.unreadable(lease as never, {
      code: "bad-payload",
      message: "This is no JSON.",
    });
    const { items, total } = await view("signals", "/signals?state=unreadable");
    expect([items[0].id, items[0].title, total]).toEqual([id, "This is no JSON.", 1]);
    expect(await view("signal", `/signals/${id}`)).toMatchObject({
      raw: "<xml>",
      state: "unreadable",
    });
  });
});

describe("the law", () => {
  test("is listed whole, and nothing is said to bind us before we state what we are", async () => {
    const before = await view("regimes", "/regimes");
    expect(before.told).toBeNull();
    expect(before.items).toHaveLength(98);
    expect(before.items.filter(({ binds }: { binds: string }) => binds === "yes")).toEqual([]);
  });

  test("that could bind us follows from what we state, with the reason", async () => {
    const stated = { role: ["controller"], jurisdictions: ["EU"] };
    sent(await here.send("/installations/describe-organisation", stated));
    const { told, items } = await view("regimes", "/regimes");
    expect(told).toEqual(stated);
    const of = (id: string) => items.find((one: { id: string }) => one.id === id);
    expect(of("gdpr-33-1")).toMatchObject({ binds: "yes", verified: "P" });
    expect(of("uk-gdpr-33-1")).toMatchObject({ binds: "no", why: expect.stringContaining("UK") });
    expect(of("uk-csrb")).toMatchObject({ binds: "no", why: expect.stringContaining("not law") });
  });
});

describe("a draft of the next policy", () => {
  test("is listed by name, and read whole", async () => {
    expect(await view("drafts", "/drafts")).toEqual({ items: [] });
    const saving = { name: "next", text: "half: ", by: "account/ac_ben", at: here.now() };
    await here.store.drafts.save(saving, 0);
    expect(await view("draft", "/drafts/next")).toMatchObject({ text: "half: ", by: "Ben" });
    expect((await view("drafts", "/drafts")).items).toMatchObject([{ name: "next", bytes: 6 }]);
  });
});

describe("the public holidays of a place", () => {
  test("are read with how far they were compared, and a place that is not kept is told", async () => {
    const bavaria = await view("holidays", "/holidays/de-by");
    expect(bavaria).toMatchObject({ place: "DE-BY", name: "Germany, Bayern" });
    expect(bavaria.holidays).toContainEqual({ date: "2027-01-06", name: expect.any(String) });
    expect(bavaria.verified).toMatch(/^Unverified/);
    expect(codeOf(await here.read("/holidays/XX"))).toBe("holiday-place-unknown");
  });
});

describe("a release of the law's data", () => {
  test("is unread at first, and read by whoever says so, once", async () => {
    const before = await view("law-changes", "/regimes/changes");
    expect(before).toMatchObject({ lastRead: null, to: before.releases.at(-1).release });
    sent(await here.send("/installations/read-law", { release: before.to }));
    expect((await view("law-changes", "/regimes/changes")).lastRead).toBe(before.to);
    const codes = [];
    for (const release of [before.to, "2031-02-03"])
      codes.push((await here.send("/installations/read-law", { release })).body.code);
    expect(codes).toEqual(["release-read", "release-unknown"]);
  });
});

describe("the status page, as its writers see it", () => {
  test("says what is open, what it promised, and how many would be told", async () => {
    sent(await here.send("/status/describe-component", { name: "Exports" }));
    const nextAt = new Date(here.now() + 3_600_000).toISOString();
    const said = { state: "investigating", text: "Exports are slow.", nextAt };
    const components = { exports: "degraded" };
    const opened = { title: "Slow exports", ...said, components };
    sent(await here.send("/status/open-status", opened));
    expect(await view("status", "/status")).toMatchObject({
      says: "Exports: degraded.",
      subscribers: 0,
      components: [{ id: "exports", state: "degraded" }],
      items: [
        { title: "Slow exports", over: false, late: false, nextAt, updates: [{ byName: "Ada" }] },
      ],
    });
    const owed = await view("obligations", "/obligations?subject=status/current");
    const promised = owed.items.find(
      ({ subject }: { subject: string }) => subject === "status/current",
    );
    expect(promised).toMatchObject({ subjectTitle: "The status page", dueAt: nextAt });
    const why = `/obligations/${encodeURIComponent(promised.id)}/why?subject=status/current`;
    expect((await view("why", why)).trigger.entry).toBe(3);
  });

  test("a reader writes nothing, and sees no token", async () => {
    const refused = await here.send("/status/describe-component", { name: "Sign-in" }, "Rhea");
    expect(refused.body.code).toBe("not-allowed");
    expect((await here.read("/banners", "Rhea")).body.code).toBe("not-allowed");
  });
});

describe("banners", () => {
  test("are listed with their tokens, and what each token's page shows", async () => {
    const endsAt = new Date(here.now() + 3_600_000).toISOString();
    sent(await here.send("/banners/publish-banner", { text: "Slow exports.", endsAt }));
    sent(await here.send("/banners/make-banner-token", { audience: "eu-region" }));
    const { items, tokens } = await view("banners", "/banners");
    expect(items).toMatchObject([{ text: "Slow exports.", shown: true, audience: "everyone" }]);
    expect(tokens).toMatchObject([{ audience: "eu-region", good: true, shows: items[0].id }]);
    expect(tokens[0].token).toMatch(/^bt_[0-9A-Z]{12}\.[\w-]{22}$/);
  });
});

test("a file of the policy is read whole by those who act, and by nobody else", async () => {
  const file = "salt: 0ab182d619f22d57\n\n# Runbook\n";
  const digest = `sha256:${policyHash(file)}`;
  const named = `  - { id: runbook, title: Runbook, audience: internal, file: a/b.md, digest: "${digest}" }\n`;
  const text = `${SOLO.replace('version: "3"', 'version: "4"').trimEnd()}\n${named}`;
  const sent = await here.send("/policies/propose-policy", { text, files: [file] });
  expect(sent.status).toBe(201);
  const row = { section: "runbook", audience: "internal", file: "a/b.md", digest, kept: true };
  expect(await view("policy-files", "/policies/proposed/files")).toMatchObject({ items: [row] });
  const path = "/policies/proposed/files/runbook";
  expect(await view("policy-file", path)).toMatchObject({ ...row, text: file });
  expect((await here.read(path, "Rhea")).status).toBe(403);
});

test("every view of the registry was asked here", () => {
  expect([...asked].toSorted()).toEqual(VIEWS.map(({ name }) => name).toSorted());
});
