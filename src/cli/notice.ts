/**
 * Notice: what is written, checked, approved, sent and held back; and what everybody was
 * told. Approving and sending are a person's: with a token that they made in their own
 * name, and with --yes.
 */

import { randomUUID } from "node:crypto";
import type { Command } from "commander";
import type { Accepted } from "../api/client.ts";
import type { InputOf } from "../api/command.ts";
import type { ViewOf } from "../api/view.ts";
import { standingWords } from "../core/notice/standing-words.ts";
import { ok, refuse, type Result } from "../core/problem.ts";
import { addAttach } from "./attach.ts";
import { readDocument } from "./document.ts";
import { addPicture } from "./picture.ts";
import { reach } from "./reach.ts";
import { answered, inline, refused, table, visible } from "./say.ts";
import { zoneOf } from "./send.ts";
import { EXIT, type Shell } from "./shell.ts";
import { type Asked, type Fill, several, subVerb } from "./verb.ts";
import { addView, rest, time } from "./view.ts";
import { parseWhen } from "./when.ts";

type Draft = ViewOf<"notice-draft">;

export const notice: Fill = (command, shell) => {
  lists(command, shell);
  addView(command.command("show").description("Show a draft: what it says and to whom."), shell, {
    view: "notice-draft",
    example: "due notice show INC-7 D-1",
    words: (draft, zone) => [
      ...headOf(draft, zone),
      ...draft.slots.flatMap(({ element, text, unknown, name }) => [
        `${name ?? element}${unknown ? " (not known yet)" : ""}`,
        ...(text === "" ? [] : visible(text).split("\n").map(indented)),
      ]),
    ],
  });
  addView(command.command("check").description("Say what can be said against it."), shell, {
    view: "notice-draft",
    example: "due notice check INC-7 D-1",
    words: ({ findings }) =>
      findings.length === 0
        ? ["Nothing was found; that says what was looked for, never that it is safe."]
        : findings.map(
            ({ level, message, code, at }) =>
              `${level === "block" ? "✕" : "!"} ${inline(message)} (${code}, ${at})`,
          ),
    after: ({ findings }) => {
      if (findings.some(({ level }) => level === "block")) shell.exit = EXIT.failed;
    },
  });
  addView(command.command("preview").description("Print every letter as it will be read."), shell, {
    view: "notice-draft",
    example: "due notice preview INC-7 D-1 --recipient customer:cus_kestrel",
    words: ({ letters, recipients, hash }) => [
      ...letters.flatMap(({ to, from, subject, body, files }) => [
        `From: ${inline(`${from.name ?? ""} <${from.mail}>`)}`,
        `To: ${to.mail === "" ? "published, or handed over" : inline(`${to.name ?? ""} <${to.mail}>`)}`,
        `Subject: ${inline(subject)}`,
        "",
        ...visible(body).split("\n"),
        ...files.map(
          ({ id, name, sha256 }) => `Attached ${id}: ${inline(name)}, SHA-256 ${sha256}`,
        ),
      ]),
      ...(recipients.length > letters.length
        ? [`and ${recipients.length - letters.length} more: --recipient names one.`]
        : []),
      `An approval signs all of it: --hash ${hash}`,
    ],
  });
  addDraft(command, shell);
  addAttach(command, shell);
  addSteps(command, shell);
};

