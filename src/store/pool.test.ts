import { createServer, type Server, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { openPool } from "./pool.ts";

/** One message of PostgreSQL's protocol: its letter, its length, what it says. */
function message(letter: string, ...parts: readonly (Buffer | string)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part as string)));
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(letter), length, body]);
}

const LET_IN = message("R", Buffer.alloc(4));
const READY = message("Z", "I");
const TOLD_TO_GO = message("E", "SFATAL\0C57P01\0Mterminating connection\0\0");

let server: Server | undefined;
const unheard: unknown[] = [];
const onUnheard = (error: unknown): void => void unheard.push(error);

afterEach(() => {
  server?.close();
  process.off("uncaughtExceptionMonitor", onUnheard);
});

test("a connection that ends in the moment in which it is lent ends no process", async () => {
  process.on("uncaughtExceptionMonitor", onUnheard);
  // "Come in" and "go" in one packet, as a server sends them that is stopped under load.
  const answer = (socket: Socket): void => {
    socket.on("error", () => {});
    socket.once("data", () => socket.end(Buffer.concat([LET_IN, READY, TOLD_TO_GO])));
  };
  const stopping = createServer(answer);
  server = stopping;
  await new Promise<void>((resolve) => stopping.listen(0, "127.0.0.1", resolve));
  const { port } = stopping.address() as { port: number };
  const pool = openPool(
    async () => ({ host: "127.0.0.1", port, user: "due", database: "due", ssl: false }),
    { connectionsMax: 1, patienceMs: 0, log: () => {} },
  );
  await expect(pool.rows("select 1")).rejects.toThrow(/does not answer|terminat/);
  await pool.close();
  expect(unheard).toEqual([]);
});

test("where the database could not be found once, it is looked for again", async () => {
  const asked: string[] = [];
  const pool = openPool(
    async () => {
      asked.push("where");
      throw new Error("its folder is full");
    },
    { connectionsMax: 1, patienceMs: 0, log: () => {} },
  );
  await expect(pool.rows("select 1")).rejects.toThrow("its folder is full");
  await expect(pool.rows("select 1")).rejects.toThrow("its folder is full");
  expect(asked).toHaveLength(2);
  await pool.close();
});
