import { describe, expect, test } from "vitest";
import { reportMail, type ReportOf } from "./delivery-report.fixture.ts";
import { deliveryReport } from "./delivery-report.ts";

const MARK = "0a1b2c3d4e5f6071";
const said = (mail: string | Uint8Array) =>
  deliveryReport(typeof mail === "string" ? Buffer.from(mail) : mail);
const read = async (of: ReportOf) => {
  const report = await said(reportMail(of));
  if (!report.ok) throw new Error(report.problems[0].code);
  return report.value;
};
const code = async (mail: string | Uint8Array) => {
  const report = await said(mail);
  return report.ok ? undefined : report.problems[0].code;
};

describe("a report of delivery", () => {
  test("names its letter by the address that it was sent to, whatever its case", async () => {
    const letter = { notice: "N-4TTK-12", mark: MARK };
    const at = (text: string) => `${text}@fennel.example`;
    expect((await read({ to: at(`bounce+N-4TTK-12.${MARK}`) })).letters).toEqual([letter]);
    expect((await read({ to: at(`BOUNCE+n-4ttk-12.${MARK.toUpperCase()}`) })).letters).toEqual([
      letter,
    ]);
  });

  test("names its letter by what it returns, where it was sent to no address of its own", async () => {
    const { letters } = await read({ messageId: `<N-4TTK.${MARK}@ops.fennel.example>` });
    expect(letters).toEqual([{ notice: "N-4TTK", mark: MARK }]);
  });

  test("says in the server's own words why it failed", async () => {
    expect(await read({})).toMatchObject({
      action: "failed",
      reason: "5.1.1 550 5.1.1 <cleo@meridian.example>: Recipient address rejected: User unknown",
    });
  });

  test.each([
    ["delayed", "4.4.1", "delayed"],
    ["Delivered", "2.0.0", "delivered"],
    ["failed", "5.0.0", "failed"],
  ])("of which the server says %s %s is %s", async (action, status, is) => {
    expect(await read({ action, status })).toMatchObject({ action: is });
  });

  test("that says failed and yet not for good, or nothing that is known, is not believed", async () => {
    expect(await code(reportMail({ action: "failed", status: "4.4.7" }))).toBe("mail-unreadable");
    expect(await code(reportMail({ action: "expanded" }))).toBe("mail-unreadable");
  });

  test("holds no line break or control character in what is kept of it", async () => {
    const { reason } = await read({ diagnostic: "smtp; 550 no\r\n\tsuch\u0007 user" });
    expect(reason).not.toMatch(/\p{Cc}/u);
  });
});

describe("a mail that is none", () => {
  test("is said so: somebody answered, or a robot did", async () => {
    const answer = "From: cleo@meridian.example\r\nSubject: Re: notice\r\n\r\nAction: failed\r\n";
    expect(await code(answer)).toBe("mail-no-report");
    const away = reportMail().replace("multipart/report", "multipart/mixed");
    expect(await code(away)).toBe("mail-no-report");
  });

  test("is unreadable where it is no mail, is empty, or is cut in the middle of its report", async () => {
    expect(await code(new Uint8Array())).toBe("mail-unreadable");
    expect(await code(Buffer.alloc(2_000, 0xff))).toMatch(/^mail-/);
    const mail = reportMail();
    const end = mail.indexOf("Action:");
    for (let cut = 0; cut < end; cut += 97)
      expect(await code(mail.slice(0, cut)), `cut at ${cut}`).toMatch(/^mail-/);
  });

  test("is one of parts alone: the report does not stand before all of them", async () => {
    const first = "\r\n--4F1C2.1763661851/relay.example\r\n\r\n";
    const report = "\r\n--4F1C2.1763661851/relay.example\r\nContent-Description: Delivery";
    const buried = reportMail().replace(report, `${first.repeat(20_000)}${report}`);
    expect(await code(buried)).toBe("mail-no-report");
    const long = reportMail({ messageId: `<N-4TTK.${MARK}@ops.fennel.example>` });
    const returned = await said(`${long.slice(0, -40)}${"long ".repeat(180_000)}`);
    expect(returned).toMatchObject({ ok: true, value: { action: "failed" } });
  });

  test("is unreadable where it nests without end", async () => {
    const deep = Array.from(
      { length: 300 },
      (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`,
    ).join("");
    expect(await code(`From: a@b.example\r\n${deep}`)).toMatch(/^mail-/);
  });
});
