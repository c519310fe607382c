/** What is said wrong in a notice: as a fact, a number, a time, by whom, or in marks of a machine. */

import { describe, expect, test } from "vitest";
import { checked, GOOD, KESTREL, MERIDIAN, saying, unencrypted } from "../../../../test/notices.ts";
import { ADA } from "../../policy/fennel.ts";
import { checkNotice } from "./check.ts";
import type { Checked } from "./finding.ts";

/** What was done wrong, the code that must say so, and where it must point. */
const BLOCKED: readonly (readonly [string, string, string, Checked])[] = [
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
