/** Ledger: what can be proved, and how somebody who trusts nobody here checks it. */

import { useView } from "../api.ts";
import { Section } from "../ui/sheet.tsx";
import { At } from "../ui/time.tsx";
import { Promises } from "./ledger/promises.tsx";

export function LedgerPage() {
  const { data } = useView("ledger");
  if (!data) return <p className="shell-wait">Opening…</p>;
  return (
    <>
      <h1>Ledger</h1>
      <p>
        {data.size} entries. {data.checkSays}{" "}
        {data.checkedAt ? <At iso={data.checkedAt} relative /> : null}
      </p>
      <Promises />
      <Section
        title="Its name and key"
        says="Whoever verifies an export needs these two from you, not from the file."
      >
        <dl className="facts">
          <dt>Origin</dt>
          <dd className="mono">{data.origin}</dd>
          <dt>Key</dt>
          <dd className="mono hash">{data.key}</dd>
          <dt>Root</dt>
          <dd className="mono hash">{data.root}</dd>
        </dl>
      </Section>
      <Section
        title="Last checkpoint"
        says="A signed statement of size and root. Keep a copy elsewhere: nobody can rewrite what is before it unseen."
      >
        <pre className="signal-text">
          {data.checkpoint ??
            "None is signed yet; the worker signs one shortly after the first entry."}
        </pre>
      </Section>
      <Section title="Check it yourself" says="On the host, or anywhere the exported file is.">
        <pre className="signal-text">{`due ledger export ledger.jsonl\ndue ledger verify ledger.jsonl --key '${data.key}'`}</pre>
        <p className="secondary">
          The file's format is described exactly enough to write another verifier from it:
          docs/ledger-format.md.
        </p>
      </Section>
    </>
  );
}
