import { createServer, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { SECOND_MS } from "../core/time/instant.ts";
import { HEADER_BYTES_MAX, limitServer, REQUEST_MS_MAX, SERVER_OPTIONS } from "./limits.ts";

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function listening(options = SERVER_OPTIONS): Promise<number> {
  server = createServer(options, (request, response) => {
    request.resume();
    request.on("end", () => response.end("ok"));
  });
  limitServer(server);
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
  test("that sends slowly is given up within 15 seconds, the look included", () => {
    const {
      headersTimeout = 0,
      requestTimeout = 0,
      connectionsCheckingInterval = 0,
    } = SERVER_OPTIONS;
    expect(headersTimeout).toBeLessThan(requestTimeout);
    expect(requestTimeout).toBe(REQUEST_MS_MAX);
    expect(requestTimeout + 2 * connectionsCheckingInterval).toBeLessThanOrEqual(15 * SECOND_MS);
  });

  test.each([
    ["its headers", "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "],
    ["its body", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhal"],
  ])(
    "that stops in %s is closed with 408 (the same mechanism, a hundred times as fast)",
    async (_, text) => {
      const port = await listening({
        ...SERVER_OPTIONS,
        headersTimeout: 80,
        requestTimeout: 120,
        connectionsCheckingInterval: 10,
      });
      expect(await exchange(port, text)).toContain("408 Request Timeout");
    },
  );

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
