/**
 * Two servers on one data directory: what one records the other shows, each thing
 * that has to be done is done by one of them, and when the one that runs the
 * database is killed the other goes on.
 */

import { createHash } from "node:crypto";
import { join } from "node:path";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Mailhost, mailhost } from "../../src/delivery/fixture.ts";
import { type Owner, setUp, signedIn, valueOf } from "../owner.ts";
import {
  type Program,
  removeFolder,
  runDue,
  scratchFolder,
  startProgram,
  until,
} from "../program.ts";

const folder = scratchFolder("nodes");
const data = join(folder, "data");
let mail: Mailhost;
let first: Program;
let second: Program;
let ada: Owner;
let beside: Owner;

beforeAll(async () => {
  mail = await mailhost();
  const env = {
    DUE_SMTP_HOST: mail.server.host,
    DUE_SMTP_PORT: String(mail.server.port),
    DUE_SMTP_TLS: "none",
    DUE_MAIL_FROM: "reports@fennel.example",
  };
  first = await startProgram({ data, env });
  ada = await setUp(first);
  second = await startProgram({ data, env });
  beside = signedIn(second, ada.cookie);
});

afterAll(async () => {
  await second?.stop();
  await first?.kill();
  await mail?.stop();
  removeFolder(folder);
});

type Event = { readonly seq: number; readonly subject: string; readonly type: string };

/** Follows the stream of one node from its head on. */
async function follow({ url }: Program): Promise<{
  readonly events: readonly Event[];
  readonly stop: () => void;
}> {
  const stopped = new AbortController();
  const events: Event[] = [];
  const answer = await fetch(`${url}/api/v1/events`, {
    headers: { cookie: ada.cookie },
    signal: stopped.signal,
  });
  expect(answer.status).toBe(200);
  void (async () => {
    let text = "";
    const decoder = new TextDecoder();
    for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true });
      const frames = text.split("\n\n");
      text = frames.pop() ?? "";
      for (const frame of frames) {
        const [, json] = /^data: (.*)$/m.exec(frame) ?? [];
        if (json !== undefined && !/^event:/m.test(frame)) events.push(JSON.parse(json) as Event);
      }
    }
  })().catch(() => {});
  return { events, stop: () => stopped.abort() };
}

const report = (url: string, nth: number) =>
  fetch(`${url}/report`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({
      title: `Report ${nth}`,
      from: "researcher",
      mail: `ravi${nth}@reporter.example`,
    }),
  });

