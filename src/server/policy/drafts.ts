/**
 * Drafts over HTTP: saved whole, on top of the revision that the caller began from.
 *
 *   PUT    /api/v1/drafts/next   If-Match: "7"   {"text": "…"}
 *   DELETE /api/v1/drafts/next   If-Match: "7"
 *
 * What two people changed apart from each other is merged; where they changed the same
 * nothing is saved, and the answer carries both texts. Reading them is a view.
 */

import { Hono } from "hono";
import type { ConflictProblem, DraftSaved } from "../../api/draft.ts";
import { draftInput } from "../../api/draft-shapes.ts";
import { type CommandSpec, RESPOND } from "../../api/command-spec.ts";
import type { Access as Names } from "../../core/access/access.ts";
import { checkDraftName, checkDraftText, DRAFTS_MAX } from "../../core/policy/draft.ts";
import { ok, refuse, type Result } from "../../core/problem.ts";
import { type Instant, toIso } from "../../core/time/instant.ts";
import type { DraftText } from "../../store/draft.ts";
import type { Store } from "../../store/store.ts";
import type { Caller } from "../access-port.ts";
import { readJson } from "../http/body.ts";
import { parseIfMatch } from "../commands.ts";
import { parseInput } from "../http/input.ts";
import { OK, refusal } from "../http/problem.ts";
import { nameOf } from "../views/reading.ts";
import { type AppContext, type AppEnv, basePath, type World } from "../world.ts";

const BODY_BYTES_MAX = 2 * 1024 * 1024;
/** Whoever is overtaken as often is told to try again, rather than held for ever. */
const TRIES_MAX = 5;

export type Drafting = Pick<World, "access" | "now" | "config" | "texts"> & {
  readonly drafts: Store["drafts"];
  readonly names: () => Promise<Names>;
};

/** Who may change a draft, said as of a command. */
const SAVE: CommandSpec = {
  type: "SaveDraft",
  subject: "policy",
  verb: "save-draft",
  creates: true,
  summary: "Save a draft of the policy.",
  roles: RESPOND,
  input: draftInput,
};

export function draftRoutes(drafting: Drafting): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .put("/drafts/:name", (context) =>
      answered(drafting, context, async (asked) => {
        const body = await readJson(context.req.raw, BODY_BYTES_MAX);
        if (!body.ok) return body;
        const input = parseInput(draftInput, body.value);
        if (!input.ok) return input;
        const text = String(input.value.text);
        const fits = checkDraftText(text);
        return fits.ok ? saved(drafting, asked, text) : fits;
      }),
    )
    .delete("/drafts/:name", (context) =>
      answered(drafting, context, (asked) => thrownAway(drafting, asked)),
    );
}

type Asked = {
  readonly name: string;
  readonly by: string;
  readonly at: Instant;
  /** The revision that the caller began from. */
  readonly from: number | undefined;
};

async function answered(
  { access, config, now }: Drafting,
  context: AppContext,
  act: (asked: Asked) => Promise<Result<DraftSaved | undefined>>,
): Promise<Response> {
  const base = basePath(config.url);
  const caller = context.var.caller as Caller;
  const name = context.req.param("name") ?? "";
  const named = checkDraftName(name);
  const from = parseIfMatch(context.req.raw.headers.get("if-match"));
  for (const checked of [access.mayCommand(caller, SAVE), named, from])
    if (!checked.ok) return refusal(checked.problems, { base });
  const done = await act({
    name,
    by: caller.by,
    at: now(),
    from: from.ok ? from.value : undefined,
  });
  if (!done.ok) return refusal(done.problems, { base });
  const headers = { "cache-control": "no-store" };
  if (done.value === undefined) return new Response(null, { status: 204, headers });
  return Response.json(done.value, {
    status: OK,
    headers: { ...headers, etag: `"${done.value.revision}"` },
  });
}

/** Refuses with `draft-conflict`, `drafts-full`, `draft-too-large`, `busy`, `reading-busy` and `reading-slow`. */
async function saved(drafting: Drafting, asked: Asked, sent: string): Promise<Result<DraftSaved>> {
  const { drafts } = drafting;
  const { name, by, at } = asked;
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const there = await drafts.read(name);
    if (there?.text === sent) return ok(await toSaved(drafting, there, false));
    const put = await putTogether(drafting, asked, sent, there);
    if (!put.ok) return put;
    const text = put.value;
    const on = there?.revision ?? (await drafts.revision(name));
    const row = await drafts.save({ name, text, by, at }, on);
    if (row === "full") return tooMany();
    if (row !== "moved") return ok(await toSaved(drafting, { ...row, text }, text !== sent));
  }
  return refuse("busy", "Others are saving this draft right now: nothing was saved, try again.");
}

/** What was sent, with what was saved since it was begun. */
async function putTogether(
  drafting: Drafting,
  { name, from }: Asked,
  sent: string,
  there: DraftText | undefined,
): Promise<Result<string>> {
  if (there === undefined || there.revision === from) return ok(sent);
  const base = from === undefined ? undefined : await drafting.drafts.at(name, from);
  // In the thread that reads texts: made to be slow, two of them are put together for seconds.
  const texts = { base: base?.text, mine: sent, theirs: there.text };
  const made = await drafting.texts.togetherOf(texts);
  if (!made.ok) return made;
  if ("text" in made.value) {
    const fits = checkDraftText(made.value.text);
    return fits.ok ? ok(made.value.text) : fits;
  }
  const theirs = await toSaved(drafting, there, false);
  const problem: ConflictProblem = {
    code: "draft-conflict",
    message: base
      ? `${theirs.by} saved this draft since you began, and changed the same lines: nothing of yours was saved. Choose at each place, then save again on revision ${there.revision}.`
      : `There is a draft of this name, at revision ${there.revision}, and what you began from is not known: nothing of yours was saved. Compare both, then save again on revision ${there.revision}.`,
    conflict: {
      mine: sent,
      theirs,
      base: base ? { revision: base.revision, text: base.text } : null,
      places: made.value.places,
    },
  };
  return { ok: false, problems: [problem] };
}

/** Refuses with `draft-unknown` and `stale`. */
async function thrownAway(
  { drafts }: Drafting,
  { name, by, at, from }: Asked,
): Promise<Result<undefined>> {
  const there = await drafts.read(name);
  if (there === undefined) return refuse("draft-unknown", `There is no draft ${name}.`);
  const stale = refuse(
    "stale",
    `This draft is at revision ${there.revision}: look at it, then say If-Match: "${there.revision}" to throw it away.`,
  );
  if (from !== there.revision) return stale;
  const row = await drafts.save({ name, text: null, by, at }, from);
  return row === "moved" ? stale : ok(undefined);
}

const tooMany = (): Result<never> =>
  refuse("drafts-full", `There are ${DRAFTS_MAX} drafts already: throw one away first.`);

async function toSaved(
  { names }: Pick<Drafting, "names">,
  { name, revision, text, by, savedAt }: DraftText,
  merged: boolean,
): Promise<DraftSaved> {
  const who = nameOf(by, await names());
  return { name, revision, merged, text, by: who, savedAt: toIso(savedAt) };
}
