/**
 * The wire of replays: a draft over what was recorded, page by page. Neither a command nor a
 * view: nothing is recorded, and a text comes with the question.
 */

import { z } from "zod";
import { DUTIES } from "../core/policy/clause.ts";
import { MOVE_KINDS } from "../core/policy/moves.ts";
import { RECIPIENT_KINDS } from "../core/policy/situation.ts";
import { maybe, STANDINGS } from "./view-shapes.ts";

export const REPLAY_PAGE_MAX = 100;

/** The body of POST /api/v1/replays. */
export const replayInput = z
  .strictObject({
    text: z.string().max(1_048_576).optional().describe("A policy's text."),
    version: z.int().min(1).max(1_000_000).optional().describe("Or a published version."),
    incident: z.string().max(40).optional().describe("Only this incident."),
    severity: z
      .string()
      .max(64)
      .optional()
      .describe("What its severity is there; with `incident`."),
    cursor: z.string().max(200).optional().describe("As `next` of the page before says."),
    limit: z.int().min(1).max(REPLAY_PAGE_MAX).optional().describe("Incidents and signals a page."),
  })
  .meta({ id: "ReplayAsked" });

const side = maybe(
  z.object({
    obligation: z.string(),
    clause: z.string(),
    dueAt: maybe(z.string()),
    standing: z.enum(STANDINGS),
  }),
);

const move = z.object({
  kind: z.enum(MOVE_KINDS),
  duty: z.enum(DUTIES),
  recipient: z.object({ kind: z.enum(RECIPIENT_KINDS), id: z.string(), name: maybe(z.string()) }),
  says: z.string().describe("The difference as a sentence."),
  was: side,
  is: side,
});

/** One page of a replay. */
export const replayShape = z
  .object({
    items: z
      .array(
        z.object({
          subject: z.string().describe("incident/INC-7"),
          title: z.string(),
          policyVersion: z.int().describe("The version it runs under."),
          drill: z.boolean(),
          moves: z.array(move),
          unknown: z.array(z.string()).describe("What the text has no word for, in sentences."),
        }),
      )
      .describe("Incidents, then signals, newest first: those in which something differs."),
    replayed: z.int().describe("How many were replayed for this page."),
    total: z.int().describe("How many there are on all pages."),
    counts: z
      .object({
        later: z.int(),
        earlier: z.int(),
        appears: z.int(),
        vanishes: z.int(),
        changes: z.int(),
        missed: z.int().describe("Met or running as it was, and missed or late by this text."),
        kept: z.int().describe("Missed or late as it was, and kept by this text."),
      })
      .describe("Of this page."),
    next: maybe(z.string()),
  })
  .meta({ id: "ReplayPage" });

export type ReplayPage = z.infer<typeof replayShape>;
export type ReplayCounts = ReplayPage["counts"];
