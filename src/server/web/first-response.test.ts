import { brotliDecompressSync } from "node:zlib";
import { expect, test } from "vitest";
import type { FirstRead } from "./first.ts";
import { firstResponse } from "./first-response.ts";

const INDEX = `<!doctype html><html lang="en"><head></head><body><div id="app">Opening</div></body></html>`;

/** A page that is being drawn, and the bytes of its answer as they come. */
function answered(encoding: string) {
  let resolve: (read: FirstRead | undefined) => void = () => undefined;
  const promise = new Promise<FirstRead | undefined>((done) => (resolve = done));
  const page = { loads: ["assets/room.js"], theme: undefined, density: undefined, drawn: promise };
  const asked = new Headers({ "accept-encoding": encoding });
  const response = firstResponse(page, { index: INDEX, base: "", asked });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const rest = async (): Promise<Buffer> => {
    const parts: Uint8Array[] = [];
    for (let one = await reader.read(); !one.done; one = await reader.read()) parts.push(one.value);
    return Buffer.concat(parts);
  };
  return { response, reader, rest, drawn: (read?: FirstRead) => resolve(read) };
}

test("says what it loads while it is still being drawn", async () => {
  const { reader, rest, drawn } = answered("identity");
  const { value } = await reader.read();
  expect(Buffer.from(value ?? []).toString()).toMatch(/href="\/app\/assets\/room.js"><\/head>$/);
  drawn({ seq: 7, answers: [], html: "<p>INC-7</p>" });
  expect((await rest()).toString()).toContain(`<div id="first"><p>INC-7</p></div>`);
});

test("does so compressed as well, where that is taken", async () => {
  const { response, reader, rest, drawn } = answered("gzip, br");
  expect(response.headers.get("content-encoding")).toBe("br");
  const { value } = await reader.read();
  expect(value?.length).toBeGreaterThan(0);
  drawn();
  const all = brotliDecompressSync(Buffer.concat([value ?? new Uint8Array(), await rest()]));
  expect(all.toString()).toBe(
    INDEX.replace(
      "</head>",
      `<link rel="modulepreload" crossorigin href="/app/assets/room.js"></head>`,
    ),
  );
});

test("whoever leaves before it is drawn stops nothing", async () => {
  const { reader, drawn } = answered("br");
  await reader.read();
  await reader.cancel();
  drawn({ seq: 7, answers: [], html: "<p>INC-7</p>" });
  await expect(reader.closed).resolves.toBeUndefined();
});
