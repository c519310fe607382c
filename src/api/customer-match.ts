/**
 * The wire of matching: a pasted list or sets of data in, whom they name out. Nothing is
 * recorded; `touch-customers` takes the same list with what a person said of its lines.
 */

import { z } from "zod";
import { LIST_CHARACTERS_MAX, MATCHES } from "../core/party/matching.ts";
import { line } from "./command-spec.ts";

export const pastedList = z
  .string()
  .max(LIST_CHARACTERS_MAX)
  .describe("Names, ids or mail domains one a line, CSV, or JSON of a query's answer.");
export const dataSets = z
  .array(line(200))
  .min(1)
  .max(50)
  .describe("Names of sets of data: everybody whose data are in one of them.");
/** The body of POST /api/v1/customer-matches. */
export const customerMatchInput = z
  .strictObject({ list: pastedList.optional(), dataSets: dataSets.optional() })
  .meta({ id: "CustomerList" });

const called = z.object({ id: z.string(), name: z.string() });

export const customerMatchShape = z
  .object({
    lines: z.array(
      z.object({
        line: z.int().describe("Of the text, from 1; of JSON the record."),
        text: z.string(),
        state: z.enum(["matched", "ambiguous", "unmatched", "heading"]),
        customer: z.string().optional(),
        by: z.enum(MATCHES).optional(),
        near: z.array(called).describe("Those that fit, or the nearest by name."),
      }),
    ),
    customers: z
      .array(
        called.extend({
          stage: z.string().optional(),
          roles: z.array(z.enum(["controller", "processor"])).describe("Ours, for their data."),
          clauses: z.int().describe("Of their contract, as they are counted."),
          dataSets: z.array(z.string()),
        }),
      )
      .describe("Whom it names, each once."),
  })
  .meta({ id: "CustomerMatches" });
