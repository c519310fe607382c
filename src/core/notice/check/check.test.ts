import { describe, expect, test } from "vitest";
import { ADA, instant } from "../../policy/fennel.ts";
import type { DraftContent, DraftRecipient } from "../draft.ts";
import { checkNotice } from "./check.ts";
import type { Checked, NoticeBeside } from "./finding.ts";

const NOW = instant("2026-11-20T20:30:00Z");
const MERIDIAN: DraftRecipient = {
  id: "customer:cus_1",
  name: "Meridian Health",
  to: { name: "Cleo Osei", mail: "cleo@meridian.example" },
  verifiedOn: "2026-10-01",
};
const KESTREL: DraftRecipient = {
  id: "customer:cus_2",
  name: "Kestrel Bank",
  to: { name: "Ute Brandt", mail: "ute@kestrel.example" },
  verifiedOn: "2026-09-12",
};
const GOOD: DraftContent = {
  kind: "preliminary",
  subject: "Preliminary notice: export files could be read by others",
  slots: [
    {
      element: "what-happened",
      text: "From 3 Nov to 20 Nov 2026, 20:10 CET, an export bucket of ours could be listed from outside. We have confirmed that files were read from one address.",
    },
    { element: "what-data", text: "Export files with names and mail addresses of your customers." },
    { element: "next-word", text: "I write again when the log is read to its end." },
  ],
  nextWordAt: instant("2026-11-22T11:00:00Z"),
};
const BESIDE: NoticeBeside = {
  now: NOW,
  today: "2026-11-20",
  author: ADA,
  required: [
    { id: "what-happened", name: "What happened" },
    { id: "what-data", name: "What data" },
    { id: "next-word", name: "Next word" },
  ],
  customers: [
    { id: "customer:cus_1", name: "Meridian Health" },
    { id: "customer:cus_2", name: "Kestrel Bank" },
    { id: "customer:cus_3", name: "Oakline" },
    { id: "customer:cus_4", name: "Open Data Systems" },
  ],
  internal: ["Bucket exports-prod is listable", "INC-7", "R-7QK4-M2"],
  reporters: [{ name: "Ravi Nair", mail: "ravi@nair.example", mayBeNamed: false }],
  facts: [
    { says: "files were read from outside", state: "confirmed" },
    { says: "other buckets were open to the public", state: "suspected" },
    { says: "payment data were changed by somebody", state: "ruled-out" },
  ],
  numbers: [{ noun: "people", value: 4112 }],
  filed: [],
  updatesDue: [],
  bounced: [],
  unencrypted: [],
};

const codes = (checked: Checked, level?: string): readonly string[] =>
  checkNotice(checked)
    .filter((finding) => level === undefined || finding.level === level)
    .map(({ code }) => code);

const unencrypted = (code: string): NoticeBeside["unencrypted"] => [
  { recipient: "customer:cus_1", code, message: "Ask them for the key." },
];

/** The good notice, with other words about what happened. */
const saying = (text: string): Partial<DraftContent> => ({
  slots: [{ element: "what-happened", text }, ...GOOD.slots.slice(1)],
});
const checked = (
  content: Partial<DraftContent> = {},
  beside: Partial<NoticeBeside> = {},
  recipients: readonly DraftRecipient[] = [MERIDIAN, KESTREL],
): Checked => ({ content: { ...GOOD, ...content }, beside: { ...BESIDE, ...beside }, recipients });

