/**
 * Policy: what runs, clause by clause. The next version is made in the studio beside
 * it, which is loaded only by those who write.
 */

import type { Policy as PolicyDocument } from "../../../core/policy/policy.ts";
import { clauseSentence } from "../../../core/policy/sentence.ts";
import { useView } from "../../api.ts";
import { Link } from "../../navigation.tsx";
import { publicPath, ROUTES } from "../../paths.ts";
import { SeverityMark } from "../../ui/mark.tsx";
import { Empty, Section } from "../../ui/sheet.tsx";
import { At } from "../../ui/time.tsx";
import { Tabs } from "./tabs.tsx";

export function Policy() {
  const { data, error } = useView("policy", { version: "current" }, { only: "terms" });
  if (!data && !error) return <p className="shell-wait">Opening…</p>;
  if (!data)
    return (
      <Empty act={<Link to={ROUTES.policyWrite}>Paste it</Link>}>
        No policy is published yet. Paste your policy; we show what it promises.
      </Empty>
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
        </span>
      </header>
      <Tabs />
      <p className="secondary">
        {versionName(data)}, published <At iso={data.publishedAt} /> by {data.publishedBy}. This
        text is what runs: <code className="hash">sha256 {data.hash}</code>
      </p>
      <Running policy={policy} />
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
export const versionName = ({
  version,
  label,
}: {
  readonly version: number;
  readonly label: string;
}): string => (label === String(version) ? `Version ${version}` : `Version ${version} (${label})`);
