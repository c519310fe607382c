import fc from "fast-check";
import { expect, test } from "vitest";
import { boundaryOf, type MultipartLimits, readMultipart, roomOf } from "./multipart.ts";

const LIMITS: MultipartLimits = {
  bodyBytesMax: 100_000,
  fieldBytesMax: 2_000,
  fileBytesMax: 5_000,
  filesMax: 3,
  filesBytesMax: 9_000,
};
const room = () => roomOf(1e6);

/** As browsers write it. */
function bodyOf(
  parts: readonly (readonly [name: string, content: string | Buffer, file?: string])[],
  boundary = "XbX",
): Buffer {
  return Buffer.concat([
    ...parts.map(([name, content, file]) =>
      Buffer.concat([
        Buffer.from(
          `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${
            file === undefined ? "" : `; filename="${file}"\r\nContent-Type: image/png`
          }\r\n\r\n`,
        ),
        Buffer.from(content),
        Buffer.from("\r\n"),
      ]),
    ),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
}

async function* cut(bytes: Buffer, sizes: readonly number[] = []): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (const size of sizes) {
    if (at >= bytes.length) return;
    yield bytes.subarray(at, at + size);
    at += size;
  }
  if (at < bytes.length) yield bytes.subarray(at);
}

const read = (bytes: Buffer, sizes?: readonly number[], held = room()) =>
  readMultipart(cut(bytes, sizes), "XbX", LIMITS, held);

test("fields and files come out as they went in, wherever the stream is cut", async () => {
  const tricky = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc
      .constantFrom("\r\n--Xb", "\r\n--XbX", "--XbX--", "\r\n\r\n", "\r\n--XbXy")
      .map((text) => Uint8Array.from(Buffer.from(text.replaceAll("XbX", "Xb")))),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(tricky, { maxLength: 3 }),
      fc.string({ maxLength: 50 }),
      fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 200 }),
      async (contents, text, sizes) => {
        const files = contents
          .map((one) => Buffer.from(one))
          .filter((one) => one.length > 0 && !one.includes("\r\n--XbX"));
        const form = bodyOf([
          ["title", text],
          ...files.map((one, index) => ["files", one, `f${index}`] as const),
        ]);
        const found = await read(form, sizes);
        if (!found.ok) throw new Error(JSON.stringify(found.problems));
        expect(found.value.fields.get("title")).toBe(text.replace(/[\uD800-\uDFFF]/g, "\uFFFD"));
        expect(found.value.files.map(({ bytes }) => bytes)).toEqual(files);
        expect(found.value.left).toEqual([]);
      },
    ),
    { numRuns: 300 },
  );
});

test("of a file that does not fit the name stays, and every field around it", async () => {
  const found = await read(
    bodyOf([
      ["title", "A listable bucket"],
      ["files", Buffer.alloc(5_001), "video.mp4"],
      ["files", Buffer.alloc(5_000), "one.png"],
      ["files", Buffer.alloc(4_001), "two.png"],
      ["files", Buffer.alloc(3_000), "three.png"],
      ["files", Buffer.alloc(1), "four.png"],
      ["files", Buffer.alloc(1), "five.png"],
      ["files", "", "empty.txt"],
      ["files", "", ""],
      ["text", "What I saw"],
    ]),
  );
  if (!found.ok) throw new Error(JSON.stringify(found.problems));
  const { fields, files, left } = found.value;
  expect([...fields]).toEqual([
    ["title", "A listable bucket"],
    ["text", "What I saw"],
  ]);
  expect(files.map(({ name }) => name)).toEqual(["one.png", "three.png", "four.png"]);
  expect(left).toEqual([
    { name: "video.mp4", why: "too-large" },
    { name: "two.png", why: "too-large-together" },
    { name: "five.png", why: "too-many" },
    { name: "empty.txt", why: "empty" },
  ]);
});

test("what all forms hold together is bounded, and given back", async () => {
  const held = roomOf(6_000);
  const form = bodyOf([["files", Buffer.alloc(4_000), "a.png"]]);
  const first = await read(form, [], held);
  const second = await read(form, [], held);
  expect(second).toMatchObject({ ok: true, value: { left: [{ name: "a.png", why: "no-room" }] } });
  if (first.ok) first.value.done();
  if (second.ok) second.value.done();
  expect(held.take(6_000)).toBe(true);
});

test("names are as the browser had them, and a broken or endless form is refused", async () => {
  const named = await read(bodyOf([["files", "x", "a%22b%0D%0Ac.png"]]));
  expect(named).toMatchObject({ ok: true, value: { files: [{ name: 'a"b\r\nc.png' }] } });
  for (const broken of [
    "",
    "--XbX",
    "no delimiter at all",
    "--XbX\r\n\r\nwithout a head\r\n--XbX--",
    '--XbX\r\nContent-Disposition: form-data; name="a"\r\n\r\nnot ended',
    `--XbX\r\n${"h: x\r\n".repeat(2_000)}\r\n\r\n`,
    `--XbX\r\nContent-Disposition: attachment; name="a"\r\n\r\nx\r\n--XbX--`,
  ]) {
    const held = roomOf(10);
    expect(await read(Buffer.from(broken), [3, 5, 7], held)).toMatchObject({ ok: false });
    expect(held.take(10)).toBe(true);
  }
  const many = bodyOf(Array.from({ length: 101 }, () => ["a", ""] as const));
  expect(await read(many)).toMatchObject({ ok: false, problems: [{ code: "bad-format" }] });
  const long = await read(bodyOf([["text", "x".repeat(2_001)]]));
  expect(long).toMatchObject({ ok: false, problems: [{ code: "body-too-large" }] });
  const endless = await read(bodyOf([["files", Buffer.alloc(100_000), "a"]]));
  expect(endless).toMatchObject({ ok: false, problems: [{ code: "body-too-large" }] });
});

test("the boundary is the one that the content type names", () => {
  expect(boundaryOf("multipart/form-data; boundary=----WebKitFormBoundaryA1")).toBe(
    "----WebKitFormBoundaryA1",
  );
  expect(boundaryOf('multipart/form-data; charset=utf-8; boundary="a b"')).toBe("a b");
  for (const other of [null, "application/x-www-form-urlencoded", "multipart/mixed; boundary=x"])
    expect(boundaryOf(other)).toBeUndefined();
});
