/**
 * Report page: the form that anybody may fill in, without an account.
 */

/** @jsxImportSource hono/jsx */

import type { Policy } from "../core/policy/policy.ts";
import type { Report, Wrong } from "./report-input.ts";

type Given = {
  readonly policy: Policy;
  readonly report: Report;
  readonly wrong: Wrong;
  /** Until when a person answers, where the policy promises it. */
  readonly answerBy: string | undefined;
  readonly base: string;
};

export function ReportPage({ policy, report, wrong, answerBy, base }: Given) {
  return (
    <form method="post" action={`${base}/report`}>
      <h1>Report something</h1>
      {answerBy === undefined ? null : <p>A person answers by {answerBy}.</p>}
      <input type="hidden" name="once" value={report.once} />
      <p>
        <label for="title">What is it?</label>
        <input id="title" name="title" value={report.title} required />
        {wrong.title}
      </p>
      <p>
        <label for="text">What did you see?</label>
        <textarea id="text" name="text" required>
          {report.text}
        </textarea>
        {wrong.text}
      </p>
      <p>
        <label for="mail">Your mail address</label>
        <input id="mail" name="mail" type="email" value={report.mail} />
        {wrong.mail}
      </p>
      <button type="submit">Send the report</button>
      <p>
        Or write to <a href={`mailto:${policy.reporting.email}`}>{policy.reporting.email}</a>.
      </p>
    </form>
  );
}
