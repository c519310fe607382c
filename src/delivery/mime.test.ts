import PostalMime, { type Email } from "postal-mime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compose, letter, mailhost, type Mailhost } from "./fixture.ts";
import { parseMailbox, parseMailboxText } from "./mailbox.ts";
import { outwardSubject } from "../core/notice/subject-line.ts";
import { type SmtpSender, smtpSender } from "./smtp.ts";

let host: Mailhost;
let sender: SmtpSender;
beforeAll(async () => {
  host = await mailhost();
  sender = smtpSender(host.server, compose, 5_000);
});
afterAll(async () => {
  sender.close();
  await host.stop();
});

const parsed = async (over: Parameters<typeof letter>[0] = {}): Promise<Email> =>
  PostalMime.parse((await compose(letter(over))).bytes);
const headers = ({ headers: all }: Email) => new Map(all.map(({ key, value }) => [key, value]));

describe("a letter as mail", () => {
  test("comes from the person, answers to the person, and says so in the envelope apart", async () => {
    const { envelope } = await compose(letter());
    const mail = await parsed();
    expect(envelope).toEqual({
      from: "duenotice@ops.fennel.example",
      to: ["cleo@meridian.example"],
    });
    expect(mail.from).toEqual({ name: "Ada", address: "ada@fennel.example" });
    expect(mail.replyTo).toEqual([{ name: "Ada", address: "ada@fennel.example" }]);
    expect(mail.to).toEqual([{ name: "Cleo", address: "cleo@meridian.example" }]);
    expect(mail.cc).toBeUndefined();
    expect(mail.messageId).toBe("<N-4TTK.0123456789abcdef@ops.fennel.example>");
    expect(headers(mail).has("auto-submitted")).toBe(false);
  });

  test("has the same words as text and as HTML, which fetches nothing", async () => {
    const mail = await parsed({
      text: "Zwei <b>Zeilen</b>\n\n& mehr: https://ops.fennel.example/a?b=1.\n",
    });
    expect(mail.text?.trim()).toBe(
      "Zwei <b>Zeilen</b>\n\n& mehr: https://ops.fennel.example/a?b=1.",
    );
    const body = mail.html ?? "";
    expect(body).toContain("Zwei &lt;b&gt;Zeilen&lt;/b&gt;");
    expect(body).toContain('<a href="https://ops.fennel.example/a?b=1"');
    expect(body).not.toMatch(/<(?:img|link|script|iframe)|url\(|@import|src=/i);
  });

  test("keeps what is quoted apart from what is ours, with its source, as text and as HTML", async () => {
    const quoted = [
      "> We are investigating <b>access</b>.",
      "> -- Gatehouse, 2026-11-22 07:15 UTC, https://status.gatehouse.example/i/42",
    ].join("\n");
    const mail = await parsed({ text: `WHAT HAPPENED\nThey write:\n${quoted}\nOurs again.\n` });
    expect(mail.text).toContain(quoted);
    const [, quote = ""] = /<blockquote[^>]*>(.*?)<\/blockquote>/s.exec(mail.html ?? "") ?? [];
    expect(quote).toContain("We are investigating &lt;b&gt;access&lt;/b&gt;.");
    expect(quote).toMatch(/<footer[^>]*>Gatehouse, 2026-11-22 07:15 UTC, <a href/);
    for (const ours of ["They write:", "Ours again."]) expect(quote).not.toContain(ours);
    expect(mail.html).not.toContain("&gt; We are");
  });

  test("says as HTML in which language it is and what it is called", async () => {
    const page = async (over: Parameters<typeof letter>[0]) => (await parsed(over)).html ?? "";
    const german = await page({ language: "de", subject: "Was <b> war" });
    expect(german).toMatch(/^<!DOCTYPE html>\n<html lang="de">/);
    expect(german).toContain("<title>Was &lt;b&gt; war</title>");
    expect(await page({})).toContain('<html lang="en">');
  });

  test("threads: it answers the last one and names all before it", async () => {
    const mail = await parsed({ thread: ["<a@x.example>", "<b@x.example>"] });
    expect([mail.inReplyTo, mail.references]).toEqual([
      "<b@x.example>",
      "<a@x.example> <b@x.example>",
    ]);
  });

  test("says that it is automatic only where it is", async () => {
    const mail = await parsed({ automatic: "auto-replied" });
    expect(headers(mail).get("auto-submitted")).toBe("auto-replied");
  });
});

const PAYLOADS: readonly string[] = [
  "\r\nBcc: v@x.test",
  "\nBcc: v@x.test",
  "\rBcc: v@x.test",
  "\r\n\r\nbody",
  "\u2028Bcc: v@x.test",
  "\u2029Bcc: v@x.test",
  "\u0085Bcc: v@x.test",
  "\u000bBcc: v@x.test",
  "\u000cBcc: v@x.test",
  "\0Bcc: v@x.test",
  "%0d%0aBcc: v@x.test",
  "=?utf-8?Q?=0D=0ABcc:_v@x.test?=",
  "\r\n Bcc: v@x.test",
  "\r\n\tBcc: v@x.test",
  ">, <v@x.test",
  ", v@x.test",
  "; v@x.test",
  '" <v@x.test>, "',
  "<v@x.test>",
  "(v@x.test)",
  "\\\r\nBcc: v@x.test",
  "\u202eBcc: v@x.test",
  "\ud800Bcc: v@x.test",
  "a\r\nContent-Type: text/html\r\n\r\n<b>",
  "a\r\nDKIM-Signature: v=1",
];

const ADDRESSES: readonly string[] = [
  ...PAYLOADS.map((payload) => `b@x.test${payload}`),
  ...PAYLOADS.map((payload) => `b${payload}@x.test`),
  "",
  "@",
  "b@",
  "@x.test",
  "b",
  "b@x.test b@y.test",
  "b@x.test,b@y.test",
  '"b c"@x.test',
  "b@[127.0.0.1]",
  "b@x..test",
  ".b@x.test",
  "b.@x.test",
  "b@-x.test",
  "undisclosed:b@x.test;",
  `${"b".repeat(65)}@x.test`,
  `b@${"x".repeat(250)}.test`,
];

describe("injection", () => {
  test.each(ADDRESSES)("%j is no address", (mail) => {
    expect(parseMailbox({ mail }).ok).toBe(false);
    expect(parseMailboxText(`B <${mail}>`).ok).toBe(false);
  });

  test.each([
    "b@x.test",
    "ana.keller+x@fennel.example",
    "o'hara@mail.fennel.example",
    "b@bücher.example",
  ])("%s is one", (mail) => {
    expect(parseMailbox({ mail })).toEqual({ ok: true, value: { name: "", address: mail } });
  });

  test.each(PAYLOADS)(
    "in name, subject or text adds no header and no recipient: %j",
    async (payload) => {
      host.taken.length = 0;
      const to = parseMailbox({ name: `Cleo${payload}`, mail: "cleo@meridian.example" });
      if (!to.ok) throw new Error("a name is never refused");
      const subject = outwardSubject(
        "signal/R-7QK4-M2",
        { kind: "answer", subject: `Hello${payload}`, notice: "N-4TTK" },
        "Fennel",
      );
      const sent = await sender.send(letter({ to: to.value, subject, text: `Hello${payload}` }));
      expect(sent.is).toBe("delivered");
      expect(host.taken.map((taken) => taken.to)).toEqual([["cleo@meridian.example"]]);
      const mail = await PostalMime.parse(host.taken[0]?.text ?? "");
      expect(new Set(mail.headers.map(({ key }) => key))).toEqual(
        new Set([
          "from",
          "to",
          "reply-to",
          "subject",
          "message-id",
          "date",
          "mime-version",
          "content-type",
        ]),
      );
      expect(mail.to?.map(({ address }) => address)).toEqual(["cleo@meridian.example"]);
    },
  );

  test.each([
    ["=?utf-8?q?Kestrel_Bank?=", "= ?utf-8?q?Kestrel_Bank?="],
    ["=?utf-8?b?S2VzdHJlbA==?= Ute", "= ?utf-8?b?S2VzdHJlbA== ?= Ute"],
    // Persian and Marathi are spelled with joiners.
    [
      "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
      "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    ],
    ["\u0926\u0930\u094d\u200d\u092f\u093e", "\u0926\u0930\u094d\u200d\u092f\u093e"],
    ["Ute\u202ednarB", "Ute dnarB"],
  ])(
    "%j reaches whoever reads the header as it is written, and as nothing else",
    async (given, read) => {
      const to = parseMailbox({ name: given, mail: "cleo@meridian.example" });
      if (!to.ok) throw new Error("a name is never refused");
      const ask = { kind: "answer", subject: given, notice: "N-4TTK" } as const;
      const subject = outwardSubject("signal/R-7QK4-M2", ask, "Fennel");
      const { bytes } = await compose(letter({ to: to.value, subject }));
      const mail = await PostalMime.parse(bytes);
      expect(mail.to?.[0]?.name).toBe(read);
      expect(mail.subject).toBe(`${read} [R-7QK4-M2]`);
    },
  );

  test("a name that looks like the composer's own addresses opens no file", async () => {
    const bytes = (await compose(letter({ text: "/etc/passwd", subject: "file:///etc/passwd" })))
      .bytes;
    expect(bytes.toString()).not.toContain("root:");
  });
});

describe("a subject line going outward", () => {
  test.each([
    [
      "signal/R-7QK4-M2",
      "acknowledgement",
      "Your security report: we are looking",
      "Your security report: we are looking [R-7QK4-M2]",
    ],
    [
      "signal/R-7QK4-M2",
      "receipt",
      "Received: your security report [R-7QK4-M2]",
      "Received: your security report [R-7QK4-M2]",
    ],
    [
      "incident/INC-7",
      "notice",
      "notice of a personal-data breach",
      "Fennel security: notice of a personal-data breach [N-4TTK]",
    ],
    ["incident/INC-7", "notice", "DRILL: update 2", "DRILL: Fennel security: update 2 [N-4TTK]"],
    ["incident/INC-7", "notice", "Fennel security: update 2", "Fennel security: update 2 [N-4TTK]"],
  ] as const)("%s, %s: %s", (about, kind, subject, expected) => {
    expect(outwardSubject(about, { kind, subject, notice: "N-4TTK" }, "Fennel")).toBe(expected);
  });
});
