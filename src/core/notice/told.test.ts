/** What the policy's linter takes for a notice is what a notice here can meet. */

import { expect, test } from "vitest";
import { TOLD } from "../policy/clause.ts";
import { KIND_MEETS } from "./draft.ts";

test("every duty that the arrival of a notice meets is one whose contents are its slots", () => {
  const met = new Set(Object.values(KIND_MEETS).flat());
  expect([...met].sort()).toEqual([...TOLD].sort());
});
