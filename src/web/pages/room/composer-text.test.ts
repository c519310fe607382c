import { describe, expect, test } from "vitest";
import { type Instant, parseInstant, toIsoSeconds } from "../../../core/time/instant.ts";
import { compose, completions, pasted } from "./composer-text.ts";

const ZONE = "Europe/Berlin";
const at = (iso: string): Instant => parseInstant(iso) as Instant;
/** Friday, 22:15 in Berlin. */
const NOW = at("2026-11-20T21:15:00Z");

function happened(typed: string, now = NOW, zone = ZONE): string | undefined {
  const composed = compose(typed, now, zone);
  if (!composed.ok) return composed.problems[0].code;
  return composed.value.kind === "line" && composed.value.happenedAt !== undefined
    ? toIsoSeconds(composed.value.happenedAt)
    : undefined;
}

describe("a line", () => {
  test("without a time happens now and keeps its words", () => {
    expect(compose("  keys revoked ", NOW, ZONE)).toEqual({
      ok: true,
      value: { kind: "line", text: "keys revoked" },
    });
  });

  test("with @ and a time is backdated in the zone on screen", () => {
    expect(happened("@18:20 bucket closed")).toBe("2026-11-20T17:20:00Z");
    expect(happened("@18:20 bucket closed", NOW, "UTC")).toBe("2026-11-20T18:20:00Z");
    expect(happened("@8:05 first mail")).toBe("2026-11-20T07:05:00Z");
  });

  test("keeps everything after the time, over several lines", () => {
    const composed = compose("@18:20 closed:\n\n```\nok\n```", NOW, ZONE);
    expect(composed.ok && composed.value).toMatchObject({ text: "closed:\n\n```\nok\n```" });
  });

  test("with a time still to come means last night", () => {
    const night = at("2026-11-20T23:10:00Z");
    expect(happened("@23:50 called the host", night)).toBe("2026-11-20T22:50:00Z");
  });

  test("a minute ahead of our clock is still today's", () => {
    expect(happened("@22:16 saw it again")).toBe("2026-11-20T21:16:00Z");
  });

  test("takes yesterday and a date, also over the end of summer time", () => {
    expect(happened("@yesterday 18:20 first sign")).toBe("2026-11-19T17:20:00Z");
    expect(happened("@2026-11-03 09:00 the migration ran")).toBe("2026-11-03T08:00:00Z");
    expect(happened("@yesterday 23:30 x", at("2026-10-25T22:30:00Z"))).toBe("2026-10-24T21:30:00Z");
  });

  test("may begin with somebody's handle", () => {
    expect(compose("@ravi says thanks", NOW, ZONE)).toMatchObject({
      value: { kind: "line", text: "@ravi says thanks" },
    });
  });

  test("is refused for a time that is none, and for a time alone", () => {
    expect(happened("@25:10 x")).toBe("local-time-invalid");
    expect(happened("@18:20")).toBe("text-missing");
  });
});

describe("a command", () => {
  test("carries the rest of its line", () => {
    const composed = compose("/sev it is spreading", NOW, ZONE);
    expect(composed.ok && composed.value).toMatchObject({
      kind: "slash",
      slash: { act: "severity" },
      rest: "it is spreading",
    });
  });

  test("that is unknown is refused with those that are", () => {
    const composed = compose("/resolv", NOW, ZONE);
    expect(!composed.ok && composed.problems[0]).toMatchObject({ code: "command-unknown" });
    expect(!composed.ok && composed.problems[0].message).toContain("/mitigate");
  });

  test("is completed while its name is typed", () => {
    expect(completions("/f").map(({ name }) => name)).toEqual(["fact", "fix"]);
    expect(completions("/")).toHaveLength(7);
    expect(completions("/fix the")).toEqual([]);
    expect(completions("fix")).toEqual([]);
  });
});

describe("what is pasted", () => {
  test("as several lines becomes a block of code", () => {
    expect(pasted("a\r\nb\n")).toBe("```\na\nb\n```\n");
  });

  test("as one line, or with a block in it, stays as it is", () => {
    expect(pasted("sha256 9f2c")).toBe("sha256 9f2c");
    expect(pasted("```\na\n```")).toBe("```\na\n```");
  });
});
