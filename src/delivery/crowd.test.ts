import { Worker } from "node:worker_threads";
import { afterEach, describe, expect, test } from "vitest";
import { type Setup, withCrowd } from "./crowd.ts";
import { compose, letter, mailhost } from "./fixture.ts";
import type { Letter } from "./letter.ts";
import type { Sent } from "./sent.ts";
import { smtpSender } from "./smtp.ts";

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

const letters = (count: number, more: Partial<Letter> = {}): readonly Letter[] =>
  Array.from({ length: count }, (_, i) =>
    letter({
      id: `N-${i}`,
      messageId: `<N-${i}@fennel.example>`,
      to: { name: "", address: `security@northwind-${i}.example` },
      ...more,
    }),
  );

/** A sender, and how many letters were composed in this thread. */
async function rig(thread?: () => Worker) {
  const host = await mailhost();
  let here = 0;
  const own = smtpSender(host.server, (one) => {
    here += 1;
    return compose(one);
  });
  const setup: Setup = { server: host.server, dkim: undefined };
  const sender = thread ? withCrowd(own, setup, thread) : withCrowd(own, setup);
  ending.push(host.stop, sender.close);
  return { ...host, sender, here: () => here };
}

describe("a crowd", () => {
  test("leaves by a thread beside, each letter once and as it would have left here", async () => {
    const { sender, taken, here } = await rig();
    const begun = new Set<string>();
    const sent = await Promise.all(
      letters(120).map((one) => sender.send(one, () => begun.add(one.id))),
    );
    expect(sent.filter(({ is }) => is === "delivered")).toHaveLength(120);
    expect(new Set(taken.map(({ to }) => to[0])).size).toBe(120);
    expect([taken.length, begun.size]).toEqual([120, 120]);
    expect(here()).toBe(24);
    const idOf = (text: string) => /^Message-ID: <(.+)@fennel\.example>\r?$/im.exec(text)?.[1];
    expect(new Set(taken.map(({ text }) => idOf(text))).size).toBe(120);
  });

  test("and then what is encrypted or brings files is still made here", async () => {
    const { sender, here, taken } = await rig();
    await Promise.all(letters(40).map((one) => sender.send(one)));
    const before = here();
    const file = {
      name: "rows.csv",
      sha256: "0".repeat(64),
      bytes: 4,
      content: Buffer.from("a,b\n"),
    };
    const [one] = letters(1, { files: [file] });
    expect(await sender.send(one as Letter)).toMatchObject({ is: "delivered" });
    expect(here()).toBe(before + 1);
    expect(taken.at(-1)?.text).toContain("rows.csv");
  });

  test("of a few has no thread", async () => {
    const { sender, here } = await rig(() => {
      throw new Error("nobody asked for a thread");
    });
    await Promise.all(letters(20).map((one) => sender.send(one)));
    expect(here()).toBe(20);
  });

  test("whose thread breaks is in doubt, whatever it had said last", async () => {
    const breaking = `const { parentPort } = require("node:worker_threads");
      parentPort.on("message", ({ letters }) => {
        if (!letters) return;
        throw new Error("out of memory");
      });`;
    let threads = 0;
    const { sender, here } = await rig(() => {
      threads += 1;
      return new Worker(breaking, { eval: true });
    });
    const sent: readonly Sent[] = await Promise.all(letters(30).map((one) => sender.send(one)));
    const broken = sent.filter(({ is }) => is !== "delivered");
    expect(broken).toEqual(
      Array.from({ length: 6 }, () => ({
        is: "deferred",
        reason: expect.stringContaining("out of memory"),
        uncertain: true,
      })),
    );
    // The next crowd is sent from here, every letter of it.
    const again = await Promise.all(letters(60).map((one) => sender.send(one)));
    expect(again.every(({ is }) => is === "delivered")).toBe(true);
    expect([threads, here()]).toEqual([1, 24 + 60]);
  });
});
