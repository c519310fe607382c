/**
 * Whatever somebody types, sends or names: no script of theirs runs, and none is even tried,
 * in the app, on public pages, in their copy, in a letter that is opened, in a banner; and
 * nothing that looks like a template is evaluated. The pages of the app are those of its
 * route table, the public ones whatever they lead to.
 */

import { readdirSync, readFileSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import PostalMime from "postal-mime";
import { beforeAll, expect, test } from "vitest";
import { valueOf } from "../owner.ts";
import { runDue, until } from "../program.ts";
import { openApp } from "./app.ts";
import { keepSession } from "./browser.ts";
import { EVALUATED, PAYLOADS, TEMPLATES } from "./payloads.ts";

const ALL = [...PAYLOADS, ...TEMPLATES];
const AN_HOUR_MS = 3_600_000;
const { owner, program, browser, folder, data } = await openApp("xss", {
  setup: { sample: false },
});
/** What routes with a parameter are opened for. */
const ids = { signal: [] as string[], party: "", case: "", draft: "" };

/** As many to a text as it may hold. */
function* together(characters: number): Iterable<string> {
  let text = "";
  for (const payload of ALL) {
    if (text.length + payload.length + 1 > characters) {
      yield text;
      text = "";
    }
    text += `${payload}\n`;
  }
  yield text;
}

beforeAll(async () => {
  await alerts();
  await incident();
  await parties();
  await publicWords();
  await report();
}, 240_000);

const PER_ALERT = 40;

/** Labels and annotations, names and values, as a monitor sends them. */
async function alerts(): Promise<void> {
  const token = await owner.token("intake");
  for (let from = 0; from < ALL.length; from += PER_ALERT) {
    const some = ALL.slice(from, from + PER_ALERT);
    const named = Object.fromEntries(some.map((payload, index) => [`l${index}`, payload]));
    const annotations = { summary: some[0], description: some.join("\n"), ...named };
    const labels = { alertname: some[1], severity: some[2], ...named };
    const startsAt = new Date().toISOString();
    const alert = {
      status: "firing",
      labels,
      annotations,
      startsAt,
      generatorURL: some[3],
      fingerprint: `f${from}`,
    };
    const body = {
      version: "4",
      groupKey: `g${from}`,
      status: "firing",
      receiver: some[4],
      groupLabels: {},
      commonLabels: labels,
      commonAnnotations: annotations,
      externalURL: `javascript:alert(1)`,
      alerts: [alert],
    };
    const answer = await fetch(`${program.url}/intake/alertmanager`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(202);
  }
  const wanted = Math.ceil(ALL.length / PER_ALERT);
  ids.signal = await until("the alerts are read", async () => {
    const { items } = valueOf(await owner.client.read("signals", {}, { state: "open", limit: 50 }));
    return items.length >= wanted ? items.map(({ id }) => id) : undefined;
  });
}

async function incident(): Promise<void> {
  const { client } = owner;
  const title = `${PAYLOADS[0]} ${PAYLOADS[8]} ${TEMPLATES[0]}`.slice(0, 200);
  const reason = ALL.join("\n").slice(0, 9_000);
  valueOf(await client.send("OpenIncident", "", { title, severity: "sev1", reason }));
  for (const text of together(9_000)) valueOf(await client.send("Log", "INC-1", { text }));
  valueOf(
    await client.send("RecordFact", "INC-1", {
      claim: "personal-data-exposed",
      state: "confirmed",
      source: PAYLOADS.slice(0, 20).join("\n"),
    }),
  );
}

/** Names that people are called by, and what is written to them. */
async function parties(): Promise<void> {
  const { client } = owner;
  let touched = "";
  for (const [index, payload] of ALL.filter(({ length }) => length <= 90).entries()) {
    if (index % 4 !== 0) continue;
    const name = `${index} ${payload}`.replace(/[\n\t\u2028]/g, " ");
    const contact = { name, mail: `a${index}@meridian.example` };
    const added = await client.send("AddCustomer", "", { name, contact });
    const { subject } = valueOf(added);
    ids.party = subject.slice("party/".length);
    if (index >= 40) continue;
    touched = ids.party;
    valueOf(await client.send("TouchCustomer", "INC-1", { customer: touched }));
  }
  const { elements } = valueOf(await client.read("policy", { version: "current" })).policy as {
    elements?: readonly { id: string }[];
  };
  const texts = [...together(6_000)];
  const slots = (elements ?? [])
    .slice(0, 2)
    .map(({ id }, index) => ({ element: id, text: texts[index] ?? "" }));
  const drafted = await client.send("DraftNotice", "INC-1", {
    kind: "preliminary",
    subject: `${PAYLOADS[3]} ${TEMPLATES[0]}`,
    opening: PAYLOADS.slice(40, 90).join("\n"),
    slots,
    signature: PAYLOADS[5] ?? "",
  });
  valueOf(drafted);
  ids.draft = "D-1";
  const recipients = [{ customer: touched }];
  valueOf(await client.send("NameRecipients", "INC-1", { draft: "D-1", recipients }));
  const page = `<!doctype html><title>x</title><script>alert(1)</script>${PAYLOADS.join("\n")}`;
  for (const [index, payload] of [...PAYLOADS.slice(0, 9), "picture.svg"].entries()) {
    const content = Buffer.from(page).toString("base64");
    const file = {
      draft: "D-1",
      name: `${index} ${payload.replaceAll(/[/\\]/g, " ")}.html`,
      content,
    };
    valueOf(await client.send("AttachFile", "INC-1", file));
  }
}

const NEVERTHELESS = [
  "placeholder",
  "markup",
  "internal-words",
  "other-customer",
  "time-without-zone",
].map((code) => ({ code, reason: "It is there to be looked at." }));

/** What stops such words is overridden: the pages themselves must hold. */
async function publicWords(): Promise<void> {
  const { client } = owner;
  const nextAt = new Date(Date.now() + AN_HOUR_MS).toISOString();
  const overrides = NEVERTHELESS;
  const about = { about: PAYLOADS[10] ?? "" };
  await client.send("DescribeComponent", "", { name: "Exports", ...about, component: "exports" });
  for (const text of together(3_900)) {
    const title = text.split("\n")[0]?.slice(0, 190) || "x";
    const opened = { title, text, state: "investigating", nextAt, overrides } as const;
    valueOf(await client.send("OpenStatus", "", opened));
  }
  const endsAt = nextAt;
  for (const text of together(290))
    valueOf(await client.send("PublishBanner", "", { text, endsAt, overrides }));
}

/** A stranger's report, answered by a person: the letter is opened below. */
async function report(): Promise<void> {
  const form = new URLSearchParams({
    title: `${PAYLOADS[16]} ${TEMPLATES[0]}`.slice(0, 150),
    text: ALL.join("\n").slice(0, 20_000),
    name: (PAYLOADS[1] ?? "").slice(0, 90),
    mail: "ravi@researcher.example",
    once: "q".repeat(43),
  });
  const sent = await fetch(`${program.url}/report`, {
    method: "POST",
    body: form,
    redirect: "manual",
  });
  ids.case = sent.headers.get("location") ?? "";
  const reference = ids.case.slice("/case/".length).split(".")[0] ?? "";
  ids.signal.push(reference);
  for (const text of together(9_000)) {
    const subject = (text.split("\n")[0] ?? "").replace(/[\t\u2028]/g, " ").slice(0, 190);
    const said = { subject, body: text };
    const first = await owner.client.send("SendAcknowledgement", reference, said);
    if (!first.ok) valueOf(await owner.client.send("AnswerReporter", reference, said));
  }
}

/** Before anything of the page: who runs, and what the browser had to refuse, is written down. */
const WATCH = `
  window.hits = [];
  for (const name of ["alert", "confirm", "prompt"])
    Object.defineProperty(window, name, { value: () => { window.hits.push(name + " ran"); } });
  document.addEventListener("securitypolicyviolation", (event) =>
    window.hits.push(event.violatedDirective + " refused " + event.blockedURI + " " + event.sample));
`;

async function watched(): Promise<{ context: BrowserContext; page: Page; hits: string[] }> {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/Berlin" });
  await context.addInitScript(WATCH);
  const page = await context.newPage();
  const hits: string[] = [];
  page.on("dialog", (dialog) => {
    hits.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) hits.push(message.text());
  });
  return { context, page, hits };
}

/** Everything that a person could touch leads to a page, and nothing was evaluated. */
async function expectInert(page: Page, hits: readonly string[], name: string): Promise<void> {
  // Handlers of what failed to load come after the load: two frames later they have come.
  const found = await page.evaluate(`(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    for (const closed of document.querySelectorAll("details")) closed.open = true;
    for (const one of document.querySelectorAll("[onmouseover], [onfocus]"))
      window.hits.push("handler " + one.outerHTML.slice(0, 80));
    const led = [...document.querySelectorAll("[href], [src], [action], [formaction], [data]")]
      .flatMap((one) => ["href", "src", "action", "formaction", "data"].map((at) => one.getAttribute(at) ?? ""))
      .filter((link) => /^[\\s\\0-\\x1f]*(?:javascript|vbscript|data):/i.test(link) && !/^data:image/.test(link));
    const text = document.documentElement.innerHTML;
    return {
      hits: window.hits,
      led,
      evaluated: text.includes("${EVALUATED}"),
      polluted: "polluted" in {} || "polluted" in Object.prototype,
      text,
    };
  })()`);
  const { text, ...rest } = found as { text: string } & Record<string, unknown>;
  expect({ name, seen: hits, ...rest }).toEqual({
    name,
    seen: [],
    hits: [],
    led: [],
    evaluated: false,
    polluted: false,
  });
  surfaces.set(name, text.includes("alert(1)"));
}

/** Which pages were opened, and whether a payload stood there to be tried. */
const surfaces = new Map<string, boolean>();

test("there are enough of them, and a page that is not careful is caught", async () => {
  expect(new Set(PAYLOADS).size).toBeGreaterThanOrEqual(200);
  const { context, page } = await watched();
  await page.route("https://careless.example/", (route) =>
    route.fulfill({ contentType: "text/html", body: `<h1>x</h1>${PAYLOADS[16]}` }),
  );
  await page.goto("https://careless.example/");
  await page.waitForFunction("window.hits.length > 0");
  expect(await page.evaluate("window.hits")).toContain("alert ran");
  await context.close();
});

/** The app's own route table; a parameter is filled by what it stands for. */
function appPaths(): readonly string[] {
  const table =
    /ROUTES = \{([\s\S]*?)\} as const/.exec(readFileSync("src/web/paths.ts", "utf8"))?.[1] ?? "";
  const routes = [...table.matchAll(/: "([^"]+)"/g)].map(([, path = ""]) => path);
  expect(routes.length).toBeGreaterThan(20);
  return routes.flatMap((route) => {
    if (!route.includes("$")) return [route];
    if (route.startsWith("/inbox/")) return ids.signal.map((id) => `/inbox/${id}`);
    if (route.startsWith("/parties/")) return [route.replace("$id", ids.party)];
    const filled = route.replace("$id", "INC-1").replace("$draft", ids.draft);
    return filled.includes("$") ? [] : [filled];
  });
}

test("in the app, on every page of its route table", async () => {
  const { context, page, hits } = await watched();
  await keepSession(context, program.url, owner.cookie);
  for (const path of appPaths()) {
    await page.goto(`${program.url}/app${path}`);
    await page.locator("h1, h2").first().waitFor();
    await page.locator(".shell-wait").waitFor({ state: "detached" });
    await expectInert(page, hits, `/app${path}`);
  }
  await context.close();
  const shown = [...surfaces].filter(([name, has]) => name.startsWith("/app") && has);
  expect(shown.length).toBeGreaterThan(10);
}, 180_000);

test("on every public page, and whatever it leads to", async () => {
  const { context, page, hits } = await watched();
  const queue = ["/", "/status", "/status.atom", "/report", "/subscribe", "/past", ids.case];
  const seen = new Set<string>();
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const answer = await page.goto(program.url + path).catch(() => undefined);
    if (!answer?.headers()["content-type"]?.includes("html")) continue;
    await expectInert(page, hits, path.replace(/^\/case\/.*/, "/case"));
    const links = await page.evaluate<string[]>(
      "[...document.querySelectorAll('a[href]')].map((a) => a.getAttribute('href').split('#')[0])",
    );
    queue.push(...links.filter((link) => link.startsWith("/") && !/^\/(?:app|docs)/.test(link)));
  }
  await context.close();
  expect(surfaces.get("/status")).toBe(true);
  expect(surfaces.get("/case")).toBe(true);
  const written = [...surfaces.keys()].filter((name) => name.startsWith("/status/S-"));
  expect(written.length).toBeGreaterThan(2);
}, 180_000);

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
};

