import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parsePolicy } from "../policy/parse/parse.ts";
import { LANGUAGES } from "./draft.ts";
import { headingIn } from "./headings.ts";

test.each(["solo", "product", "vendor"])(
  "each element that the %s policy names has a heading in every language of ours",
  (name) => {
    const read = parsePolicy(readFileSync(`policies/${name}.yaml`, "utf8"));
    if (!read.ok) throw new Error(read.problems[0].message);
    for (const { name: said } of read.value.policy.elements)
      for (const language of LANGUAGES)
        if (language === "en") expect(headingIn(language, said)).toBe(said);
        else expect(headingIn(language, said), `${language} ${said}`).not.toBe(said);
  },
);

test("a name that somebody chose stands as they wrote it", () => {
  for (const name of ["What the auditors ask", "constructor", ""])
    expect(headingIn("de", name)).toBe(name);
});
