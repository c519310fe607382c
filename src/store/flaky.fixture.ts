/**
 * Fixture: a socket between a store and its database that breaks when told to.
 *
 * A commit can fail in two ways, and a caller cannot tell them apart: it never
 * reached the server (`before`: not kept), or its answer never came back
 * (`after`: kept). Here a test chooses which.
 */

import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import type { ConnectionSettings } from "./sql.ts";

export type FlakySocket = {
  readonly settings: ConnectionSettings;
  /** Breaks the connection of the next commits, one for each word. */
  readonly breakCommits: (...how: readonly ("before" | "after")[]) => void;
  /** Cuts every connection there is. */
  readonly cut: () => void;
  /** Whether new connections are refused. */
  refuse: boolean;
  /** How many commits were broken. */
  readonly broken: () => number;
  readonly close: () => Promise<void>;
};

// A simple query is Q, its length, its text, and a zero byte.
const COMMIT = Buffer.from("\0\0\0\x0bcommit\0");
/** Bodies are kept by one statement that is its own transaction: bound by its name. */
const KEEP = Buffer.from("\0raw-keep\0");

export async function flakySocket(
  to: { readonly host: string; readonly port: number } & ConnectionSettings,
  folder: string,
): Promise<FlakySocket> {
  const plan: ("before" | "after")[] = [];
  const open = new Set<net.Socket>();
  let broken = 0;
  const state = { refuse: false };

  const server = net.createServer((client) => {
    const database = net.connect(path.join(to.host, `.s.PGSQL.${to.port}`));
    const drop = (): void => {
      client.destroy();
      database.destroy();
      open.delete(client);
    };
    if (state.refuse) return drop();
    open.add(client);
    client.on("error", drop).on("close", drop);
    database.on("error", drop).on("close", drop);
    let isSilenced = false;
    client.on("data", (chunk) => {
      if ((chunk.includes(COMMIT) || chunk.includes(KEEP)) && plan.length > 0) {
        broken += 1;
        if (plan.shift() === "before") return drop();
        isSilenced = true;
      }
      database.write(chunk);
    });
    database.on("data", (chunk) => {
      if (isSilenced) drop();
      else client.write(chunk);
    });
  });
  fs.mkdirSync(folder, { recursive: true });
  await new Promise<void>((ready) => server.listen(path.join(folder, ".s.PGSQL.5432"), ready));
  return {
    settings: { ...to, host: folder, port: 5432 },
    breakCommits: (...how) => plan.push(...how),
    cut: () => {
      for (const client of open) client.destroy();
    },
    get refuse() {
      return state.refuse;
    },
    set refuse(refused) {
      state.refuse = refused;
    },
    broken: () => broken,
    close: () =>
      new Promise((closed) => {
        for (const client of open) client.destroy();
        server.close(() => closed());
      }),
  };
}
