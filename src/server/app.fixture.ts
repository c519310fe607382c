/** Fixture: the app over a world that says yes to everything and keeps what it was asked for. */

import { expect } from "vitest";
import { problemShape } from "../api/problem.ts";
import { ok, refuse } from "../core/problem.ts";
import type { Instant } from "../core/time/instant.ts";
import type { Envelope } from "../handle.ts";
import type { Access, Caller } from "./access-port.ts";
import { proxiesOf } from "./http/address.ts";
import { createApp } from "./app.ts";
import { createLog } from "./log.ts";
import { openPdfRoom } from "../pdf/room.ts";
import { openPolicyRoom } from "./policy/room.ts";
import { limitTo } from "./http/rate.ts";
import type { Views } from "./views/views.ts";
import type { World } from "./world.ts";

export const NOON = Date.parse("2026-11-20T12:00:00Z") as Instant;

/** What the app asked for, in a world that says yes to everything. */
export const sent: Envelope[] = [];
export const lines: string[] = [];

const ada = (through: Caller["through"]): Caller => ({
  by: "account/ac_ada",
  person: { id: "account/ac_ada", name: "Ada", mail: "ada@fennel.example", role: "responder" },
  scopes: new Set(),
  through,
  credential: "c1",
});

export const access: Access = {
  async callerOf(headers) {
    const token = headers.get("authorization");
    if (token === "Bearer ada") return ok(ada("token"));
    if (token?.startsWith("Bearer ")) return refuse("bad-token", "This token is not known.");
    return ok(headers.get("cookie") === "session=ada" ? ada("session") : undefined);
  },
  mayCommand: ({ person }, { roles }) =>
    person && roles.includes(person.role) ? ok(undefined) : refuse("not-allowed", "Ask an owner."),
  mayView: () => ok(undefined),
  isStanding: async () => true,
  intakeToken: async () => undefined,
};

export function world(over: Partial<World> = {}): World {
  return {
    now: () => NOON,
    config: { url: "https://ops.fennel.example", metricsToken: undefined },
    log: createLog("debug", (line) => lines.push(line)),
    access,
    proxies: proxiesOf([]),
    async handle(envelope) {
      sent.push(envelope);
      const subject = envelope.subject === "incident" ? "incident/INC-1" : envelope.subject;
      return ok({ subject, version: 3, seq: 41 });
    },
    keepFile: async () => "0".repeat(64),
    pdf: openPdfRoom(),
    texts: openPolicyRoom(),
    views: {
      people: async () => ok({ items: [] }),
      incident: async () => ok({ version: 12 }),
    } as unknown as Views,
    onAnswer: () => {},
    limits: {
      question: limitTo({ perMinute: 60_000, burst: 1_000 }),
      caller: limitTo({ perMinute: 600, burst: 1000 }),
      address: limitTo({ perMinute: 600, burst: 1000 }),
    },
    ...over,
  };
}

export const TOKEN = { authorization: "Bearer ada" };
export const JSON_TYPE = { "content-type": "application/json" };
export const log = "/api/v1/incidents/INC-7/log";

/** Before each test. */
export function forget(): void {
  sent.length = 0;
  lines.length = 0;
}

export async function post(
  path: string,
  body: string | Uint8Array,
  headers: Record<string, string> = {},
  app = createApp(world()),
) {
  const answer = await app.request(path, {
    method: "POST",
    body,
    headers: { ...TOKEN, ...JSON_TYPE, ...headers },
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    body: text ? JSON.parse(text) : undefined,
  };
}

/** Every refusal has the one shape, a sentence, and nothing from inside. */
export function expectRefusal(
  answer: { status: number; body: unknown },
  status: number,
  code: string,
) {
  const body = problemShape.parse(answer.body);
  expect([answer.status, body.status, body.code]).toEqual([status, status, code]);
  expect(body.type).toMatch(/\/docs\/problems#[a-z-]+$/);
  for (const { message } of body.problems) expect(message).toMatch(/^\S.*[.?]$/s);
  expect(JSON.stringify(body)).not.toMatch(
    /zod|node_modules|\bat .*\.ts:|SyntaxError|select |pg_/i,
  );
}
