/**
 * Public world: an installation in this process with something on every public page, the
 * pages at their addresses, and every letter that left it, as a mail server took it.
 *
 * `pagesIn` names each page once. What judges pages (their HTML, their words, what they look
 * like) goes through that list, so that a page which is added there is judged by all of them.
 */

import { hash } from "node:crypto";
import PostalMime, { type Email } from "postal-mime";
import type { Hono } from "hono";
import { DAY_MS, HOUR_MS, MINUTE_MS, plus } from "../src/core/time/instant.ts";
import { mailChannel } from "../src/delivery/channels.ts";
import { mailhost } from "../src/delivery/fixture.ts";
import { publicRoutes } from "../src/public/routes.ts";
import { createApp } from "../src/server/app.ts";
import { must, SOLO, type TestInstallation, testInstallation } from "../src/server/fixture.ts";
import { limitTo } from "../src/server/http/rate.ts";
import type { AppEnv } from "../src/server/world.ts";
import type { TestServer } from "../src/store/fixture.ts";
import { createWorker } from "../src/worker/worker.ts";
import { makeOver } from "./over.ts";

const MANY = { perMinute: 1e6, burst: 1e6 };
const ADA = "account/ac_ada";
const SECTION =
  "salt: 0ab182d619f22d57\n\n## Freeze first\n\nStop the *release chain*, then:\n\n1. the runners\n2. the registry\n";
const NDA = `  - { id: runbook, title: The runbook, audience: nda, file: nda/runbook.md, digest: "sha256:${hash("sha256", SECTION, "hex")}" }\n`;
const READERS = [
  ["Meridian Health", "en"],
  ["Kestrel Bank", "de"],
  ["Oakline", "fr"],
  ["Gatehouse", "es"],
] as const;

export type PublicWorld = {
  readonly it: TestInstallation;
  readonly app: Hono<AppEnv>;
  /** Each page by what it is, as the path at which it stands. */
  readonly pages: ReadonlyMap<string, string>;
  /** Answers that are forms sent, by what they are. */
  readonly sent: ReadonlyMap<string, Response>;
  readonly letters: () => Promise<readonly Email[]>;
  readonly stop: () => Promise<void>;
};

export async function publicWorld(
  server: TestServer,
  url = "https://ops.fennel.example",
): Promise<PublicWorld> {
  const it = await testInstallation(server);
  const { store, handling, now } = it;
  const host = await mailhost();
  const { host: smtpHost, port: smtpPort } = host.server;
  const mail = mailChannel({ url, smtpTls: "none", smtpHost, smtpPort }, "unused");
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const worker = createWorker({ store, handling, now, url, mail, log, monotonicMs: now });
  const place = { store, handling, now, url, limit: limitTo(MANY), pdf: it.world.pdf };
  const app = createApp(it.world, { pages: publicRoutes(place) });
  const round = async (): Promise<void> => {
    for (let i = 0; i < 8; i += 1) {
      await worker.tick(now());
      await worker.settled();
    }
  };
  const letters = () => Promise.all(host.taken.map(({ text }) => PostalMime.parse(text)));
  const made = await fill({ it, app, url, round, letters });
  return {
    it,
    app,
    ...made,
    letters,
    stop: async () => {
      await mail.close();
      await host.stop();
    },
  };
}

type Rig = Pick<PublicWorld, "it" | "app" | "letters"> & {
  readonly url: string;
  readonly round: () => Promise<void>;
};

const acting = ({ it }: Pick<Rig, "it">) =>
  ((subject: string, command: object, by = ADA) =>
    must(it.handling.handle({ subject, at: it.now(), by, command: command as never }))) as (
    subject: string,
    command: object,
    by?: string,
  ) => Promise<{ readonly subject: string; readonly created?: string }>;

const posting =
  ({ app }: Pick<Rig, "app">) =>
  async (path: string, fields: Record<string, string> = {}): Promise<Response> =>
    app.request(path, { method: "POST", body: new URLSearchParams(fields) });

