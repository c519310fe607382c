/**
 * What the team is mailed to work by, through a real mail server: the open deadlines to keep,
 * what is handed over, and that an approval is asked. Anybody may read a mail, so none of them
 * names a party or a title.
 */

import PostalMime, { type Email } from "postal-mime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formatBoth } from "../../src/core/time/format.ts";
import { HOUR_MS, MINUTE_MS, parseInstant } from "../../src/core/time/instant.ts";
import { type Mailhost, mailhost } from "../../src/delivery/fixture.ts";
import { ADA, valueOf } from "../owner.ts";
import { expectWhole, openWorld, type TestWorld } from "../world.ts";

const BEN = { account: "account/ac_ben", name: "Ben Aydin", mail: "ben@fennel.example" };
const SECRETS = /Kestrel|Meridian|exports|bucket/i;

let mail: Mailhost;
let world: TestWorld;

beforeAll(async () => {
  mail = await mailhost({ data() {} });
  world = await openWorld({
    name: "team-mail",
    at: "2026-11-20T17:30:00Z",
    env: {
      DUE_URL: "https://respond.fennel.example",
      DUE_SMTP_HOST: mail.server.host,
      DUE_SMTP_PORT: String(mail.server.port),
      DUE_SMTP_TLS: "none",
      DUE_MAIL_FROM: "Fennel reports <reports@fennel.example>",
    },
  });
  const { handling } = world.running.opened;
  const command = { type: "AddAccount", role: "responder", ...BEN } as const;
  valueOf(
    await handling.handle({ subject: "access/current", at: world.now(), by: "worker", command }),
  );
  const said = await fetch(`${world.url}/api/v1/me/identity`, {
    method: "POST",
    headers: {
      cookie: world.ada.cookie,
      origin: world.url,
      "due-client": "test",
      "content-type": "application/json",
    },
    body: JSON.stringify({ name: ADA.name, mail: ADA.mail, phone: "+49 30 1234567" }),
  });
  expect(said.status).toBe(200);
});

afterAll(async () => {
  await world?.stop();
  await mail?.stop();
});

const mailsTo = async (address: string, subject: RegExp): Promise<readonly Email[]> =>
  (
    await Promise.all(
      mail.taken.filter(({ to }) => to.includes(address)).map(({ text }) => PostalMime.parse(text)),
    )
  ).filter((one) => subject.test(one.subject ?? ""));
