import { describe, expect, test } from "vitest";
import type { NoticeRequested } from "../../notice/notice.ts";
import { given, OPENED, type Said, when } from "../given.ts";

const RECIPIENT = "customer:cus_1";
const OWN = { digest: "a".repeat(64), madeWith: "N-4TTK" };
const letter = (notice: string, more: Partial<NoticeRequested> = {}): NoticeRequested => ({
  type: "NoticeRequested",
  notice,
  kind: "notice",
  automatic: false,
  author: "account/ac_ada",
  recipient: RECIPIENT,
  meets: [],
  to: { name: "Cleo Osei", mail: "cleo@meridian.example" },
  subject: "Preliminary notice",
  body: "Files could be read.\n",
  steps: [{ kind: "rotate", text: "Rotate the key." }],
  ownPage: OWN,
  ...more,
});
const TOLD: readonly Said[] = [
  OPENED,
  { type: "CustomerTouched", customer: "cus_1" },
  "20:00",
  letter("N-4TTK"),
];
const open = { type: "OpenOwnPage", recipient: RECIPIENT, what: "page", agent: "Firefox" } as const;
const acknowledge = { type: "AcknowledgeNotice", recipient: RECIPIENT, name: "Cleo" } as const;
const step = { recipient: RECIPIENT, notice: "N-4TTK", step: 1 } as const;

describe("a recipient's own page", () => {
  test("is nobody's under a name that every object has", () => {
    const incident = given(...TOLD);
    for (const recipient of ["__proto__", "constructor", "toString"]) {
      const end = { type: "EndOwnPage", recipient, reason: "Not theirs." } as const;
      expect(when(incident, "20:30", end)).toEqual(["own-page-over"]);
      given(...TOLD, "20:31", { ...end, type: "OwnPageEnded" });
      expect(({} as { endedAt?: unknown }).endedAt).toBeUndefined();
    }
  });

  test("takes what they say after the incident is closed, too", () => {
    const closed = given(...TOLD, "21:00", { type: "IncidentClosed" } as Said);
    expect(closed.state).toBe("closed");
    for (const command of [open, acknowledge, { type: "ReportStep", ...step }] as const)
      expect(when(closed, "21:30", command)).toHaveLength(1);
  });

  test("keeps openings apart by what was opened and by what", () => {
    const opened: Said = { ...open, type: "OwnPageOpened" };
    const incident = given(...TOLD, "20:10", opened);
    expect(when(incident, "20:19", open)).toEqual([]);
    expect(when(incident, "20:20", open)).toHaveLength(1);
    expect(when(incident, "20:11", { ...open, what: "json" })).toHaveLength(1);
    expect(when(incident, "20:11", { ...open, agent: "Safari" })).toHaveLength(1);
  });

  test("acknowledges the last word, and a later one anew", () => {
    const said: Said = { ...acknowledge, type: "NoticeAcknowledged", notice: "N-4TTK" };
    const incident = given(...TOLD, "20:10", said);
    expect(when(incident, "20:20", acknowledge)).toEqual([]);
    const again = given(...TOLD, "20:10", said, "20:30", letter("N-7Q2P"));
    expect(when(again, "20:40", acknowledge)).toMatchObject([{ notice: "N-7Q2P" }]);
  });

  test("takes no step that was not asked, nor of somebody else", () => {
    const incident = given(...TOLD, letter("N-7Q2P", { recipient: "customer:cus_2" }));
    for (const strange of [{ step: 0 }, { step: 2 }, { notice: "N-7Q2P" }, { step: NaN }])
      expect(when(incident, "20:30", { type: "ReportStep", ...step, ...strange })).toEqual([
        "step-unknown",
      ]);
  });

  test("is over once it was ended, until the next letter brings another", () => {
    const ended: Said = { type: "OwnPageEnded", recipient: RECIPIENT, reason: "Passed on" };
    const incident = given(...TOLD, "20:10", ended);
    for (const command of [open, acknowledge, { type: "TakeStepBack", ...step }] as const)
      expect(when(incident, "20:20", command)).toEqual(["own-page-over"]);
    const next = { digest: "b".repeat(64), madeWith: "N-7Q2P" };
    const anew = given(...TOLD, "20:10", ended, "20:30", letter("N-7Q2P", { ownPage: next }));
    expect(when(anew, "20:40", acknowledge)).toHaveLength(1);
    expect(anew.ownPages[RECIPIENT]).toMatchObject(next);
  });
});
