/**
 * Draft files: what is attached to a draft, and what a reporter sent along, for whoever of the
 * team reads it back.
 *
 *   GET /api/v1/incidents/INC-7/drafts/D-1/files/F-1
 *   GET /api/v1/signals/R-7QK4-M2/files/F-1
 *
 * Under the same rights as the draft, or the signal, itself. Always bytes to be saved: nothing of a file is
 * ever shown by this program, whatever it says it is.
 */

import { Hono } from "hono";
import { type ViewSpec, VIEWS } from "../../api/view.ts";
import { draftOf } from "../../core/incident/state.ts";
import type { Attachment } from "../../core/notice/attachment.ts";
import type { Problems } from "../../core/problem.ts";
import type { Store } from "../../store/store.ts";
import type { Handling } from "../handling.ts";
import { OK, only, refusal } from "../http/problem.ts";
import { type AppContext, type AppEnv, basePath, type World } from "../world.ts";

type Place = Pick<World, "access" | "config"> & {
  readonly store: Pick<Store, "blobs">;
  readonly handling: Pick<Handling, "subjects">;
};

const SPEC = VIEWS.find(({ name }) => name === "notice-draft") as ViewSpec;
const OF_SIGNAL = VIEWS.find(({ name }) => name === "signal") as ViewSpec;
const NOBODY = only("not-signed-in", "Sign in, or send an API token as a bearer token.");
const NONE = only("not-found", "There is no such file here, or it was erased.");

export const draftFiles = (place: Place): Hono<AppEnv> =>
  new Hono<AppEnv>()
    .get("/incidents/:id/drafts/:draft/files/:file", (context) =>
      answer(place, context, SPEC, ofDraft),
    )
    .get("/signals/:id/files/:file", (context) => answer(place, context, OF_SIGNAL, ofSignal));

type File = Pick<Attachment, "name" | "sha256">;
type Find = (place: Place, context: AppContext) => Promise<File | undefined>;

async function answer(
  place: Place,
  context: AppContext,
  spec: ViewSpec,
  find: Find,
): Promise<Response> {
  const { access, config, store } = place;
  const { caller } = context.var;
  const refused = (problems: Problems) => refusal(problems, { base: basePath(config.url) });
  const may = caller && access.mayView(caller, spec);
  if (!may?.ok) return refused(may ? may.problems : NOBODY);
  const file = await find(place, context);
  const blob = file && (await store.blobs.read(file.sha256));
  return blob ? toSave(blob.bytes, file) : refused(NONE);
}

const ofDraft: Find = async ({ handling }, { req }) => {
  const opened = await handling.subjects.open("incident", req.param("id") ?? "");
  const draft = opened && draftOf(opened.folded.state, req.param("draft") ?? "");
  return draft?.files?.find(({ id }) => id === req.param("file"));
};

const ofSignal: Find = async ({ handling }, { req }) => {
  const opened = await handling.subjects.open("signal", req.param("id") ?? "");
  return opened?.folded.state.files.find(({ id }) => id === req.param("file"));
};

/** As bytes of no kind: the name alone says what opens them, and nothing opens them here. */
export const toSave = (
  bytes: Uint8Array,
  { name, sha256 }: Pick<Attachment, "name" | "sha256">,
): Response =>
  new Response(bytes as Uint8Array<ArrayBuffer>, {
    status: OK,
    headers: {
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename="${asciiName(name)}"; filename*=UTF-8''${encoded(name)}`,
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
      "repr-digest": `sha-256=:${Buffer.from(sha256, "hex").toString("base64")}:`,
      "cache-control": "no-store",
    },
  });

const asciiName = (name: string): string => name.replace(/[^\x20-\x7e]|["\\]/g, "_");

/** RFC 8187, 3.2.1: what encodeURIComponent leaves and an attribute may not hold. */
const encoded = (name: string): string =>
  encodeURIComponent(name).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
