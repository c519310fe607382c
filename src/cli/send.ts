/**
 * Send: a command of the registry as a verb: by its own name with a field for
 * each option, or as an alias with some of them by place.
 *
 * Nothing leaves the house without being asked twice: a command that sends mail
 * outward needs --yes, and says before what it would send.
 */

import { randomUUID } from "node:crypto";
import type { Command } from "commander";
import type { Accepted } from "../api/client.ts";
import { COMMANDS, type CommandSpec, type CommandType, type SubjectKind } from "../api/command.ts";
import { ok, refuse, type Result } from "../core/problem.ts";
import { type Alias, ALIASES, GROUP_OF, SAMPLE_ID } from "./aliases.ts";
import { readDocument } from "./document.ts";
import { addOption, type Clock, type Field, fieldsOf, type Given, toBody } from "./field.ts";
import { filesBeside } from "./files-beside.ts";
import { reach, type Reached } from "./reach.ts";
import { answered, fieldOf, refused } from "./say.ts";
import type { Shell } from "./shell.ts";
import { type Asked, complete, type Fill } from "./verb.ts";

/** What a person outside will read. */
const OUTWARD: ReadonlyMap<string, (id: string) => string> = new Map<
  CommandType,
  (id: string) => string
>([
  ["SendAcknowledgement", (id) => `This would go to the reporter of ${id}`],
  ["AnswerReporter", (id) => `This would go to the reporter of ${id}`],
  ["OpenStatus", () => "Everybody would read this on the status page"],
  ["UpdateStatus", () => "Everybody would read this on the status page"],
  ["CorrectStatus", () => "Everybody would read this on the status page"],
  ["PublishBanner", () => "Our product would show this"],
  ["ApproveNotice", (id) => `This approves what leaves from ${id}`],
  ["SendDraft", (id) => `This would go to everybody whom a notice of ${id} is for`],
]);

/** Verbs that one file does by hand, because they take more than one command's fields. */
const OF_THEIR_OWN: ReadonlySet<string> = new Set<CommandType>(["TouchCustomer"]);

/** `due do <command> <subject>`: every command by its own name. */
export const doVerb: Fill = (command, shell) => {
  for (const spec of COMMANDS) addCommand(command, shell, spec, plainAlias(spec, "do"));
};

/** The verbs of a group: its aliases, and every other command about its kind of subject. */
export function addGroup(command: Command, shell: Shell, kind: SubjectKind): void {
  const specs: readonly CommandSpec[] = COMMANDS.filter(({ subject }) => subject === kind);
  for (const spec of specs) {
    if (OF_THEIR_OWN.has(spec.type)) continue;
    const alias = ALIASES.find(({ type }) => type === spec.type);
    addCommand(command, shell, spec, alias ?? plainAlias(spec, GROUP_OF[kind] ?? "do"));
  }
}

/** One command as a verb of another group too, where it is looked for there. */
export function addOne(above: Command, shell: Shell, { type, ...named }: Alias): void {
  const spec = COMMANDS.find((one) => one.type === type);
  if (!spec) throw new Error(`no command ${type}`);
  addCommand(above, shell, spec, named);
}

type Named = Omit<Alias, "type">;

function plainAlias(spec: CommandSpec, group: string): Named {
  const options = fieldsOf(spec.input)
    .filter(({ isRequired }) => isRequired)
    .map((field) => ` --${field.flag} ${sampleOf(field)}`.trimEnd());
  const id = spec.creates ? "" : ` ${SAMPLE_ID[spec.subject]}`;
  const yes = OUTWARD.has(spec.type) ? " --yes" : "";
  return { verb: spec.verb, example: `due ${group} ${spec.verb}${id}${options.join("")}${yes}` };
}

const sampleOf = ({ kind, choices }: Field): string =>
  kind === "yes" ? "" : kind === "number" ? "3" : kind === "time" ? "18:20" : (choices[0] ?? '"…"');

type SendAsked = Asked & { readonly yes?: boolean; readonly ifVersion?: string };

function addCommand(above: Command, shell: Shell, spec: CommandSpec, alias: Named): void {
  const command = above.command(alias.verb).description(spec.summary);
  if (!spec.creates) command.argument(`<${spec.subject}>`, `as in ${SAMPLE_ID[spec.subject]}`);
  const fields = fieldsOf(spec.input);
  const placed = (alias.places ?? []).map((name) => named(fields, name));
  for (const field of placed) {
    const isFile = alias.file === nameOf(field);
    const name = isFile ? "file" : field.flag;
    const says = isFile ? "a file; - is standard input" : saysOf(field);
    command.argument(field.isRequired ? `<${name}>` : `[${name}]`, says);
  }
  const rest = fields
    .filter((field) => !placed.includes(field))
    .map((field) => ({ field, flag: alias.short?.[nameOf(field)] ?? field.flag }));
  for (const { field, flag } of rest) addOption(command, field, flag);
  const spelling = new Map([
    ...placed.map((field) => [pointerOf(field), `<${field.flag}>`] as const),
    ...rest.map(({ field, flag }) => [pointerOf(field), `--${flag}`] as const),
  ]);
  command.option("--if-version <n>", "refuse if the subject is at another version by now");
  if (OUTWARD.has(spec.type)) command.option("--yes", "really send it");
  complete(command, alias.example).action(async (...words: unknown[]) => {
    const asked = command.opts<SendAsked & Record<string, Given>>();
    const args = words.slice(0, command.registeredArguments.length) as (string | undefined)[];
    const id = spec.creates ? "" : idOf(args.shift() ?? "", spec.subject);
    const given: readonly (readonly [Field, Given])[] = [
      ...placed.map((field, i) => [field, args[i]] as const),
      ...rest.map(({ field, flag }) => [field, asked[toCamel(flag)] as Given] as const),
    ];
    const texts = await withFiles(spec, given, await withDocuments(given, alias.file));
    if (!texts.ok) return refused(shell, texts.problems, asked);
    const asTyped = (at: string): string => spelling.get(at) ?? fieldOf(at);
    const result = await send(shell, spec, id, texts.value, asked);
    answered(shell, result, { json: asked.json, asTyped }, (accepted) => done(spec, accepted));
  });
}

