import { expect, test, describe } from "vitest";
import type { AnyEvent } from "../core/event.ts";
import type { Recorded } from "../core/recorded.ts";
import type { Instant } from "../core/time/instant.ts";
import { subjectsOf } from "./subjects.ts";

const at = (minute: number): Instant =>
  (Date.parse("2026-11-20T12:00:00Z") + minute * 60_000) as Instant;

/** A ledger in memory that counts what it is asked. */
function ledger() {
  const entries = new Map<string, Recorded<AnyEvent>[]>();
  const asked: string[] = [];
  return {
    asked,
    write(subject: string, event: object, minute: number) {
      const of = entries.get(subject) ?? [];
      of.push({
        version: of.length + 1,
        id: `e${of.length}`,
        at: at(minute),
        by: "account/ac_ada",
        event: event as AnyEvent,
      });
      entries.set(subject, of);
    },
    blank(subject: string) {
      const of = entries.get(subject) ?? [];
      entries.set(
        subject,
        of.map((one) =>
          one.event.type === "LineLogged"
            ? { ...one, event: { ...one.event, text: "[erased]" } }
            : one,
        ),
      );
    },
    read: async (subject: string, after = 0) => {
      asked.push(`${subject}>${after}`);
      return (entries.get(subject) ?? []).slice(after);
    },
  };
}

const OPENED = {
  type: "IncidentOpened",
  number: 7,
  title: "Leak",
  policyVersion: 1,
  policyHash: "h",
};
const line = (text: string) => ({ type: "LineLogged", text });

describe("a subject", () => {
  test("is read once, and then only what was added", async () => {
    const there = ledger();
    const subjects = subjectsOf(there);
    there.write("incident/INC-7", OPENED, 0);
    expect((await subjects.open("incident", "INC-7"))?.folded.state.title).toBe("Leak");
    there.write("incident/INC-7", { type: "IncidentRetitled", title: "Exports" }, 1);
    expect((await subjects.open("incident", "INC-7"))?.folded.state.title).toBe("Exports");
    expect((await subjects.read("incident/INC-7")).length).toBe(2);
    expect(there.asked).toEqual(["incident/INC-7>0", "incident/INC-7>1", "incident/INC-7>2"]);
  });

  test("that this process has added to is known without opening what was written", async () => {
    const there = ledger();
    const subjects = subjectsOf(there);
    there.write("incident/INC-7", OPENED, 0);
    await subjects.read("incident/INC-7");
    const written = {
      type: "LineLogged",
      text: "seen",
      occurredAt: undefined,
    } as never as AnyEvent;
    there.write("incident/INC-7", line("as the ledger would say it"), 1);
    subjects.follow(
      [
        { subject: "incident/INC-8", version: 0, events: [] },
        {
          subject: "incident/INC-7",
          version: 1,
          events: [{ event: written, id: "e1", at: at(1), by: "account/ac_ada" }],
        },
      ],
      [41],
    );
    const [, last] = await subjects.read("incident/INC-7");
    expect(last).toStrictEqual({
      seq: 41,
      version: 2,
      id: "e1",
      at: at(1),
      by: "account/ac_ada",
      event: line("seen"),
    });
    expect(there.asked).toEqual(["incident/INC-7>0", "incident/INC-7>2"]);
  });

  test("that others have added to meanwhile is read, whatever this process added", async () => {
    const there = ledger();
    const subjects = subjectsOf(there);
    there.write("incident/INC-7", OPENED, 0);
    await subjects.read("incident/INC-7");
    there.write("incident/INC-7", line("theirs"), 1);
    there.write("incident/INC-7", line("ours"), 2);
    const ours = { event: line("ours") as AnyEvent, id: "e2", at: at(2), by: "account/ac_ada" };
    subjects.follow([{ subject: "incident/INC-7", version: 2, events: [ours] }], [42]);
    const texts = (await subjects.read("incident/INC-7")).map(({ event }) =>
      event.type === "LineLogged" ? event.text : event.type,
    );
    expect(texts).toEqual(["IncidentOpened", "theirs", "ours"]);
  });

  test("is folded once for as long as nothing is added", async () => {
    const there = ledger();
    const subjects = subjectsOf(there);
    there.write("incident/INC-7", OPENED, 0);
    const first = await subjects.open("incident", "INC-7");
    expect(await subjects.open("incident", "INC-7")).toBe(first);
  });

  test("from which something was erased is read anew", async () => {
    const there = ledger();
    const subjects = subjectsOf(there);
    there.write("incident/INC-7", OPENED, 0);
    there.write("incident/INC-7", line("secret"), 1);
    await subjects.read("incident/INC-7");
    there.blank("incident/INC-7");
    there.write(
      "incident/INC-7",
      { type: "Erased", entry: "e1", paths: ["/text"], basis: "asked" },
      2,
    );
    expect(JSON.stringify(await subjects.read("incident/INC-7"))).not.toContain("secret");
  });

  test("that does not exist, or is no subject, is none", async () => {
    const there = ledger();
    const subjects = subjectsOf(there);
    expect(await subjects.open("incident", "INC-8")).toBeUndefined();
    expect(await subjects.open("incident", "")).toBeUndefined();
    expect(await subjects.open("incident", "a/b")).toBeUndefined();
    expect(await subjects.read("incident/INC-8")).toEqual([]);
  });

  test("as of an instant holds what was recorded until then, that instant included", async () => {
    const there = ledger();
    const subjects = subjectsOf(there);
    there.write("incident/INC-7", OPENED, 0);
    there.write("incident/INC-7", line("one"), 10);
    there.write("incident/INC-7", line("two"), 20);
    const version = async (minute: number) =>
      (await subjects.openAsOf("incident", "INC-7", at(minute)))?.version;
    expect([
      await version(-1),
      await version(0),
      await version(9),
      await version(10),
      await version(99),
    ]).toEqual([undefined, 1, 1, 2, 3]);
  });

  test("where the clock went back is cut in the order of the ledger", async () => {
    const there = ledger();
    const subjects = subjectsOf(there);
    there.write("incident/INC-7", OPENED, 0);
    there.write("incident/INC-7", line("late"), 30);
    there.write("incident/INC-7", line("after the clock went back"), 10);
    expect((await subjects.openAsOf("incident", "INC-7", at(15)))?.version).toBe(1);
    expect((await subjects.openAsOf("incident", "INC-7", undefined))?.version).toBe(3);
  });
});

test("memory is bounded by entries, and who was asked for last stays", async () => {
  const there = ledger();
  const subjects = subjectsOf(there, 5);
  for (const id of ["INC-1", "INC-2", "INC-3"]) {
    there.write(`incident/${id}`, OPENED, 0);
    there.write(`incident/${id}`, line("x"), 1);
    await subjects.read(`incident/${id}`);
  }
  there.asked.length = 0;
  await subjects.read("incident/INC-3");
  await subjects.read("incident/INC-2");
  await subjects.read("incident/INC-1");
  expect(there.asked).toEqual(["incident/INC-3>2", "incident/INC-2>2", "incident/INC-1>0"]);
});

test("a subject larger than the bound is still read whole", async () => {
  const there = ledger();
  const subjects = subjectsOf(there, 3);
  for (let n = 0; n < 10; n++) there.write("incident/INC-1", n === 0 ? OPENED : line("x"), n);
  expect(await subjects.read("incident/INC-1")).toHaveLength(10);
  expect(await subjects.read("incident/INC-1")).toHaveLength(10);
});
