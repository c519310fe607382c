/**
 * Report page: the form that anybody may fill in, and what they may expect of it.
 *
 * One answer is needed, everything else helps. When a person answers is told
 * for this very moment, before anything is written.
 */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import type { Policy } from "../core/policy/policy.ts";
import { Choices, Field, FilesField } from "./field.tsx";
import { REPORT_LIMITS, type Report, type Wrong } from "./report-input.ts";
import type { AnswerTime } from "./report-time.ts";

type Given = {
  readonly policy: Policy;
  readonly report: Report;
  readonly wrong: Wrong;
  readonly answer: AnswerTime;
  /** Where customers are answered by another time. */
  readonly customers: AnswerTime | undefined;
  readonly base: string;
  /** Files came along, which a browser does not choose again by itself. */
  readonly hadFiles: boolean;
};

type Asked = keyof typeof REPORT_LIMITS | "files";
const LABELS: Readonly<Record<Asked, string>> = {
  title: "What is it, in a few words?",
  text: "What did you see, and how could we see it again?",
  where: "Where?",
  impact: "What could somebody do with it?",
  name: "Your name",
  mail: "Your mail address",
  wish: "Credit and publication",
  files: "Files",
};

export function ReportPage(given: Given) {
  const { policy, wrong } = given;
  const wrongs = Object.keys(wrong) as Asked[];
  return (
    <>
      <h1>Report something to {policy.organisation}</h1>
      <Expect {...given} />
      {wrongs.length === 0 ? null : (
        <div class="note no" role="alert">
          <p>Nothing was sent yet. What you wrote is still here; this needs another look:</p>
          <ul>
            {wrongs.map((name) => (
              <li>
                <a href={`#field_${name}`}>{LABELS[name]}</a> {wrong[name]}
              </li>
            ))}
          </ul>
        </div>
      )}
      <div class="two">
        <Form {...given} />
        <ReportAside policy={policy} form />
      </div>
    </>
  );
}

function Expect({ answer, customers }: Given) {
  return (
    <>
      <p class="by">
        {answer.by === undefined
          ? (answer.says ?? "The policy names no time for the answer. A person reads every report.")
          : `Sent now, a person answers by ${answer.by}.`}
      </p>
      {customers?.by === undefined ? null : <p>Customers are answered by {customers.by}.</p>}
      <p class="quiet">
        The automatic receipt does not count as the answer. You need no account, and after sending
        you get a page of your own where you see how it stands.
      </p>
    </>
  );
}

function Form({ policy, report, wrong, base, hadFiles }: Given) {
  const field = (name: keyof typeof REPORT_LIMITS) => ({
    name,
    label: LABELS[name],
    value: report[name],
    wrong: wrong[name],
    max: REPORT_LIMITS[name],
  });
  return (
    <form method="post" action={`${base}/report`} enctype="multipart/form-data" novalidate>
      <input type="hidden" name="once" value={report.once} />
      <Field {...field("title")} required />
      <Field
        {...field("text")}
        rows={9}
        hint={
          <>
            What helps most:
            <ul>
              {policy.reporting.include.map((item) => (
                <li>{item}</li>
              ))}
            </ul>
          </>
        }
      />
      <Field {...field("where")} hint="An address, a product and its version, a part of it." />
      <Field {...field("impact")} rows={3} />
      <Choices
        name="exploited"
        legend="Is it being used by others already?"
        value={report.exploited}
        options={[
          ["yes", "Yes, I have seen signs of it"],
          ["no", "No sign of it"],
          ["unknown", "I do not know"],
        ]}
      />
      {hasCustomers(policy) ? (
        <Choices
          name="from"
          legend="You are"
          value={report.from === "" ? "researcher" : report.from}
          options={[
            ["researcher", "a researcher, or just somebody who saw something"],
            ["customer", `a customer of ${policy.organisation}`],
          ]}
        />
      ) : null}
      <Field {...field("name")} autocomplete="name" />
      <Field
        {...field("mail")}
        type="email"
        autocomplete="email"
        hint="With it a person can write back to you. Without one you see on your page how it stands, and can add to it there."
      />
      <Field
        {...field("wish")}
        hint="How you would like to be named, or that you would rather not be; and when you mean to publish, if you do."
      />
      <FilesField wrong={wrong.files} isAgain={hadFiles} />
      <button type="submit">Send the report</button>
    </form>
  );
}

/** Asked only where the policy tells the two apart. */
export const hasCustomers = ({ channels }: Policy): boolean =>
  ["customer", "researcher"].every((kind) =>
    channels.some((channel) => channel.direction === "in" && channel.kind === kind),
  );

type AsideGiven = {
  readonly policy: Policy /** Whether a form stands beside it. */;
  readonly form?: true;
};

export function ReportAside({ policy: { reporting }, form }: AsideGiven) {
  const { email, pgp, subject, safeHarbour, bounty } = reporting;
  return (
    <aside aria-label="What to know before you write">
      {form ? (
        <>
          <h2>By mail instead</h2>
          <p>
            <a href={`mailto:${email}`}>{email}</a>
          </p>
          {subject === undefined ? null : <p>Subject: {subject}</p>}
        </>
      ) : null}
      <h2>Encrypted</h2>
      {"url" in pgp ? (
        <>
          <p>
            <a href={pgp.url}>Our key</a>, with the fingerprint <code>{pgp.fingerprint}</code>
          </p>
          {form ? <p>An encrypted text can also be pasted into the form.</p> : null}
        </>
      ) : (
        <p>{pgp.absent}</p>
      )}
      <h2>Good faith</h2>
      <p>{typeof safeHarbour === "string" ? safeHarbour : safeHarbour.absent}</p>
      <h2>Bounty</h2>
      <p>{typeof bounty === "string" ? bounty : bounty.absent}</p>
      {form ? <WhatWeKeep /> : null}
    </aside>
  );
}

function WhatWeKeep() {
  return (
    <>
      <h2>What we keep</h2>
      <p>
        What you write here, the files that you attach, and when it reached us. Files are for our
        team alone; a photograph may say where it was taken. This program sets no cookie, and does
        not keep your network address with the report; it counts requests by address, in memory, to
        slow down floods.
      </p>
    </>
  );
}
