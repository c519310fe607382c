/**
 * Touch: who is affected, one customer by name or everybody whom a list or a set of data
 * names. A line that means nobody is asked about; until it is answered nothing is recorded.
 */

import { randomUUID } from "node:crypto";
import type { Command } from "commander";
import type { Accepted } from "../api/client.ts";
import { refuse, type Result } from "../core/problem.ts";
import { readDocument } from "./document.ts";
import { reach } from "./reach.ts";
import { answered, refused } from "./say.ts";
import type { Shell } from "./shell.ts";
import { type Asked, several, subVerb } from "./verb.ts";

type TouchAsked = Asked & {
  readonly list?: string;
  readonly dataSet?: readonly string[];
  readonly line?: readonly string[];
  readonly nobody?: readonly string[];
  readonly reason?: string;
};

export function addTouch(command: Command, shell: Shell): void {
  subVerb(
    command,
    "touch <incident> [customer]",
    "Record who is affected: one customer, or everybody whom a list or a set of data names.",
    "due inc touch INC-7 --list affected.csv --line 14=cus_kestrel --nobody 20 --reason Testers",
  )
    .option("--list <file>", "names, ids, mail domains, CSV or JSON; - is standard input")
    .option("--data-set <name>", "everybody whose data are in it. May be repeated.", several)
    .option("--line <n=id>", "whom a line of the list means. May be repeated.", several)
    .option("--nobody <n>", "a line that is no customer of ours. May be repeated.", several)
    .option("--reason <text>", "why lines are nobody's")
    .action(async (incident: string, customer: string | undefined, asked: TouchAsked) => {
      const done = await touch(shell, incident.replace(/^incident\//, ""), customer, asked);
      if (!done.ok) return refused(shell, done.problems, asked);
      answered(shell, done, asked, ({ subject, version }) => [
        `${subject.slice("incident/".length)}: recorded, as its entries up to ${version}.`,
      ]);
    });
}

async function touch(
  shell: Shell,
  incident: string,
  customer: string | undefined,
  { list, dataSet, line = [], nobody = [], reason }: TouchAsked,
): Promise<Result<Accepted>> {
  const said = [customer, list, dataSet].filter((one) => one !== undefined);
  if (said.length !== 1) {
    const message = "Name a customer, or a list with --list, or sets with --data-set: one of them.";
    return refuse("list-or-data-sets", message);
  }
  const text = list === undefined ? undefined : await readDocument(list);
  if (text && !text.ok) return text;
  const choices = [...line.map(toChoice), ...nobody.map((one) => ({ line: Number(one) }))];
  const client = await reach(shell);
  if (!client.ok) return client;
  const options = { idempotencyKey: randomUUID() };
  if (customer !== undefined) {
    return client.value.send("TouchCustomer", incident, { customer }, options);
  }
  const body = {
    ...(text === undefined ? {} : { list: text.value }),
    ...(dataSet === undefined ? {} : { dataSets: [...dataSet] }),
    ...(choices.length === 0 ? {} : { choices }),
    ...(reason === undefined ? {} : { reason }),
  };
  return client.value.send("TouchCustomers", incident, body, options);
}

function toChoice(said: string): { readonly line: number; readonly customer: string } {
  const at = said.indexOf("=");
  return { line: Number(said.slice(0, at)), customer: said.slice(at + 1) };
}
