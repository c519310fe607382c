import { expect, test } from "vitest";
import { wkdAddress } from "./wkd.ts";

/** The example of the draft, section 3.1. */
test("an address's key lies under the name that the draft gives it", () => {
  expect(wkdAddress("Joe.Doe@Example.ORG")).toEqual({
    local: "Joe.Doe",
    domain: "example.org",
    hash: "iy9q119eutrkn8s1mk4r39qejnbu3n5q",
  });
});

test("only the letters of ASCII are lowered, and an address may hold another at sign", () => {
  expect(wkdAddress("Ä@x.example").hash).not.toBe(wkdAddress("ä@x.example").hash);
  expect(wkdAddress('"a@b"@x.example')).toMatchObject({ local: '"a@b"', domain: "x.example" });
});