function lists(command: Command, shell: Shell): void {
  const words = ({ items, total, next }: ViewOf<"notices">, zone: string): readonly string[] =>
    items.length === 0
      ? ["No notices."]
      : [...noticeTable(items, zone, shell), ...rest(items.length, total, next)];
  addView(command.command("ls").description("List what was sent, and what became of it."), shell, {
    view: "notices",
    example: "due notice ls --incident INC-7 --state failed",
    words,
  });
  addView(command.command("drafts").description("List notices that have not left."), shell, {
    view: "notice-drafts",
    example: "due notice drafts --state approved",
    words: ({ items, total, next }, zone) =>
      items.length === 0
        ? ["Nothing is being written."]
        : [
            ...table(
              [
                { head: "INCIDENT", cells: items.map(({ incident }) => incident) },
                { head: "DRAFT", cells: items.map(({ id }) => id) },
                { head: "STATE", cells: items.map(({ state }) => state) },
                { head: "KIND", cells: items.map(({ kind, to }) => `${kind} to ${to}`) },
                { head: "FOR", cells: items.map(({ recipients }) => String(recipients)) },
                { head: "CHANGED", cells: items.map(({ changedAt }) => time(changedAt, zone)) },
                { head: "SUBJECT", cells: items.map(({ title }) => title), isWide: true },
              ],
              shell,
            ),
            ...rest(items.length, total, next),
          ],
  });
  addPicture(command, shell);
  addView(
    command.command("told").description("What one recipient was told, and what changed between."),
    shell,
    {
      view: "told-to",
      example: "due notice told customer:cus_kestrel --incident INC-7",
      words: ({ name, items }, zone) =>
        items.length === 0
          ? [`${inline(name)} was told nothing.`]
          : items.flatMap(({ id, incident, title, requestedAt, body, changes, ...told }) => [
              `${time(requestedAt, zone)}  ${incident} ${id}, ${standingWords(told)}: ${inline(title)}`,
              ...told.acknowledged.map(
                ({ at, name, word }) =>
                  `  acknowledged by ${inline(name)}, ${time(at, zone)}${word === null ? "" : `: ${inline(word)}`}`,
              ),
              ...told.files.map(({ name, sha256 }) => `  file ${inline(name)}, SHA-256 ${sha256}`),
              ...(changes.length === 0
                ? visible(body).trim().split("\n").map(indented)
                : changes
                    .filter(({ is }) => is !== "same")
                    .map(({ is, text }) => `  ${is === "new" ? "+" : "-"} ${inline(text)}`)),
            ]),
    },
  );
}

const noticeTable = (
  items: ViewOf<"notices">["items"],
  zone: string,
  shell: Shell,
): readonly string[] =>
  table(
    [
      { head: "ID", cells: items.map(({ id }) => id) },
      { head: "OF", cells: items.map(({ subject }) => subject.split("/")[1] ?? "") },
      {
        head: "STATE",
        cells: items.map(standingWords),
        isWide: true,
      },
      { head: "ASKED", cells: items.map(({ requestedAt }) => time(requestedAt, zone)) },
      { head: "ACKNOWLEDGED", cells: items.map(acknowledgedBy), isWide: true },
      { head: "TO", cells: items.map(({ to }) => to), isWide: true },
      { head: "SUBJECT", cells: items.map(({ title }) => title), isWide: true },
    ],
    shell,
  );

const acknowledgedBy = ({ acknowledged }: ViewOf<"notices">["items"][number]): string =>
  acknowledged.map(({ name }) => name).join(", ") || "-";

const indented = (line: string): string => `  ${line}`;

const headOf = (draft: Draft, zone: string): readonly string[] => [
  `${draft.id}, ${draft.kind} to ${draft.to}, ${draft.state}, revision ${draft.revision}: ${inline(draft.subject) || "without a subject yet"}`,
  `In the name of ${inline(draft.authorName)}; for ${draft.recipients.length === 0 ? "nobody yet" : draft.recipients.map(({ name }) => inline(name)).join(", ")}.`,
  ...(draft.nextWordAt === null ? [] : [`Next word by ${time(draft.nextWordAt, zone)}.`]),
  `${draft.findings.filter(({ level }) => level === "block").length} to mend before it can leave.`,
];

type DraftAsked = Asked & {
  readonly draft?: string;
  readonly kind: InputOf<"DraftNotice">["kind"];
  readonly to?: NonNullable<InputOf<"DraftNotice">["to"]>;
  readonly corrects?: string;
  readonly subject: string;
  readonly slot?: readonly string[];
  readonly unknown?: readonly string[];
  readonly nextWord?: string;
  readonly customer?: readonly string[];
};

