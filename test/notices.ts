/** Notices: a good one and what stands beside it, for tests that make one thing of it wrong. */

import { ADA, instant } from "../src/core/policy/fennel.ts";
import type { DraftContent, DraftRecipient } from "../src/core/notice/draft.ts";
import { checkNotice } from "../src/core/notice/check/check.ts";
import type { Checked, NoticeBeside } from "../src/core/notice/check/finding.ts";

export const NOW = instant("2026-11-20T20:30:00Z");
export const MERIDIAN: DraftRecipient = {
  id: "customer:cus_1",
  name: "Meridian Health",
  to: { name: "Cleo Osei", mail: "cleo@meridian.example" },
  verifiedOn: "2026-10-01",
};
export const KESTREL: DraftRecipient = {
  id: "customer:cus_2",
  name: "Kestrel Bank",
  to: { name: "Ute Brandt", mail: "ute@kestrel.example" },
  verifiedOn: "2026-09-12",
};
export const GOOD: DraftContent = {
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
export const BESIDE: NoticeBeside = {
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

export const codes = (checked: Checked, level?: string): readonly string[] =>
  checkNotice(checked)
    .filter((finding) => level === undefined || finding.level === level)
    .map(({ code }) => code);

export const unencrypted = (code: string): NoticeBeside["unencrypted"] => [
  { recipient: "customer:cus_1", code, message: "Ask them for the key." },
];

/** The good notice, with other words about what happened. */
export const saying = (text: string): Partial<DraftContent> => ({
  slots: [{ element: "what-happened", text }, ...GOOD.slots.slice(1)],
});
export const checked = (
  content: Partial<DraftContent> = {},
  beside: Partial<NoticeBeside> = {},
  recipients: readonly DraftRecipient[] = [MERIDIAN, KESTREL],
): Checked => ({ content: { ...GOOD, ...content }, beside: { ...BESIDE, ...beside }, recipients });

export const withWords = (words: Record<string, string>): readonly DraftRecipient[] => [
  { ...MERIDIAN, words },
  { ...KESTREL, words: { exports: "one file" } },
];
