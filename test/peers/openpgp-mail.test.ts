/**
 * GnuPG, as a customer has it: what was promised to be encrypted is opened and verified by
 * it, and where that cannot be, nothing leaves.
 */

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { join } from "node:path";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Incident } from "../../src/core/incident/state.ts";
import { DAY_MS, MINUTE_MS } from "../../src/core/time/instant.ts";
import { mailChannel } from "../../src/delivery/channels.ts";
import { mailhost, type Mailhost } from "../../src/delivery/fixture.ts";
import { addCustomers, holdNotice } from "../../src/server/fan-out.fixture.ts";
import { type TestInstallation, testInstallation } from "../../src/server/fixture.ts";
import { type TestServer, testServer } from "../../src/store/fixture.ts";
import { createWorker } from "../../src/worker/worker.ts";
import { removeFolder, scratchFolder } from "../program.ts";

const CUSTOMER = "cus_0000000001";
const MAIL = "security@northwind-1.example";
const AT = `/parties/${CUSTOMER}`;

let server: TestServer;
let here: TestInstallation;
let host: Mailhost;
let home: string;

beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server?.stop());
beforeEach(async () => {
  here = await testInstallation(server);
  host = await mailhost();
  home = scratchFolder("gnupg-mail");
  fs.chmodSync(home, 0o700);
  await addCustomers(here, 3);
  return async () => {
    await host.stop();
    removeFolder(home);
  };
});

const OPTIONS = ["--batch", "--status-fd", "1", "--pinentry-mode", "loopback", "--passphrase", ""];

/** In the time of the test: keys are made, run out and sign at the instant that it says. */
const gpg = (args: readonly string[], input?: string | Buffer): string =>
  execFileSync(
    "gpg",
    [
      ...OPTIONS,
      "--homedir",
      home,
      "--faked-system-time",
      String(Math.ceil(here.now() / 1000) + 5),
      ...args,
    ],
    { input, encoding: "utf8", stdio: ["pipe", "pipe", "pipe"] },
  );

/** A key of theirs, as they would send it. */
function publicKey(mail = MAIL, lasts = "0", ...kind: string[]): string {
  const [algo = "default", usage = "default"] = kind;
  gpg(["--quick-gen-key", `Dr. 1 <${mail}>`, algo, usage, lasts]);
  here.advance(MINUTE_MS);
  return gpg(["--armor", "--export", mail]).replace(/^\[GNUPG:\].*\n/gm, "");
}

const change = (input: object) => here.send(`${AT}/change-contact`, { contact: "ct-1", ...input });
const contact = async () => (await here.read(AT)).body.contacts[0];

/**
 * The notice leaves to the three, through a real mail server. The worker makes a key of our own
 * for security.txt while it does: whether letters are signed with it, `signer` says.
 */
async function leave(subject: string, signer = here.store.openpgp.signer): Promise<Incident> {
  const { store, handling, now } = here;
  const [smtpHost, smtpPort] = [host.server.host, host.server.port];
  const url = "https://ops.fennel.example";
  const settings = { url, smtpTls: "none", smtpHost, smtpPort } as const;
  const mail = mailChannel(settings, "unused", now, signer);
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const worker = createWorker({ store, handling, mail, now, log, url, monotonicMs: now });
  here.advance(2 * MINUTE_MS);
  for (let i = 0; i < 5; i += 1) {
    await worker.tick(now());
    await worker.settled();
  }
  await worker.stop();
  await mail.close();
  const opened = await handling.subjects.open("incident", subject.slice("incident/".length));
  return opened?.folded.state as Incident;
}

const held = () => holdNotice(here, ["cus_0000000000", CUSTOMER, "cus_0000000002"]);
const sentTo = (mail: string): readonly string[] =>
  host.taken.filter(({ to }) => to.includes(mail)).map(({ text }) => text);
const noticeTo = ({ notices }: Incident, customer: string) =>
  Object.values(notices).find(({ recipient }) => recipient === `customer:${customer}`);