function addDraft(command: Command, shell: Shell): void {
  subVerb(
    command,
    "draft <incident>",
    "Begin a notice, or save the next revision of one.",
    'due notice draft INC-7 --kind preliminary --subject "Exports could be read" --slot what-happened=text.txt --unknown what-data --next-word 20h --customer cus_kestrel',
  )
    .option("--draft <id>", "the one that is saved; a new one, if not said")
    .requiredOption(
      "--kind <kind>",
      "acknowledgement, preliminary, full, update, correction, final",
    )
    .requiredOption("--subject <text>", "plain words")
    .option("--to <whom>", "customers, controllers, reporter, data-subjects or public")
    .option("--corrects <draft>", "of a correction: the sent notice that was wrong")
    .option("--slot <element=file>", "what is said under an element. May be repeated.", several)
    .option("--unknown <element>", "not known yet. May be repeated.", several)
    .option("--next-word <time>", "by when we write again")
    .option("--customer <id>", "for whom. May be repeated.", several)
    .action(async (incident: string, asked: DraftAsked) => {
      const done = await save(shell, incident, asked);
      answered(shell, done, asked, ({ draft }) => [
        `${draft} is saved; due notice check ${incident} ${draft}`,
      ]);
    });
}

async function save(
  shell: Shell,
  incident: string,
  asked: DraftAsked,
): Promise<Result<{ readonly draft: string; readonly version: number }>> {
  const client = await reach(shell);
  if (!client.ok) return client;
  const slots: InputOf<"DraftNotice">["slots"] = [];
  for (const said of asked.slot ?? []) {
    const at = said.indexOf("=");
    const text = await readDocument(said.slice(at + 1));
    if (!text.ok) return text;
    slots.push({ element: said.slice(0, at), text: text.value.trim() });
  }
  for (const element of asked.unknown ?? []) slots.push({ element, text: "", unknown: true });
  const clock = { now: shell.now(), zone: () => zoneOf(client.value) };
  const nextWordAt =
    asked.nextWord === undefined
      ? undefined
      : await parseWhen(asked.nextWord, clock, "next-word", "/nextWordAt");
  if (nextWordAt && !nextWordAt.ok) return nextWordAt;
  const saved = await client.value.send(
    "DraftNotice",
    incident,
    {
      kind: asked.kind,
      subject: asked.subject,
      slots,
      ...(asked.draft === undefined ? {} : { draft: asked.draft }),
      ...(asked.to === undefined ? {} : { to: asked.to }),
      ...(asked.corrects === undefined ? {} : { corrects: asked.corrects }),
      ...(nextWordAt === undefined ? {} : { nextWordAt: nextWordAt.value }),
    },
    { idempotencyKey: randomUUID() },
  );
  if (!saved.ok) return saved;
  const all = await client.value.read("notice-drafts", {}, { incident, state: "all", limit: 1 });
  const draft = asked.draft ?? (all.ok ? all.value.items[0]?.id : undefined) ?? "";
  if (asked.customer === undefined) return ok({ draft, version: saved.value.version });
  const recipients = asked.customer.map((customer) => ({ customer }));
  const named = await client.value.send("NameRecipients", incident, { draft, recipients });
  return named.ok ? ok({ draft, version: named.value.version }) : named;
}

type StepAsked = Asked & {
  readonly hash?: string;
  readonly yes?: boolean;
  readonly alone?: string;
  readonly holdSeconds?: string;
  readonly reason?: string;
};

