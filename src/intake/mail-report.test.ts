import { describe, expect, test } from "vitest";
import { mailReport } from "./mail-report.ts";

const mail = (head: Readonly<Record<string, string>>, body: string) =>
  Buffer.from(
    `${Object.entries({
      From: "Ravi Nair <ravi@reporter.example>",
      Subject: "A hole",
      "Message-ID": "<a1@reporter.example>",
      ...head,
    })
      .map(([name, value]) => `${name}: ${value}`)
      .join("\r\n")}\r\n\r\n${body}`,
  );
const read = async (head: Readonly<Record<string, string>>, body = "Text.") => {
  const report = await mailReport(mail(head, body));
  return report.ok ? report.value : report.problems[0].code;
};

describe("a mail that a person wrote", () => {
  test("is read as it stands", async () => {
    expect(await read({}, "One.\r\n\r\nTwo.\r\n")).toEqual({
      fingerprint: expect.stringMatching(/^mail:[0-9a-f]{32}$/),
      title: "A hole",
      text: "One.\n\nTwo.",
      sender: { name: "Ravi Nair", mail: "ravi@reporter.example" },
      messageId: "<a1@reporter.example>",
    });
  });

  test("calls nobody and nothing otherwise than it is read", async () => {
    const turned = (text: string) => `=?utf-8?b?${Buffer.from(text).toString("base64")}?=`;
    const head = {
      From: `${turned("\u202eriaN ivaR")} <ravi@reporter.example>`,
      Subject: turned("proof \u202egnp.exe"),
    };
    expect(await read(head)).toMatchObject({
      title: "proof gnp.exe",
      sender: { name: "riaN ivaR", mail: "ravi@reporter.example" },
    });
  });

  test("of HTML alone is its words, and nothing of its scripts", async () => {
    const html = `<style>p{}</style><p>A &lt;b&gt; &amp; c</p><script>alert(1)</script><div>Two<br>three</div>`;
    expect(await read({ "Content-Type": "text/html" }, html)).toMatchObject({
      text: "A <b> & c\nTwo\nthree",
    });
  });

  test.each(["<", "<br ", "<style ", "</p", "&lt", "<b <"])(
    "of HTML that is nothing but %s is read at once",
    async (piece) => {
      const began = performance.now();
      const html = piece.repeat((512 * 1024) / piece.length);
      expect(typeof (await read({ "Content-Type": "text/html" }, html))).toBe("object");
      // Looking for the end of each tag through all the rest took ten minutes.
      expect(performance.now() - began).toBeLessThan(5_000);
    },
  );

  test("names the case that it goes on with, and the files that it brought", async () => {
    const parts = [
      "--x",
      "Content-Type: text/plain",
      "",
      "See the file.",
      "--x",
      'Content-Type: application/pdf; name="proof.pdf"',
      'Content-Disposition: attachment; filename="proof.pdf"',
      "Content-Transfer-Encoding: base64",
      "",
      "JVBERi0=",
      "--x--",
      "",
    ].join("\r\n");
    const type = { "Content-Type": 'multipart/mixed; boundary="x"' };
    expect(await read({ ...type, Subject: "AW: Your report [R-7QK4-M2]" }, parts)).toMatchObject({
      reference: "R-7QK4-M2",
      text: "See the file.\n\n(Attached, and left in the mailbox: proof.pdf)",
    });
  });

  test("is the same one by its sender and Message-ID, and nobody else's", async () => {
    const of = async (head: Readonly<Record<string, string>>, body?: string) => {
      const found = await read(head, body);
      return typeof found === "string" ? found : found.fingerprint;
    };
    expect(await of({}, "Again.")).toBe(await of({}));
    expect(await of({ From: "eve@x.example" })).not.toBe(await of({}));
    expect(await of({ "Message-ID": "<a2@reporter.example>" })).not.toBe(await of({}));
  });

  test.each([
    ["without a sender", { From: "" }],
    ["from two words", { From: "just a name" }],
  ])("%s is unreadable", async (_, head) => {
    expect(await read(head)).toBe("mail-unreadable");
  });

  test("holds nothing that a record cannot", async () => {
    const report = await read({ Subject: "a\tb" }, "x\u0007y\u0000z".replace("\u0000", "\0"));
    expect(report).toMatchObject({ text: "xyz" });
  });
});

test.each([
  [{ "Auto-Submitted": "auto-replied" }],
  [{ "Auto-Submitted": "auto-generated; type=x" }],
  [{ Precedence: "bulk" }],
  [{ "List-Id": "<announce.example>" }],
  [{ From: "MAILER-DAEMON@relay.example" }],
  [{ From: "no-reply@shop.example" }],
])("what a program wrote is no report: %j", async (head) => {
  expect(await read(head)).toBe("mail-automatic");
});

test("what says that no program wrote it is one", async () => {
  expect(await read({ "Auto-Submitted": "no" })).toMatchObject({ title: "A hole" });
});