test("where it was agreed, gpg opens the letter and verifies who signed it; the others read theirs", async () => {
  expect((await change({ key: publicKey(), encrypt: true })).status).toBe(200);
  const owner = { name: "Fennel", mail: "security@fennel.example" };
  const own = await here.store.openpgp.keep(owner, here.now());
  if (!own.ok) throw new Error("no key of our own");
  gpg(["--import"], own.value.encrypts);
  const incident = await leave(await held());
  expect(sentTo("security@northwind-0.example")[0]).toContain("Files of Northwind 0");

  const [text = "", ...more] = sentTo(MAIL);
  expect(more).toEqual([]);
  expect(noticeTo(incident, CUSTOMER)?.state).toBe("delivered");
  const [notice] =
    Object.entries(incident.notices).find(
      ([, { recipient }]) => recipient === `customer:${CUSTOMER}`,
    ) ?? [];
  const mail = await PostalMime.parse(text);
  expect(mail.subject).toBe(`Fennel security: encrypted message [${notice}]`);
  expect(text).toMatch(
    /^Content-Type: multipart\/encrypted; protocol="application\/pgp-encrypted"/m,
  );
  expect(text).not.toMatch(/export|northwind 1|could be read/i);
  const [version, body] = mail.attachments;
  expect([version?.mimeType, body?.mimeType]).toEqual([
    "application/pgp-encrypted",
    "application/octet-stream",
  ]);
  const file = join(home, "opened");
  const says = gpg(
    ["--trust-model", "always", "--output", file, "--decrypt"],
    Buffer.from(body?.content as ArrayBuffer),
  );
  expect(says).toContain("[GNUPG:] DECRYPTION_OKAY");
  expect(says).toContain(`[GNUPG:] VALIDSIG ${own.value.fingerprint.toUpperCase()} `);
  const inside = await PostalMime.parse(fs.readFileSync(file));
  expect(inside.text).toContain("Export files could be read");
  expect(inside.text).toContain("Files of Northwind 1 could be read: export-1.csv.");
  expect(inside.html).toContain("Files of Northwind 1");
  const entries = await here.store.ledger.read(`incident/${incident.reference}`);
  expect(JSON.stringify(entries)).toContain(`encrypted to ${(await contact()).key.fingerprint}`);
});

test("a file that goes with it comes out of gpg bit for bit, and its name stands nowhere outside", async () => {
  await change({ key: publicKey(), encrypt: true });
  const own = await here.store.openpgp.keep(
    { name: "Fennel", mail: "security@fennel.example" },
    here.now(),
  );
  if (!own.ok) throw new Error("no key of our own");
  gpg(["--import"], own.value.encrypts);
  // Every byte there is, line ends of all kinds, and no line end at the end.
  const bytes = Buffer.concat([
    Buffer.from("%PDF-1.7\r\n-----BEGIN PGP MESSAGE-----\n.\r\r\n"),
    Buffer.from(Array.from({ length: 256 * 300 }, (_, index) => (index * 7 + (index >> 8)) % 256)),
  ]);
  const sha256 = await here.store.blobs.keep(bytes, here.now());
  const file = { sha256, bytes: bytes.length };
  const subject = await holdNotice(here, ["cus_0000000000", CUSTOMER], {
    name: "what to rotate.pdf",
    content: file,
  });
  const incident = await leave(subject);
  expect(noticeTo(incident, CUSTOMER)?.state).toBe("delivered");
  const [text = ""] = sentTo(MAIL);
  expect(text).not.toMatch(/what to rotate|application\/pdf/i);
  const [, body] = (await PostalMime.parse(text)).attachments;
  const opened = join(home, "opened");
  const says = gpg(
    ["--trust-model", "always", "--output", opened, "--decrypt"],
    Buffer.from(body?.content as ArrayBuffer),
  );
  expect(says).toContain("[GNUPG:] DECRYPTION_OKAY");
  expect(says).toContain(`[GNUPG:] VALIDSIG ${own.value.fingerprint.toUpperCase()} `);
  const inside = await PostalMime.parse(fs.readFileSync(opened));
  expect(inside.text).toContain("- what to rotate.pdf (77 KB)");
  expect(inside.attachments.map(({ filename, disposition }) => [filename, disposition])).toEqual([
    ["what to rotate.pdf", "attachment"],
  ]);
  expect(Buffer.from(inside.attachments[0]?.content as ArrayBuffer).equals(bytes)).toBe(true);
  // In the clear for whoever agreed to nothing else, and the same bytes.
  const [plain = ""] = sentTo("security@northwind-0.example");
  const [clear] = (await PostalMime.parse(plain)).attachments;
  expect(Buffer.from(clear?.content as ArrayBuffer).equals(bytes)).toBe(true);
});

