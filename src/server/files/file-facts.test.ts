import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { computedMs } from "../../../test/computed.ts";
import { fileFacts } from "./file-facts.ts";

/** A zip archive as APPNOTE.TXT describes it: local headers, the directory, its end. */
function zip(parts: Readonly<Record<string, string>>, method = 8): Buffer {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(parts)) {
    const packed = method === 8 ? deflateRawSync(text) : Buffer.from(text);
    const head = Buffer.alloc(30);
    head.write("PK\x03\x04", "latin1");
    head.writeUInt16LE(method, 8);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(text.length, 22);
    head.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.write("PK\x01\x02", "latin1");
    central.writeUInt16LE(method, 10);
    central.writeUInt32LE(packed.length, 20);
    central.writeUInt32LE(text.length, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(at, 42);
    local.push(head, Buffer.from(name), packed);
    directory.push(central, Buffer.from(name));
    at += head.length + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(Object.keys(parts).length, 8);
  end.writeUInt16LE(Object.keys(parts).length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...local, ...directory, end]);
}

const CORE = `<?xml version="1.0"?><cp:coreProperties xmlns:dc="x"><dc:creator>Ben &amp; Ada</dc:creator><cp:lastModifiedBy>Ravi Nair</cp:lastModifiedBy></cp:coreProperties>`;
const APP = "<Properties><Company>Gatehouse</Company><Pages>3</Pages></Properties>";

/** A JPEG with an Exif directory of these two-field entries, in either order of bytes. */
function jpeg(entries: readonly (readonly [tag: number, text: string])[], little: boolean): Buffer {
  const body = Buffer.alloc(512);
  const short = (value: number, at: number) =>
    little ? body.writeUInt16LE(value, at) : body.writeUInt16BE(value, at);
  const long = (value: number, at: number) =>
    little ? body.writeUInt32LE(value, at) : body.writeUInt32BE(value, at);
  body.write(little ? "II" : "MM", "latin1");
  short(42, 2);
  long(8, 4);
  short(entries.length, 8);
  let free = 200;
  for (const [i, [tag, text]] of entries.entries()) {
    short(tag, 10 + 12 * i);
    short(2, 12 + 12 * i);
    long(text.length + 1, 14 + 12 * i);
    long(free, 18 + 12 * i);
    body.write(`${text}\0`, free);
    free += text.length + 1;
  }
  const exif = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), body]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(exif.length + 2);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe1]),
    length,
    exif,
    Buffer.from([0xff, 0xda, 0, 2]),
  ]);
}

describe("a file says of itself", () => {
  test.each([
    ["packed", 8],
    ["stored", 0],
  ])("who wrote a document of a word processor, %s", (_, method) => {
    const bytes = zip(
      { "word/document.xml": "<w/>", "docProps/core.xml": CORE, "docProps/app.xml": APP },
      method,
    );
    expect(fileFacts(bytes)).toEqual({ made: ["Ben & Ada", "Ravi Nair", "Gatehouse"] });
  });

  test.each([
    ["as text", "%PDF-1.7\n1 0 obj<</Author(Ravi \\(on call\\))/Title(x)>>", "Ravi (on call)"],
    ["as UTF-16", "%PDF-1.4\n<</Author <FEFF00410064 00E1>>>", "Adá"],
    [
      "in its XMP",
      "%PDF-1.7\n<dc:creator><rdf:Seq><rdf:li>Ravi Nair</rdf:li></rdf:Seq></dc:creator>",
      "Ravi Nair",
    ],
  ])("who wrote a PDF, %s", (_, text, name) => {
    expect(fileFacts(Buffer.from(text))).toEqual({ made: [name] });
  });

  test.each([[true], [false]])("who took a photograph, and that it has a place (%s)", (little) => {
    const taken = jpeg(
      [
        [0x013b, "Ravi Nair"],
        [0x8825, "gps"],
      ],
      little,
    );
    expect(fileFacts(taken)).toEqual({ made: ["Ravi Nair"], placed: true });
    expect(fileFacts(jpeg([[0x010f, "Maker"]], little))).toEqual({});
  });

  test("nothing where nothing stands in it, or it is cut off", () => {
    expect(fileFacts(Buffer.from("name,rows\nKestrel,4\n"))).toEqual({});
    expect(fileFacts(Buffer.alloc(0))).toEqual({});
    const whole = [
      zip({ "docProps/core.xml": CORE }),
      jpeg([[0x013b, "Ravi Nair"]], true),
      Buffer.from("\x89PNG\r\n\x1a\n\x7f\xff\xff\xfftEXtAuthor\0x", "latin1"),
    ];
    for (const bytes of whole)
      for (let length = 0; length < bytes.length; length += 7)
        expect(() => fileFacts(bytes.subarray(0, length))).not.toThrow();
  });

  test("no more than a little: a part that swells is not unpacked", () => {
    const bomb = zip({ "docProps/core.xml": `<dc:creator>A</dc:creator>${" ".repeat(50e6)}` });
    expect(fileFacts(bomb)).toEqual({});
  });

  test.each(["/Author(", "/Author<41", "<dc:creator>", "<rdf:li>", "obj\n"])(
    "within a moment, though a PDF is nothing but %j",
    (piece) => {
      const bytes = Buffer.from(`%PDF-1.7\n${piece.repeat(5_000_000 / piece.length)}`);
      const ms = computedMs(() => expect(fileFacts(bytes)).toEqual({}));
      expect(ms).toBeLessThan(2_000);
    },
  );

  test("little of a photograph whose five thousand entries all name the same long text", () => {
    const count = 5_000;
    const tiff = Buffer.alloc(65_000, "x");
    tiff.write("II*\0", "latin1");
    tiff.writeUInt32LE(8, 4);
    tiff.writeUInt16LE(count, 8);
    for (let i = 0; i < count; i += 1) {
      tiff.writeUInt16LE(0x013b, 10 + 12 * i);
      tiff.writeUInt32LE(65_000, 14 + 12 * i);
      tiff.writeUInt32LE(60_010, 18 + 12 * i);
    }
    const head = Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, 0, ...Buffer.from("Exif\0\0")]);
    head.writeUInt16BE(65_008, 4);
    const before = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
    expect(fileFacts(Buffer.concat([head, tiff])).made?.[0]).toBe("x".repeat(80));
    const after = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
    expect(after - before).toBeLessThan(60_000_000);
  });
});