const only = <T>(items: readonly T[]): T => {
  expect(items).toHaveLength(1);
  return items[0] as T;
};
const DEADLINES = /^Open deadlines as of .+ \(keep this mail\)$/;
/** The words of the HTML, as somebody reads them. */
const wordsOf = (html = ""): string =>
  html
    .replace(/<(?:title|style)[\s\S]*?<\/(?:title|style)>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&#39;", "'")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
const squeezed = (text = ""): string => text.replace(/\s+/g, " ").trim();

const open = async (): Promise<void> => {
  const opened = valueOf(
    await world.ada.client.send("OpenIncident", "", {
      title: "Kestrel's exports bucket is public",
      answers: { "customer-data": "yes" },
    }),
  );
  expect(opened.subject).toBe("incident/INC-1");
  valueOf(await world.ada.client.send("TakeRole", "INC-1", { role: "lead" }));
};

describe("the deadlines to keep", () => {
  test("come to whoever is on it, with every open deadline and a number to call", async () => {
    await open();
    await world.advance(14 * MINUTE_MS);
    expect(await mailsTo(ADA.mail, DEADLINES)).toEqual([]);
    await world.advance(MINUTE_MS);
    const letter = only(await mailsTo(ADA.mail, DEADLINES));
    expect(await mailsTo(BEN.mail, DEADLINES)).toEqual([]);
    const { obligations } = valueOf(await world.ada.client.read("incident", { id: "INC-1" }));
    const dated = obligations.filter(({ dueAt, stoppedAt }) => dueAt && stoppedAt === null);
    expect(dated.length).toBeGreaterThan(1);
    for (const { dueAt } of dated) {
      const at = parseInstant(dueAt ?? "");
      expect(letter.text).toContain(formatBoth(at!, "Europe/Berlin"));
    }
    expect(letter.text).toContain(`${ADA.name}, +49 30 1234567, ${ADA.mail}`);
    expect(letter.from?.address).toBe("reports@fennel.example");
    expect(JSON.stringify(letter)).not.toMatch(SECRETS);
    expect(squeezed(wordsOf(letter.html))).toBe(squeezed(letter.text));
  });

  test("come once, whatever happens afterwards", async () => {
    await world.advance(3 * HOUR_MS);
    await world.settle();
    only(await mailsTo(ADA.mail, DEADLINES));
  });
});

describe("a handover", () => {
  test("moves the roles and mails what is open to whoever takes over", async () => {
    valueOf(
      await world.ada.client.send("HandOver", "INC-1", {
        to: BEN.account,
        note: "Ask Kestrel for the\r\nBcc: everybody@kestrel.example log",
      }),
    );
    await world.settle();
    const letter = only(await mailsTo(BEN.mail, DEADLINES));
    expect(letter.text).toContain(`${ADA.name} has handed over to you: Incident lead.`);
    expect(letter.text).toContain(`Incident lead: ${BEN.name}`);
    expect(JSON.stringify(letter)).not.toMatch(SECRETS);
    const found = valueOf(await world.ada.client.read("handover", {}));
    const [incident] = found.incidents;
    expect(incident?.roles.find(({ id }) => id === "lead")?.personName).toBe(BEN.name);
    expect(incident?.due.length).toBeLessThanOrEqual(3);
  });

  test("of what nobody holds any more is refused, and mails nothing", async () => {
    const again = await world.ada.client.send("HandOver", "INC-1", { to: BEN.account });
    expect(again).toMatchObject({ ok: false, problems: [{ code: "handover-nothing" }] });
    await world.settle();
    only(await mailsTo(BEN.mail, DEADLINES));
  });
});

describe("an approval", () => {
  const draftOf = async () =>
    valueOf(await world.ada.client.read("notice-draft", { id: "INC-1", draft: "D-1" }));
  const save = async (subject: string, revision?: number): Promise<void> => {
    valueOf(
      await world.ada.client.send("DraftNotice", "INC-1", {
        kind: "preliminary",
        subject,
        slots: [{ element: "what-happened", text: "Export files of yours could be listed." }],
        nextWordAt: new Date(world.now() + 20 * HOUR_MS).toISOString(),
        ...(revision === undefined ? {} : { draft: "D-1", revision }),
      }),
    );
  };
  const ask = async (hash: string, of: readonly string[] = [BEN.account]) => {
    const asked = await world.ada.client.send("AskApproval", "INC-1", {
      draft: "D-1",
      hash,
      of: [...of],
    });
    await world.settle();
    return asked;
  };
  const APPROVE = /^Approve 1 mail/;

  test("is asked of somebody else, once for each text", async () => {
    const customer = valueOf(
      await world.ada.client.send("AddCustomer", "", {
        name: "Kestrel Bank",
        contact: { name: "Ute Brandt", mail: "ute@kestrel.example" },
      }),
    ).subject.slice("party/".length);
    valueOf(await world.ada.client.send("TouchCustomer", "INC-1", { customer }));
    await save("About your export files");
    valueOf(
      await world.ada.client.send("NameRecipients", "INC-1", {
        draft: "D-1",
        recipients: [{ customer }],
      }),
    );
    const { hash } = await draftOf();
    valueOf(await ask(hash));
    const letter = only(await mailsTo(BEN.mail, APPROVE));
    expect(letter.text).toContain(hash);
    expect(letter.text).toContain("https://respond.fennel.example/app/incidents/INC-1/notices/D-1");
    expect(letter.text).toContain("asked for the first time");
    expect(JSON.stringify(letter)).not.toMatch(SECRETS);
    expect((await draftOf()).asked).toEqual([BEN.name]);
    expect(await ask(hash)).toMatchObject({ ok: false, problems: [{ code: "approval-asked" }] });
    only(await mailsTo(BEN.mail, APPROVE));
  });

  test("is asked again of another text, with what changed by its parts alone", async () => {
    const before = await draftOf();
    await save("About your Kestrel export files", before.revision);
    expect(await ask(before.hash)).toMatchObject({
      ok: false,
      problems: [{ code: "notice-draft-changed" }],
    });
    valueOf(await ask((await draftOf()).hash));
    const letters = await mailsTo(BEN.mail, APPROVE);
    expect(letters).toHaveLength(2);
    expect(letters[1]?.text).toContain("the subject line");
    expect(JSON.stringify(letters[1])).not.toMatch(SECRETS);
  });

  test("is never asked of its author, nor of somebody who is not here", async () => {
    const { hash, author } = await draftOf();
    expect(await ask(hash, [author])).toMatchObject({
      ok: false,
      problems: [{ code: "approver-author" }],
    });
    expect(await ask(hash, ["account/ac_dov"])).toMatchObject({
      ok: false,
      problems: [{ code: "person-unknown" }],
    });
  });
});

describe("a digest", () => {
  const me = (path: string, body: object) =>
    fetch(`${world.url}/api/v1/me/${path}`, {
      method: "POST",
      headers: {
        cookie: world.ada.cookie,
        origin: world.url,
        "due-client": "test",
        "content-type": "application/json",
      },
      body: JSON.stringify(body),
    });
  const WEEK = /^Week 48: \d+ overdue, \d+ due$/;

  test("comes on Monday at eight to who asked for it, once, and to nobody else", async () => {
    const chosen = { weekly: true, remediations: true, zone: "Europe/Berlin" };
    expect((await me("digest", { ...chosen, zone: "Mars/Base" })).status).toBe(422);
    expect((await me("digest", chosen)).status).toBe(200);
    await world.advance((parseInstant("2026-11-23T06:59:00Z") as number) - world.now());
    expect(await mailsTo(ADA.mail, WEEK)).toEqual([]);
    await world.advance(2 * MINUTE_MS);
    const letter = only(await mailsTo(ADA.mail, WEEK));
    expect(letter.text).toContain("OVERDUE");
    expect(JSON.stringify(letter)).not.toMatch(SECRETS);
    await world.advance(24 * HOUR_MS);
    only(await mailsTo(ADA.mail, WEEK));
    expect(await mailsTo(BEN.mail, WEEK)).toEqual([]);
  });

  test("of one's own remediations comes on the first of a month", async () => {
    valueOf(
      await world.ada.client.send("AddRemediation", "INC-1", {
        title: "Close Kestrel's bucket for good",
        owner: (await fetchMe()).id,
        targetOn: "2026-11-30",
      }),
    );
    await world.advance((parseInstant("2026-12-01T07:01:00Z") as number) - world.now());
    const letter = only(await mailsTo(ADA.mail, /^Your remediations/));
    expect(letter.subject).toBe("Your remediations: 1 overdue, 1 open");
    expect(letter.text).toContain("https://respond.fennel.example/app/incidents/INC-1");
    expect(JSON.stringify(letter)).not.toMatch(SECRETS);
  });

  const fetchMe = async () => valueOf(await world.ada.client.read("me", {})).person;
});

test("after all of it the record is whole", () => expectWhole(world));
