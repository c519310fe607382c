/**
 * Reach: which installation the API's verbs speak to, and with which token.
 *
 *   DUE_TOKEN or DUE_TOKEN_FILE set DUE_URL, or this machine
 *   otherwise                         this machine, with <data>/cli-token
 *
 * The token of this host's command line is never sent to another machine: DUE_URL
 * is also the server's own setting, and may name its public address.
 */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { apiClient, type Client, type Fetch } from "../api/client.ts";
import { ROUTES } from "../api/routes.ts";
import { type Problems, refuse, type Result, ok } from "../core/problem.ts";
import type { Shell } from "./shell.ts";

const PORT_DEFAULT = "7272";
const ANSWER_MS_MAX = 60_000;
const MADE_HERE = ["cli-token", "keys"];

export type Reached = Client & {
  readonly url: string;
  /** For what is no JSON: a file that goes as it is, or comes in pieces. */
  readonly raw: (path: string, init: RawInit) => Promise<Result<Response>>;
};
type RawInit = {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: Uint8Array<ArrayBuffer>;
};

/** Refuses with: no-token, file-unreadable, bad-setting, and what opening the host refuses with. */
export async function reach(shell: Shell): Promise<Result<Reached>> {
  const { env } = shell;
  const given = await givenToken(env);
  if (!given.ok) return given;
  if (given.value !== undefined) {
    const url = env.DUE_URL ?? (await localUrl(env));
    if (!URL.canParse(url))
      return refuse(
        "bad-setting",
        `DUE_URL must be an address, like https://respond.fennel.example.`,
      );
    return ok(clientAt(url.replace(/\/+$/, ""), given.value));
  }
  const token = await hostToken(env);
  if (!token.ok) return token;
  const url = isLoopback(env.DUE_URL) ? (env.DUE_URL as string) : await localUrl(env);
  if (env.DUE_URL !== undefined && !isLoopback(env.DUE_URL))
    shell.note(`DUE_TOKEN is not set: asking the installation on this machine, at ${url}.`);
  return ok(clientAt(url.replace(/\/+$/, ""), token.value));
}

type Env = Shell["env"];

async function givenToken({ DUE_TOKEN, DUE_TOKEN_FILE }: Env): Promise<Result<string | undefined>> {
  if (DUE_TOKEN !== undefined && DUE_TOKEN !== "") return ok(DUE_TOKEN.trim());
  if (DUE_TOKEN_FILE === undefined) return ok(undefined);
  try {
    return ok(readFileSync(DUE_TOKEN_FILE, "utf8").trim());
  } catch {
    return refuse("file-unreadable", "DUE_TOKEN_FILE names a file that cannot be read.");
  }
}

const dataOf = (env: Env): string => env.DUE_DATA || "./data";

async function hostToken(env: Env): Promise<Result<string>> {
  const data = dataOf(env);
  const file = join(data, "cli-token");
  try {
    if (existsSync(file)) return ok(readFileSync(file, "utf8").trim());
  } catch {
    return refuse(
      "file-unreadable",
      `${file} cannot be read by you: use the server's user, or set DUE_TOKEN.`,
    );
  }
  if (!MADE_HERE.some((name) => existsSync(join(data, name))))
    return refuse(
      "no-token",
      "There is no installation in this folder and DUE_TOKEN is not set: on the host say where its data is with DUE_DATA; elsewhere set DUE_URL, and DUE_TOKEN as `due token create` prints it.",
    );
  const { cliToken, readConfig } = await import("../server/host.ts");
  const read = readConfig({}, env);
  return read.ok ? cliToken(read.value.config) : read;
}

/** Where this machine's server listens, by the same settings that it reads. */
async function localUrl(env: Env): Promise<string> {
  if (!existsSync(join(dataOf(env), "config.yaml")))
    return addressOf(env.DUE_HOST ?? "", env.DUE_PORT || PORT_DEFAULT);
  const { readConfig } = await import("../server/host.ts");
  const read = readConfig({}, env);
  return read.ok
    ? addressOf(read.value.config.host, String(read.value.config.port))
    : addressOf("", PORT_DEFAULT);
}

/** A server that listens on every interface is asked on the one that never leaves the machine. */
function addressOf(host: string, port: string): string {
  if (["", "0.0.0.0", "::"].includes(host)) return `http://127.0.0.1:${port}`;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

function isLoopback(url: string | undefined): boolean {
  if (url === undefined || !URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d+){3}$/.test(hostname);
}

function clientAt(url: string, token: string): Reached {
  let why: string | undefined;
  const fetched: Fetch = async (path, init) => {
    try {
      const signal = AbortSignal.timeout(ANSWER_MS_MAX);
      return await fetch(url + path, { ...init, signal, redirect: "error" });
    } catch (error) {
      why = reason(error);
      throw error;
    }
  };
  const client = apiClient(ROUTES, fetched, () => ({ authorization: `Bearer ${token}` }));
  /** The client says that nobody answered; here it can be said where, and what to do. */
  const located = async <T>(answer: Promise<Result<T>>): Promise<Result<T>> => {
    const result = await answer;
    if (result.ok || result.problems[0].code !== "unreachable") return result;
    const message = `No answer from ${url} (${why ?? "no reason given"}): is it running (\`due serve\`), and is DUE_URL right?`;
    return { ok: false, problems: [{ code: "unreachable", message }] satisfies Problems };
  };
  const raw: Reached["raw"] = async (path, { headers, ...init }) => {
    const authorization = `Bearer ${token}`;
    try {
      const answer = await fetch(url + path, {
        ...init,
        headers: { ...headers, authorization },
        redirect: "error",
      });
      return ok(answer);
    } catch (error) {
      why = reason(error);
      return refuse("unreachable", "");
    }
  };
  return {
    url,
    raw: (path, init) => located(raw(path, init)),
    call: (method, path, body, extra) => located(client.call(method, path, body, extra)),
    send: (type, id, input, options) => located(client.send(type, id, input, options)),
    read: (name, parameters, query) => located(client.read(name, parameters, query)),
  };
}

function reason(error: unknown): string {
  const { cause, name } = error as { cause?: { code?: string; message?: string }; name?: string };
  if (name === "TimeoutError") return `nothing within ${ANSWER_MS_MAX / 1_000} s`;
  return cause?.code ?? cause?.message ?? "the connection failed";
}
