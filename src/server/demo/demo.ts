/**
 * Demo: a sample company's evening, so that nobody meets empty pages.
 *
 * Fennel's story: on an evening a researcher reports a bucket that can be listed;
 * the founder acknowledges, confirms, contains, and learns whose data it was. Told
 * relative to `at`, through the same commands as everything else, in the words of
 * whatever policy runs here. Everything is marked SAMPLE; nothing is sent.
 */

import type { Policy } from "../../core/policy/policy.ts";
import { ok, refuse, type Result } from "../../core/problem.ts";
import type { Command } from "../../core/subject.ts";
import { HOUR_MS, type Instant, MINUTE_MS, plus } from "../../core/time/instant.ts";
import { sampleCustomers } from "./customers.ts";
import type { Handling } from "../handling.ts";

const REPORT = [
  "Your bucket exports-prod is listable from the internet. I looked at the first page of names and stopped there.",
  "Two names as proof: 2026-11/meridian-visits.csv and 2026-11/kestrel-limits.csv. I have not opened either.",
  "I would like 90 days before I write about it, and credit as Ravi N.",
].join("\n\n");

/** One thing somebody does, so long after the story began. */
type Step = { readonly afterMinutes: number; readonly subject: string; readonly command: Command };

/** How long the story has been under way at `at`. */
const BEGAN_MS = 3 * HOUR_MS + 35 * MINUTE_MS;

/**
 * Loads the sample. `by` is whoever asked for it and plays the founder.
 * Refuses with: policy-missing, sample-loaded, and what the commands refuse with.
 */
