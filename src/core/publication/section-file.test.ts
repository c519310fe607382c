import { expect, test } from "vitest";
import type { Policy } from "../policy/policy.ts";
import {
  digestOf,
  digestsIn,
  sectionFileProblems,
  sectionFilesOf,
  withoutSalt,
} from "./section-file.ts";

const SALTED = "salt: 0ab182d619f22d57\n\n# Runbook\n";
const policyOf = (...texts: readonly string[]): Pick<Policy, "sections"> => ({
  sections: [
    { id: "what", title: "What", audience: "public", text: "All." },
    ...texts.map((text, index) => ({
      id: `s${index}`,
      title: `S ${index}`,
      audience: index % 2 === 0 ? ("nda" as const) : ("internal" as const),
      file: `nda/s${index}.md`,
      digest: digestOf(text),
    })),
  ],
});
const naming = (...texts: readonly string[]) => sectionFilesOf(policyOf(...texts));
const codes = (...given: Parameters<typeof sectionFileProblems>): readonly string[] =>
  sectionFileProblems(...given).map(({ code }) => code);
const NONE: ReadonlySet<string> = new Set();

test("a policy is published with every file that it names, or with what is kept of them", () => {
  const policy = naming(SALTED, `${SALTED}More.\n`);
  expect(codes(policy, [], NONE)).toEqual(["section-file-missing", "section-file-missing"]);
  expect(codes(policy, [SALTED], NONE)).toEqual(["section-file-missing"]);
  expect(codes(policy, [SALTED], new Set([digestOf(`${SALTED}More.\n`)]))).toEqual([]);
  expect(codes(policy, [`${SALTED}More.\n`, SALTED], NONE)).toEqual([]);
  expect(codes(naming(), [], NONE)).toEqual([]);
});

test("a file that is not the one named, by one character, is not taken for it", () => {
  const [strange, missing] = sectionFileProblems(naming(SALTED), [`${SALTED} `], NONE);
  expect(strange).toMatchObject({ code: "section-differs", at: "/files/0" });
  expect(strange?.message).toContain(digestOf(SALTED));
  expect(missing?.code).toBe("section-file-missing");
});

test("a file without a salt is refused: its text could be guessed from the digest", () => {
  expect(codes(naming("# Runbook\n"), ["# Runbook\n"], NONE)).toEqual(["section-unsalted"]);
  for (const salt of ["salt: 0ab182d619f22d57", "0ab182d619f22d570c0b84f74140129e"]) {
    const text = `${salt}\n\n# Runbook\n`;
    expect(codes(naming(text), [text], NONE)).toEqual([]);
    expect(withoutSalt(text)).toBe("# Runbook\n");
  }
  expect(withoutSalt("# Runbook\n")).toBe("# Runbook\n");
});

test("the digests of a text are found whether or not it can be read", () => {
  const digest = digestOf(SALTED);
  expect(digestsIn(`sections: [ { digest: "${digest}" }, ${digest}\n  {{`)).toEqual([digest]);
  expect(naming(SALTED)).toEqual([
    { section: "s0", title: "S 0", audience: "nda", file: "nda/s0.md", digest },
  ]);
});