async function fill(rig: Rig): Promise<Pick<PublicWorld, "pages" | "sent">> {
  const { it } = rig;
  const pages = new Map<string, string>(STANDING);
  const sent = new Map<string, Response>();
  const subscribed = await subscribe(rig);
  for (const [name, path] of subscribed) pages.set(name, path);
  await publishTwice(rig);
  for (const [name, path] of await openSections(rig)) pages.set(name, path);
  pages.set("case", await report(rig));
  const incident = await openIncident(rig);
  for (const [name, path] of await tellAll(rig, incident)) pages.set(name, path);
  await writeStatus(rig);
  await reviewed(rig, incident);
  const [review] = await it.store.views.publicReviews.all();
  pages.set("public review", `/past/${review?.id}`);
  const status = (await it.read("/status")).body;
  pages.set("status event", `/status/${status.items.at(-1)?.id}`);
  await rig.round();
  for (const [name, answer] of await refusals(rig, pages)) sent.set(name, answer);
  return { pages, sent };
}

const STANDING: readonly (readonly [name: string, path: string])[] = [
  ["trust home", "/"],
  ["policy", "/policy"],
  ["earlier version", "/policy/v/1"],
  ["version", "/policy/v/2"],
  ["comparison", "/policy/diff/1..2"],
  ["record", "/policy/record"],
  ["past", "/past"],
  ["report", "/report"],
  ["status", "/status"],
  ["status year", "/status/history/2026"],
  ["subscribe", "/subscribe"],
  ["subscribe sent", "/subscribe/sent"],
  ["unsubscribe", "/unsubscribe"],
  ["docs: problems", "/docs/problems"],
  ["not found", "/nothing-here"],
  ["no such version", "/policy/v/99"],
  ["no such comparison", "/policy/diff/1..99"],
  ["no such review", "/past/P-222222"],
  ["no such status", "/status/S-222222"],
  ["no such case", "/case/R-2222-22.x"],
  ["no such section", "/nda/x"],
  ["no such notice", "/notice/x"],
  ["no such subscription", "/subscribe/x"],
];

/** Asked for twice, confirmed, told, and one more who is still to confirm. */
async function subscribe(rig: Rig): Promise<ReadonlyMap<string, string>> {
  const [post, { it }] = [posting(rig), rig];
  const ask = async (mail: string): Promise<string> => {
    await post("/subscribe", { mail, topic: "policy" });
    await rig.round();
    const last = (await rig.letters()).findLast(({ to }) => to?.[0]?.address === mail);
    return new RegExp(`${rig.url}(/(?:un)?subscribe/\\S+)`).exec(last?.text ?? "")?.[1] ?? "";
  };
  const link = await ask("cleo@meridian.example");
  await post(link, {});
  it.advance(2 * HOUR_MS);
  const end = await ask("cleo@meridian.example");
  return new Map([
    ["subscribe confirm", await ask("eli@oakline.example")],
    ["unsubscribe confirm", end],
  ]);
}

async function publishTwice(rig: Rig): Promise<void> {
  const text = SOLO.replace('version: "3"', 'version: "4"')
    .replace("count: 4, unit: hours", "count: 2, unit: business-days")
    .replace("We work by\n      it:", "We live by\n      it:")
    .replace("| kept for patterns |", "| kept, and read every quarter |")
    .replace("Every incident passes through the same six phases", "An incident has six phases")
    .replace(/\n {6}- \*\*SEV3 Minor\.[^-]*?(?=\n\n)/, "")
    .replace(/^reporting:/m, "publicRecord: { months: 12 }\nreporting:");
  const command = { type: "PublishPolicy", alone: "Ada alone owns", tell: "yes" };
  await acting(rig)("policy", { ...command, text: `${text.trimEnd()}\n${NDA}`, files: [SECTION] });
  await rig.round();
}

