/**
 * Report elsewhere: what stands in place of the form on a copy of these pages, which
 * has nobody behind it that could take one.
 */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import type { Policy } from "../core/policy/policy.ts";
import { inGroups } from "../store/openpgp.ts";
import { KEY_PATH, type PublicKey } from "./key.ts";
import { basePath } from "../server/world.ts";
import { ReportAside } from "./report-page.tsx";

type Given = {
  readonly policy: Policy;
  /** Of the original. */
  readonly url: string;
  readonly openpgp: PublicKey | undefined;
};

export function ReportElsewhere({ policy, url, openpgp }: Given) {
  const { email, subject } = policy.reporting;
  return (
    <>
      <h1>Report something to {policy.organisation}</h1>
      <p class="by">
        The form is at <a href={`${url}/report`}>{url}/report</a>. These pages are a copy and take
        no reports.
      </p>
      <p>
        If it does not open, write to <a href={`mailto:${email}`}>{email}</a>
        {subject === undefined ? "" : `, with the subject “${subject}”`}. A person reads it.
      </p>
      {openpgp === undefined ? null : (
        <p>
          <a href={`${basePath(url)}${KEY_PATH}`}>Our OpenPGP key</a>
          {openpgp.encrypts ? ", by which you can encrypt: " : ", which signs security.txt: "}
          <code>{inGroups(openpgp.fingerprint)}</code>
        </p>
      )}
      <ReportAside policy={policy} />
    </>
  );
}
