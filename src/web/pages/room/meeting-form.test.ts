import { describe, expect, test } from "vitest";
import { type Audience, fitsAudience, readerOf } from "../../../core/notice/audience.ts";
import { KIND_MEETS } from "../../../core/notice/draft.ts";
import { DUTIES, type Duty } from "../../../core/policy/clause.ts";
import { begunAs, formMeeting, toWhom } from "./meeting-form.ts";

const owed = (duty: string, kind: string, id: string) => ({
  duty,
  recipient: { kind, id, name: null },
});

describe("what is owed", () => {
  test.each<[duty: Duty, kind: string, id: string, to: Audience]>([
    ["publish", "public", "public", "public"],
    ["notify", "public", "public", "public"],
    ["update", "public", "public", "public"],
    ["notify", "public", "public:affected-individuals", "data-subjects"],
    ["notify", "data-subjects", "data-subjects", "data-subjects"],
    ["notify", "customer", "customer:cus_1", "customers"],
    ["summarise", "customer", "customer:cus_1", "customers"],
  ])("%s to %s (%s) is met by a notice to %s, begun as one that meets it", (duty, kind, id, to) => {
    expect(toWhom(owed(duty, kind, id))).toBe(to);
    expect(KIND_MEETS[begunAs(duty)]).toContain(duty);
    const reader = readerOf(to);
    expect(fitsAudience(to, reader?.id ?? id)).toBe(true);
  });

  test("to ourselves or to an authority is never met by a notice", () => {
    for (const duty of DUTIES)
      for (const whom of ["team", "authority"])
        expect(toWhom(owed(duty, whom, whom))).toBeUndefined();
  });

  test("by us of any duty has an act: a form, a notice, or the record of what was done outside", () => {
    const isTold = (duty: Duty) =>
      toWhom(owed(duty, "customer", "customer:cus_1")) ?? toWhom(owed(duty, "public", "public"));
    const without = DUTIES.filter((duty) => !formMeeting(duty) && !isTold(duty));
    // The reporter's thread, the filing's pack, and the record of a report have places of their own.
    expect(without).toEqual(["acknowledge", "file", "report"]);
  });
});