const withWords = (words: Record<string, string>): readonly DraftRecipient[] => [
  { ...MERIDIAN, words },
  { ...KESTREL, words: { exports: "one file" } },
];

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
  [
    "a suspicion said as confirmed",
    "confirmed-over-suspected",
    "/slots/what-happened",
    checked(saying("We have confirmed that other buckets were open.")),
  ],
  [
    "the same in other words",
    "confirmed-over-suspected",
    "/slots/what-happened",
    checked(saying("It is certain that other buckets were public.")),
  ],
  [
    "the same as verified",
    "confirmed-over-suspected",
    "/slots/what-happened",
    checked(saying("Other buckets, as verified today, were open to the public.")),
  ],
  [
    "the same as known",
    "confirmed-over-suspected",
    "/slots/what-data",
    checked({
      slots: [
        GOOD.slots[0]!,
        { element: "what-data", text: "We now know other buckets were open." },
        GOOD.slots[2]!,
      ],
    }),
  ],
  [
    "a number that was told otherwise",
    "number-differs",
    "/slots/what-happened",
    checked(saying("It concerns 4,211 people.")),
  ],
  [
    "the same with a point",
    "number-differs",
    "/slots/what-happened",
    checked(saying("It concerns 41.120 persons.")),
  ],
  [
    "the same of individuals",
    "number-differs",
    "/slots/what-happened",
    checked(saying("About 4000 affected individuals are concerned.")),
  ],
  [
    "a number that differs from the filing, where nothing was told",
    "differs-from-filing",
    "/slots/what-happened",
    checked(saying("It concerns 4,112 people."), {
      numbers: [],
      filed: [{ where: "GDPR", numbers: [{ kind: "people", value: 3900 }], days: {} }],
    }),
  ],
  [
    "a time without zone",
    "time-without-zone",
    "/slots/what-happened",
    checked(saying("It was closed at 20:10 on Friday.")),
  ],
  [
    "a time at the end",
    "time-without-zone",
    "/slots/what-happened",
    checked(saying("It was closed on 20 Nov 2026, 20:10.")),
  ],
  [
    "a time with pm",
    "time-without-zone",
    "/slots/what-happened",
    checked(saying("It was closed at 8:10 pm.")),
  ],
  [
    "a whole hour with pm",
    "time-without-zone",
    "/slots/what-happened",
    checked(saying("It was closed at 8 pm on Friday.")),
  ],
  [
    "an hour in French",
    "time-without-zone",
    "/slots/what-happened",
    checked(saying("Fermé à 20h10 vendredi.")),
  ],
  [
    "a range without zone",
    "time-without-zone",
    "/slots/what-happened",
    checked(saying("Open from 18:40 to 20:10 that day.")),
  ],
  ["no author", "author-missing", "/author", checked({}, { author: undefined })],
  [
    "an author nobody answers",
    "author-unattended",
    "/author",
    checked({}, { author: { ...ADA, mail: "no-reply@fennel.example" } }),
  ],
  [
    "a function as author",
    "author-role-address",
    "/author",
    checked({}, { author: { ...ADA, mail: "security@fennel.example" } }),
  ],
  [
    "a Reply-To nobody answers",
    "reply-unattended",
    "/replyTo",
    checked({ replyTo: { mail: "noreply@fennel.example" } }),
  ],
  [
    "a Reply-To that is two",
    "reply-invalid",
    "/replyTo",
    checked({ replyTo: { mail: "a@fennel.example, b@fennel.example" } }),
  ],
  [
    "a Reply-To with a header in it",
    "reply-invalid",
    "/replyTo",
    checked({ replyTo: { mail: "a@fennel.example\r\nBcc: x@evil.example" } }),
  ],
  [
    "a subject with a header in it",
    "header-broken",
    "/subject",
    checked({ subject: "Notice\r\nBcc: x@evil.example" }),
  ],
  [
    "a subject with a hidden turn",
    "header-broken",
    "/subject",
    checked({ subject: "Notice \u202egnp.exe" }),
  ],
  ["nobody to receive it", "recipients-missing", "/recipients", checked({}, {}, [])],
  [
    "two addresses in one",
    "address-invalid",
    "/recipients/customer:cus_1",
    checked({}, {}, [{ ...MERIDIAN, to: { mail: "cleo@meridian.example; it@meridian.example" } }]),
  ],
  [
    "no address at all",
    "address-invalid",
    "/recipients/customer:cus_1",
    checked({}, {}, [{ ...MERIDIAN, to: { mail: "Cleo" } }]),
  ],
  [
    "a recipient's name with a header in it",
    "header-broken",
    "/recipients/customer:cus_1",
    checked({}, {}, [{ ...MERIDIAN, to: { name: "Cleo\nBcc: x", mail: "cleo@meridian.example" } }]),
  ],
  [
    "one address for two customers",
    "address-shared",
    "/recipients/customer:cus_2",
    checked({}, {}, [MERIDIAN, { ...KESTREL, to: MERIDIAN.to }]),
  ],
  [
    "an address that a mail came back from",
    "contact-bounced",
    "/recipients/customer:cus_1",
    checked({}, { bounced: ["Cleo@Meridian.example"] }),
  ],
  [
    "encryption promised and no key",
    "encryption-key-missing",
    "/recipients/customer:cus_1",
    checked({}, { unencrypted: unencrypted("encryption-key-missing") }),
  ],
  [
    "encryption promised and a key that has run out",
    "encryption-key-expired",
    "/recipients/customer:cus_1",
    checked({}, { unencrypted: unencrypted("encryption-key-expired") }),
  ],
  [
    "markup from a word processor",
    "markup",
    "/slots/what-happened",
    checked(saying('<p class="MsoNormal">Files were read.</p>')),
  ],
  [
    "a hard space from a web page",
    "markup",
    "/slots/what-happened",
    checked(saying("Files&nbsp;were read.")),
  ],
];

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

