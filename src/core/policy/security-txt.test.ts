/** security.txt follows RFC 9116: a contact, one expiry, https on the web. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parsePolicy } from "./parse/parse.ts";
import type { Instant } from "../time/instant.ts";
import { securityTxt } from "./security-txt.ts";

const parsed = parsePolicy(readFileSync("policies/solo.yaml", "utf8"));
if (!parsed.ok) throw new Error("the example does not parse");
const { policy } = parsed.value;
const EXPIRES = Date.parse("2027-05-21T17:30:00Z") as Instant;
/** The format's own: a name, a colon, a blank, a value. */
const LINE = /^[A-Z][A-Za-z-]*: \S.*$/;

test.each([
  ["https://fennel.example/due", 2],
  ["http://127.0.0.1:7272", 1],
])("at %s", (url, contacts) => {
  const lines = securityTxt(policy, url, EXPIRES).trimEnd().split("\n");
  const of = (name: string) =>
    lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
  expect(lines.filter((line) => !LINE.test(line))).toEqual([]);
  expect(of("Contact")).toHaveLength(contacts);
  expect(of("Contact")[0]).toBe("mailto:security@fennel.example");
  expect(of("Expires")).toEqual(["2027-05-21T17:30:00Z"]);
  for (const name of ["Canonical", "Policy", "Encryption"])
    for (const value of of(name)) expect(value).toMatch(/^https:/);
  expect(of("Preferred-Languages")).toEqual([]);
});

test("a key that is not on the encrypted web is told by its fingerprint", () => {
  const pgp = { fingerprint: "8C1F 40B2  77D9", url: "http://fennel.example/key.asc" };
  const there = { ...policy, reporting: { ...policy.reporting, pgp } };
  expect(securityTxt(there, "http://127.0.0.1:7272", EXPIRES)).toContain(
    "Encryption: openpgp4fpr:8c1f40b277d9\n",
  );
});
