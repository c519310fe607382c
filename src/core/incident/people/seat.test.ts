import { describe, expect, test } from "vitest";
import { ADA, BEN } from "../../policy/fennel.ts";
import { DAY_MS, type Instant } from "../../time/instant.ts";
import { given, OPENED, type Said, time, when } from "../given.ts";
import type { IncidentCommand } from "../incident.ts";

const UNTIL = time("20:00");
const ownPage = () => "d".repeat(64);
const fresh = "7QK4M2XYABCD".padEnd(48, "Z");
const give = (more: object = {}): IncidentCommand => ({
  type: "GiveSeat",
  name: "Dr. Voss",
  as: "counsel",
  until: UNTIL,
  reason: "Whether to notify.",
  ...more,
});
const asOwner = { person: { ...ADA, role: "owner" as const }, ownPage, fresh };
const given_: Said = {
  type: "SeatGiven",
  seat: "G-7QK4M2XY",
  name: "Dr. Voss",
  as: "counsel",
  until: UNTIL,
  digest: "d".repeat(64),
  review: true,
  reason: "Whether to notify.",
};
const DECIDED: Said = {
  type: "DecisionRecorded",
  outcome: "do-not-notify",
  answers: {},
  reason: "Nothing left.",
  facts: [],
  counsel: true,
};

describe("a seat", () => {
  test("is given by an owner or by whoever leads the incident, and by nobody else", () => {
    const incident = given(OPENED, { type: "RoleTaken", role: "lead", person: BEN.id } as Said);
    const asBen = { ...asOwner, person: { ...BEN, role: "responder" as const } };
    const asOther = { ...asBen, person: { ...BEN, id: "account/ac_zoe" } };
    expect(when(incident, "18:50", give(), asOwner)).toMatchObject([
      { type: "SeatGiven", seat: "G-7QK4M2XY", digest: "d".repeat(64) },
    ]);
    expect(when(incident, "18:50", give(), asBen)).toHaveLength(1);
    expect(when(incident, "18:50", give(), asOther)).toEqual(["seat-not-lead"]);
    const { person: _, ...nobody } = asOwner;
    expect(when(incident, "18:50", give(), { ...nobody, person: undefined })).toEqual([
      "seat-not-lead",
    ]);
  });

  test("names a person and a reason, and ends within ninety days", () => {
    const incident = given(OPENED);
    const late = (time("18:50") + 90 * DAY_MS) as Instant;
    const at = (until: Instant) => when(incident, "18:50", give({ until }), asOwner);
    expect(at(late)).toHaveLength(1);
    expect(at((late + 1) as Instant)).toEqual(["until-invalid"]);
    expect(at(time("18:50"))).toEqual(["until-invalid"]);
    expect(when(incident, "18:50", give({ name: " ", reason: "" }), asOwner)).toEqual([
      "text-missing",
      "text-missing",
    ]);
    expect(when(incident, "18:50", give(), { ...asOwner, ownPage: undefined })).toEqual([
      "seat-no-key",
    ]);
  });

  test("opens until its instant, and not at it, and not after it was taken back", () => {
    const open = { type: "OpenSeat", seat: "G-7QK4M2XY", what: "page", upTo: 2 } as const;
    const incident = given(OPENED, given_);
    expect(when(incident, "19:59", open)).toEqual([{ ...open, type: "SeatOpened" }]);
    expect(when(incident, "20:00", open)).toEqual(["seat-over"]);
    const ended = given(OPENED, given_, {
      type: "SeatEnded",
      seat: "G-7QK4M2XY",
      reason: "Passed on.",
    });
    expect(when(ended, "19:00", open)).toEqual(["seat-over"]);
    expect(when(incident, "19:00", { ...open, seat: "G-OTHER" })).toEqual(["seat-unknown"]);
    expect(
      when(ended, "19:00", { type: "EndSeat", seat: "G-7QK4M2XY", reason: "Again" }, asOwner),
    ).toEqual(["seat-over"]);
  });

  test("opens in a closed incident too: that is when auditors come", () => {
    const closed = given(OPENED, given_, { type: "IncidentClosed" } as Said);
    const open = { type: "OpenSeat", seat: "G-7QK4M2XY", what: "page", upTo: 3 } as const;
    expect(when(closed, "19:00", open)).toHaveLength(1);
    expect(when(closed, "19:00", give(), asOwner)).toHaveLength(1);
  });
});

describe("counsel, from a seat", () => {
  const said = { counsel: "Dr. Voss", seat: "G-7QK4M2XY" } as const;

  test("agrees, and from then on the decision stands", () => {
    const incident = given(OPENED, given_, DECIDED);
    expect(incident.moments["decidedAt"]).toBeUndefined();
    expect(when(incident, "19:00", { type: "AgreeAsCounsel", ...said })).toEqual([
      { type: "CounselAgreed", decision: 3, ...said },
    ]);
    const agreed = given(OPENED, given_, DECIDED, {
      type: "CounselAgreed",
      decision: 3,
      ...said,
    });
    expect(agreed.decisions.at(-1)).toMatchObject({ counsel: { name: "Dr. Voss", agreed: true } });
    expect(agreed.moments["decidedAt"]).toBeDefined();
  });

  test("does not agree, says why, and the decision goes on waiting", () => {
    const incident = given(OPENED, given_, DECIDED);
    const objects = { type: "ObjectAsCounsel", ...said, note: " " } as const;
    expect(when(incident, "19:00", objects)).toEqual(["text-missing"]);
    const objected = given(OPENED, given_, DECIDED, {
      type: "CounselObjected",
      decision: 3,
      ...said,
      note: "Entry 2 says otherwise.",
    });
    expect(objected.decisions.at(-1)).toMatchObject({
      awaits: "counsel",
      counsel: { agreed: false },
    });
    expect(objected.moments["decidedAt"]).toBeUndefined();
    expect(when(objected, "19:30", { type: "AgreeAsCounsel", ...said })).toHaveLength(1);
  });

  test("says nothing where the seat was not asked, is over, or nothing waits", () => {
    const { review: _, ...unasked } = given_ as { review?: true } & object;
    const agree = { type: "AgreeAsCounsel", ...said } as const;
    expect(when(given(OPENED, unasked as Said, DECIDED), "19:00", agree)).toEqual([
      "counsel-not-asked",
    ]);
    expect(when(given(OPENED, given_, DECIDED), "20:00", agree)).toEqual(["seat-over"]);
    expect(when(given(OPENED, given_), "19:00", agree)).toEqual(["counsel-not-asked"]);
    const other = { ...agree, seat: "G-OTHER" };
    expect(when(given(OPENED, given_, DECIDED), "19:00", other)).toEqual(["counsel-not-asked"]);
  });
});
