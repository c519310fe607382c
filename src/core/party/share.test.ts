/** What was opened to a customer is taken back, once, and with a reason. */

import { describe, expect, test } from "vitest";
import { ADA, context } from "../policy/fennel.ts";
import { HOUR_MS, type Instant, plus } from "../time/instant.ts";
import { noContacts } from "./contact.ts";
import { decideShare, noShares, type ShareCommand, type ShareState } from "./share.ts";

const AT = Date.parse("2026-11-20T17:30:00Z") as Instant;
const UNTIL = plus(AT, HOUR_MS);
const SHARED: ShareState = {
  id: "D-7QK4M2XY",
  section: "subprocessors",
  policyVersion: 1,
  digest: `sha256:${"0".repeat(64)}`,
  contact: "ct-1",
  name: "Ute Brandt",
  token: "0".repeat(43),
  until: UNTIL,
  at: AT,
  by: ADA.id,
  opened: [],
};
const end: ShareCommand = { type: "EndSectionShare", share: SHARED.id, reason: "They left." };
const open: ShareCommand = { type: "OpenSection", share: SHARED.id };

function whyNot(command: ShareCommand, at: Instant = AT, over: Partial<ShareState> = {}) {
  const state = { ...noContacts(), ...noShares(), shares: [{ ...SHARED, ...over }] };
  const decided = decideShare(state, command, context(at));
  return decided.ok ? [] : decided.problems;
}

describe("a link to a section", () => {
  const over = { code: "share-over", message: "This link is over already.", at: "/share" };

  test.each([
    ["good until the last millisecond", -1, []],
    ["over at its end", 0, [over]],
    ["over after it", 1, [over]],
  ])("is %s", (_, ms, problems) => {
    for (const command of [open, end]) expect(whyNot(command, plus(UNTIL, ms))).toEqual(problems);
  });

  test("that was taken back opens nothing, and is not taken back again", () => {
    for (const command of [open, end]) expect(whyNot(command, AT, { endedAt: AT })).toEqual([over]);
  });

  test("that was never made is named", () => {
    for (const command of [open, end])
      expect(whyNot({ ...command, share: "D-NOBODYS" })).toEqual([
        { code: "share-unknown", message: "Nothing was shared as D-NOBODYS.", at: "/share" },
      ]);
  });
});