async function openSections(rig: Rig): Promise<ReadonlyMap<string, string>> {
  const [act, { it }] = [acting(rig), rig];
  const contact = { name: "Sam Ortiz", mail: "sam@gatehouse.example" };
  const { subject } = await act("party", { type: "AddCustomer", name: "Fairlead", contact });
  const share = {
    type: "ShareSection",
    section: "runbook",
    contact: "ct-1",
    until: plus(it.now(), 30 * DAY_MS),
  };
  for (let twice = 0; twice < 2; twice += 1) await act(subject, share);
  const { body } = await it.read(`/parties/${subject.slice("party/".length)}/shares`);
  const [open, over] = body.items as { id: string; path: string }[];
  await act(subject, { type: "EndSectionShare", share: over?.id, reason: "The agreement ended" });
  return new Map([
    ["section under agreement", open?.path ?? ""],
    ["section, link over", over?.path ?? ""],
  ]);
}

/** Sent, acknowledged by a person, and answered. */
async function report(rig: Rig): Promise<string> {
  const [post, act] = [posting(rig), acting(rig)];
  const answer = await post("/report", {
    title: "The export bucket can be listed",
    text: "Anyone can.\n\nTwo names: a.csv, b.csv.",
    name: "Ravi N.",
    mail: "ravi@researcher.example",
    once: "k".repeat(43),
  });
  const path = answer.headers.get("location") ?? "";
  const reference = path.slice("/case/".length).split(".")[0] ?? "";
  const said = { subject: "Your report", body: "Thank you. We are looking.\n\nAda" };
  await act(`signal/${reference}`, { type: "SendAcknowledgement", ...said });
  await rig.round();
  await post(path, { text: "One more name: c.csv.", once: "f".repeat(43) });
  return path;
}

async function openIncident(rig: Rig): Promise<string> {
  const act = acting(rig);
  const opening = { title: "Brimstone bucket", severity: "sev1", reason: "Seen live" };
  const { subject } = await act("incident", { type: "OpenIncident", ...opening });
  for (const [name, language] of READERS) {
    const first = name.split(" ")[0]?.toLowerCase();
    const contact = {
      name: `Dr. ${name.split(" ")[0]}`,
      mail: `security@${first}.example`,
      language,
      zone: "Europe/London",
      verifiedOn: "2026-11-01",
    };
    const added = await act("party", { type: "AddCustomer", name, contacts: [contact] });
    await act(subject, { type: "TouchCustomer", customer: added.subject.slice("party/".length) });
  }
  await act(subject, {
    type: "RecordFact",
    claim: "personal-data-exposed",
    state: "confirmed",
    source: "The log",
  });
  // Long enough that the team is woken.
  rig.it.advance(20 * HOUR_MS);
  await rig.round();
  return subject;
}

/** A preliminary notice with steps, and a later word, to each in their language. */
async function tellAll(rig: Rig, incident: string): Promise<ReadonlyMap<string, string>> {
  await tell(rig, incident, {
    kind: "preliminary",
    subject: "Export files of {{customer}} could be read",
    slots: slotsWith("Export files could be read. We do not know by whom."),
    steps: [
      { kind: "rotate", text: "Rotate the key of {{customer}}." },
      { kind: "upgrade", text: "Upgrade to 2.14.3: https://docs.fennel.example/upgrade." },
    ],
  });
  const first = await ownPages(rig);
  const post = posting(rig);
  const [german = ""] = [...first].filter(([name]) => name.endsWith("(de)")).map(([, at]) => at);
  await rig.app.request(german, { headers: { "user-agent": "SafeLinks scan" } });
  await post(`${german}/acknowledge`, { name: "Dr. Kestrel", word: "Danke." });
  rig.it.advance(HOUR_MS);
  await tell(rig, incident, {
    kind: "update",
    subject: "Export files of {{customer}} could be read",
    slots: slotsWith("Export files could be read. Nobody else did."),
  });
  return first;
}

