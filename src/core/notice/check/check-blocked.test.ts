/** What is missing from a notice, or may not be in it: elements, other names, blanks of a template. */

import { describe, expect, test } from "vitest";
import { checked, GOOD, KESTREL, MERIDIAN, saying, withWords } from "../../../../test/notices.ts";
import { instant } from "../../policy/fennel.ts";
import { checkNotice } from "./check.ts";
import type { Checked } from "./finding.ts";

/** What was done wrong, the code that must say so, and where it must point. */
const BLOCKED: readonly (readonly [string, string, string, Checked])[] = [
  ["no subject", "subject-missing", "/subject", checked({ subject: " " })],
  [
    "a missing element",
    "element-missing",
    "/slots/what-data",
    checked({ slots: [GOOD.slots[0]!, GOOD.slots[2]!] }),
  ],
  ["an empty element", "element-empty", "/slots/what-happened", checked(saying("  "))],
  ["an element with a dash", "element-empty", "/slots/what-happened", checked(saying("-"))],
  ["an element with n/a", "element-empty", "/slots/what-happened", checked(saying("N/A"))],
  ["an element with TBD", "placeholder", "/slots/what-happened", checked(saying("tbd."))],
  [
    "an element nobody asked for, left empty",
    "element-empty",
    "/slots/contact",
    checked({ slots: [...GOOD.slots, { element: "contact", text: "" }] }),
  ],
  [
    "unknown without a next word",
    "next-word-missing",
    "/nextWordAt",
    checked({ nextWordAt: undefined as never }),
  ],
  [
    "a slot unknown in a full notice, without a next word",
    "next-word-missing",
    "/nextWordAt",
    checked({
      kind: "full",
      nextWordAt: undefined as never,
      slots: [{ element: "what-happened", text: "", unknown: true }, ...GOOD.slots.slice(1)],
    }),
  ],
  [
    "a next word in the past",
    "next-word-past",
    "/nextWordAt",
    checked({ nextWordAt: instant("2026-11-20T18:00:00Z") }),
  ],
  [
    "a next word after the clause's update",
    "next-word-late",
    "/nextWordAt",
    checked(
      {},
      {
        updatesDue: [
          {
            recipient: "customer:cus_1",
            clause: "complete-notice",
            dueAt: instant("2026-11-21T20:00:00Z"),
          },
        ],
      },
    ),
  ],
  [
    "another customer by name",
    "other-customer",
    "/slots/what-happened",
    checked(saying("Files of Kestrel Bank could be read.")),
  ],
  [
    "another customer by the first word",
    "other-customer",
    "/slots/what-happened",
    checked(saying("Files of Kestrel could be read.")),
  ],
  [
    "another customer in possessive",
    "other-customer",
    "/slots/what-happened",
    checked(saying("Kestrel's files could be read.")),
  ],
  [
    "another customer in lower case, in full",
    "other-customer",
    "/slots/what-happened",
    checked(saying("files of kestrel bank could be read.")),
  ],
  [
    "a customer who receives nothing",
    "other-customer",
    "/slots/what-happened",
    checked(saying("Oakline was hit in the same way.")),
  ],
  [
    "another customer in the subject",
    "other-customer",
    "/subject",
    checked({ subject: "Exposure of files of Meridian Health" }),
  ],
  [
    "another customer in the opening",
    "other-customer",
    "/opening",
    checked({ opening: "I write to you and to Kestrel." }),
  ],
  [
    "another customer in the signature",
    "other-customer",
    "/signature",
    checked({ signature: "Account team Meridian Health" }),
  ],
  [
    "another customer in the words for one",
    "other-customer",
    "/recipients/customer:cus_1/words/exports",
    checked(
      saying("Yours: {{exports}}."),
      {},
      withWords({ exports: "kestrel bank export, 1.csv" }),
    ),
  ],
  [
    "the private title",
    "internal-words",
    "/slots/what-happened",
    checked(saying("Bucket exports-prod is listable, we found.")),
  ],
  [
    "the incident's number",
    "internal-words",
    "/slots/what-happened",
    checked(saying("In INC-7 files could be read.")),
  ],
  [
    "another incident's number",
    "internal-words",
    "/slots/what-happened",
    checked(saying("As in INC-31, files could be read.")),
  ],
  [
    "a report's reference",
    "internal-words",
    "/slots/what-happened",
    checked(saying("Reported as R-7QK4-M2.")),
  ],
  [
    "an address of the app",
    "internal-words",
    "/slots/what-happened",
    checked(saying("See https://due.fennel.example/app/incidents/INC-7.")),
  ],
  [
    "the reporter's name",
    "reporter-named",
    "/slots/what-happened",
    checked(saying("Ravi Nair told us that files could be read.")),
  ],
  [
    "the reporter's address",
    "reporter-named",
    "/slots/what-happened",
    checked(saying("A report by ravi@nair.example.")),
  ],
  [
    "the reporter's name in other letters",
    "reporter-named",
    "/slots/what-happened",
    checked(saying("Reported by RAVI NAIR.")),
  ],
  [
    "words that one recipient lacks",
    "word-missing",
    "/slots/what-happened",
    checked(saying("Yours: {{exports}}."), {}, [MERIDIAN, KESTREL]),
  ],
  [
    "words that are empty for one",
    "word-missing",
    "/recipients/customer:cus_1/words/exports",
    checked(saying("Yours: {{exports}}."), {}, withWords({ exports: " " })),
  ],
  [
    "a call with logic",
    "placeholder",
    "/slots/what-happened",
    checked(saying("{{#if x}}yes{{/if}}")),
  ],
  [
    "a call of the machine",
    "placeholder",
    "/slots/what-happened",
    checked(saying("{{constructor.constructor('x')()}}")),
  ],
  [
    "a call inside the words for one",
    "placeholder",
    "/recipients/customer:cus_1/words/exports",
    checked(saying("Yours: {{exports}}."), {}, withWords({ exports: "{{exports}}" })),
  ],
  [
    "a shell's variable",
    "placeholder",
    "/slots/what-happened",
    checked(saying("Dear ${name}, files were read.")),
  ],
  [
    "a template's brackets",
    "placeholder",
    "/slots/what-happened",
    checked(saying("From ⟦start⟧ on.")),
  ],
  [
    "a blank in brackets",
    "placeholder",
    "/slots/what-happened",
    checked(saying("From [insert date] on files were read.")),
  ],
  ["a blank line", "placeholder", "/slots/what-happened", checked(saying("We found ____ files."))],
  ["a row of X", "placeholder", "/slots/what-happened", checked(saying("We found XXX files."))],
  [
    "a TODO",
    "placeholder",
    "/slots/what-data",
    checked({
      slots: [GOOD.slots[0]!, { element: "what-data", text: "TODO ask Ben" }, GOOD.slots[2]!],
    }),
  ],
  [
    "lorem ipsum",
    "placeholder",
    "/slots/what-happened",
    checked(saying("Lorem ipsum dolor sit amet.")),
  ],
];

describe("before a notice leaves", () => {
  test.each(BLOCKED)("%s is blocked as %s", (_, code, at, notice) => {
    const blocks = checkNotice(notice).filter(({ level }) => level === "block");
    expect(blocks.map((finding) => [finding.code, finding.at])).toContainEqual([code, at]);
    expect(new Set(blocks.map((finding) => finding.code))).toEqual(new Set([code]));
  });

  test("there are many ways to be wrong here", () => {
    expect(BLOCKED.length).toBeGreaterThanOrEqual(30);
  });
});
