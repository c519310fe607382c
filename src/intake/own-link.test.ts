import { describe, expect, test } from "vitest";
import { computedMs } from "../../test/computed.ts";
import { withoutOwnLinks } from "./own-link.ts";

const SECRET = "Ab3_-".repeat(8) + "xyz";
const ADDRESS = `https://ops.fennel.example/notice/${SECRET}`;
const after = (mail: string): string =>
  withoutOwnLinks(Buffer.from(mail, "latin1")).toString("latin1");
const base64 = (text: string): string =>
  Buffer.from(text)
    .toString("base64")
    .replace(/.{1,76}/g, "$&\r\n");

describe("a mail that is kept", () => {
  test.each([
    ["in plain text", `> Read it again:\r\n> ${ADDRESS}\r\n`],
    ["in a page", `<a href="${ADDRESS}">`],
    ["of a contact who was asked", ADDRESS.replace("notice", "contact")],
    ["of a seat", ADDRESS.replace("notice", "seat")],
    [
      "in quoted-printable, broken anywhere",
      `${ADDRESS.slice(0, 30)}=\r\n${ADDRESS.slice(30, 60)}=\r\n${ADDRESS.slice(60)}`,
    ],
    [
      "with its signs encoded",
      ADDRESS.replaceAll("_", "=5F").replaceAll("-", "=2D").replaceAll("/", "=2F"),
    ],
    ["by a checker of links", `https://safe.example/?url=${encodeURIComponent(ADDRESS)}&x=1`],
  ])("holds no address of anybody's page %s", (_, mail) => {
    const kept = after(mail);
    expect(kept.replace(/=\r\n/g, "").replaceAll("=5F", "_").replaceAll("=2D", "-")).not.toContain(
      SECRET,
    );
    expect(kept).toContain("[own-link]");
  });

  test("holds none in base64 either, and its other words stay", () => {
    const kept = after(
      `Head: x\r\n\r\n${base64(`Guten Tag,\r\n${ADDRESS}\r\nIhre Grüße`)}--b--\r\n`,
    );
    const [, body = ""] = kept.split("\r\n\r\n");
    const text = Buffer.from(body.slice(0, body.indexOf("--b--")), "base64").toString("utf8");
    expect(text).not.toContain(SECRET);
    expect(text).toContain("Guten Tag,");
    expect(text).toContain("Ihre Grüße");
  });

  test("is the same to the byte where there is none", () => {
    const bytes = Buffer.from([
      ...Array(256).keys(),
      ...Buffer.from(base64("Nothing to see. ".repeat(20))),
    ]);
    expect(withoutOwnLinks(bytes)).toBe(bytes);
  });

  test.each(["a\n", "=\r\n", "/notice/", "A".repeat(76) + "\r\n", "/notic=\r\n"])(
    "is looked through within a moment, though it repeats %j",
    (piece) => {
      const mail = Buffer.from(piece.repeat(Math.floor(1_000_000 / piece.length)));
      expect(computedMs(() => withoutOwnLinks(mail))).toBeLessThan(3_000);
    },
  );
});
