/** OpenAPI, what is asked of parties beside commands and views: files in, files out. */

import type { Json, Paths } from "./openapi.ts";

const text = (type: string): Json => ({ [type]: { schema: { type: "string" } } });
const REFUSED = { $ref: "#/components/responses/Refused" };
const REFUSALS = { "4XX": REFUSED, "5XX": REFUSED };

export const partyPaths = (): Paths => ({
  "/api/v1/imports": importing(),
  "/api/v1/exports/parties": exporting(),
  "/api/v1/exports/notices": exportingNotices(),
  "/api/v1/exports/running-picture": exportingPicture(),
  "/api/v1/exports/controller-pack": exportingPack(),
  "/api/v1/incidents/{id}/drafts/{draft}/files/{file}": savingFile(),
  "/api/v1/signals/{id}/files/{file}": savingSent(),
  "/api/v1/incidents/{id}/drafts/{draft}/pdf": printingDraft(),
  "/api/v1/exports/seat": exportingSeat(),
  "/api/v1/incidents/{id}/told/{recipient}/pdf": savingTold(),
  "/api/v1/incidents/{id}/filings/{regime}/{stage}/pdf": savingFiling("Pdf", "application/pdf"),
  "/api/v1/incidents/{id}/filings/{regime}/{stage}/text": savingFiling("Text", "text/plain"),
});

const importing = (): Json => ({
  post: {
    operationId: "importParties",
    tags: ["party"],
    summary: "Customers from CSV or JSON: all of them are added, or none.",
    description:
      "What is wrong is told by line and column. With Accept: application/x-ndjson the answer is lines that say how far it is, the outcome last; do so for a large file.",
    parameters: [
      {
        name: "dryRun",
        in: "query",
        required: false,
        description: "true: say what is wrong, and add nothing.",
        schema: { type: "boolean" },
      },
    ],
    requestBody: { required: true, content: { ...text("text/csv"), "application/json": {} } },
    responses: {
      "200": {
        description: "How many the file holds, and how many were added.",
        content: {
          "application/json": {
            schema: {
              type: "object",
              properties: {
                read: { type: "integer" },
                added: { type: "integer" },
                dryRun: { type: "boolean" },
              },
            },
          },
          ...text("application/x-ndjson"),
        },
      },
      ...REFUSALS,
    },
  },
});

const exporting = (): Json => ({
  get: {
    operationId: "exportParties",
    tags: ["party"],
    summary: "Every customer, as JSON that imports again or as CSV without a formula.",
    parameters: [
      {
        name: "format",
        in: "query",
        required: false,
        schema: { type: "string", enum: ["json", "csv"] },
      },
      {
        name: "separator",
        in: "query",
        required: false,
        description: "Of CSV: semicolon where numbers are written with a comma.",
        schema: { type: "string", enum: ["comma", "semicolon", "tab"] },
      },
    ],
    responses: {
      "200": { description: "A file.", content: { ...text("text/csv"), "application/json": {} } },
      ...REFUSALS,
    },
  },
});

const inPath = (name: string, description: string): Json => ({
  name,
  in: "path",
  required: true,
  description,
  schema: { type: "string" },
});

const savingFile = (): Json => ({
  get: {
    operationId: "readDraftFile",
    tags: ["notice"],
    summary: "A file that is attached to a notice, as bytes to be saved.",
    parameters: [inPath("id", "INC-7."), inPath("draft", "D-1."), inPath("file", "F-1.")],
    responses: {
      "200": { description: "Its bytes.", content: { "application/octet-stream": {} } },
      ...REFUSALS,
    },
  },
});

const printingDraft = (): Json => ({
  get: {
    operationId: "printDraft",
    tags: ["notice"],
    summary: "The text of a notice that is published or handed over, as a tagged PDF.",
    parameters: [inPath("id", "INC-7."), inPath("draft", "D-1.")],
    responses: {
      "200": { description: "The PDF.", content: { "application/pdf": {} } },
      ...REFUSALS,
    },
  },
});

const savingSent = (): Json => ({
  get: {
    operationId: "readSignalFile",
    tags: ["signal"],
    summary: "A file that a reporter sent along, as bytes to be saved; nobody has looked at it.",
    parameters: [inPath("id", "R-7QK4-M2."), inPath("file", "F-1.")],
    responses: {
      "200": { description: "Its bytes.", content: { "application/octet-stream": {} } },
      ...REFUSALS,
    },
  },
});

const savingTold = (): Json => ({
  get: {
    operationId: "readToldPdf",
    tags: ["notice"],
    summary: "What one recipient was told in an incident, as the PDF that they have themselves.",
    parameters: [inPath("id", "INC-7."), inPath("recipient", "customer:cus_….")],
    responses: {
      "200": { description: "A PDF.", content: { "application/pdf": {} } },
      ...REFUSALS,
    },
  },
});

const savingFiling = (as: "Pdf" | "Text", type: string): Json => ({
  get: {
    operationId: `readFiling${as}`,
    tags: ["incident"],
    summary: `A filing pack as it stands, ${as === "Pdf" ? "as PDF" : "as text to paste"}.`,
    parameters: [
      inPath("id", "INC-7."),
      inPath("regime", "gdpr-33-1."),
      inPath("stage", "sa-notification."),
    ],
    responses: { "200": { description: "The pack.", content: { [type]: {} } }, ...REFUSALS },
  },
});

const query = (name: string, description: string): Json => ({
  name,
  in: "query",
  required: false,
  description,
  schema: { type: "string" },
});

const exportingNotices = (): Json => ({
  get: {
    operationId: "exportNotices",
    tags: ["notice"],
    summary: "Everything that was sent and what became of it, as JSON or CSV.",
    parameters: [
      query("format", "csv or json."),
      query("incident", "Only of this one."),
      query("recipient", "Only to this one."),
      query("state", "Only those that stand so, as the view of notices has it."),
    ],
    responses: {
      "200": { description: "A file.", content: { ...text("text/csv"), "application/json": {} } },
      ...REFUSALS,
    },
  },
});

const exportingPicture = (): Json => ({
  get: {
    operationId: "exportRunningPicture",
    tags: ["notice"],
    summary: "What went out and what came back, by incident or by party, as JSON or CSV.",
    parameters: [
      query("format", "csv or json."),
      query("by", "incident or party; party, if not said."),
      query("incident", "Only of this one."),
    ],
    responses: {
      "200": { description: "A file.", content: { ...text("text/csv"), "application/json": {} } },
      ...REFUSALS,
    },
  },
});

const exportingSeat = (): Json => ({
  get: {
    operationId: "exportSeat",
    tags: ["incident"],
    summary: "What a seat has read, as an extract of the ledger that is verified offline.",
    parameters: [
      query("incident", "INC-7."),
      query("seat", "G-7QK4M2XY."),
      query("upTo", "The last entry that was read, as the opening says; all, if not said."),
    ],
    responses: {
      "200": { description: "A signed extract.", content: text("application/jsonl") },
      ...REFUSALS,
    },
  },
});

const exportingPack = (): Json => ({
  get: {
    operationId: "exportControllerPack",
    tags: ["notice"],
    summary: "What a controller needs from us for an assessment of their own, as text or PDF.",
    parameters: [
      query("incident", "INC-7."),
      query("customer", "The customer's id."),
      query("format", "text or pdf."),
    ],
    responses: {
      "200": {
        description: "A file.",
        content: { ...text("text/plain"), "application/pdf": {} },
      },
      ...REFUSALS,
    },
  },
});