const FILED = {
  where: "GDPR, sa-notification",
  numbers: [{ kind: "people", value: 4112 }],
  days: { aware: ["2026-11-20"], began: ["2026-11-03"] },
};
const beside = (text: string, more: Partial<NoticeBeside> = {}) =>
  checkNotice(checked(saying(text), { filed: [FILED], ...more })).filter(
    ({ code }) => code === "differs-from-filing",
  );

describe("a notice beside a filing", () => {
  test("with the same numbers and days has nothing said against it", () => {
    expect(
      beside(
        "It began on 3 Nov 2026. We became aware on 20 November 2026. It concerns 4,112 people.",
      ),
    ).toEqual([]);
  });

  test("with a number that is neither filed nor told is blocked, and says what was filed", () => {
    expect(beside("It concerns 5,000 people.")).toMatchObject([
      { level: "block", words: "5,000 people", message: expect.stringContaining("4112 people") },
    ]);
  });

  test("with the number that is held now, and was not when it was filed, is asked to follow up", () => {
    const numbers = [{ noun: "people", value: 5000 }];
    expect(beside("It concerns 5,000 people.", { numbers })).toMatchObject([
      { level: "warn", message: expect.stringContaining("file a follow-up") },
    ]);
  });

  test("with another day of becoming aware is left to whoever reads it back", () => {
    expect(beside("We discovered it on 21 Nov 2026, 10:00 CET.")).toMatchObject([
      { level: "warn", message: expect.stringContaining("2026-11-20") },
    ]);
    expect(beside("We write again on 27 Nov 2026, 10:00 CET.")).toEqual([]);
  });
});

describe("before a notice leaves", () => {
  test.each(BLOCKED)("%s is blocked as %s", (_, code, at, notice) => {
    const blocks = checkNotice(notice).filter(({ level }) => level === "block");
    expect(blocks.map((finding) => [finding.code, finding.at])).toContainEqual([code, at]);
    expect(new Set(blocks.map((finding) => finding.code))).toEqual(new Set([code]));
  });

  test.each(WARNED)("%s is left to whoever reads it back", (_, code, notice) => {
    expect(codes(notice)).toEqual(expect.arrayContaining([code]));
    expect(codes(notice, "block")).toEqual([]);
  });

  test.each(CLEAN)("nothing is said against a notice: %s", (_, notice) => {
    expect(checkNotice(notice)).toEqual([]);
  });

  test("there are at least sixty ways to be wrong here, and twenty to be right", () => {
    expect(BLOCKED.length).toBeGreaterThanOrEqual(60);
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

describe("what a provider says, quoted", () => {
  const QUOTED = [
    "Our sign-in provider tells us this.",
    "> We have confirmed that 500,000 people are affected since 07:15; probably more.",
    "> -- Gatehouse, 2026-11-22 07:30 UTC, https://status.gatehouse.example/i/42",
  ].join("\n");
  const beside: NoticeBeside = {
    ...BESIDE,
    numbers: [{ noun: "people", value: 4112 }],
    facts: [{ says: "people are affected", state: "suspected" }],
  };
  const found = (text: string, more: Partial<NoticeBeside> = {}) =>
    checkNotice({
      content: {
        ...GOOD,
        slots: GOOD.slots.map((slot) => (slot.element === "what-data" ? { ...slot, text } : slot)),
      },
      recipients: [MERIDIAN],
      beside: { ...beside, ...more },
    })
      .filter(({ at }) => at === "/slots/what-data")
      .map(({ code }) => code);

  test("is no claim of ours: not its numbers, its certainty, its times or its wording", () => {
    expect(found(QUOTED)).toEqual([]);
    const ours = QUOTED.replaceAll("> ", "");
    expect(found(ours)).toEqual(
      expect.arrayContaining([
        "number-differs",
        "confirmed-over-suspected",
        "time-without-zone",
        "speculates",
      ]),
    );
  });

  test("names its source, and leaves us something to say", () => {
    const lines = QUOTED.split("\n");
    expect(found(lines.slice(0, 2).join("\n"))).toContain("quote-unsourced");
    expect(found(lines.slice(1).join("\n"))).toEqual(["quote-alone"]);
  });

  test("lets no other customer's name out", () => {
    const customers = [{ id: "cus_2", name: "Kestrel Bank" }];
    expect(found(QUOTED.replace("500,000 people", "Kestrel Bank"), { customers })).not.toEqual([]);
  });
});
