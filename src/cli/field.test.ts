import { describe, expect, test } from "vitest";
import { commandSpec, type CommandSpec } from "../api/command.ts";
import { ok } from "../core/problem.ts";
import type { Instant } from "../core/time/instant.ts";
import { type Clock, fieldsOf, type Given, toBody } from "./field.ts";
import { FRIDAY } from "./fixture.ts";
import { parseWhen } from "./when.ts";

const BERLIN: Clock = { now: FRIDAY, zone: async () => ok("Europe/Berlin") };

const fields = (type: string) => fieldsOf((commandSpec(type) as CommandSpec).input);

async function body(type: string, given: Readonly<Record<string, Given>>) {
  const made = await toBody(
    fields(type).map((field) => [field, given[field.flag]] as const),
    BERLIN,
  );
  return made.ok ? made.value : made.problems[0].code;
}

describe("the fields of a command", () => {
  test("are required where the schema says so, in an object only where the object is", () => {
    const required = (type: string) =>
      fields(type)
        .filter(({ isRequired }) => isRequired)
        .map(({ flag }) => flag);
    expect(required("AddCustomer")).toEqual(["name"]);
    expect(required("RecordClause")).toEqual(["clause", "text", "document"]);
    expect(required("ChangeCustomer")).toEqual([]);
    expect(required("RecordFact")).toEqual(["claim", "state", "source"]);
  });

  test("have the kinds that the schema gives them", () => {
    const kinds = Object.fromEntries(
      ["ShowGate", "RecordFact", "ChangeSeverity", "StrikeEntry", "Log"].flatMap((type) =>
        fields(type).map(({ flag, kind }) => [flag, kind]),
      ),
    );
    expect(kinds).toMatchObject({
      evidence: "list",
      since: "time",
      answers: "pairs",
      version: "number",
      key: "yes",
      text: "text",
    });
    expect(fields("RecordFact").find(({ flag }) => flag === "state")?.choices).toEqual([
      "suspected",
      "confirmed",
      "ruled-out",
    ]);
  });

  test("become the body that the schema takes", async () => {
    expect(
      await body("AddCustomer", {
        name: "Kestrel",
        "contact-name": "Mara",
        "contact-mail": "m@k.example",
      }),
    ).toEqual({
      name: "Kestrel",
      contact: { name: "Mara", mail: "m@k.example" },
    });
    expect(
      await body("ChangeSeverity", { to: "sev1", reason: "r", answers: ["data=yes", "way-in=no"] }),
    ).toEqual({
      to: "sev1",
      reason: "r",
      answers: { data: "yes", "way-in": "no" },
    });
    expect(await body("ShowGate", { of: "fix", gate: "g", evidence: ["one", "two"] })).toEqual({
      of: "fix",
      gate: "g",
      evidence: ["one", "two"],
    });
    expect(await body("StrikeEntry", { version: "12", reason: "r" })).toEqual({
      version: 12,
      reason: "r",
    });
  });

  test("are refused where a number or a pair is none", async () => {
    expect(await body("StrikeEntry", { version: "twelve", reason: "r" })).toBe("wrong-type");
    expect(await body("ChangeSeverity", { to: "a", reason: "r", answers: ["=yes"] })).toBe(
      "wrong-type",
    );
    expect(await body("Log", { text: "x", "happened-at": "25:61" })).toBe("time-malformed");
  });
});

describe("a time, at half past six on a Friday evening in Berlin", () => {
  const when = async (text: string, flag = "at", now: Instant = FRIDAY, zone = "Europe/Berlin") => {
    const parsed = await parseWhen(text, { now, zone: async () => ok(zone) }, flag, "/x");
    return parsed.ok ? parsed.value : parsed.problems[0].code;
  };

  test.each([
    ["18:20", "2026-11-20T17:20:00.000Z"],
    ["18:30", "2026-11-20T17:30:00.000Z"],
    ["9:05", "2026-11-20T08:05:00.000Z"],
    ["18:31", "2026-11-19T17:31:00.000Z"],
    ["2026-11-20 18:20", "2026-11-20T17:20:00.000Z"],
    ["2026-07-01T12:00", "2026-07-01T10:00:00.000Z"],
    ["2026-11-20T18:20:00+01:00", "2026-11-20T17:20:00.000Z"],
    ["20m", "2026-11-20T17:10:00.000Z"],
    ["2h", "2026-11-20T15:30:00.000Z"],
  ])("%s has been", async (text, at) => {
    expect(await when(text)).toBe(at);
  });

  test.each([
    ["18:20", "2026-11-21T17:20:00.000Z"],
    ["18:31", "2026-11-20T17:31:00.000Z"],
    ["2h", "2026-11-20T19:30:00.000Z"],
  ])("%s is to come where something is put off until then", async (text, at) => {
    expect(await when(text, "until")).toBe(at);
  });

  test("of the hour that occurs twice is the first", async () => {
    const now = Date.parse("2026-10-25T12:00:00Z") as Instant;
    expect(await when("02:30", "at", now)).toBe("2026-10-25T00:30:00.000Z");
  });

  test.each(["", "soon", "24:30", "2026-02-30 10:00", "2026-11-20", "-20m", "18:20:99"])(
    "%s is none",
    async (text) => {
      expect(await when(text)).toBe("time-malformed");
    },
  );
});
