/** OpenAPI, what is done to a draft beside reading it: saved, thrown away. */

import type { Json } from "./openapi.ts";

const REFUSED = { $ref: "#/components/responses/Refused" };
const REFUSALS = { "4XX": REFUSED, "5XX": REFUSED };

const parameters: readonly Json[] = [
  { name: "name", in: "path", required: true, schema: { type: "string" } },
  {
    name: "If-Match",
    in: "header",
    required: false,
    description: 'The revision that the text was made from, like "7"; none for a new draft.',
    schema: { type: "string" },
  },
];

/** PUT and DELETE of one draft. */
export const draftOperations = (input: Json, saved: Json): Json => ({
  put: {
    operationId: "saveDraft",
    tags: ["policy"],
    summary: "Save a draft of the policy, whatever it says.",
    description:
      "For the roles owner, responder, communications. What others saved since the revision in If-Match is merged line by line; where the same lines were changed, nothing is saved and draft-conflict (409) carries both texts and the places.",
    parameters,
    requestBody: { required: true, content: { "application/json": { schema: input } } },
    responses: {
      "200": {
        description: "Saved; with `merged` its text is another than was sent.",
        headers: { ETag: { description: "The revision now.", schema: { type: "string" } } },
        content: { "application/json": { schema: saved } },
      },
      ...REFUSALS,
    },
  },
  delete: {
    operationId: "discardDraft",
    tags: ["policy"],
    summary: "Throw a draft away.",
    description: "For the roles owner, responder, communications.",
    parameters,
    responses: { "204": { description: "It is gone." }, ...REFUSALS },
  },
});
