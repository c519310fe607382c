/**
 * OpenAPI 3.1: the description of the API, made from what the API is made from.
 *
 * Every command and view of the registries stands in it, so nothing can be
 * served that is not described. Answers are described openly (more fields may
 * come), requests exactly (an unknown field is refused). The document is made
 * once, when the first one asks.
 */

import { Hono } from "hono";
import { z } from "zod";
import { COMMANDS, type CommandSpec } from "../../api/command.ts";
import { commandPath } from "../../api/wire.ts";
import { PROBLEM_TYPE, problemShape } from "../../api/problem.ts";
import { VERSION } from "../../api/version.ts";
import { VIEWS, type ViewSpec } from "../../api/view.ts";
import { draftInput, draftSavedShape } from "../../api/draft-shapes.ts";
import { accessPaths } from "./access.ts";
import { customerMatchInput, customerMatchShape } from "../../api/customer-match.ts";
import { publicWordsInput, publicWordsShape } from "../../api/public-words.ts";
import { policyImportInput, policyImportShape } from "../../api/policy-import.ts";
import { policyCheckInput, policyCheckShape } from "../../api/policy-check.ts";
import { policyDifferenceInput, policyDifferenceShape } from "../../api/policy-difference.ts";
import { replayInput, replayShape } from "../../api/replay.ts";
import { simulationInput, simulationShape } from "../../api/simulation.ts";
import { draftOperations } from "./draft.ts";
import { acceptedShape, otherPaths, questionPath, simulationPath, TAGS } from "./other.ts";
import { OK } from "../http/problem.ts";
import type { AppEnv } from "../world.ts";

export type Json = { readonly [key: string]: unknown };
export type Paths = { readonly [path: string]: Json };

/** GET /api/openapi.json, for anybody. */
export function openapiRoutes(base: string): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  let text: string | undefined;
  routes.get("/api/openapi.json", () => {
    text ??= JSON.stringify(openapiDocument(base));
    const headers = { "content-type": "application/json", "cache-control": "no-cache" };
    return new Response(text, { status: OK, headers });
  });
  return routes;
}

export function openapiDocument(base: string): Json {
  const schemas: Record<string, unknown> = {};
  const problem = toSchema(problemShape, "output", schemas);
  const accepted = toSchema(acceptedShape, "output", schemas);
  const paths: Record<string, Json> = {};
  for (const spec of COMMANDS)
    paths[commandPath(spec)] = { post: commandOperation(spec, accepted, schemas) };
  for (const spec of VIEWS) paths[`/api/v1${spec.path}`] = { get: viewOperation(spec, schemas) };
  const draft = toSchema(draftInput, "input", schemas);
  const saved = toSchema(draftSavedShape, "output", schemas);
  paths["/api/v1/drafts/{name}"] = {
    ...paths["/api/v1/drafts/{name}"],
    ...draftOperations(draft, saved),
  };
  return {
    openapi: "3.1.0",
    info: {
      title: "Duenotice",
      version: VERSION,
      summary: "Incident response by a policy that runs.",
      description:
        "Everything that the web app and the command line do, they do through this. Commands are POST and answer with the subject's new version; views are GET and can be read as of a past instant. A refusal is a problem (RFC 9457) with a stable code.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: base === "" ? "/" : base }],
    security: [{ token: [] }, { session: [] }],
    tags: TAGS,
    paths: {
      ...paths,
      ...otherPaths(),
      ...simulationPath(
        toSchema(simulationInput, "input", schemas),
        toSchema(simulationShape, "output", schemas),
      ),
      ...questionPath({
        path: "/api/v1/policy-differences",
        id: "comparePolicies",
        tag: "policy",
        summary: "What one text of the policy does otherwise than another, in sentences.",
        input: toSchema(policyDifferenceInput, "input", schemas),
        output: toSchema(policyDifferenceShape, "output", schemas),
      }),
      ...questionPath({
        path: "/api/v1/policy-checks",
        id: "checkPolicy",
        tag: "policy",
        summary: "What is wrong with a policy's text, beside what the installation knows.",
        input: toSchema(policyCheckInput, "input", schemas),
        output: toSchema(policyCheckShape, "output", schemas),
      }),
      ...questionPath({
        path: "/api/v1/policy-imports",
        id: "importPolicy",
        tag: "policy",
        summary: "A draft policy made of prose, and what it leaves open by line.",
        input: toSchema(policyImportInput, "input", schemas),
        output: toSchema(policyImportShape, "output", schemas),
      }),
      ...questionPath({
        path: "/api/v1/customer-matches",
        id: "matchCustomers",
        tag: "party",
        summary: "Whom a pasted list or sets of data name, line by line.",
        input: toSchema(customerMatchInput, "input", schemas),
        output: toSchema(customerMatchShape, "output", schemas),
      }),
      ...questionPath({
        path: "/api/v1/public-words",
        id: "checkPublicWords",
        tag: "status",
        summary: "What speaks against words that everybody will read.",
        input: toSchema(publicWordsInput, "input", schemas),
        output: toSchema(publicWordsShape, "output", schemas),
      }),
      ...questionPath({
        path: "/api/v1/replays",
        id: "replay",
        tag: "policy",
        summary: "What a text of the policy would have had due in what is recorded, page by page.",
        input: toSchema(replayInput, "input", schemas),
        output: toSchema(replayShape, "output", schemas),
      }),
      ...accessPaths((type) => toSchema(type, "input", schemas)),
    },
    components: {
      schemas,
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "An API token." },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "due-session",
          description:
            "A signed-in browser. Changes also need the header due-client, and our origin.",
        },
      },
      responses: {
        Refused: {
          description: "Refused; code and problems say why, and what would be right.",
          content: { [PROBLEM_TYPE]: { schema: problem } },
        },
      },
    },
  };
}

