/** What a client says of an answer that refused. */

import { expect, test } from "vitest";
import { problemsOf } from "./client.ts";

test("the server's own problems are passed on, each with its place", () => {
  const problems = [
    { code: "text-missing", message: "Say why.", at: "/reason" },
    { code: "not-ready", message: "Later." },
  ];
  expect(problemsOf(422, { code: "text-missing", problems })).toEqual(problems);
});

test.each([
  ["nothing", undefined],
  ["a proxy's page", "<html>Bad gateway</html>"],
  ["another program's answer", { error: "no such route" }],
  ["no problems", { problems: [] }],
  ["something that is no problem", { problems: [{ code: 7 }] }],
])("an answer with %s names its status and asks who answered", (_, body) => {
  expect(problemsOf(502, body)).toEqual([
    {
      code: "unexpected-answer",
      message:
        "The answer was 502 and says nothing else: is this the address of Duenotice, or does a proxy before it answer?",
    },
  ]);
});
