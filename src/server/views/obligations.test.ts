import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HOUR_MS, plus, toIso } from "../../core/time/instant.ts";
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

beforeAll(async () => {
  server = await testServer();
  here = await testInstallation(server);
});
afterAll(() => server.stop());

async function sent(answer: Promise<Answer>): Promise<Answer["body"]> {
  const { status, body } = await answer;
  expect([200, 201], JSON.stringify(body)).toContain(status);
  return body;
}
const owedBy = async (subject: string, standing = "all"): Promise<readonly Answer["body"][]> =>
  (await sent(here.read(`/obligations?standing=${standing}&subject=${subject}&limit=200`))).items;
const whyOf = (subject: string, id: string): Promise<Answer["body"]> =>
  sent(here.read(`/obligations/${encodeURIComponent(id)}/why?subject=${subject}`));

describe("what an incident owes", () => {
  let incident: string;
  let id: string;
  const path = (verb: string): string => `/incidents/${incident}/${verb}`;
  const one = async () => (await owedBy(`incident/${incident}`)).find((owed) => owed.id === id);

  beforeAll(async () => {
    const opened = await sent(
      here.send("/incidents/open-incident", {
        title: "Bucket is listable",
        severity: "sev1",
        reason: "Seen live",
      }),
    );
    incident = opened.subject.split("/")[1];
    const open = await owedBy(`incident/${incident}`, "running");
    id = open.find(({ duty }) => duty === "mitigate")?.id ?? open[0].id;
  });

  test("can be extended: the first due time is listed beside the new one", async () => {
    const was = (await one()).dueAt;
    const dueAt = toIso(plus(FRIDAY, 60 * HOUR_MS));
    const body = { obligation: id, dueAt, agreedBy: "Ana Keller", reason: "Rotation takes days" };
    await sent(here.send(path("extend"), body));
    expect(await one()).toMatchObject({ dueAt, originalDueAt: was, standing: "running" });
    const why = await whyOf(`incident/${incident}`, id);
    expect(why.history).toMatchObject([
      { type: "ObligationExtended", byName: "Ada's shell (token)" },
    ]);
    expect(why.history[0].says).toMatch(/Our extension to .*; originally due /);
    expect(why.history[0].text).toContain("Agreed by: Ana Keller");
  });

  test("can be disputed, which changes no clock, and settled", async () => {
    const before = await one();
    const dispute = { obligation: id, ground: "counted-wrongly", reason: "It was a test" };
    await sent(here.send(path("dispute"), dispute, "Cora"));
    expect(await one()).toEqual({ ...before, disputedAt: toIso(FRIDAY) });
    expect(codeOf(await here.send(path("dispute"), dispute))).toBe("obligation-disputed");
    const settle = { obligation: id, outcome: "stands", reason: "It was none" };
    await sent(here.send(path("settle-dispute"), settle));
    expect(await one()).toEqual(before);
  });

  test("can be waived, and is owed again when the waiver is struck", async () => {
    const before = await one();
    await sent(here.send(path("waive"), { obligation: id, reason: "Nothing is reachable" }));
    expect((await one()).standing).toBe("waived");
    const waived = await owedBy(`incident/${incident}`, "waived");
    expect(waived.map((owed) => owed.id)).toEqual([id]);
    const { history } = await whyOf(`incident/${incident}`, id);
    const { version } = history.at(-1);
    await sent(here.send(path("strike-entry"), { version, reason: "Said too soon" }));
    expect(await one()).toEqual(before);
    const after = await whyOf(`incident/${incident}`, id);
    expect(after.history.at(-1)).toMatchObject({ type: "ObligationWaived", struck: true });
  });

  test("can be taken in hand, and says by whom", async () => {
    await sent(here.send(path("take-clock"), { obligation: id }, "Ben"));
    expect((await one()).takenBy).toBe("token/tok_ben");
  });

  test("is extended and waived by those who lead alone", async () => {
    const no = await here.send(path("waive"), { obligation: id, reason: "Too much" }, "Cora");
    expect([no.status, codeOf(no)]).toEqual([403, "not-allowed"]);
  });

  test("says what would be right where an extension is none", async () => {
    const body = { obligation: id, dueAt: toIso(FRIDAY), agreedBy: "Ana", reason: "…" };
    const no = await here.send(path("extend"), body);
    expect([no.status, codeOf(no)]).toEqual([422, "extension-not-later"]);
    expect(no.body.problems[0].at).toBe("/dueAt");
  });
});

describe("what a signal owes", () => {
  let signal: string;
  let id: string;

  beforeAll(async () => {
    const recorded = await sent(
      here.send("/signals/record-signal", {
        channel: "researcher",
        title: "Listable bucket",
        sender: { mail: "ravi@reporter.example" },
      }),
    );
    signal = recorded.subject.split("/")[1];
    const owed = await owedBy(`signal/${signal}`);
    id = owed.find(({ duty }) => duty === "acknowledge").id;
  });

  test("can be taken in hand", async () => {
    await sent(here.send(`/signals/${signal}/take-signal-clock`, { obligation: id }));
    const [owed] = (await owedBy(`signal/${signal}`)).filter((one) => one.id === id);
    expect(owed.takenBy).toBe("token/tok_ada");
  });

  test("is met by a call, with the evidence", async () => {
    const body = { obligation: id, evidence: "Called Ravi at 18:40" };
    await sent(here.send(`/signals/${signal}/meet-signal`, body));
    const why = await whyOf(`signal/${signal}`, id);
    expect(why.obligation).toMatchObject({ standing: "met", stoppedAt: toIso(FRIDAY) });
    expect(why.history.map(({ type }: { type: string }) => type)).toEqual([
      "ClockTaken",
      "ObligationMet",
    ]);
    const again = await here.send(`/signals/${signal}/meet-signal`, body);
    expect(codeOf(again)).toBe("obligation-stopped");
  });
});
