/** History: every version, who published it, what changed, and when it is looked at again. */

import type { Policy } from "../../../core/policy/policy.ts";
import { targetWords } from "../../../core/time/target.ts";
import { useView } from "../../api.ts";
import { publicPath } from "../../paths.ts";
import { Section } from "../../ui/sheet.tsx";
import { At } from "../../ui/time.tsx";
import { versionName } from "./policy.tsx";

export function History() {
  const versions = useView("policies").data?.items ?? [];
  const current = useView("policy", { version: "current" }, { only: "terms" }).data;
  const policy = current?.policy as Policy | undefined;
  return (
    <Section
      title="Versions"
      says={
        policy && typeof policy.cadence.review !== "string"
          ? `Looked at again at the latest ${targetWords(policy.cadence.review)} after it was published${policy.cadence.afterMaterialIncident ? ", and after every material incident" : ""}.`
          : undefined
      }
    >
      <table className="rows">
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">Published</th>
            <th scope="col">What changed</th>
            <th scope="col">Text</th>
          </tr>
        </thead>
        <tbody>
          {versions.map((version, index) => (
            <tr key={version.version}>
              <th scope="row">
                <a href={publicPath(`policy/v/${version.version}`)}>{versionName(version)}</a>
                {version.current ? <span className="secondary"> runs now</span> : null}
              </th>
              <td data-label="Published">
                <At iso={version.publishedAt} /> by {version.publishedBy}
              </td>
              <td data-label="What changed">
                {version.changes}{" "}
                {versions[index + 1] ? (
                  <a
                    href={publicPath(
                      `policy/diff/${versions[index + 1]?.version}..${version.version}`,
                    )}
                  >
                    Compare
                  </a>
                ) : null}
              </td>
              <td data-label="Text">
                <code className="hash">{version.hash}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
