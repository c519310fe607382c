import type { Command } from "commander";
import { beforeAll, describe, expect, test } from "vitest";
import { COMMANDS } from "../api/command.ts";
import { VIEWS } from "../api/view.ts";
import { ALIASES, GROUP_OF } from "./aliases.ts";
import { manual } from "./manual.ts";
import { programWith } from "./program.ts";
import { testShell } from "./fixture.ts";
import { VERBS } from "./verbs.ts";

/** They end in a server, or in a script for another program. */
const WITHOUT_JSON = ["due serve", "due completion", "due policy schema"];

let program: Command;
beforeAll(async () => {
  program = await programWith(testShell().shell, () => true);
});

const pathOf = (command: Command): string =>
  command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();

const leaves = (command: Command): readonly Command[] =>
  command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);

const find = (path: string): Command | undefined =>
  leaves(program).find((command) => pathOf(command) === path);

/** The line after `$` in a verb's help, as a shell would split it. */
function exampleOf(command: Command): readonly string[] {
  let text = "";
  const kept = command.configureOutput();
  command.configureOutput({ ...kept, writeOut: (part) => (text += part) }).outputHelp();
  command.configureOutput(kept);
  const line = /\$ due (.*)/.exec(text)?.[1] ?? "";
  const [, words = ""] = /^(.*?)(?: (?:\|\||[|<>]) .*)?$/.exec(line) ?? [];
  return [...words.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, plain]) => double ?? single ?? plain ?? "",
  );
}

describe("every command and every view of the registry", () => {
  test("is a verb by its own name", () => {
    for (const { verb } of COMMANDS) expect(find(`due do ${verb}`), verb).toBeDefined();
    for (const { name } of VIEWS) expect(find(`due read ${name}`), name).toBeDefined();
  });

  test("is a verb of its subject's group, under its alias if it has one", () => {
    for (const { type, subject, verb } of COMMANDS) {
      const group = GROUP_OF[subject];
      if (group === undefined) continue;
      const alias = ALIASES.find((candidate) => candidate.type === type)?.verb ?? verb;
      expect(find(`due ${group} ${alias}`), type).toBeDefined();
    }
  });

  test("takes every field of its schema, by place or as an option", () => {
    for (const { verb, input } of COMMANDS) {
      const flags = find(`due do ${verb}`)?.options.map(({ long }) => long) ?? [];
      const fields = Object.keys(input.shape).length;
      expect(
        flags.filter((flag) => !["--json", "--if-version", "--yes"].includes(flag ?? "")).length,
        verb,
      ).toBeGreaterThanOrEqual(fields);
    }
  });

  test("has its verb to itself", () => {
    const paths = leaves(program).map(pathOf);
    expect(paths.filter((path, i) => paths.indexOf(path) !== i)).toEqual([]);
  });
});

test("every verb of the design is there", () => {
  const names = `serve setup-link doctor demo config user token mail backup restore rebuild migrate
    policy signal inc ls next tape why ics party ledger keys completion version do read conformance
    simulate regime calendar met site
    take status banner notice filing handover break-glass`.split(/\s+/);
  expect(VERBS.map(({ name }) => name).sort()).toEqual(names.sort());
  for (const path of `config check, config print, user add, user reset, user list, token create,
    token revoke, token list, mail test, mail in, policy schema, policy check, regime list, regime show, regime check, calendar list, calendar show, policy publish, policy show, policy diff, policy replay, inc rebase, policy propose, policy approve, policy withdraw,
    policy import,
    status show, status open, status update, status correct, status component, status check,
    banner ls, banner publish, banner end, banner token, banner revoke,
    filing ls, filing show, filing text, filing pdf, filing record, filing write,
    policy reviewed, policy draft ls, policy draft show,
    policy draft save, policy files, policy export,
    signal new, signal ls, signal show, signal ack, signal close, signal confirm, inc open, inc ls,
    notice ls, notice drafts, notice show, notice told, notice draft, notice check, notice preview,
    notice approve, notice send, notice hold, notice status, inc touch,
    inc show, inc log, inc fact, inc sev, inc role, inc phase, inc gate, inc mitigate, inc fix,
    regime changes, regime snapshot,
    inc verify, inc resolve, inc review, inc remediation, inc close, party add, party ls,
    ledger export, ledger verify, ledger attain, keys fingerprint, keys openpgp, site export, keys replace, ledger break`.split(
    /,\s+/,
  ))
    expect(find(`due ${path}`), path).toBeDefined();
});

test("every verb can print JSON", () => {
  const without = leaves(program)
    .filter((command) => !command.options.some(({ long }) => long === "--json"))
    .map(pathOf);
  expect(without.filter((path) => !WITHOUT_JSON.includes(path))).toEqual([]);
});

test("every verb's example is one that it takes", async () => {
  const fresh = await programWith(testShell().shell, () => true);
  const commands = leaves(fresh);
  expect(commands.length).toBeGreaterThan(100);
  const taken: string[] = [];
  const parents = fresh.commands.filter(({ commands: below }) => below.length > 0);
  for (const command of [...commands, ...parents.filter(hasOwnExample)])
    command.action(() => void taken.push(pathOf(command)));
  for (const command of commands) {
    const example = exampleOf(command);
    expect(example.length, `${pathOf(command)} has an example`).toBeGreaterThan(0);
    await fresh.parseAsync(example, { from: "user" });
    expect(taken.pop(), example.join(" ")).toBe(pathOf(command));
  }
});

/** A verb with verbs below it that does something itself: `due backup`. */
const hasOwnExample = (command: Command): boolean => exampleOf(command).length > 0;

test("the manual names every verb", () => {
  const text = manual(program);
  for (const command of leaves(program)) expect(text).toContain(`# ${pathOf(command)}\n`);
});
