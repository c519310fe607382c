/**
 * Policy: what runs, clause by clause, and the way to put another version in its
 * place. Studio, simulation and replay build on this page later; publishing here
 * already refuses what must not run, line by line.
 */

import { lazy, Suspense, useState } from "react";
import type { Policy as PolicyDocument } from "../../core/policy/policy.ts";
import { clauseSentence } from "../../core/policy/sentence.ts";
import { useView } from "../api.ts";
import { Link } from "../navigation.tsx";
import { publicPath, ROUTES } from "../paths.ts";
import { Button } from "../ui/button.tsx";
import { SeverityMark } from "../ui/mark.tsx";
import { Section } from "../ui/sheet.tsx";
import { At } from "../ui/time.tsx";

/** With the parser and the linter, which nobody needs who only reads. */
const PublishPolicy = lazy(async () => ({
  default: (await import("../forms/publish-policy.tsx")).PublishPolicy,
}));

export function Policy() {
  const current = useView("policy", { version: "current" }, { only: "terms" });
  const versions = useView("policies");
  const [editing, setEditing] = useState(false);
  const { data } = current;
  if (!data)
    return (
      <p className="shell-wait">{current.error ? "No policy is published yet." : "Opening…"}</p>
    );
  const policy = data.policy as PolicyDocument;
  return (
    <>
      <header className="spread">
        <h1>{policy.title}</h1>
        <span className="line">
          <Link to={ROUTES.simulate}>What if</Link>
          <Link to={ROUTES.law}>Law</Link>
          <a href={publicPath("policy")}>As customers read it</a>
          <Button onClick={() => setEditing(!editing)}>
            {editing ? "Back to what runs" : "Publish another version"}
          </Button>
        </span>
      </header>
      <p className="secondary">
        {versionName(data)}, published <At iso={data.publishedAt} /> by {data.publishedBy}. This
        text is what runs: <code className="hash">sha256 {data.hash}</code>
      </p>
      {editing ? (
        <Suspense fallback={<p className="shell-wait">Opening…</p>}>
          <PublishPolicy onDone={() => setEditing(false)} />
        </Suspense>
      ) : (
        <Running policy={policy} />
      )}
      <Section title="Versions">
        <ul className="plain">
          {versions.data?.items.map((version) => (
            <li key={version.version}>
              <a href={publicPath(`policy/v/${version.version}`)}>{versionName(version)}</a>,{" "}
              <At iso={version.publishedAt} /> {version.current ? "runs now" : ""} {version.changes}
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}

function Running({ policy }: { readonly policy: PolicyDocument }) {
  return (
    <>
      <Section title="Severities" says="Most severe first.">
        <table>
          <tbody>
            {policy.severities.map(({ id, name, criteria }, index) => (
              <tr key={id}>
                <td>
                  <SeverityMark
                    severity={{ name, rank: index + 1, of: policy.severities.length }}
                  />
                </td>
                <td>
                  <ul>
                    {criteria.map((criterion) => (
                      <li key={criterion}>{criterion}</li>
                    ))}
                  </ul>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
      <Section title="Clauses" says="Each one starts a clock when its moment comes.">
        <table className="rows">
          <tbody>
            {policy.clauses.map((clause) => (
              <tr key={clause.id} id={clause.id}>
                <th scope="row" className="mono">
                  {clause.id}
                </th>
                <td>
                  {clauseSentence(clause, policy)}{" "}
                  {clause.assumed ? <span className="secondary">(our reading)</span> : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
    </>
  );
}

/** Which one it is in our row, and what its author calls it where that is something else. */
const versionName = ({
  version,
  label,
}: {
  readonly version: number;
  readonly label: string;
}): string => (label === String(version) ? `Version ${version}` : `Version ${version} (${label})`);
