/** Mails are read in a thread of its own: what they say, and what becomes of one that takes for ever. */

import { afterEach, expect, test } from "vitest";
import { reportMail } from "./delivery-report.fixture.ts";
import { type MailRoom, openMailRoom } from "./mail-room.ts";

let room: MailRoom | undefined;
afterEach(async () => {
  await room?.close();
  room = undefined;
});

const HEAD = "From: Ravi Nair <ravi@reporter.example>\r\nSubject: A hole\r\n";
const PARTS = Buffer.from(
  `${HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n${"--b\r\n\r\n\r\n".repeat(100_000)}`,
);

test("says what a person wrote, and what a mail server reports", async () => {
  room = openMailRoom();
  expect(await room.mailReport(Buffer.from(`${HEAD}\r\nIt is open.`))).toMatchObject({
    ok: true,
    value: { title: "A hole", text: "It is open.", sender: { mail: "ravi@reporter.example" } },
  });
  const token = "N-4TTK.0123456789abcdef";
  const report = reportMail({ to: `bounce+${token}@fennel.example` });
  expect(await room.deliveryReport(Buffer.from(report))).toMatchObject({
    ok: true,
    value: { action: "failed", letters: [{ notice: "N-4TTK", mark: "0123456789abcdef" }] },
  });
});

test("gives a mail up that takes too long, holds nobody up meanwhile, and reads the next", async () => {
  room = openMailRoom({ timeMs: 3_000, waitingMax: 20, idleMs: 60_000 });
  let turns = 0;
  const ticking = setInterval(() => (turns += 1), 10);
  const slow = await room.mailReport(PARTS);
  clearInterval(ticking);
  expect(slow).toMatchObject({ ok: false, problems: [{ code: "mail-unreadable" }] });
  expect(turns).toBeGreaterThan(50);
  expect(await room.mailReport(Buffer.from(`${HEAD}\r\nNext.`))).toMatchObject({
    ok: true,
    value: { text: "Next." },
  });
});
