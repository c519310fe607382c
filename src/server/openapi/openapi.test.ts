import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../api/command.ts";
import { commandPath } from "../../api/wire.ts";
import { VIEWS } from "../../api/view.ts";
import { doorRoutes } from "../account/door.ts";
import { calendarRoutes } from "../calendar.ts";
import { ownRoutes } from "../account/own.ts";
import { peopleRoutes } from "../account/people.ts";
import { sampleRoutes } from "../demo/sample.ts";
import { openapiDocument, openapiRoutes } from "./openapi.ts";

const document = openapiDocument("") as unknown as {
  paths: Record<string, Record<string, { operationId: string; security?: unknown }>>;
  components: { schemas: Record<string, unknown> };
};

describe("the description of the API", () => {
  test("is valid OpenAPI 3.1", async () => {
    const validator = new Validator();
    expect(await validator.validate(structuredClone(document))).toEqual({ valid: true });
    expect(validator.version).toBe("3.1");
  });

  test("has nothing that a linter calls an error", () => {
    const folder = mkdtempSync(join(tmpdir(), "due-openapi-"));
    writeFileSync(join(folder, "openapi.json"), JSON.stringify(document));
    const said = execFileSync(
      process.execPath,
      [
        join(process.cwd(), "node_modules/@redocly/cli/bin/cli.js"),
        "lint",
        "openapi.json",
        "--format=json",
      ],
      {
        cwd: folder,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
        env: {
          PATH: process.env.PATH,
          HOME: folder,
          REDOCLY_TELEMETRY: "off",
          REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
        },
      },
    );
    const { totals, problems } = JSON.parse(said);
    expect(problems).toEqual([]);
    expect(totals.errors).toBe(0);
  });

  test("holds every command and every view, each under one name", () => {
    for (const spec of COMMANDS) expect(document.paths[commandPath(spec)]).toHaveProperty("post");
    for (const { path } of VIEWS) expect(document.paths[`/api/v1${path}`]).toHaveProperty("get");
    const ids = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(COMMANDS.length + VIEWS.length);
  });

  test("holds every other route that is served", () => {
    const lobby = { url: "http://x.example" } as never;
    const served = [
      doorRoutes(lobby, undefined),
      ownRoutes(lobby),
      calendarRoutes(lobby),
      peopleRoutes(lobby, async () => undefined),
      sampleRoutes(lobby, {} as never),
    ].flatMap(({ routes }) => routes.filter(({ method }) => method !== "ALL"));
    expect(served.length).toBeGreaterThan(20);
    for (const { method, path } of served)
      expect(document.paths[`/api/v1${path.replace(/:(\w+)/g, "{$1}")}`]).toHaveProperty(
        method.toLowerCase(),
      );
  });

  test("leaves no reference that leads nowhere", () => {
    const named = [...JSON.stringify(document).matchAll(/#\/components\/schemas\/(\w+)/g)];
    expect(named.length).toBeGreaterThan(20);
    for (const [, name = ""] of named) expect(document.components.schemas).toHaveProperty(name);
  });

  test("is served to anybody", async () => {
    const answer = await openapiRoutes("/due").request("/api/openapi.json");
    expect(await answer.json()).toMatchObject({ openapi: "3.1.0", servers: [{ url: "/due" }] });
  });
});