const saysOf = ({ says, choices }: Field): string => says || choices.join(", ");

async function send(
  shell: Shell,
  spec: CommandSpec,
  id: string,
  given: readonly (readonly [Field, Given])[],
  asked: SendAsked,
): Promise<Result<Accepted>> {
  const client = await reach(shell);
  if (!client.ok) return client;
  const clock: Clock = { now: shell.now(), zone: () => zoneOf(client.value) };
  const body = await toBody(spec.type === "Log" ? withHappenedAt(given) : given, clock);
  if (!body.ok) return body;
  const outward = OUTWARD.get(spec.type);
  if (outward && asked.yes !== true)
    return refuse(
      "yes-missing",
      `Nothing was sent. ${outward(id)}, in your name; say --yes to send it:\n${JSON.stringify(body.value, null, 2)}`,
    );
  const ifVersion = asked.ifVersion === undefined ? undefined : Number(asked.ifVersion);
  return client.value.send(spec.type as CommandType, id, body.value as never, {
    idempotencyKey: randomUUID(),
    ...(ifVersion === undefined ? {} : { ifVersion }),
  });
}

export async function zoneOf(client: Reached): Promise<Result<string>> {
  const me = await client.read("me");
  return me.ok ? ok(me.value.zone) : me;
}

/** `@18:20 keys revoked`: the time in front, as in the web app. An option outweighs it. */
function withHappenedAt(
  given: readonly (readonly [Field, Given])[],
): readonly (readonly [Field, Given])[] {
  const text = given.find(([field]) => nameOf(field) === "text");
  const [, time, rest] = /^@(\d{1,2}:\d{2})\s+(\S[\s\S]*)$/.exec(String(text?.[1])) ?? [];
  if (time === undefined) return given;
  return given.map(([field, value]) => {
    if (nameOf(field) === "text") return [field, rest];
    return nameOf(field) === "happenedAt" ? [field, value ?? time] : [field, value];
  });
}

/** Files and standard input read, where a field names one. */
async function withDocuments(
  given: readonly (readonly [Field, Given])[],
  file: string | undefined,
): Promise<Result<readonly (readonly [Field, Given])[]>> {
  const read: (readonly [Field, Given])[] = [];
  for (const [field, value] of given) {
    const isNamed = typeof value === "string" && (value === "-" || nameOf(field) === file);
    if (!isNamed || field.kind !== "text") {
      read.push([field, value]);
      continue;
    }
    const text = await readDocument(value);
    if (!text.ok) return text;
    read.push([field, text.value]);
  }
  return ok(read);
}

/** A policy brings the files of its sections along, from beside it. */
async function withFiles(
  { type }: CommandSpec,
  typed: readonly (readonly [Field, Given])[],
  read: Result<readonly (readonly [Field, Given])[]>,
): Promise<Result<readonly (readonly [Field, Given])[]>> {
  if (!read.ok || !BRINGS_FILES.has(type)) return read;
  const [file, text] = [typed, read.value].map(
    (all) => all.find(([one]) => nameOf(one) === "text")?.[1],
  );
  const files = await filesBeside(String(file), String(text));
  if (!files.ok) return files;
  return ok(
    read.value.map(([field, value]) =>
      nameOf(field) === "files" && files.value.length > 0
        ? ([field, [...files.value, ...((value as readonly string[] | undefined) ?? [])]] as const)
        : ([field, value] as const),
    ),
  );
}

const BRINGS_FILES: ReadonlySet<string> = new Set<CommandType>(["PublishPolicy", "ProposePolicy"]);

function done({ creates }: CommandSpec, { subject, version }: Accepted): readonly string[] {
  const id = subject.slice(subject.indexOf("/") + 1);
  return creates ? [id] : [`${id}: recorded, as its entry ${version}.`];
}

function named(fields: readonly Field[], name: string): Field {
  const field = fields.find((candidate) => nameOf(candidate) === name);
  if (!field) throw new Error(`an alias names the field ${name}, which its command does not have`);
  return field;
}

const pointerOf = ({ path }: Field): string => `/${path.join("/")}`;

/** `contact.mail` is contactMail here. */
const nameOf = ({ path }: Field): string =>
  path.map((part, i) => (i === 0 ? part : part.charAt(0).toUpperCase() + part.slice(1))).join("");

const toCamel = (flag: string): string =>
  flag.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** `incident/INC-7` may be said in full. */
const idOf = (given: string, kind: SubjectKind): string =>
  given.startsWith(`${kind}/`) ? given.slice(kind.length + 1) : given;
