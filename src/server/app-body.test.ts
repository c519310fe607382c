/** Bodies: what is wrong in one is said by its place, and none may be hostile. */

import { beforeEach, describe, expect, test } from "vitest";
import { ok } from "../core/problem.ts";
import { createApp } from "./app.ts";
import { bodyBytesMax } from "./commands.ts";
import {
  sent,
  access,
  world,
  TOKEN,
  JSON_TYPE,
  log,
  forget,
  post,
  expectRefusal,
} from "./app.fixture.ts";

beforeEach(forget);

describe("a body that is wrong says every place, in our words", () => {
  const severity = "/api/v1/incidents/INC-7/change-severity";

  test("missing, mistyped and unknown fields at once", async () => {
    const answer = await post(severity, '{"to":7,"reson":"x"}');
    expectRefusal(answer, 422, "wrong-type");
    expect(answer.body.problems).toEqual([
      { code: "wrong-type", message: "to must be text.", at: "/to" },
      { code: "missing-field", message: "reason is missing.", at: "/reason" },
      {
        code: "unknown-field",
        message: "reson is no field here; did you mean reason?",
        at: "/reson",
      },
    ]);
  });

  test.each([
    [
      severity,
      { to: "high", reason: "x", answers: { leaked: "maybe" } },
      "not-one-of",
      "/answers/leaked",
    ],
    [severity, { to: "high", reason: "   " }, "empty", "/reason"],
    [severity, { to: "high", reason: "x".repeat(10_001) }, "too-long", "/reason"],
    [log, { text: "x", happenedAt: "yesterday" }, "bad-format", "/happenedAt"],
    [log, { text: "x", happenedAt: "2026-02-30T10:00:00Z" }, "bad-format", "/happenedAt"],
    [
      "/api/v1/incidents/INC-7/strike-entry",
      { version: 1.5, reason: "x" },
      "wrong-type",
      "/version",
    ],
    ["/api/v1/incidents/INC-7/strike-entry", { version: 0, reason: "x" }, "too-small", "/version"],
    [
      "/api/v1/incidents/INC-7/show-gate",
      { of: "fix", gate: "g", evidence: [] },
      "empty",
      "/evidence",
    ],
    ["/api/v1/entries/e1/erase", { paths: ["text"], basis: "x" }, "bad-format", "/paths/0"],
  ])("%s %j", async (path, body, code, at) => {
    const roles = world({ access: { ...access, mayCommand: () => ok(undefined) } });
    const answer = await post(path, JSON.stringify(body), {}, createApp(roles));
    expectRefusal(answer, 422, code);
    expect(answer.body.problems[0].at).toBe(at);
  });

  test("a name or a title of two lines, which would write a line of ours into a letter", async () => {
    const roles = createApp(world({ access: { ...access, mayCommand: () => ok(undefined) } }));
    const says =
      "must be one line, without line breaks, control characters and marks that turn the reading direction.";
    for (const [path, title] of [
      ["/api/v1/parties/add-customer", "name"],
      ["/api/v1/incidents/INC-7/retitle", "title"],
    ] as const)
      for (const breaks of ["\n", "\r\nBcc: x", "\u2028", "\u0085", "\u001b[2J", "\u202e"]) {
        const body = JSON.stringify({ [title]: `Oakline${breaks}DUE: nothing` });
        const answer = await post(path, body, {}, roles);
        expectRefusal(answer, 422, "bad-format");
        expect(answer.body.problems).toContainEqual({
          code: "bad-format",
          message: `${title} ${says}`,
          at: `/${title}`,
        });
      }
    // Where several lines are meant, they stay.
    await post(log, JSON.stringify({ text: "one\ntwo" }), {}, roles);
    expect(sent.at(-1)?.command).toMatchObject({ text: "one\ntwo" });
  });

  test("the body is no object", async () => {
    expectRefusal(await post(log, "[]"), 422, "wrong-type");
    expectRefusal(await post(log, "null"), 422, "wrong-type");
  });
});

describe("a hostile body", () => {
  const deep = `{"text":${"[".repeat(250_000)}`;
  const many = `{${Array.from({ length: 12_000 }, (_, i) => `"k${i}":1`).join()}}`;

  test.each([
    ["nested 250,000 deep", deep, 400, "json-too-deep"],
    ["with 12,000 keys", many, 400, "json-too-large"],
    ["over 256 KB", JSON.stringify({ text: "x".repeat(262_144) }), 413, "body-too-large"],
    ["cut off", '{"text":', 400, "bad-json"],
    ["no JSON", "text=x", 400, "bad-json"],
    ["with __proto__", '{"text":"x","__proto__":{"admin":true}}', 400, "bad-key"],
    ["with NUL", '{"text":"a\\u0000b"}', 422, "bad-text"],
    ["with half a surrogate pair", '{"text":"a\\ud800"}', 422, "bad-text"],
  ])("%s", async (_, body, status, code) => {
    expectRefusal(await post(log, body), status, code);
    expect(sent).toEqual([]);
  });

  test("no UTF-8", async () => {
    expectRefusal(await post(log, new Uint8Array([0x22, 0xff, 0x22])), 400, "bad-encoding");
  });

  test("compressed, whatever is in it", async () => {
    expectRefusal(await post(log, "{}", { "content-encoding": "gzip" }), 415, "body-encoded");
  });

  test.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/json; charset=utf-16",
    "",
  ])("as %s", async (type) => {
    expectRefusal(await post(log, '{"text":"x"}', { "content-type": type }), 415, "not-json");
  });

  test("without end is read no further than its limit", async () => {
    let given = 0;
    const endless = new ReadableStream({
      pull(sink) {
        given += 65_536;
        sink.enqueue(new Uint8Array(65_536).fill(0x20));
      },
    });
    const request = new Request(`https://ops.fennel.example${log}`, {
      method: "POST",
      body: endless,
      duplex: "half",
      headers: { ...TOKEN, ...JSON_TYPE },
    } as RequestInit);
    const answer = await createApp(world()).request(request);
    expectRefusal({ status: answer.status, body: await answer.json() }, 413, "body-too-large");
    expect(given).toBeLessThan(2 * bodyBytesMax("Log"));
  });
});