describe("a second server on the same folder", () => {
  test("joins the first one's database, and says so", () => {
    expect(second.output()).toContain("joined it as a second node");
    expect(first.output()).not.toContain("joined it as a second node");
  });

  test("shows what the first one records, and the other way round; both streams tell of both", async () => {
    const streams = [await follow(first), await follow(second)];
    const opened = valueOf(await ada.client.send("OpenIncident", "", { title: "By the first" }));
    valueOf(await beside.client.send("Log", "INC-1", { text: "By the second." }));
    expect(opened.subject).toBe("incident/INC-1");
    for (const { client } of [ada, beside]) {
      const { items } = valueOf(await client.read("timeline", { id: "INC-1" }));
      expect(items.at(-1)?.text).toBe("By the second.");
    }
    for (const { events } of streams)
      await until("both entries on the stream", async () =>
        ["IncidentOpened", "LineLogged"].every((type) => events.some((one) => one.type === type))
          ? true
          : undefined,
      );
    for (const { events, stop } of streams) {
      const seqs = events.map(({ seq }) => seq);
      expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
      stop();
    }
  });

  test("decides with what the other one knows: a stale command is refused on either", async () => {
    const { version } = valueOf(await ada.client.read("incident", { id: "INC-1" }));
    valueOf(await beside.client.send("Log", "INC-1", { text: "Faster." }, { ifVersion: version }));
    const late = await ada.client.send("Log", "INC-1", { text: "Slower." }, { ifVersion: version });
    expect(late.ok ? [] : late.problems.map(({ code }) => code)).toEqual(["stale"]);
  });

  test("shares the work: of twenty reports to both, each has one signal and one receipt", async () => {
    const sent = Array.from({ length: 20 }, (_, nth) =>
      report([first, second][nth % 2]?.url ?? "", nth),
    );
    expect((await Promise.all(sent)).map(({ status }) => status)).toEqual(Array(20).fill(303));
    await until("every receipt", async () => (mail.taken.length >= 20 ? true : undefined));
    await until("nothing is left to be sent", async () => {
      const { items } = valueOf(await ada.client.read("notices", {}, { limit: 200 }));
      return items.length === 20 && items.every(({ state }) => state === "delivered")
        ? true
        : undefined;
    });
    const ids = await Promise.all(
      mail.taken.map(async ({ text }) => (await PostalMime.parse(text)).messageId),
    );
    expect(new Set(ids).size).toBe(20);
    expect(ids).toHaveLength(20);
    expect(valueOf(await ada.client.read("signals", {}, { limit: 200 })).total).toBe(20);
  });

  test("understands each alert once, whichever of them took it", async () => {
    const token = await ada.token("intake");
    const bodies = Array.from({ length: 40 }, (_, nth) => alert(nth % 8));
    const answers = await Promise.all(
      bodies.map((body, nth) =>
        fetch(`${[first, second][nth % 2]?.url}/intake/alertmanager`, {
          method: "POST",
          headers: { authorization: `Bearer ${token}` },
          body,
        }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(202));
    const counted = await until("every alert is counted", async () => {
      const { items } = valueOf(await ada.client.read("signals", {}, { limit: 200 }));
      const alerts = items.filter(({ source }) => source === "alertmanager");
      return alerts.reduce((sum, { count }) => sum + count, 0) >= 40 ? alerts : undefined;
    });
    expect(counted.map(({ count }) => count)).toEqual(Array(8).fill(5));
  });
});

const alert = (group: number): string =>
  JSON.stringify({
    version: "4",
    receiver: "duenotice",
    status: "firing",
    groupKey: `{}:{alertname="A${group}"}`,
    truncatedAlerts: 0,
    groupLabels: { alertname: `A${group}` },
    commonLabels: { alertname: `A${group}` },
    commonAnnotations: {},
    externalURL: "http://alertmanager.fennel.example",
    alerts: [
      {
        status: "firing",
        labels: { alertname: `A${group}` },
        annotations: {},
        startsAt: "2026-01-20T17:00:00Z",
        endsAt: "0001-01-01T00:00:00Z",
        generatorURL: "",
        fingerprint: createHash("md5").update(String(group)).digest("hex").slice(0, 16),
      },
    ],
  });

describe("when the one that runs the database is killed", () => {
  let before: number;

  test("the other takes the database over and goes on within seconds; nothing is lost", async () => {
    before = valueOf(await beside.client.read("ledger")).size;
    await first.kill();
    const startedAt = performance.now();
    const line = await until("the second one records again", async () => {
      const answer = await beside.client.send("Log", "INC-1", { text: "Alone now." });
      return answer.ok ? answer.value : undefined;
    });
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(line.seq).toBeGreaterThanOrEqual(before);
    const { items } = valueOf(await beside.client.read("timeline", { id: "INC-1" }));
    expect(items.map(({ text }) => text)).toEqual(
      expect.arrayContaining(["By the second.", "Faster.", "Alone now."]),
    );
    expect(items.filter(({ text }) => text === "Alone now.")).toHaveLength(1);
  });

  test("its worker works on: a report is answered, once", async () => {
    const sent = mail.taken.length;
    expect((await report(second.url, 99)).status).toBe(303);
    await until("the receipt", async () => (mail.taken.length > sent ? true : undefined));
    await until("it is delivered", async () => {
      const { items } = valueOf(await beside.client.read("notices", {}, { limit: 200 }));
      return items.every(({ state }) => state === "delivered") ? true : undefined;
    });
    expect(mail.taken.length).toBe(sent + 1);
  });

  test("it is well, and a server that comes back joins it", async () => {
    expect((await fetch(`${second.url}/readyz`)).status).toBe(200);
    first = await startProgram({ data });
    expect(first.output()).toContain("joined it as a second node");
    const again = signedIn(first, ada.cookie);
    expect(valueOf(await again.client.read("ledger")).size).toBe(
      valueOf(await beside.client.read("ledger")).size,
    );
  });

  test("the record is whole, and the read tables are what it says", async () => {
    const { code, stdout } = await runDue(["doctor", "--json"], {
      DUE_DATA: data,
      DUE_PORT: new URL(second.url).port,
    });
    expect(stdout).toContain("ledger-holds");
    expect(stdout).toContain("views-equal");
    expect(code).toBe(0);
  });
});
