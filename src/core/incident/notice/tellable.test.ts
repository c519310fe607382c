import { expect, test } from "vitest";
import type { Obligation } from "../../policy/obligations.ts";
import { time } from "../given.ts";
import { momentsMet, tellable } from "./telling.ts";

const MERIDIAN = "customer:cus_1";
const owed = (["notify", "confirm-closure", "summarise"] as const).map(
  (duty) =>
    ({
      id: `${duty}@${MERIDIAN}`,
      clause: { id: duty, duty, to: "customer", within: "immediately" },
      recipient: { id: MERIDIAN, kind: "customer" },
    }) as unknown as Obligation,
);
const meets = (moments: Record<string, ReturnType<typeof time>>) =>
  momentsMet(tellable({ moments }, owed), "final", MERIDIAN);

test("a last word before the review is finished is no summary of it; afterwards it is", () => {
  const before = meets({});
  expect(before).toHaveLength(2);
  expect(before.some((moment) => moment.startsWith("summarisedAt"))).toBe(false);
  const after = meets({ reviewedAt: time("2026-11-30T10:00:00Z") });
  expect(after).toHaveLength(3);
  expect(after.some((moment) => moment.startsWith("summarisedAt"))).toBe(true);
});
