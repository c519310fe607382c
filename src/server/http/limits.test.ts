import { createServer, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { SECOND_MS } from "../../core/time/instant.ts";
import {
  HEADER_BYTES_MAX,
  HEADERS_MS_MAX,
  limitServer,
  PACE,
  type Pace,
  SERVER_OPTIONS,
} from "./limits.ts";
import { SENT_FILES_BYTES_MAX } from "../../core/signal/sent-file.ts";

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function listening(options = SERVER_OPTIONS, pace: Pace = PACE): Promise<number> {
  server = createServer(options, (request, response) => {
    request.resume();
    request.on("end", () => response.end("ok"));
  });
  limitServer(server, pace);
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** What a raw socket is told before it is closed. */
function exchange(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    let said = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    socket.on("data", (chunk) => (said += String(chunk)));
    socket.on("error", () => {});
    socket.on("close", () => resolve(said));
  });
}

describe("a connection", () => {
  test("that stops sending is given up within 15 seconds of its first byte, the looks included", () => {
    const { headersTimeout, connectionsCheckingInterval = 0 } = SERVER_OPTIONS;
    expect(headersTimeout).toBe(HEADERS_MS_MAX);
    const heads = HEADERS_MS_MAX + connectionsCheckingInterval;
    expect(heads + PACE.restMs + PACE.lookMs).toBeLessThanOrEqual(15 * SECOND_MS);
  });

  test("of an eighth of a megabit carries everything that a report may", () => {
    const seconds = SENT_FILES_BYTES_MAX / PACE.bytesPerSecond;
    expect(seconds * SECOND_MS).toBeLessThan(PACE.wholeMs);
    expect(PACE.bytesPerSecond * 8).toBeLessThanOrEqual(2 ** 17);
  });

  test("that stops in its headers is closed with 408 (the same mechanism, a hundred times as fast)", async () => {
    const port = await listening({
      ...SERVER_OPTIONS,
      headersTimeout: 80,
      connectionsCheckingInterval: 10,
    });
    expect(await exchange(port, "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")).toContain("408");
  });

  const FAST: Pace = { lookMs: 10, restMs: 80, bytesPerSecond: 10_000, wholeMs: 2_000 };
  const HEAD = "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 6000\r\n\r\n";

  /** What it is told that sends so many bytes each so often, until it is closed; and how long it was. */
  async function dripping(port: number, bytes: number, everyMs: number) {
    const at = performance.now();
    let said = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(HEAD));
    let left = 6000;
    const timer = setInterval(() => {
      const now = Math.min(bytes, left);
      left -= now;
      if (now > 0) socket.write("x".repeat(now));
    }, everyMs);
    await new Promise<void>((resolve) => {
      socket.on("data", (chunk) => (said += String(chunk)));
      socket.on("error", () => {});
      socket.on("close", () => resolve());
    });
    clearInterval(timer);
    return { said, ms: performance.now() - at };
  }

  test("that stops in its body is closed with 408", async () => {
    const port = await listening(SERVER_OPTIONS, FAST);
    expect(await exchange(port, `${HEAD}hal`)).toContain("408 Request Timeout");
  });

  test("that sends a byte now and then is closed, though it never stops", async () => {
    const { said, ms } = await dripping(await listening(SERVER_OPTIONS, FAST), 1, 5);
    expect(said).toContain("408 Request Timeout");
    expect(ms).toBeLessThan(FAST.wholeMs);
  });

  test("that goes on at the pace of a slow line is heard to the end, long after that", async () => {
    const { said, ms } = await dripping(await listening(SERVER_OPTIONS, FAST), 300, 20);
    expect(said).toContain("200 OK");
    expect(ms).toBeGreaterThan(3 * FAST.restMs);
  });

  test("that sends two requests is looked at for each of them", async () => {
    const port = await listening(SERVER_OPTIONS, FAST);
    const first = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx";
    const said = await exchange(port, `${first}${HEAD}hal`);
    expect(said).toContain("200 OK");
    expect(said).toContain("408 Request Timeout");
  });

  test("with more header than there is room for is refused", async () => {
    const large = `GET / HTTP/1.1\r\nHost: x\r\nX-Large: ${"x".repeat(HEADER_BYTES_MAX)}\r\n\r\n`;
    expect(await exchange(await listening(), large)).toContain("431");
  });

  test.each([
    ["no Host", "GET / HTTP/1.1\r\n\r\n"],
    [
      "two lengths",
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    ],
    [
      "a length and chunks",
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
    ["a header that is folded over lines", "GET / HTTP/1.1\r\nHost: x\r\n X: y\r\n\r\n"],
  ])("with %s is refused: nothing may read it in two ways", async (_, text) => {
    expect(await exchange(await listening(), text)).toMatch(/^HTTP\/1.1 400/);
  });
});
