import { describe, expect, test } from "vitest";
import type { AnyEvent } from "../core/event.ts";
import type { NoticeRequested, PageRequested } from "../core/notice/notice.ts";
import type { Recorded } from "../core/recorded.ts";
import { FRIDAY, mailhost } from "./fixture.ts";
import { mailChannel } from "./channels.ts";
import { requested, requestsIn } from "./letter.ts";

const SENDER = {
  mailbox: { name: "Duenotice", address: "duenotice@ops.fennel.example" },
  company: "Fennel",
};
const ADA = { name: "Ada", mail: "ada@fennel.example" };

const entries = (...events: readonly AnyEvent[]): readonly Recorded<AnyEvent>[] =>
  events.map((event, i) => ({
    version: i + 1,
    id: `0193-entry-${i}`,
    at: FRIDAY,
    by: "account/ac_ada",
    event,
  }));
const notice = (over: Partial<NoticeRequested> = {}): NoticeRequested => ({
  type: "NoticeRequested",
  notice: "N-4TTK",
  kind: "acknowledgement",
  automatic: false,
  recipient: "reporter:R-7QK4-M2",
  meets: [],
  to: { name: "Cleo", mail: "cleo@meridian.example" },
  from: ADA,
  replyTo: ADA,
  subject: "We are looking",
  body: "Thank you.",
  ...over,
});
const page = (over: Partial<PageRequested> = {}): PageRequested => ({
  type: "PageRequested",
  page: "p",
  rung: "hour",
  obligation: "o",
  to: [ADA, { name: "Ben", mail: "ben@fennel.example" }],
  subject: "DUE in 1 h: notice to a customer, 21:05 CET",
  body: "https://ops.fennel.example/app/incidents/INC-7\n",
  ...over,
});
const of = (id: string, ...events: readonly AnyEvent[]) =>
  requested("signal/R-7QK4-M2", id, requestsIn(entries(...events)), SENDER);
const codes = (result: ReturnType<typeof of>) =>
  result.ok ? [] : result.problems.map(({ code }) => code);

describe("a letter", () => {
  test("is the same at every attempt, and another one for another entry", () => {
    const ids = (...events: readonly AnyEvent[]) => {
      const made = of(events.length === 1 ? "N-4TTK" : "N-5", ...events);
      return made.ok ? made.value.letters.map(({ messageId }) => messageId) : [];
    };
    expect(ids(notice())).toEqual(ids(notice()));
    expect(ids(notice())[0]).toMatch(/^<N-4TTK\.[0-9a-f]{16}@ops\.fennel\.example>$/);
    expect(ids(notice(), notice({ notice: "N-5" }))[0]).not.toBe(ids(notice())[0]);
  });

  test("answers what they wrote, and follows what was sent to them before", () => {
    const made = of(
      "N-5",
      notice(),
      notice({ notice: "N-X", recipient: "somebody else" }),
      notice({ notice: "N-5", inReplyTo: "<hello@meridian.example>\r\nBcc: v@x.test" }),
    );
    expect(made.ok && made.value.letters[0]?.thread).toEqual([
      expect.stringMatching(/^<N-4TTK\./),
      "<hello@meridian.example>",
    ]);
  });

  test.each([
    [{ from: { mail: "no-reply@fennel.example" } }, "author-unattended"],
    [{ replyTo: { mail: "alerts@fennel.example" } }, "author-unattended"],
    [{ to: { mail: "cleo@meridian.example, v@x.test" } }, "mail-address-invalid"],
    [{ body: "[erased]" }, "notice-erased"],
  ])("with %j is not sent", (over, code) => {
    expect(codes(of("N-4TTK", notice(over)))).toEqual([code]);
  });

  test("nobody asked for is not sent", () => {
    expect(codes(of("N-9", notice()))).toEqual(["notice-unknown"]);
  });

  test("of a drill and of sample data stays", () => {
    const opened = (over: object) =>
      requested(
        "incident/INC-7",
        "N-4TTK",
        requestsIn(entries({ type: "IncidentOpened", ...over } as AnyEvent, notice())),
        SENDER,
      );
    for (const [over, stays] of [
      [{ drill: true }, true],
      [{ sample: true }, true],
      [{}, false],
    ] as const) {
      const made = opened(over);
      expect(made.ok && made.value.stays).toBe(stays);
    }
  });
});

describe("a page", () => {
  test("is one letter for each, from the program, and says exactly what was asked for", () => {
    const made = of("p", page());
    const letters = made.ok ? made.value.letters : [];
    expect(
      letters.map(({ to, subject, automatic, replyTo }) => [
        to.address,
        subject,
        automatic,
        replyTo,
      ]),
    ).toEqual([
      ["ada@fennel.example", page().subject, "auto-generated", undefined],
      ["ben@fennel.example", page().subject, "auto-generated", undefined],
    ]);
    expect(new Set(letters.map(({ messageId }) => messageId)).size).toBe(2);
  });

  test("wakes the others when one address is mistyped", () => {
    const made = of("p", page({ to: [{ name: "Ada", mail: "ada" }, ADA] }));
    expect(made.ok && made.value.letters).toHaveLength(1);
    expect(codes(of("p", page({ to: [{ name: "Ada", mail: "ada" }] })))).toEqual([
      "mail-address-invalid",
    ]);
    expect(codes(of("p", page({ to: [] })))).toEqual(["nobody-to-page"]);
  });
});

describe("a test mail", () => {
  const settings = { url: "https://ops.fennel.example", smtpTls: "starttls" as const };

  test("shows what was said, under which TLS, and no secret", async () => {
    const host = await mailhost(
      {},
      { authOptional: false, onAuth: (_, __, done) => done(null, { user: "ada" }) },
    );
    const { port } = host.server;
    const secret = "correct-horse";
    const channel = mailChannel(
      { ...settings, smtpTls: "none", smtpUrl: `smtp://ada:${secret}@127.0.0.1:${port}` },
      "unused",
    );
    const told = await channel.test("cleo@meridian.example");
    await channel.close();
    await host.stop();
    // The login is refused in the clear by this server, or accepted: either way nothing leaks.
    const all = JSON.stringify(told);
    expect(all).not.toContain(secret);
    expect(all).not.toContain(Buffer.from(`\0ada\0${secret}`).toString("base64"));
    expect(told.lines.some(({ by, text }) => by === "us" && text.startsWith("EHLO"))).toBe(true);
    expect(told.lines.some(({ by, text }) => by === "server" && text.startsWith("220"))).toBe(true);
  });

  test("that is taken, and one whose address is none", async () => {
    const host = await mailhost();
    const channel = mailChannel(
      { ...settings, smtpTls: "none", smtpUrl: `smtp://127.0.0.1:${host.server.port}` },
      "unused",
    );
    expect(await channel.test("cleo@meridian.example")).toMatchObject({
      delivered: true,
      says: expect.stringContaining("250"),
    });
    expect(await channel.test("cleo@meridian.example, v@x.test")).toMatchObject({
      delivered: false,
    });
    expect(host.taken).toHaveLength(1);
    await channel.close();
    await host.stop();
  });
});
