/**
 * The client of the public API, for the web app and the CLI alike: neither has
 * another door. It adds nothing of its own: paths and types come from the
 * registries, and a refusal is returned as the problems the server gave. The
 * schemas it does without: they would be most of what a browser has to load.
 */

import type { Problem, Problems, Result } from "../core/problem.ts";
import type { CommandType, InputOf } from "./command.ts";
import type { WireProblem } from "./problem.ts";
import type { Routes } from "./routes.ts";
import type { QueryOf, ViewName, ViewOf } from "./view.ts";
import { COLLECTION, commandPath, viewPath } from "./wire.ts";

/** What we use of fetch, so that the type checks in every world. */
export type Fetch = (
  path: string,
  init: {
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly body?: string;
  },
) => Promise<{
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}>;

/** What a command answers: the subject it was about and the version it now has. */
export type Accepted = {
  readonly subject: string;
  readonly version: number;
  readonly seq: number;
  /** The subject that came to be with it: the incident that a signal was confirmed into. */
  readonly created?: string;
};

export type SendOptions = {
  /** The subject's version on screen: refused as stale if somebody else was faster. */
  readonly ifVersion?: number;
  /** Makes a repeat of the same request answer as the first one did. */
  readonly idempotencyKey?: string;
};

export type Client = ReturnType<typeof apiClient>;

/** `routes` are the registries' own; headers are asked for anew with each request. */
export function apiClient(
  routes: Routes,
  fetch: Fetch,
  headers: () => Record<string, string> = () => ({}),
) {
  async function call<T>(
    method: string,
    path: string,
    body?: unknown,
    extra?: Record<string, string>,
  ): Promise<Result<T>> {
    const sent = body === undefined ? {} : { "content-type": "application/json" };
    let answer: Awaited<ReturnType<Fetch>>;
    let text: string;
    try {
      answer = await fetch(path, {
        method,
        headers: { accept: "application/json", ...headers(), ...sent, ...extra },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      text = await answer.text();
    } catch {
      return {
        ok: false,
        problems: [
          {
            code: "unreachable",
            message: "The server cannot be reached; nothing was changed. Try again.",
          },
        ],
      };
    }
    const json = parse(text);
    if (answer.status >= 200 && answer.status < 300) return { ok: true, value: json as T };
    return { ok: false, problems: problemsOf(answer.status, json) as Problems };
  }

  return {
    call,
    /** Sends a command about `subjectId`; the id is ignored where the command creates. */
    send<T extends CommandType>(
      type: T,
      subjectId: string,
      input: InputOf<T>,
      options: SendOptions = {},
    ): Promise<Result<Accepted>> {
      return call("POST", commandPath(routes.commands[type], subjectId), input, {
        ...(options.ifVersion === undefined ? {} : { "if-match": `"${options.ifVersion}"` }),
        ...(options.idempotencyKey === undefined
          ? {}
          : { "idempotency-key": options.idempotencyKey }),
      });
    },
    /** Reads a view. */
    read<N extends ViewName>(
      name: N,
      parameters: Record<string, string> = {},
      query: QueryOf<N> | Record<string, never> = {},
    ): Promise<Result<ViewOf<N>>> {
      return call("GET", viewPath(routes.views[name], parameters) + search(query));
    },
  };
}

function search(query: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`);
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

function parse(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The problems of an answer that refused; one general problem where the body is not of our making. */
export function problemsOf(status: number, body: unknown): readonly Problem[] {
  const { problems } = (body ?? {}) as Partial<WireProblem>;
  if (Array.isArray(problems) && problems.length > 0 && problems.every(isProblem))
    return problems as readonly Problem[];
  const message = `The answer was ${status} and says nothing else: is this the address of Duenotice, or does a proxy before it answer?`;
  return [{ code: "unexpected-answer", message }];
}

const isProblem = (said: unknown): boolean => {
  const { code, message } = (said ?? {}) as Partial<Problem>;
  return typeof code === "string" && typeof message === "string";
};

/** `/incidents/INC-7` for `incident/INC-7`: where the API keeps a subject. */
export function subjectPath(subject: string): string {
  const [kind = "", id = ""] = subject.split("/", 2);
  const collection = COLLECTION[kind as keyof typeof COLLECTION];
  return `/${collection ?? kind}/${encodeURIComponent(id)}`;
}