/** Files as a plain server gives them: without any policy, so nothing but the pages protects. */
async function served(
  root: string,
): Promise<{ url: string; files: readonly string[]; server: Server }> {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) =>
    statSync(join(root, name)).isFile(),
  );
  const server = createServer((request, response) => {
    const name = decodeURIComponent((request.url ?? "/").slice(1));
    if (!files.includes(name)) return void response.writeHead(404).end();
    response.setHeader("content-type", TYPES[extname(name)] ?? "text/plain");
    response.end(readFileSync(join(root, name)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, files, server };
}

test("in files that are opened by their address: they are saved, whatever they hold", async () => {
  const { context, page, hits } = await watched();
  await keepSession(context, program.url, owner.cookie);
  const { files } = valueOf(await owner.client.read("notice-draft", { id: "INC-1", draft: "D-1" }));
  expect(files).toHaveLength(10);
  for (const { id, name } of files) {
    expect(name).not.toMatch(/[<>"\u202a-\u202e]/);
    const address = `${program.url}/api/v1/incidents/INC-1/drafts/D-1/files/${id}`;
    const saving = page.waitForEvent("download");
    await page.goto(address).catch(() => undefined);
    expect((await saving).url()).toBe(address);
    expect(page.url()).toBe("about:blank");
  }
  expect(hits).toEqual([]);
  await context.close();
});

test("in the copy as files, where no policy of a browser helps", async () => {
  const to = join(folder, "copy");
  const made = await runDue(["site", "export", to], { DUE_DATA: data });
  expect(made.code, made.stderr).toBe(0);
  const { url, files, server } = await served(to);
  const { context, page, hits } = await watched();
  for (const name of files.filter((file) => file.endsWith(".html"))) {
    await page.goto(url + name);
    await expectInert(page, hits, `copy ${name}`);
  }
  await context.close();
  server.close();
  expect(surfaces.get("copy status/index.html")).toBe(true);
}, 120_000);

test("in letters that are opened as HTML", async () => {
  const place = join(data, "outbox");
  const letters = await until("the letters are kept", async () => {
    const files = readdirSync(place).filter((name) => name.endsWith(".eml"));
    return files.length > 1 ? files : undefined;
  });
  const { context, page, hits } = await watched();
  for (const name of letters) {
    const { html, subject } = await new PostalMime().parse(readFileSync(join(place, name)));
    expect(subject ?? "").not.toContain(EVALUATED);
    await page.route("https://mail.example/", (route) =>
      route.fulfill({ contentType: "text/html; charset=utf-8", body: html ?? "" }),
    );
    await page.goto("https://mail.example/");
    await expectInert(page, hits, `letter ${name}`);
    await page.unroute("https://mail.example/");
  }
  await context.close();
  expect(
    [...surfaces].filter(([name, has]) => name.startsWith("letter") && has).length,
  ).toBeGreaterThan(0);
});

test("in a banner, on a page of our product", async () => {
  const { items } = valueOf(await owner.client.read("banners"));
  const csp = `default-src 'none'; script-src ${program.url}; connect-src ${program.url}`;
  const product = createServer((_, response) => {
    response.setHeader("content-type", "text/html");
    response.setHeader("content-security-policy", csp);
    response.end(
      `<!doctype html><title>x</title><body><h1>x</h1><script src="${program.url}/banner.js" async></script>`,
    );
  });
  await new Promise<void>((resolve) => product.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(product.address() as AddressInfo).port}/favicon.ico`;
  // Each in its turn: the newest is shown until it is ended, and a browser keeps what it was told.
  for (const { id, text } of items) {
    const { context, page, hits } = await watched();
    await page.goto(address);
    await page.getByRole("status").locator("p").waitFor();
    expect(await page.getByRole("status").locator("p").textContent()).toContain(
      text.trim().slice(0, 20).trim(),
    );
    await expectInert(page, hits, `banner ${id}`);
    await context.close();
    valueOf(await owner.client.send("EndBanner", "", { banner: id, reason: "Looked at." }));
  }
  product.close();
  expect(items.length).toBeGreaterThan(10);
}, 120_000);
