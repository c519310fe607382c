/** History: every version, who published it, what changed, and when it is looked at again. */

import { formatDate } from "../../../core/time/format.ts";
import { type Instant, plus } from "../../../core/time/instant.ts";
import { useView } from "../../api.ts";
import { publicPath } from "../../paths.ts";
import { Section } from "../../ui/sheet.tsx";
import { At, toInstant, useTime } from "../../ui/time.tsx";
import { versionName } from "./policy.tsx";

export function History() {
  const { data } = useView("policies");
  const versions = data?.items ?? [];
  const { zone } = useTime();
  const dateOf = (at: Instant): string => formatDate(at, zone);
  return (
    <Section title="Versions">
      <p>
        {data?.reviewBy ? (
          <>
            {/* A day's end is the midnight after it, and belongs to the day. */}
            <strong>Next review by {dateOf(plus(toInstant(data.reviewBy), -1))}</strong>
            {data.reviewedAt ? `; last looked at on ${dateOf(toInstant(data.reviewedAt))}` : ""}.
            Publishing a version, or recording a review, is a look at it.
          </>
        ) : null}
      </p>
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
