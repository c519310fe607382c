import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { withMoved, withoutItem } from "./list-edit.ts";
import { parsePolicy, type PolicyDocument } from "./parse/parse.ts";
import { samePlace } from "./same-place.ts";

function read(text: string): PolicyDocument {
  const parsed = parsePolicy(text);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join("\n"));
  return parsed.value;
}

const SHOWN = read(readFileSync("policies/vendor.yaml", "utf8"));
const path = ["severities", 1, "criteria", 0] as const;

test("what was shown is found where somebody else has moved it", () => {
  const now = read(withMoved(SHOWN, ["severities"], 1, 3)).policy;
  expect(samePlace(SHOWN.policy, now, path)).toEqual(["severities", 3, "criteria", 0]);
});

test("what somebody else has taken away is nowhere, and never its neighbour", () => {
  const now = read(withoutItem(SHOWN, ["severities"], 1)).policy;
  expect(samePlace(SHOWN.policy, now, path)).toBeUndefined();
});

test("a sentence of a list that has another length by now is not guessed at", () => {
  const now = read(withoutItem(SHOWN, ["severities", 1, "criteria"], 0)).policy;
  expect(samePlace(SHOWN.policy, now, path)).toBeUndefined();
  expect(samePlace(SHOWN.policy, now, ["severities", 1, "name"])).toEqual([
    "severities",
    1,
    "name",
  ]);
});

test("nothing has moved in the text that was shown, and a key may be new", () => {
  for (const at of [path, ["otherwise"], ["roles", 0, "rota"], ["facts", 2, "ruled-out", "sets"]])
    expect(samePlace(SHOWN.policy, SHOWN.policy, at)).toEqual(at);
});