test("without a key of our own it is encrypted and not signed", async () => {
  await change({ key: publicKey(), encrypt: true });
  await leave(await held(), async () => undefined);
  const [body] = (await PostalMime.parse(sentTo(MAIL)[0] ?? "")).attachments.slice(1);
  const says = gpg(["--decrypt"], Buffer.from(body?.content as ArrayBuffer));
  expect(says).toContain("Files of Northwind 1");
  expect(says).not.toMatch(/^\[GNUPG:\] (NEWSIG|ERRSIG|GOODSIG)/m);
});

test("promised while the letter was held, and no key: it fails for good and never leaves in clear", async () => {
  const subject = await held();
  await change({ encrypt: true });
  const incident = await leave(subject);
  expect(sentTo(MAIL)).toEqual([]);
  expect(sentTo("security@northwind-2.example")).toHaveLength(1);
  const failed = noticeTo(incident, CUSTOMER);
  expect(failed?.state).toBe("failed");
  for (const moment of failed?.meets ?? [])
    expect(incident.moments[`${moment}/customer:${CUSTOMER}`]).toBeUndefined();
  const { body } = await here.read("/notices?state=failed");
  expect(body.items[0].reason).toContain("no key of theirs is recorded");
});

test("a key that ran out while the letter was held keeps it here", async () => {
  await change({ key: publicKey(MAIL, "seconds=150"), encrypt: true });
  const incident = await leave(await held());
  expect(sentTo(MAIL)).toEqual([]);
  expect(noticeTo(incident, CUSTOMER)?.state).toBe("failed");
});

test("no notice can be approved while encryption is promised and no key serves", async () => {
  await change({ encrypt: true });
  await expect(held()).rejects.toThrow("encryption-key-missing");
  await change({ key: publicKey(MAIL, "seconds=150") });
  here.advance(DAY_MS);
  await expect(held()).rejects.toThrow("encryption-key-expired");
});

test("what is recorded of a key is what gpg says of it; another address forgets it", async () => {
  const armored = publicKey(MAIL, "2y");
  await change({ key: armored, encrypt: true });
  const listed = gpg(["--with-colons", "--list-keys", MAIL]).split("\n");
  const fields = (kind: string) => listed.find((line) => line.startsWith(`${kind}:`))?.split(":");
  expect(await contact()).toMatchObject({
    encrypt: true,
    key: { fingerprint: fields("fpr")?.[9]?.toLowerCase() },
  });
  const until = new Date((await contact()).key.expiresAt).getTime() / 1000;
  expect(until).toBe(Number(fields("pub")?.[6]));
  await change({ mail: "other@northwind-1.example" });
  expect(await contact()).toMatchObject({ encrypt: true, key: null });
});

test("a private key, no key, several, one that only signs, and one that ran out are refused", async () => {
  const armored = publicKey();
  const secret = gpg(["--armor", "--export-secret-keys", MAIL]).replace(/^\[GNUPG:\].*\n/gm, "");
  const signs = publicKey("signs@northwind-1.example", "0", "ed25519", "sign");
  const codeFor = async (key: string) => (await change({ key })).body.code;
  expect(await codeFor(secret)).toBe("pgp-key-private");
  expect(await codeFor(secret.replaceAll("PRIVATE", "PUBLIC"))).toMatch(
    /^pgp-key-(private|malformed)$/,
  );
  expect(await codeFor("my key")).toBe("pgp-key-malformed");
  expect(await codeFor(armored.slice(0, 300))).toBe("pgp-key-malformed");
  expect(await codeFor(armored + signs)).toBe("pgp-key-several");
  const both = gpg(["--armor", "--export"]).replace(/^\[GNUPG:\].*\n/gm, "");
  expect(await codeFor(both)).toBe("pgp-key-several");
  expect(await codeFor(signs)).toBe("pgp-key-unusable");
  expect(await codeFor(`${armored}${"x".repeat(17_000)}`)).toBe("too-long");
  const short = publicKey("short@northwind-1.example", "seconds=150");
  here.advance(DAY_MS);
  expect(await codeFor(short)).toBe("pgp-key-expired");
  expect(await contact()).toMatchObject({ encrypt: false, key: null });
  const { body } = await here.read(AT);
  expect(JSON.stringify(body)).not.toContain("PRIVATE");
});
