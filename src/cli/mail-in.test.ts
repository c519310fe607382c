import { expect, test } from "vitest";
import { reportMail } from "../intake/delivery-report.fixture.ts";
import { deliveryReport } from "../intake/delivery-report.ts";
import { INTAKE_BYTES_MAX } from "../server/intake.ts";
import { beginningOf } from "./mail-in.ts";

async function* piped(text: string): AsyncGenerator<Buffer> {
  for (let at = 0; at < text.length; at += 64 * 1024)
    yield Buffer.from(text.slice(at, at + 64 * 1024));
}

test("a mail that is short is handed over whole", async () => {
  const mail = "From: a@kestrel.example\r\n\r\nGr\u00fc\u00dfe\r\n";
  expect(Buffer.from(await beginningOf(piped(mail))).toString()).toBe(mail);
});

test("a report that returns a letter with its files is taken, and says what it said", async () => {
  const to = "bounce+N-4TTK.0123456789abcdef@fennel.example";
  const whole = `${reportMail({ to })}${"QUJD".repeat(3_500_000)}`;
  const handed = await beginningOf(piped(whole));
  expect(handed.length).toBeLessThanOrEqual(INTAKE_BYTES_MAX);
  expect(await deliveryReport(handed)).toMatchObject({
    ok: true,
    value: { action: "failed", letters: [{ notice: "N-4TTK", mark: "0123456789abcdef" }] },
  });
});
