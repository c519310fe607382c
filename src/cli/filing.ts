/**
 * Filing: what each authority asks for in an incident, filled from the record; taken away
 * as text or PDF; and what a person filed. Nothing is filed from here.
 */

import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { problemsOf } from "../api/client.ts";
import type { ViewOf } from "../api/view.ts";
import { NOT_KNOWN } from "../core/filing/pack.ts";
import { ok, type Problems, refuse, type Result } from "../core/problem.ts";
import { reach } from "./reach.ts";
import { answered, inline, refused, table, visible } from "./say.ts";
import { addOne } from "./send.ts";
import type { Shell } from "./shell.ts";
import { type Asked, type Fill, subVerb } from "./verb.ts";
import { addView, time } from "./view.ts";

export const filing: Fill = (command, shell) => {
  addView(command.command("ls").description("List every stage that is asked for."), shell, {
    view: "filings",
    example: "due filing ls INC-7",
    words: (found, zone) => listWords(found, zone, shell),
  });
  addView(
    command.command("show").description("Show one pack field by field, with where each came from."),
    shell,
    {
      view: "filing",
      example: "due filing show INC-7 gdpr-33-1 sa-notification",
      words: packWords,
    },
  );
  addFile(command, shell, "text", "Print the whole pack, to paste.");
  addFile(command, shell, "pdf", "Write the pack as a tagged PDF.");
  addOne(command, shell, {
    type: "RecordFiling",
    verb: "record",
    places: ["regime", "stage"],
    short: { filedAt: "at", filedBy: "by" },
    example: 'due filing record INC-7 gdpr-33-1 sa-notification --number 2026-311 --by "Ada"',
  });
  addOne(command, shell, {
    type: "WriteFilingField",
    verb: "write",
    places: ["regime", "stage", "field", "text"],
    example:
      'due filing write INC-7 gdpr-33-1 sa-notification consequences "None that we have seen."',
  });
};

const listWords = (
  { items, differences }: ViewOf<"filings">,
  zone: string,
  shell: Shell,
): readonly string[] =>
  items.length === 0
    ? ["No law that is looked at here asks for a filing."]
    : [
        ...table(
          [
            { head: "LAW", cells: items.map(({ regime }) => regime) },
            { head: "STAGE", cells: items.map(({ stage }) => stage) },
            { head: "DUE", cells: items.map(({ dueAt }) => time(dueAt, zone)) },
            { head: "STANDS", cells: items.map(({ standing }) => standing ?? "-") },
            { head: "FILED", cells: items.map((one) => String(one.filed)) },
            { head: "UNKNOWN", cells: items.map(({ open }) => String(open)) },
            { head: "TO", cells: items.map(({ recipient }) => recipient), isWide: true },
          ],
          shell,
        ),
        ...differenceWords(differences),
      ];

const differenceWords = (differences: ViewOf<"filings">["differences"]): readonly string[] =>
  differences.map(
    ({ notice, words, filed }) => `! ${notice} says ${inline(words)}; filed was ${inline(filed)}`,
  );

function packWords(pack: ViewOf<"filing">, zone: string): readonly string[] {
  const { regime, stage, form, dueText, fields, filed, stages } = pack;
  return [
    `${inline(regime.name)}, ${stage}, to ${inline(pack.recipient)}`,
    dueText === null ? "Nothing is due for it now." : `Due ${dueText}.`,
    `Filed at ${form.portal ?? "an address that is not known here"}.`,
    ...fields.flatMap(({ label, value, held, source }) => [
      "",
      inline(label),
      ...visible(value ?? NOT_KNOWN)
        .split("\n")
        .map((line) => `  ${line}`),
      `  (${held}: ${inline(source)})`,
    ]),
    "",
    ...filed.map(
      (one) =>
        `${one.followUp ? "Follow-up filed" : "Filed"} by ${inline(one.filedBy)}, ${time(one.filedAt, zone)}, ${one.number === null ? "without a number" : `under ${inline(one.number)}`}`,
    ),
    ...stages.map(
      (other) =>
        `Also asked: ${other.stage}, ${other.dueText === null ? (other.standing ?? "not started") : `due ${other.dueText}`}; ${other.within}`,
    ),
    ...differenceWords(pack.differences),
    `SHA-256 of the answers ${pack.hash}`,
  ];
}

type FileAsked = Asked & { readonly out?: string };

function addFile(above: Command, shell: Shell, as: "text" | "pdf", says: string): void {
  const end = as === "pdf" ? " --out filing.pdf" : "";
  const command = subVerb(
    above,
    `${as} <incident> <regime> <stage>`,
    says,
    `due filing ${as} INC-7 gdpr-33-1 sa-notification${end}`,
  );
  if (as === "pdf") command.requiredOption("--out <file>", "where it is written");
  else command.option("--out <file>", "where it is written; standard output, if not said");
  command.action(async (incident: string, regime: string, stage: string, asked: FileAsked) => {
    const file = await fetched(shell, [incident, regime, stage], as);
    if (!file.ok) return refused(shell, file.problems, asked);
    if (asked.out === undefined) {
      const text = new TextDecoder().decode(file.value);
      return answered(shell, ok({ text }), asked, () => visible(text).split("\n"));
    }
    const { out } = asked;
    const written = await put(out, file.value);
    answered(shell, written, asked, ({ bytes }) => [`${out}: ${bytes} bytes.`]);
  });
}

async function fetched(
  shell: Shell,
  [incident = "", regime = "", stage = ""]: readonly string[],
  as: "text" | "pdf",
): Promise<Result<Uint8Array>> {
  const client = await reach(shell);
  if (!client.ok) return client;
  const parts = [
    incident.replace(/^incident\//, ""),
    "filings",
    regime,
    stage.replaceAll("/", "-"),
  ];
  const path = `/api/v1/incidents/${parts.map(encodeURIComponent).join("/")}/${as}`;
  const answer = await client.value.raw(path, { method: "GET", headers: {} });
  if (!answer.ok) return answer;
  if (answer.value.ok) return ok(new Uint8Array(await answer.value.arrayBuffer()));
  const said: unknown = await answer.value.json().catch(() => undefined);
  return { ok: false, problems: problemsOf(answer.value.status, said) as Problems };
}

async function put(file: string, bytes: Uint8Array): Promise<Result<{ readonly bytes: number }>> {
  try {
    await writeFile(file, bytes);
    return ok({ bytes: bytes.length });
  } catch (error) {
    const { code = "no reason given" } = error as NodeJS.ErrnoException;
    return refuse("file-unwritable", `${file} cannot be written (${code}): name another.`);
  }
}
