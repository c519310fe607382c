import { expect, test } from "vitest";
import { FENNEL } from "./fennel.ts";
import type { Policy } from "./policy.ts";
import { sectionChanges } from "./section-changes.ts";

const section = (id: string, text: string) => ({
  id,
  title: `About ${id}`,
  audience: "public" as const,
  text,
});
const policy = (...sections: Policy["sections"]): Policy => ({ ...FENNEL, sections });

test("what is changed, new and gone is told; what stayed is not, wherever it stands", () => {
  const before = policy(section("a", "one"), section("b", "two"), section("c", "three"));
  const after = policy(section("c", "three"), section("a", "One."), section("d", "four"));
  expect(sectionChanges(before, after)).toEqual([
    { id: "a", title: "About a", before: "About a\n\none", after: "About a\n\nOne." },
    { id: "d", title: "About d", after: "About d\n\nfour" },
    { id: "b", title: "About b", before: "About b\n\ntwo" },
  ]);
});

test("a section that is no longer public is a change", () => {
  const digest = `sha256:${"0".repeat(64)}`;
  const hidden = { id: "a", title: "About a", audience: "nda" as const, file: "a.md", digest };
  const [change] = sectionChanges(policy(section("a", "one")), policy(hidden));
  expect(change?.after).toContain("Not public (nda): a.md");
});
