/**
 * Names that every object has anyway: whoever asks for the draft `constructor` asks for none.
 * Every command and every view is asked with them in each of its fields; a 500 would be a rule
 * that looked where nobody had put anything.
 */

import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { COMMANDS, type CommandSpec } from "../api/command.ts";
import { commandPath, viewPath } from "../api/wire.ts";
import { VIEWS, type ViewSpec } from "../api/view.ts";
import { type TestServer, testServer } from "../store/fixture.ts";
import { type TestInstallation, testInstallation } from "./fixture.ts";

const ODD = ["constructor", "__proto__", "toString"] as const;
const commands: readonly CommandSpec[] = COMMANDS;
const views: readonly ViewSpec[] = VIEWS;

let server: TestServer;
let here: TestInstallation;
const subjects: Record<string, string> = {};

beforeAll(async () => {
  server = await testServer();
  here = await testInstallation(server);
  const idOf = async (path: string, body: object): Promise<string> => {
    const made = await here.send(path, body);
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    return String(made.body.subject).split("/")[1] ?? "";
  };
  const open = { title: "The API is slow", severity: "sev1", reason: "Seen." };
  subjects["incident"] = await idOf("/incidents/open-incident", open);
  subjects["signal"] = await idOf("/signals/record-signal", { title: "It is slow", text: "Very." });
  subjects["party"] = await idOf("/parties/add-customer", { name: "Kestrel Bank" });
});
afterAll(() => server.stop());

const below = (path: string): string => path.slice("/api/v1".length);

type Shape = {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly items?: Shape;
  readonly minItems?: number;
  readonly anyOf?: readonly Shape[];
  readonly additionalProperties?: Shape | boolean;
};

function sample(shape: Shape, odd: string, whole: boolean): unknown {
  if (shape.const !== undefined) return shape.const;
  if (shape.enum) return shape.enum[0];
  if (shape.anyOf) return sample(shape.anyOf[0] as Shape, odd, whole);
  switch (shape.type) {
    case "object": {
      const names = Object.keys(shape.properties ?? {}).filter(
        (name) => whole || shape.required?.includes(name),
      );
      const made = names.map((name) => [name, sample(shape.properties?.[name] ?? {}, odd, whole)]);
      const more = shape.additionalProperties;
      const key = odd === "__proto__" ? "constructor" : odd;
      const extra = typeof more === "object" ? [[key, sample(more, odd, whole)]] : [];
      return Object.fromEntries([...made, ...extra]);
    }
    case "array":
      return [sample(shape.items ?? {}, odd, whole)];
    case "integer":
    case "number":
      return Math.max(1, shape.minimum ?? 1);
    case "boolean":
      return true;
    default:
      if (shape.format === "date-time") return "2026-11-20T17:00:00Z";
      if (shape.format === "date") return "2026-11-20";
      if (shape.pattern?.includes("64")) return "a".repeat(64);
      return odd;
  }
}

test.each(ODD)("no command breaks on %s", async (odd) => {
  const broken: string[] = [];
  const left: number[] = [];
  for (const command of commands) {
    const shape = z.toJSONSchema(command.input, { io: "input", unrepresentable: "any" }) as Shape;
    for (const whole of [false, true]) {
      const body = sample(shape, odd, whole) as object;
      const id = subjects[command.subject] ?? odd;
      const answer = await here.send(below(commandPath(command, id)), body);
      if (command.type === "LeaveRole") left.push(answer.status);
      if (answer.status >= 500)
        broken.push(`${command.type} ${JSON.stringify(body).slice(0, 200)}`);
    }
  }
  expect(broken).toEqual([]);
  // Nobody holds a role of that name, though every object has something under it.
  expect(left).toEqual([422, 422]);
});

test.each(ODD)("no view breaks on %s", async (odd) => {
  const broken: string[] = [];
  for (const view of views)
    for (const id of [odd, subjects["incident"] ?? ""]) {
      const names = [...view.path.matchAll(/[:{](\w+)/g)].map(([, name]) => name as string);
      const given = Object.fromEntries(names.map((name) => [name, odd]));
      const answer = await here.read(below(viewPath(view.path, { ...given, id })));
      if (answer.status >= 500) broken.push(`${view.name} ${id}`);
    }
  expect(broken).toEqual([]);
});