const REFUSED = { $ref: "#/components/responses/Refused" };

function commandOperation(
  spec: CommandSpec,
  accepted: Json,
  schemas: Record<string, unknown>,
): Json {
  const isEmpty = Object.keys(spec.input.shape).length === 0;
  const done = {
    description: "Recorded.",
    headers: { ETag: { description: "The subject's version now.", schema: { type: "string" } } },
    content: { "application/json": { schema: accepted } },
  };
  return {
    operationId: lowerFirst(spec.type),
    tags: [spec.subject],
    summary: spec.summary,
    description: `For the ${spec.roles.length === 1 ? "role" : "roles"} ${spec.roles.join(", ")}.`,
    parameters: [...(spec.creates ? [] : [pathParameter("id")]), IF_MATCH, IDEMPOTENCY_KEY],
    requestBody: {
      required: !isEmpty,
      content: { "application/json": { schema: toSchema(spec.input, "input", schemas) } },
    },
    responses: { [spec.creates ? "201" : "200"]: done, "4XX": REFUSED, "5XX": REFUSED },
  };
}

function viewOperation(spec: ViewSpec, schemas: Record<string, unknown>): Json {
  const inPath = [...spec.path.matchAll(/\{(\w+)\}/g)].map((match) =>
    pathParameter(match[1] ?? ""),
  );
  return {
    operationId: `read${spec.name.charAt(0).toUpperCase()}${spec.name.slice(1)}`,
    tags: [tagOf(spec.path)],
    summary: spec.summary,
    parameters: [...inPath, ...queryParameters(spec, schemas), IF_NONE_MATCH],
    responses: {
      "200": {
        description: "What there is.",
        headers: { ETag: { description: "Of this answer.", schema: { type: "string" } } },
        content: { "application/json": { schema: toSchema(spec.output, "output", schemas) } },
      },
      "304": { description: "You have it already." },
      "4XX": REFUSED,
      "5XX": REFUSED,
    },
  };
}

function queryParameters(spec: ViewSpec, schemas: Record<string, unknown>): readonly Json[] {
  const schema = toSchema(spec.query, "input", schemas) as {
    readonly properties?: Readonly<Record<string, { readonly description?: string }>>;
    readonly required?: readonly string[];
  };
  return Object.entries(schema.properties ?? {}).map(([name, { description, ...of }]) => ({
    name,
    in: "query",
    required: schema.required?.includes(name) ?? false,
    ...(description === undefined ? {} : { description }),
    schema: of,
  }));
}

const pathParameter = (name: string): Json => ({
  name,
  in: "path",
  required: true,
  schema: { type: "string" },
});

const header = (name: string, description: string): Json => ({
  name,
  in: "header",
  required: false,
  description,
  schema: { type: "string" },
});

const IF_MATCH = header(
  "If-Match",
  'The version that you saw, like "12": refused as stale (412) if it has moved.',
);
const IDEMPOTENCY_KEY = header(
  "Idempotency-Key",
  "A repeat under the same key gets the first answer, for a day.",
);
const IF_NONE_MATCH = header(
  "If-None-Match",
  "The ETag that you have: 304 if nothing has changed.",
);

const TAG_OF: Readonly<Record<string, string>> = {
  signals: "signal",
  incidents: "incident",
  obligations: "obligation",
  attainment: "obligation",
  policies: "policy",
  drafts: "policy",
  holidays: "policy",
  parties: "party",
  regimes: "obligation",
  notices: "notice",
  status: "status",
  banners: "banner",
};
const tagOf = (path: string): string => TAG_OF[path.split("/")[1] ?? ""] ?? "installation";

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

type Emitted = { $schema?: string; $defs?: Record<string, unknown> } & Record<string, unknown>;

/** The schema as JSON Schema; those with a name are put among `schemas` and referred to. */
export function toSchema(
  type: z.ZodType,
  io: "input" | "output",
  schemas: Record<string, unknown>,
): Json {
  const emitted: Emitted = z.toJSONSchema(type, {
    io,
    override: ({ jsonSchema }) => {
      // What a format says already, and the bounds of what a number can be at all, help no reader.
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (io === "output" && jsonSchema.additionalProperties === false)
        delete jsonSchema.additionalProperties;
    },
  });
  const { $schema: _, $defs = {}, ...rest } = toComponents(emitted);
  Object.assign(schemas, $defs);
  return rest;
}

/** `#/$defs/Signal` -> `#/components/schemas/Signal`. */
const toComponents = (emitted: Emitted): Emitted =>
  JSON.parse(
    JSON.stringify(emitted, (key, value) =>
      key === "$ref" && typeof value === "string"
        ? value.replace("#/$defs/", "#/components/schemas/")
        : value,
    ),
  );
