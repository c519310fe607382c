import { describe, expect, test } from "vitest";
import { isZoneName, parseZone } from "./zone-name.ts";

const refusal = (text: unknown, at?: string) => {
  const result = parseZone(text, at);
  return result.ok ? undefined : result.problems[0];
};

describe("the zone of a policy", () => {
  test.each([
    "Europe/Berlin",
    "America/Argentina/Ushuaia",
    "Asia/Kolkata",
    "Etc/GMT+5",
    "UTC",
    "GMT",
  ])("may be %s", (name) => expect(parseZone(name)).toEqual({ ok: true, value: name }));

  test("may carry the old name of a city as well as the new one", () => {
    expect(isZoneName("Europe/Kiev") && isZoneName("Europe/Kyiv")).toBe(true);
  });

  test.each([
    "CET",
    "EST",
    "PST",
    "BST",
    "IST",
    "PST8PDT",
    "+01:00",
    "UTC+1",
    "",
    "Europe/",
    5,
    null,
  ])("may not be %j: abbreviations and offsets do not say which clock changes hold", (name) =>
    expect(refusal(name)?.code).toBe("zone-unknown"),
  );

  test.each([
    ["Europe/Berln", "Europe/Berlin"],
    ["Berlin", "Europe/Berlin"],
    ["new york", "America/New_York"],
    ["Asia/Kolkatta", "Asia/Kolkata"],
    ["kyiv", "Europe/Kyiv"],
    ["America/Los-Angeles", "America/Los_Angeles"],
  ])("when written %j is taken to mean %s", (typed, meant) => {
    expect(refusal(typed)?.message).toBe(`"${typed}" is not a time zone: did you mean "${meant}"?`);
  });

  test.each(["Narnia/Cair_Paravel", "CET", "x", "zone ".repeat(100)])(
    "near nothing (%j) suggests nothing, but shows what one looks like",
    (typed) => expect(refusal(typed)?.message).toContain('such as "Europe/Berlin"'),
  );

  test("is refused with the place it was written at", () => {
    expect(refusal("Mars/Olympus", "/calendars/0/zone")?.at).toBe("/calendars/0/zone");
    expect(refusal("Mars/Olympus")).not.toHaveProperty("at");
  });
});
