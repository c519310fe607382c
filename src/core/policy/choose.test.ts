import { expect, test } from "vitest";
import { chosenText } from "./choose.ts";
import { differences, merge } from "./merge.ts";

const BASE = ["one", "two", "three", "four", "five", "six", "seven", "eight", ""].join("\n");
const MINE = BASE.replace("two", "TWO of mine")
  .replace("seven\n", "")
  .replace("five", "five, mine");
const THEIRS = BASE.replace("two", "two of theirs").replace("seven", "seven\nand a half");

const merged = merge(BASE, MINE, THEIRS);
const places = merged.is === "conflict" ? merged.conflicts : [];
const sides = { mine: MINE, theirs: { text: THEIRS }, base: { text: BASE }, places };

test("what clashes is chosen place by place, and what does not clash is kept of both", () => {
  expect(places).toHaveLength(2);
  expect(chosenText(sides, ["mine", "theirs"])).toBe(
    "one\nTWO of mine\nthree\nfour\nfive, mine\nsix\nseven\nand a half\neight\n",
  );
  expect(chosenText(sides, ["theirs", "mine"])).toBe(
    "one\ntwo of theirs\nthree\nfour\nfive, mine\nsix\neight\n",
  );
});

test("all of one side, where nothing else was changed on the other, is that side", () => {
  const only = merge(BASE, BASE.replace("two", "A"), BASE.replace("two", "B\nC"));
  const two = {
    mine: BASE.replace("two", "A"),
    theirs: { text: BASE.replace("two", "B\nC") },
    base: { text: BASE },
    places: only.is === "conflict" ? only.conflicts : [],
  };
  expect(chosenText(two, ["theirs"])).toBe(two.theirs.text);
  expect(chosenText(two, ["mine"])).toBe(two.mine);
});

test("without a known beginning every difference is chosen", () => {
  const unknown = { ...sides, base: null, places: differences(MINE, THEIRS) };
  expect(
    chosenText(
      unknown,
      unknown.places.map(() => "theirs" as const),
    ),
  ).toBe(THEIRS);
  expect(
    chosenText(
      unknown,
      unknown.places.map(() => "mine" as const),
    ),
  ).toBe(MINE);
});
