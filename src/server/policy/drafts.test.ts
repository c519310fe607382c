import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { conflictOf, draftPath } from "../../api/draft.ts";
import { DRAFTS_MAX, revisionsKept } from "../../core/policy/draft.ts";
import { POLICY_BYTES_MAX } from "../../core/policy/policy.ts";
import { type TestServer, testServer } from "../../store/fixture.ts";
import { codeOf, SOLO, type TestInstallation, testInstallation } from "../fixture.ts";

let server: TestServer;
let here: TestInstallation;

beforeAll(async () => {
  server = await testServer();
  here = await testInstallation(server);
});
afterAll(() => server.stop());

async function call(method: string, name: string, as: string, from?: number, text?: string) {
  const answer = await here.app.request(draftPath(name), {
    method,
    headers: {
      ...here.bearer(as),
      "content-type": "application/json",
      ...(from === undefined ? {} : { "if-match": `"${from}"` }),
    },
    ...(text === undefined ? {} : { body: JSON.stringify({ text }) }),
  });
  const said = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    body: said === "" ? undefined : JSON.parse(said),
  };
}
const save = (name: string, text: string, from?: number, as = "Ada") =>
  call("PUT", name, as, from, text);

describe("the working draft", () => {
  test("keeps what is half written, word for word, with who and when", async () => {
    const half = "format: duenotice/policy/1\nclauses:\n  - id: ack\n    within: { count: ";
    const saved = await save("next", half);
    expect([saved.status, saved.headers.get("etag")]).toEqual([200, '"1"']);
    const read = await here.read("/drafts/next");
    expect(read.body).toEqual({
      name: "next",
      revision: 1,
      text: half,
      by: "Ada's shell (token)",
      savedAt: "2026-11-20T17:30:00.000Z",
    });
    expect(read.headers.get("etag")).toMatch(/^"1-/);
    expect((await here.read("/drafts")).body.items).toMatchObject([{ name: "next", revision: 1 }]);
  });

  test("is not written again by saving the same", async () => {
    const { text } = (await here.read("/drafts/next")).body;
    expect((await save("next", text, 1)).body).toMatchObject({ revision: 1, merged: false });
  });

  test("is nobody's outside those who respond, and no page of the public", async () => {
    expect((await here.read("/drafts/next", "Rhea")).status).toBe(403);
    expect((await save("next", "x", 1, "Rhea")).status).toBe(403);
    expect((await here.app.request(draftPath("next"), { method: "PUT" })).status).toBe(401);
  });

  test("is as large as a policy may be, and no larger", async () => {
    const most = "é".repeat(POLICY_BYTES_MAX / 2);
    expect((await save("large", most)).status).toBe(200);
    expect(codeOf(await save("large", `${most}x`, 1))).toBe("draft-too-large");
    expect(codeOf(await save("../x", "text"))).toBe("draft-name-malformed");
    expect(codeOf(await save("Large", "text"))).toBe("draft-name-malformed");
  });
});

describe("two people with the same draft open", () => {
  test("both keep what they wrote where it is apart", async () => {
    const first = (await save("both", SOLO)).body;
    const bens = SOLO.replace(
      "review: { count: 12, unit: months }",
      "review: { count: 6, unit: months }",
    );
    const adas = SOLO.replace(/^title: .*$/m, "title: Another title");
    expect([bens === SOLO, adas === SOLO]).toEqual([false, false]);
    await save("both", bens, first.revision, "Ben");
    const merged = await save("both", adas, first.revision, "Ada");
    expect(merged.body).toMatchObject({ revision: 3, merged: true });
    expect(merged.body.text).toContain("review: { count: 6, unit: months }");
    expect(merged.body.text).toContain("title: Another title");
    expect((await here.read("/drafts/both")).body.text).toBe(merged.body.text);
  });

  test("are told both texts and the place where they changed the same, and nothing is saved", async () => {
    const base = "a: 1\nb: 2\nc: 3\n";
    const { revision } = (await save("same", base)).body;
    await save("same", "a: 1\nb: ben\nc: 3\n", revision, "Ben");
    const refused = await save("same", "a: 1\nb: ada\nc: 3\n", revision);
    expect([refused.status, codeOf(refused)]).toEqual([409, "draft-conflict"]);
    expect(conflictOf(refused.body.problems)).toEqual({
      mine: "a: 1\nb: ada\nc: 3\n",
      theirs: {
        name: "same",
        revision: 2,
        merged: false,
        text: "a: 1\nb: ben\nc: 3\n",
        by: "Ben's shell (token)",
        savedAt: "2026-11-20T17:30:00.000Z",
      },
      base: { revision: 1, text: base },
      places: [
        {
          base: { line: 2, text: "b: 2\n" },
          mine: { line: 2, text: "b: ada\n" },
          theirs: { line: 2, text: "b: ben\n" },
        },
      ],
    });
    expect((await here.read("/drafts/same")).body).toMatchObject({ revision: 2 });
    // Having chosen, one saves on what one has seen.
    expect((await save("same", "a: 1\nb: both\nc: 3\n", 2)).body).toMatchObject({ revision: 3 });
  });

  test("who names no revision never overwrites what is there", async () => {
    const refused = await save("same", "mine alone\n");
    expect(codeOf(refused)).toBe("draft-conflict");
    expect(conflictOf(refused.body.problems)).toMatchObject({ base: null, mine: "mine alone\n" });
    expect((await here.read("/drafts/same")).body.text).toBe("a: 1\nb: both\nc: 3\n");
  });

  test("twenty who save at once, each a line of their own, are all in it", async () => {
    const apart = Array.from({ length: 40 }, (_, i) => `line ${i}: -\n`);
    const { revision } = (await save("crowd", apart.join(""))).body;
    const write = (i: number) =>
      save(
        "crowd",
        apart.map((line, j) => (j === 2 * i ? `line ${j}: ${i}\n` : line)).join(""),
        revision,
      );
    let waiting = Array.from({ length: 20 }, (_, i) => i);
    // Whoever was told to try again does.
    while (waiting.length > 0) {
      const answers = await Promise.all(waiting.map(async (i) => ({ i, answer: await write(i) })));
      for (const { answer } of answers) expect([200, 409]).toContain(answer.status);
      for (const { answer } of answers.filter(({ answer: { status } }) => status === 409))
        expect(codeOf(answer)).toBe("busy");
      waiting = answers.filter(({ answer }) => answer.status === 409).map(({ i }) => i);
    }
    const { text } = (await here.read("/drafts/crowd")).body;
    expect(text).toBe(apart.map((_, j) => `line ${j}: ${j % 2 === 0 ? j / 2 : "-"}\n`).join(""));
  });
});

describe("a draft that is thrown away", () => {
  test("wants to have been seen, is gone, and its numbers are not given again", async () => {
    const { revision } = (await save("gone", "one\n")).body;
    await save("gone", "two\n", revision);
    expect(codeOf(await call("DELETE", "gone", "Ada", revision))).toBe("stale");
    expect((await call("DELETE", "gone", "Ada", 2)).status).toBe(204);
    expect(codeOf(await call("DELETE", "gone", "Ada", 3))).toBe("draft-unknown");
    expect(codeOf(await here.read("/drafts/gone"))).toBe("not-found");
    expect((await save("gone", "three\n")).body.revision).toBe(4);
    // A page that was open all the while is told, not obeyed.
    expect(codeOf(await save("gone", "two, longer\n", 2))).toBe("draft-conflict");
  });
});

test("a history is kept as far as it does not fill the disk", async () => {
  expect([revisionsKept(0), revisionsKept(64 * 1024), revisionsKept(POLICY_BYTES_MAX)]).toEqual([
    1_000, 256, 16,
  ]);
  let revision = 0;
  const large = "x".repeat(POLICY_BYTES_MAX - 10);
  for (let i = 0; i < 18; i += 1)
    revision = (await save("long", `${large}${i}\n`, revision || undefined)).body.revision;
  const kept = await here.store.pool.rows<{ revision: number }>(
    "select revision from draft where name = 'long' order by revision",
  );
  expect(kept.map((row) => row.revision)).toEqual(Array.from({ length: 16 }, (_, i) => i + 3));
});

test("drafts survive a rebuild", async () => {
  const before = (await here.read("/drafts")).body.items;
  await here.store.rebuild({ check: false });
  expect((await here.read("/drafts")).body.items).toEqual(before);
});

test("there are as many drafts as a list can show, and the next is told to make room", async () => {
  const there = async () => (await here.read("/drafts")).body.items.length;
  for (let i = await there(); i < DRAFTS_MAX; i += 1)
    expect((await save(`more-${i}`, "one\n")).status).toBe(200);
  const answer = await save("one-too-many", "one\n");
  expect([answer.status, codeOf(answer)]).toEqual([422, "drafts-full"]);
  expect(answer.body.detail).toBe(`There are ${DRAFTS_MAX} drafts already: throw one away first.`);
  expect(await there()).toBe(DRAFTS_MAX);
  const [{ name, revision }] = (await here.read("/drafts")).body.items;
  expect((await save(name, "another line\n", revision)).status).toBe(200);
  expect((await call("DELETE", name, "Ada", revision + 1)).status).toBe(204);
  expect((await save("one-too-many", "one\n")).status).toBe(200);
});
