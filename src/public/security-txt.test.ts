/** security.txt follows RFC 9116: a contact, one expiry less than a year ahead, https on the web. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parsePolicy } from "../core/policy/parse.ts";
import type { Instant } from "../core/time/instant.ts";
import { securityTxt } from "./security-txt.ts";

const parsed = parsePolicy(readFileSync("policies/solo.yaml", "utf8"));
if (!parsed.ok) throw new Error("the example does not parse");
const { policy } = parsed.value;
const NOW = Date.parse("2026-11-20T17:30:00Z") as Instant;
/** The format's own: a name, a colon, a blank, a value. */
const LINE = /^[A-Z][A-Za-z-]*: \S.*$/;

test.each([
  ["https://fennel.example/due", 2],
  ["http://127.0.0.1:7272", 1],
])("at %s", (url, contacts) => {
  const lines = securityTxt(policy, url, NOW).trimEnd().split("\n");
  const of = (name: string) =>
    lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
  expect(lines.filter((line) => !LINE.test(line))).toEqual([]);
  expect(of("Contact")).toHaveLength(contacts);
  expect(of("Contact")[0]).toBe("mailto:security@fennel.example");
  const [expires, ...more] = of("Expires");
  expect(more).toEqual([]);
  const ahead = Date.parse(expires ?? "") - NOW;
  expect(ahead).toBeGreaterThan(90 * 86_400_000);
  expect(ahead).toBeLessThan(365 * 86_400_000);
  for (const name of ["Canonical", "Policy", "Encryption"])
    for (const value of of(name)) expect(value).toMatch(/^https:/);
});
