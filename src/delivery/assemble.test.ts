import fc from "fast-check";
import MailComposer from "nodemailer/lib/mail-composer";
import { expect, test } from "vitest";
import { assembled, bytesOf } from "./assemble.ts";

/** RFC 5322, 2.1.1. */
const LINE_CHARACTERS_MAX = 998;

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

test("a part that would have to be fetched is no letter's", () => {
  const attachments = [{ path: "/etc/passwd" }];
  expect(() => assembled({ text: "x", attachments })).toThrow(/does not lie in memory/);
});