const slotsWith = (happened: string): readonly object[] => [
  { element: "what-happened", text: happened },
  { element: "what-data", text: "", unknown: true },
  { element: "what-we-did", text: "We closed the bucket." },
  { element: "what-you-should-do", text: "What stands below." },
  { element: "contact", text: "Ada, ada@fennel.example." },
  { element: "next-update", text: "Tomorrow." },
];

async function tell(rig: Rig, incident: string, content: object): Promise<void> {
  const [act, { it }] = [acting(rig), rig];
  const id = incident.slice("incident/".length);
  const state = (await it.handling.subjects.open("incident", id))?.folded.state;
  const draft = `D-${Object.keys(state?.drafts ?? {}).length + 1}`;
  const nextWordAt = plus(it.now(), 20 * HOUR_MS);
  await act(incident, { type: "DraftNotice", ...content, nextWordAt });
  const recipients = (state?.customers ?? []).map(({ id: customer }) => ({ customer, words: {} }));
  await act(incident, { type: "NameRecipients", draft, recipients });
  const { hash: approved } = (await it.read(`/incidents/${id}/drafts/${draft}`)).body;
  await act(incident, { type: "ApproveNotice", draft, hash: approved }, "account/ac_ben");
  await act(incident, { type: "SendDraft", draft, hash: approved });
  it.advance(MINUTE_MS);
  await rig.round();
}

/** The page of each reader, by the address in their letter. */
async function ownPages({ letters }: Rig): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const { to, text = "" } of await letters()) {
    const path = /https?:\/\/[^/\s]+(\/notice\/[\w-]{43})/.exec(text)?.[1];
    const reader = READERS.find(([name]) =>
      to?.[0]?.address?.endsWith(`@${name.split(" ")[0]?.toLowerCase()}.example`),
    );
    if (path && reader) found.set(`own page (${reader[1]})`, path);
  }
  if (found.size !== READERS.length)
    throw new Error("a reader was not told of a page of their own");
  return found;
}

async function writeStatus(rig: Rig): Promise<void> {
  const act = acting(rig);
  for (const name of ["Exports", "Sign-in"])
    await act("status", { type: "DescribeComponent", name, about: "What people rely on" });
  const nextAt = rig.it.now() + HOUR_MS;
  const said = { state: "identified", text: "Exports are paused.\n\nNothing is lost.", nextAt };
  const components = { exports: "partial-outage" };
  await act("status", { type: "OpenStatus", title: "Exports are paused", components, ...said });
}

/** Resolved, learned from, and told to everybody. */
async function reviewed(rig: Rig, incident: string): Promise<void> {
  const [act, { it }] = [acting(rig), rig];
  await makeOver(it, act, incident, "The bucket was open.");
  await act(incident, {
    type: "WritePublicReview",
    title: "Export files could be listed",
    happenedOn: "2026-11-19",
    text: "## What happened\n\nFor **two days** the names of export files could be read.\n\n| Day | What |\n|---|---|\n| Thu | Opened |\n| Fri | Closed |\n\n- Nobody read a file.\n",
  });
  await act(incident, { type: "PublishPublicReview" });
}

/** What a form answers where something is missing, too much or from elsewhere. */
async function refusals(
  rig: Rig,
  pages: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, Response>> {
  const post = posting(rig);
  const foreign = { origin: "https://elsewhere.example", "sec-fetch-site": "cross-site" };
  return new Map([
    ["report without words", await post("/report", { title: "", mail: "nobody" })],
    ["report too large", await post("/report", { title: "x", text: "y".repeat(600_000) })],
    [
      "report from elsewhere",
      await rig.app.request("/report", { method: "POST", headers: foreign }),
    ],
    ["message without words", await post(pages.get("case") ?? "", { text: " " })],
    ["subscribe without an address", await post("/subscribe", { mail: "cleo" })],
    [
      "receipt without a name",
      await post(`${pages.get("own page (de)")}/acknowledge`, { name: " " }),
    ],
  ]);
}