export async function loadSample(
  handling: Handling,
  by: string,
  at: Instant,
): Promise<Result<{ incident: string }>> {
  if ((await handling.installation()).sample)
    return refuse("sample-loaded", "The sample data are loaded already.");
  const pinned = await handling.world.policies.current();
  if (!pinned)
    return refuse(
      "policy-missing",
      "Set up this installation first: the sample runs under its policy.",
    );
  const { policy } = pinned;
  const began = plus(at, -BEGAN_MS);
  let subjects = 0;
  const act = async (
    subject: string,
    command: Command,
    minutes: number,
  ): Promise<Result<string>> => {
    const handled = await handling.handle({
      subject,
      at: plus(began, minutes * MINUTE_MS),
      by,
      command,
    });
    if (handled.ok) subjects += subject.includes("/") ? 0 : 1;
    return handled.ok ? ok(handled.value.created ?? handled.value.subject) : handled;
  };
  const customers: string[] = [];
  for (const customer of sampleCustomers(policy, claimsOf(policy)[0], began)) {
    const added = await act("party", customer, 0);
    if (!added.ok) return added;
    customers.push(added.value.replace(/^party\//, ""));
  }
  for (const { signal, afterMinutes, close } of NOISE) {
    const receivedAt = plus(began, afterMinutes * MINUTE_MS);
    const channel = channelOf(policy, "monitoring");
    const recorded = await act(
      "signal",
      { type: "RecordSignal", ...signal, channel, sample: true, receivedAt },
      afterMinutes,
    );
    if (!recorded.ok) return recorded;
    if (!close) continue;
    const closed = await act(recorded.value, { type: "CloseSignal", ...close }, afterMinutes + 3);
    if (!closed.ok) return closed;
  }
  const report = await act(
    "signal",
    {
      type: "RecordSignal",
      channel: channelOf(policy, "researcher"),
      source: "form",
      title: "Listable bucket exports-prod",
      text: REPORT,
      sender: { name: "Ravi N.", mail: "ravi@researcher.example" },
      receivedAt: began,
      sample: true,
    },
    0,
  );
  if (!report.ok) return report;
  const confirmed = await act(
    report.value,
    { type: "ConfirmSignal", title: "Exposed export bucket", answers: answersFor(policy, true) },
    12,
  );
  if (!confirmed.ok) return confirmed;
  for (const { afterMinutes, subject, command } of story(
    policy,
    confirmed.value,
    customers,
    began,
  )) {
    const told = await act(subject, command, afterMinutes);
    if (!told.ok) return told;
  }
  const loaded = await handling.handle({
    subject: "installation/current",
    at,
    by,
    command: { type: "LoadSample", subjects },
  });
  return loaded.ok ? ok({ incident: confirmed.value }) : loaded;
}

type Noise = {
  readonly afterMinutes: number;
  readonly signal: {
    readonly title: string;
    readonly text: string;
    readonly source: string;
    readonly fingerprint: string;
  };
  readonly close?: { readonly reason: "false-positive" | "wont-act"; readonly note: string };
};

const NOISE: readonly Noise[] = [
  {
    afterMinutes: -26 * 60,
    signal: {
      title: "AuthFailureSpike on api",
      text: "42 failed logins per second on api for 10 minutes.",
      source: "alertmanager",
      fingerprint: "sample/auth-failure",
    },
    close: {
      reason: "false-positive",
      note: "Load test of our own, announced on Monday. Threshold stays.",
    },
  },
  {
    afterMinutes: 95,
    signal: {
      title: "CertificateExpiresSoon on status page",
      text: "The certificate of the status page ends in 9 days.",
      source: "alertmanager",
      fingerprint: "sample/certificate",
    },
  },
];

/** The evening, in minutes after the report came in. */
function story(
  policy: Policy,
  incident: string,
  customers: readonly string[],
  began: Instant,
): readonly Step[] {
  const lead = policy.roles.filter(({ outside }) => !outside).slice(0, 3);
  const [exposed, suspected] = claimsOf(policy);
  const kinds = policy.mitigations.map(({ id }) => id);
  const at = (minutes: number): Instant => plus(began, minutes * MINUTE_MS);
  const step = (afterMinutes: number, command: Command): Step => ({
    afterMinutes,
    subject: incident,
    command,
  });
  const kind = (index: number): string => kinds[index % kinds.length] ?? "";
  return [
    ...lead.map(({ id }) => step(13, { type: "TakeRole", role: id })),
    step(18, {
      type: "RecordFact",
      claim: suspected,
      state: "suspected",
      source: "Ravi's report: two file names of customers.",
    }),
    step(31, {
      type: "Log",
      text: "Listing works without credentials from two networks. Policy of the bucket was changed on 3 November by the migration script.",
    }),
    step(90, {
      type: "ApplyMitigation",
      kind: kind(3),
      text: "Public access to exports-prod removed; the policy diff is attached to the change.",
      happenedAt: at(88),
    }),
    step(92, {
      type: "Log",
      text: "Pulled the access log of the bucket, 3 to 20 November.\n\n```\nsha256 9f2c4e7a0b…  access-2026-11.log\n4112 GetObject from one address, 18 Nov 02:10 to 03:55\n```",
      happenedAt: at(84),
      key: true,
    }),
    step(127, {
      type: "ApplyMitigation",
      kind: kind(0),
      text: "Keys of the role exporter revoked and made anew.",
    }),
    step(145, {
      type: "RecordFact",
      claim: exposed,
      state: "confirmed",
      source: "Access log, rows 1 to 4112: exports of three customers were read by one address.",
      note: "Write access is ruled out: the role can only read.",
    }),
    ...customers.map((customer) => step(152, { type: "TouchCustomer", customer })),
    step(160, {
      type: "Log",
      text: "Counsel is called; call back at 22:30. Other buckets: list of policies running.",
    }),
  ];
}

/** What happened, in the vocabulary at hand: the claim that was confirmed, and the one first suspected. */
function claimsOf(policy: Policy): readonly [string, string] {
  const known = policy.facts.map(({ claim }) => claim);
  const exposed =
    ["personal-data-exposed", "customer-data-exposed"].find((claim) => known.includes(claim)) ??
    known[0] ??
    "";
  const suspected =
    ["customer-data-exposed", "personal-data-exposed"].find((claim) => known.includes(claim)) ??
    exposed;
  return [exposed, suspected];
}

/** Yes to the first question that leads to the most severe level, no to the rest. */
function answersFor(policy: Policy, severe: boolean): Record<string, "yes" | "no" | "unknown"> {
  const worst = policy.severities[0]?.id;
  const first = policy.questions.find(({ severity }) => severity === worst)?.id;
  return Object.fromEntries(
    policy.questions.map(({ id }) => [id, severe && id === first ? "yes" : "no"]),
  );
}

const channelOf = (policy: Policy, kind: string): string =>
  (
    policy.channels.find((channel) => channel.direction === "in" && channel.kind === kind) ??
    policy.channels.find(({ direction }) => direction === "in")
  )?.id ?? "operator";
