import { describe, expect, test } from "vitest";
import { checked, codes, GOOD, MERIDIAN, saying, withWords } from "../../../../test/notices.ts";
import { instant } from "../../policy/fennel.ts";
import { checkNotice } from "./check.ts";
import type { Checked } from "./finding.ts";

const WARNED: readonly (readonly [string, string, Checked])[] = [
  ["blame", "blames", checked(saying("A careless change opened it."))],
  ["blame by role", "blames", checked(saying("It was human error."))],
  ["a guess", "speculates", checked(saying("It was probably a scanner."))],
  [
    "a phrase",
    "empty-phrase",
    checked(saying("We take the security of your data very seriously.")),
  ],
  ["no evidence", "no-evidence", checked(saying("There is no evidence of misuse."))],
  ["making it small", "minimises", checked(saying("Only a small number of files were read."))],
  ["a ticket", "ticket", checked(saying("Tracked as OPS-4411."))],
  [
    "a contact nobody checked",
    "contact-unverified",
    checked({}, {}, [{ ...MERIDIAN, verifiedOn: undefined as never }]),
  ],
  [
    "a contact checked long ago",
    "contact-stale",
    checked({}, {}, [{ ...MERIDIAN, verifiedOn: "2025-11-19" }]),
  ],
  [
    "a contact nobody seems to read",
    "contact-unattended",
    checked({}, {}, [{ ...MERIDIAN, to: { mail: "noreply@meridian.example" } }]),
  ],
  [
    "a next word within the hour",
    "next-word-soon",
    checked({ nextWordAt: instant("2026-11-20T21:00:00Z") }),
  ],
  [
    "a next word in two months",
    "next-word-far",
    checked({ nextWordAt: instant("2027-01-20T21:00:00Z") }),
  ],
];

/** Sentences that a careful person would write, and that nothing may be said against. */
const CLEAN: readonly (readonly [string, Checked])[] = [
  ["as it stands", checked()],
  [
    "to one customer, in their own name",
    checked(saying("Files of Meridian Health were read."), {}, [MERIDIAN]),
  ],
  [
    "in each one's own words",
    checked(
      saying("Yours: {{exports}}."),
      {},
      withWords({ exports: "two files of Meridian Health" }),
    ),
  ],
  ["called by their names", checked(saying("{{contact}}, files of {{customer}} were read."))],
  [
    "an ordinary word that opens somebody's name",
    checked(saying("Open a ticket with us if you need the list.")),
  ],
  ["a word that holds a name", checked(saying("The kestrelling of files is our own word."))],
  [
    "a suspicion as a suspicion",
    checked(saying("Other buckets may have been open too; that is not confirmed.")),
  ],
  [
    "a suspicion that is being looked at",
    checked(
      saying("We are looking at whether other buckets were open, and have not confirmed it."),
    ),
  ],
  [
    "what is confirmed, as confirmed",
    checked(saying("We have confirmed that files were read from outside.")),
  ],
  ["the number that was told", checked(saying("It concerns 4,112 people."))],
  ["the number with a thin space", checked(saying("It concerns 4 112 people."))],
  ["a number of something else", checked(saying("It concerns 3 buckets and 17 files in each."))],
  ["a time with its zone", checked(saying("It was closed at 20:10 CET."))],
  ["a time in two zones", checked(saying("It was closed at 20:10 CET (19:10 UTC)."))],
  ["a range with one zone", checked(saying("Open from 18:40 to 20:10 CET."))],
  ["a time with an offset", checked(saying("It was closed at 20:10 +01:00."))],
  ["a time in words for a zone", checked(saying("It was closed at 8:10 pm New York time."))],
  [
    "a version, an address and a ratio",
    checked(saying("Upgrade to 2.14.3; 192.0.2.10 is blocked; 3:1 were retried.")),
  ],
  ["a CVE and a standard", checked(saying("CVE-2026-1234 and ISO-27001 are named in the log."))],
  [
    "a full notice that leaves nothing open",
    checked({ kind: "full", nextWordAt: undefined as never }),
  ],
  ["a final notice", checked({ kind: "final", nextWordAt: undefined as never })],
  [
    "an element not known yet, with a next word",
    checked({
      slots: [{ element: "what-happened", text: "", unknown: true }, ...GOOD.slots.slice(1)],
    }),
  ],
  [
    "nothing to do, in a sentence",
    checked({
      slots: [
        ...GOOD.slots,
        { element: "what-you-should-do", text: "There is nothing you must do now." },
      ],
    }),
  ],
  [
    "a Reply-To that a function reads",
    checked({ replyTo: { name: "Fennel security", mail: "security@fennel.example" } }),
  ],
  [
    "a next word before the clause's update",
    checked(
      {},
      {
        updatesDue: [
          {
            recipient: "customer:cus_1",
            clause: "complete-notice",
            dueAt: instant("2026-11-22T20:30:00Z"),
          },
        ],
      },
    ),
  ],
  [
    "a recipient with an Arabic name and quotes",
    checked({}, {}, [
      { ...MERIDIAN, to: { name: 'ليلى "Layla" O\'Neil', mail: "layla@meridian.example" } },
    ]),
  ],
  ["a contact checked 365 days ago", checked({}, {}, [{ ...MERIDIAN, verifiedOn: "2025-11-20" }])],
];

describe("before a notice leaves", () => {
  test.each(WARNED)("%s is left to whoever reads it back", (_, code, notice) => {
    expect(codes(notice)).toEqual(expect.arrayContaining([code]));
    expect(codes(notice, "block")).toEqual([]);
  });

  test.each(CLEAN)("nothing is said against a notice: %s", (_, notice) => {
    expect(checkNotice(notice)).toEqual([]);
  });

  test("there are at least twenty ways to be right here", () => {
    expect(CLEAN.length).toBeGreaterThanOrEqual(20);
  });

  test("ten thousand recipients are checked in moments, with a few findings and not all", () => {
    const many = Array.from({ length: 10_000 }, (_, index) => ({
      id: `customer:c${index}`,
      name: `Northwind Branch ${index}`,
      to: { mail: `it@branch${index}.example` },
    }));
    const customers = many.map(({ id, name }) => ({ id, name }));
    const found = checkNotice(checked({}, { customers }, many));
    expect(found.length).toBe(100);
  });
});
