/**
 * Files beside: what a policy keeps in files of its own, taken along from where the policy lies
 * when it is published or proposed, each checked before anything is sent.
 */

import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { parsePolicy } from "../core/policy/parse/parse.ts";
import { ok, type Problem, refuse, refuseAll, type Result } from "../core/problem.ts";
import { digestOf, type SectionFile, sectionFilesOf } from "../core/publication/section-file.ts";
import { readDocument } from "./document.ts";

/**
 * The files that the policy `text` of `policyFile` names and that lie beside it. One that is
 * not there is left to the server, which may have it.
 * Refuses with `section-differs`, `file-unreadable`, `file-outside`.
 */
export async function filesBeside(
  policyFile: string,
  text: string,
): Promise<Result<readonly string[]>> {
  const read = parsePolicy(text);
  if (!read.ok) return ok([]);
  const folder = policyFile === "-" ? "." : dirname(policyFile);
  const found: string[] = [];
  const problems: Problem[] = [];
  for (const named of sectionFilesOf(read.value.policy)) {
    const one = await fileBeside(folder, named);
    if (!one.ok) problems.push(...one.problems);
    else if (one.value !== undefined) found.push(one.value);
  }
  return refuseAll(problems, found);
}

async function fileBeside(
  folder: string,
  { section, file, digest }: SectionFile,
): Promise<Result<string | undefined>> {
  const place = placeIn(folder, file);
  if (!place.ok) return place;
  const text = await readDocument(place.value);
  if (!text.ok) return /no such file/.test(text.problems[0].message) ? ok(undefined) : text;
  if (digestOf(text.value) === digest) return text;
  const message = `${place.value} is not the file that the policy names for ${section}: it is ${digestOf(text.value)}, and the policy says ${digest}. Put back the file as it was, or name the new digest in the policy.`;
  return refuse("section-differs", message);
}

/** A policy may come from elsewhere: what it names lies below its folder, or is not touched. */
export function placeIn(folder: string, file: string): Result<string> {
  const place = join(folder, file);
  const inside = relative(resolve(folder), resolve(place));
  return isAbsolute(file) || inside === "" || /^\.\.(?:[\\/]|$)/.test(inside)
    ? refuse("file-outside", `${file} is not below the policy's own folder: name it from there.`)
    : ok(place);
}
