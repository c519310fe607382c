/**
 * OpenAPI, the routes that are in no registry: events, health, metrics, intake.
 */

import { z } from "zod";
import { SOURCES } from "../../intake/sources.ts";
import type { Json, Paths } from "./openapi.ts";
import { partyPaths } from "./party.ts";

export const TAGS: readonly Json[] = [
  { name: "signal", description: "What came in and may matter." },
  { name: "incident", description: "From opening to closed review." },
  { name: "obligation", description: "What is owed, to whom, by when, and why." },
  { name: "notice", description: "What was sent." },
  { name: "policy", description: "What was promised." },
  { name: "party", description: "To whom." },
  { name: "status", description: "What the status page says." },
  { name: "banner", description: "What our own product shows." },
  { name: "entry", description: "The ledger's entries." },
  { name: "installation", description: "This installation, its people and its record." },
  { name: "intake", description: "What monitors send." },
];

/** What a command answers: Accepted in api/client.ts. */
export const acceptedShape = z
  .object({
    subject: z.string().describe("incident/INC-7"),
    version: z.int().describe("The number of its last entry now."),
    seq: z.int().describe("That entry's place in the ledger."),
  })
  .meta({ id: "Accepted" });

const OPEN: Json = { security: [] };
const text = (type: string): Json => ({ [type]: { schema: { type: "string" } } });
const REFUSED = { $ref: "#/components/responses/Refused" };
const REFUSALS = { "4XX": REFUSED, "5XX": REFUSED };

const checkSchema = {
  type: "object",
  properties: { ok: { type: "boolean" }, says: { type: "string" } },
};

const probe = (operationId: string, summary: string, schema: Json, responses: Json = {}): Json => ({
  get: {
    ...OPEN,
    operationId,
    tags: ["installation"],
    summary,
    responses: {
      "200": { description: "Yes.", content: { "application/json": { schema } } },
      ...responses,
    },
  },
});

const received = (source: string): Json => ({
  post: {
    operationId: `receive${source.charAt(0).toUpperCase()}${source.slice(1)}`,
    tags: ["intake"],
    summary: `What ${source} sends, in its own format.`,
    description:
      "Kept as it comes before it is answered. The token needs the scope intake. 503 asks to send it again.",
    security: [{ token: [] }],
    requestBody: { required: true, content: { "application/json": { schema: {} } } },
    responses: { "202": { description: "Kept." }, ...REFUSALS },
  },
});

/** A question that comes with a body and records nothing. */
export const questionPath = (asked: {
  readonly path: string;
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly input: Json;
  readonly output: Json;
}): Paths => ({
  [asked.path]: {
    post: {
      operationId: asked.id,
      tags: [asked.tag],
      summary: asked.summary,
      description: "Nothing is recorded.",
      requestBody: { required: true, content: { "application/json": { schema: asked.input } } },
      responses: {
        "200": {
          description: "Answered.",
          content: { "application/json": { schema: asked.output } },
        },
        ...REFUSALS,
      },
    },
  },
});

/** What would be owed: the question and its answer as schemas of the document. */
export const simulationPath = (input: Json, output: Json): Paths => ({
  "/api/v1/simulations": {
    post: {
      operationId: "simulate",
      tags: ["obligation"],
      summary: "What would be owed, by a policy, contracts and laws, if this happened.",
      description: "Nothing is recorded. For whoever may read obligations.",
      requestBody: { required: true, content: { "application/json": { schema: input } } },
      responses: {
        "200": { description: "Supposed.", content: { "application/json": { schema: output } } },
        ...REFUSALS,
      },
    },
  },
});

export function otherPaths(): Paths {
  const ready = {
    type: "object",
    properties: {
      ready: { type: "boolean" },
      checks: { type: "object", additionalProperties: checkSchema },
    },
  };
  const notReady = {
    "503": {
      description: "Not yet, or not now.",
      content: { "application/json": { schema: ready } },
    },
  };
  const live = { type: "object", properties: { live: { type: "boolean" } } };
  return {
    "/api/v1/events": {
      get: {
        operationId: "readEvents",
        tags: ["installation"],
        summary: "What is recorded, as it is recorded: ids and types only.",
        parameters: [
          {
            name: "Last-Event-ID",
            in: "header",
            required: false,
            description: "The last event that you had; the stream goes on after it.",
            schema: { type: "string" },
          },
          {
            name: "after",
            in: "query",
            required: false,
            description: "The same, for who cannot set a header.",
            schema: { type: "integer", minimum: 0 },
          },
        ],
        responses: {
          "200": { description: "A stream.", content: text("text/event-stream") },
          ...REFUSALS,
        },
      },
    },
    ...partyPaths(),
    "/livez": probe("readLive", "Whether the process answers.", live, { "4XX": REFUSED }),
    "/readyz": probe("readReady", "Whether this installation does its work.", ready, {
      "4XX": REFUSED,
      ...notReady,
    }),
    "/metrics": {
      get: {
        operationId: "readMetrics",
        tags: ["installation"],
        summary: "Numbers for Prometheus; for this machine, or with DUE_METRICS_TOKEN.",
        security: [{}, { token: [] }],
        responses: {
          "200": { description: "Text format 0.0.4.", content: text("text/plain") },
          ...REFUSALS,
        },
      },
    },
    ...Object.fromEntries(SOURCES.map(({ name, path }) => [path, received(name)])),
  };
}
