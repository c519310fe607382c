import fc from "fast-check";
import MailComposer from "nodemailer/lib/mail-composer";
import { expect, test } from "vitest";
import { assembled, bytesOf } from "./assemble.ts";

/** RFC 5322, 2.1.1. */
const LINE_CHARACTERS_MAX = 998;
const SENT = { messageId: "<N-4TTK@fennel.example>", date: new Date("2026-11-20T17:40:00Z") };

const textOf = fc
  .array(
    fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 120 }),
      fc.constantFrom(
        "\n",
        "\r\n",
        "\n\n",
        ".",
        " \n",
        "=",
        "a".repeat(200),
        "Zürich ",
        "株式会社",
      ),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(""));
const wordOf = fc.string({ unit: "grapheme", maxLength: 80 });

/** A text may be broken into lines at other places: what it says is the same. */
const unbroken = (bytes: Buffer): string => bytes.toString().replaceAll("=\r\n", "");

test("what is put together at once is what nodemailer's streams would write", async () => {
  await fc.assert(
    fc.asyncProperty(
      textOf,
      textOf,
      wordOf,
      wordOf,
      fc.option(fc.uint8Array({ maxLength: 300 })),
      async (text, html, subject, name, file) => {
        const composed = new MailComposer({
          from: { name, address: "ada@fennel.example" },
          to: { name, address: "cleo@meridian.example" },
          subject,
          text,
          html,
          date: new Date("2026-11-20T17:40:00Z"),
          messageId: "<N-4TTK@fennel.example>",
          references: ["<a@x.example>", "<b@x.example>"],
          headers: { "List-Unsubscribe": "<https://ops.fennel.example/out>" },
          ...(file === null
            ? {}
            : { attachments: [{ filename: name, content: Buffer.from(file) }] }),
        }).compile();
        composed.newline = "windows";
        const streamed = await composed.build();
        const atOnce = bytesOf(composed);
        expect(unbroken(atOnce)).toBe(unbroken(streamed));
        expect(
          Math.max(
            ...atOnce
              .toString()
              .split("\r\n")
              .map((line) => line.length),
          ),
        ).toBeLessThan(LINE_CHARACTERS_MAX);
      },
    ),
    { numRuns: 300 },
  );
});

/** Letters to several, one after another: what is remembered of one must not be said to another. */
test("a text and its HTML are the bytes of nodemailer's own tree, whoever was written to before", () => {
  const letterOf = fc.record({
    from: fc.record({
      name: wordOf,
      address: fc.constantFrom("ada@fennel.example", "b@x.example"),
    }),
    to: fc.record({
      name: wordOf,
      address: fc.constantFrom("cleo@meridian.example", "d@x.example"),
    }),
    replyTo: fc.option(fc.record({ name: wordOf, address: fc.constant("ada@fennel.example") }), {
      nil: undefined,
    }),
    subject: wordOf,
    text: textOf.filter((text) => text !== ""),
    html: textOf.filter((text) => text !== ""),
    date: fc.date({ min: new Date(0), max: new Date("2099-01-01"), noInvalidDate: true }),
    messageId: fc.constantFrom("<N-1@fennel.example>", `<${"n".repeat(90)}@fennel.example>`),
    references: fc.constantFrom<string[][]>(
      [],
      ["<a@x.example>"],
      ["<a@x.example>", "<b@x.example>"],
    ),
    headers: fc.constantFrom({}, { "List-Unsubscribe": "<https://ops.fennel.example/out>" }),
  });
  fc.assert(
    fc.property(fc.array(letterOf, { minLength: 1, maxLength: 4 }), (letters) => {
      for (const { references, replyTo, ...letter } of letters) {
        const mail = {
          ...letter,
          ...(replyTo === undefined ? {} : { replyTo }),
          ...(references.length === 0 ? {} : { references, inReplyTo: references.at(-1) ?? "" }),
          baseBoundary: "0123456789abcdef",
        };
        const own = bytesOf(new MailComposer(mail).compile());
        expect(assembled(mail).toString()).toBe(own.toString());
      }
    }),
    { numRuns: 150 },
  );
});

test("no two letters part their texts by the same line", () => {
  const boundaries = Array.from(
    { length: 50 },
    () => /boundary="([^"]+)"/.exec(assembled({ ...SENT, text: "a", html: "b" }).toString())?.[1],
  );
  expect(boundaries).not.toContain(undefined);
  expect(new Set(boundaries).size).toBe(50);
});

test("a part that would have to be fetched is no letter's", () => {
  const attachments = [{ path: "/etc/passwd" }];
  expect(() => assembled({ ...SENT, text: "x", attachments })).toThrow(/does not lie in memory/);
});