function addSteps(command: Command, shell: Shell): void {
  const hash = "as `due notice preview` prints it: what you read is what you mean";
  const act =
    (
      says: string,
      run: (incident: string, draft: string, asked: StepAsked) => Promise<Result<Accepted>>,
    ) =>
    async (incident: string, draft: string, asked: StepAsked): Promise<void> => {
      const done = await run(incident, draft, asked);
      if (!done.ok) return refused(shell, done.problems, asked);
      answered(shell, done, asked, () => [`${draft} of ${incident} ${says}.`]);
    };
  subVerb(
    command,
    "approve <incident> <draft>",
    "Approve every letter of it, as yourself.",
    "due notice approve INC-7 D-1 --hash 71c9f3a0b2d4e6f80123456789abcdef0123456789abcdef0123456789abcdef --yes",
  )
    .requiredOption("--hash <sha256>", hash)
    .option("--alone <reason>", "why nobody else can read it, where you wrote it")
    .option("--yes", "really approve it")
    .action(
      act("is approved", async (incident, draft, { hash: signed = "", alone, yes }) => {
        if (!yes) return unsaid(`would approve every letter of ${draft} in your name`);
        const body = { draft, hash: signed, ...(alone === undefined ? {} : { alone }) };
        const client = await reach(shell);
        return client.ok ? client.value.send("ApproveNotice", incident, body) : client;
      }),
    );
  subVerb(
    command,
    "send <incident> <draft>",
    "Send what was approved, as its author; it is held first.",
    "due notice send INC-7 D-1 --hash 71c9f3a0b2d4e6f80123456789abcdef0123456789abcdef0123456789abcdef --yes",
  )
    .requiredOption("--hash <sha256>", hash)
    .option("--hold-seconds <n>", "shorter than usual takes a reason")
    .option("--reason <text>", "why it cannot wait")
    .option("--yes", "really send it")
    .action(
      act("is held, and leaves by itself", async (incident, draft, asked) => {
        if (!asked.yes) return unsaid(`would send ${draft} to everybody it is for, in your name`);
        const body = {
          draft,
          hash: asked.hash ?? "",
          ...(asked.holdSeconds === undefined ? {} : { holdSeconds: Number(asked.holdSeconds) }),
          ...(asked.reason === undefined ? {} : { reason: asked.reason }),
        };
        const client = await reach(shell);
        return client.ok ? client.value.send("SendDraft", incident, body) : client;
      }),
    );
  subVerb(
    command,
    "hold <incident> <draft>",
    "Hold back what is about to leave.",
    "due notice hold INC-7 D-1",
  ).action(
    act("is held back: nothing of it has left", async (incident, draft) => {
      const client = await reach(shell);
      return client.ok ? client.value.send("HoldBack", incident, { draft }) : client;
    }),
  );
  subVerb(
    command,
    "status <incident> [draft]",
    "Say how far each notice of an incident has come.",
    "due notice status INC-7",
  ).action(async (incident: string, draft: string | undefined, asked: Asked) => {
    const client = await reach(shell);
    if (!client.ok) return refused(shell, client.problems, asked);
    const [drafts, sent, zone] = await Promise.all([
      client.value.read("notice-drafts", {}, { incident, state: "all", limit: 200 }),
      client.value.read("notices", {}, { incident, limit: 200 }),
      zoneOf(client.value),
    ]);
    if (!drafts.ok) return refused(shell, drafts.problems, asked);
    if (!sent.ok) return refused(shell, sent.problems, asked);
    const isWanted = (id: string | null): boolean => draft === undefined || id === draft;
    const value = {
      drafts: drafts.value.items.filter(({ id }) => isWanted(id)),
      notices: sent.value.items.filter((one) => isWanted(one.draft)),
    };
    answered(shell, ok(value), asked, ({ drafts: begun, notices }) => [
      ...begun.map(
        ({ id, kind, to, state, recipients, title }) =>
          `${id}  ${kind} to ${to}, ${state}, for ${recipients}: ${inline(title)}`,
      ),
      ...(notices.length === 0
        ? ["Nothing has left."]
        : noticeTable(notices, zone.ok ? zone.value : "UTC", shell)),
    ]);
  });
}

const unsaid = (what: string): Result<never> =>
  refuse("yes-missing", `Nothing was done. This ${what}: say --yes to do it.`);
