/**
 * Party files from the browser: the file goes as it is, and the answer comes a line
 * at a time, the outcome last.
 */

import type { ImportAnswer, ImportProgress } from "../../../api/party-file.ts";
import { problemsOf } from "../../../api/client.ts";
import type { Problem } from "../../../core/problem.ts";
import { CLIENT_HEADERS } from "../../api.ts";
import { BASE } from "../../paths.ts";

export type Imported = { readonly answer?: ImportAnswer; readonly problems: readonly Problem[] };

/** Sends a file, or what was pasted; `tell` hears how far it is. */
export async function importFile(
  file: Blob | string,
  dryRun: boolean,
  tell: (progress: ImportProgress) => void,
): Promise<Imported> {
  const start = (typeof file === "string" ? file : await file.slice(0, 64).text()).trimStart();
  try {
    const answer = await fetch(`${BASE}/api/v1/imports?dryRun=${dryRun}`, {
      method: "POST",
      credentials: "same-origin",
      headers: {
        ...CLIENT_HEADERS,
        "content-type": start.startsWith("{") ? "application/json" : "text/csv",
        accept: "application/x-ndjson",
      },
      body: file,
    });
    if (answer.status !== 200 || !answer.body) {
      const body: unknown = await answer.json().catch(() => undefined);
      return { problems: problemsOf(answer.status, body) };
    }
    return outcome(await readLines(answer.body, tell));
  } catch {
    const message = "The server cannot be reached. What you have here is kept; try again.";
    return { problems: [{ code: "unreachable", message }] };
  }
}

/** The last line; those before it are told. */
async function readLines(
  body: ReadableStream<Uint8Array>,
  tell: (progress: ImportProgress) => void,
): Promise<string> {
  const reader = body
    .pipeThrough(new TextDecoderStream() as never)
    .getReader() as ReadableStreamDefaultReader<string>;
  let [rest, last] = ["", "{}"];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return last;
    const lines = (rest + value).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      last = line;
      const progress = JSON.parse(line) as Partial<ImportProgress>;
      if (progress.stage !== undefined) tell(progress as ImportProgress);
    }
  }
}

function outcome(line: string): Imported {
  const said = JSON.parse(line) as Partial<ImportAnswer> & { readonly status?: number };
  return said.read === undefined
    ? { problems: problemsOf(said.status ?? 500, said) }
    : { answer: said as ImportAnswer, problems: [] };
}
