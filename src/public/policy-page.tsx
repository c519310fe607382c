/**
 * Policy page: the policy that runs, as everybody may read it.
 *
 * Rendered from the same bytes that the engine counts by; their hash stands on the
 * page. Prose first, in the document's order, then everything that it counts by. Beside its
 * sentences it carries its promises for machines (core/policy/carried.ts), so that the page
 * alone can be taken in again and promises the same.
 */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import { raw } from "hono/html";
import { carriedRest, carriedSection, SECTION_ID } from "../core/policy/carried.ts";
import type { Policy } from "../core/policy/policy.ts";
import { formatDate, formatInstant } from "../core/time/format.ts";
import { type Instant, toIsoSeconds } from "../core/time/instant.ts";
import { basePath } from "../server/world.ts";
import type { PolicyViewRow } from "../store/views/policy.ts";
import { sectionHtml } from "./markdown.ts";
import { dateWords, reviewedAgainBy, zoneOf } from "./policy-facts.ts";
import { partsOf } from "./policy-parts.tsx";
import { SCHEMA_PATH } from "./place.ts";
import { RECORD_PATH } from "./record.tsx";

type Given = {
  readonly policy: Policy;
  readonly row: PolicyViewRow;
  /** All versions, newest first. */
  readonly versions: readonly PolicyViewRow[];
  /** When somebody last looked at the whole of it. */
  readonly reviewedAt: Instant;
  /** DUE_URL. */
  readonly url: string;
};

/** `sha256:` or not, as it was kept: the digits alone. */
export const digitsOf = (hash: string): string => hash.replace(/^sha256:/, "");

export function PolicyPage({ policy, row, versions, reviewedAt, url }: Given) {
  const base = basePath(url);
  const parts = partsOf(policy, `${base}/policy/v/${row.version}`);
  return (
    <article data-policy={carriedRest(policy)}>
      <h1>{policy.title}</h1>
      <p class="lead">
        This page is the programme: the times on it are those that the clocks at{" "}
        {policy.organisation} count.
      </p>
      <Standing {...{ row, versions, base }} />
      <Facts {...{ policy, row, reviewedAt, base }} />
      <div class="with-contents">
        <nav class="contents" aria-label="Contents">
          <p>Contents</p>
          <ol>
            {policy.sections.map(({ id, title }) => (
              <li>
                <a href={`#${SECTION_ID}${id}`}>{title}</a>
              </li>
            ))}
            {parts.map(({ id, title }, index) => (
              <li class={index === 0 ? "next" : undefined}>
                <a href={`#${id}`}>{title}</a>
              </li>
            ))}
            <li>
              <a href="#part_versions">Versions</a>
            </li>
            <li>
              <a href="#part_check">How to check this text</a>
            </li>
          </ol>
        </nav>
        <div class="text">
          {policy.sections.map((section) => (
            <section
              id={`${SECTION_ID}${section.id}`}
              class="prose"
              data-section={carriedSection(section)}
            >
              <h2>{section.title}</h2>
              {"text" in section ? (
                raw(sectionHtml(section.text, policy))
              ) : (
                <Elsewhere audience={section.audience} digest={section.digest} />
              )}
            </section>
          ))}
          {parts.map(({ id, title, body }) => (
            <section id={id}>
              <h2>{title}</h2>
              {body}
            </section>
          ))}
          <Versions {...{ policy, versions, row, base }} />
          <Check row={row} url={url} />
        </div>
      </div>
    </article>
  );
}

type Below = Omit<Given, "url"> & { readonly base: string };

/** Said only where this is not what runs. */
function Standing({ row, versions, base }: Omit<Below, "policy" | "reviewedAt">) {
  const current = versions.find(({ running }) => running);
  if (!current || current.version === row.version) return null;
  if (row.runsFrom !== null && row.version > current.version)
    return <Coming {...{ row, current, base }} />;
  return (
    <div class="note">
      <p>
        This is version {row.label}, which was followed by others. What runs now is{" "}
        <a href={`${base}/policy`}>version {current.label}</a>; an incident that was open keeps the
        version under which it began.{" "}
        <a href={`${base}/policy/diff/${row.version}..${current.version}`}>What changed</a>
      </p>
    </div>
  );
}

/** Published, and not in force yet. */
function Coming({
  row,
  current,
  base,
}: Pick<Below, "row" | "base"> & { readonly current: PolicyViewRow }) {
  return (
    <div class="note">
      <p>
        This is version {row.label}, which applies from {dateWords(row.effective)}. Until then{" "}
        <a href={`${base}/policy`}>version {current.label}</a> runs.{" "}
        <a href={`${base}/policy/diff/${current.version}..${row.version}`}>What changes</a>
      </p>
    </div>
  );
}

function Facts({ policy, row, reviewedAt, base }: Omit<Below, "versions">) {
  const zone = zoneOf(policy);
  const { owner } = policy;
  const again = reviewedAgainBy(policy, reviewedAt);
  return (
    <dl class="facts">
      <div>
        <dt>Version</dt>
        <dd>{row.label}</dd>
      </div>
      <div>
        <dt>In force from</dt>
        <dd>
          <time datetime={row.effective}>{dateWords(row.effective)}</time>
        </dd>
      </div>
      <div>
        <dt>Published</dt>
        <dd>
          <time datetime={toIsoSeconds(row.publishedAt)}>
            {formatInstant(row.publishedAt, zone)}
          </time>
        </dd>
      </div>
      <div>
        <dt>Last reviewed</dt>
        <dd>
          <time datetime={toIsoSeconds(reviewedAt)}>{formatDate(reviewedAt, zone)}</time>
        </dd>
      </div>
      <div>
        <dt>Reviewed again at the latest</dt>
        <dd>{again ?? "as the policy says"}</dd>
      </div>
      <div>
        <dt>Answers for it</dt>
        <dd>
          {owner.name}
          {owner.role === undefined ? "" : `, ${owner.role}`}
        </dd>
      </div>
      {policy.publicRecord === undefined ? null : (
        <div>
          <dt>What became of it</dt>
          <dd>
            <a href={`${base}${RECORD_PATH}`}>Promise against record</a>
          </dd>
        </div>
      )}
      <div>
        <dt>To keep</dt>
        <dd>
          <a href={`${base}/policy/v/${row.version}.yaml`}>The file that runs (YAML)</a>
          {", "}
          <a href={`${base}/policy/v/${row.version}.json`}>JSON</a>
          {", "}
          <a href={`${base}${SCHEMA_PATH}`}>its schema</a>
        </dd>
      </div>
      <div class="whole">
        <dt>SHA-256 of that file, as the record names it</dt>
        <dd>
          <code>{digitsOf(row.hash)}</code> <a href="#part_check">How to check it</a>
        </dd>
      </div>
    </dl>
  );
}

function Elsewhere({ audience, digest }: { readonly audience: string; readonly digest: string }) {
  return (
    <>
      <p>
        {audience === "nda"
          ? "Open to customers under a non-disclosure agreement: ask us for a link of your own."
          : "Internal."}{" "}
        Its fingerprint shows later that nothing was exchanged:
      </p>
      <p>
        <code data-is="digest">{digest}</code>
      </p>
    </>
  );
}

function Versions({ policy, versions, row, base }: Omit<Below, "reviewedAt">) {
  return (
    <section id="part_versions">
      <h2>Versions</h2>
      <p>{policy.cadence.announce}</p>
      <p>
        Every version stays readable. New ones are told <a href={`${base}/subscribe`}>by mail</a>{" "}
        and in a <a href={`${base}/policy/feed.atom`}>feed (Atom)</a>.
      </p>
      <ul class="plain">
        {versions.map((version, index) => {
          const before = versions[index + 1];
          return (
            <li>
              <a
                href={`${base}/policy/v/${version.version}`}
                aria-current={version.version === row.version ? "page" : undefined}
              >
                Version {version.label}
              </a>
              , in force from {dateWords(version.effective)}
              {before === undefined ? null : (
                <>
                  {" · "}
                  <a href={`${base}/policy/diff/${before.version}..${version.version}`}>
                    compared with {before.label}
                  </a>
                </>
              )}
              {version.changes === null ? null : <p>{version.changes}</p>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Exact lines for a shell: what they print is either right or not. */
function Check({ row, url }: Pick<Given, "row" | "url">) {
  const file = `${row.version}.yaml`;
  return (
    <section id="part_check">
      <h2>How to check this text</h2>
      <p>
        This page is made from one file, and that file is what runs. The record names it by this
        hash, and so does every incident under it, and <code>due policy show --hash</code> here. In
        a shell:
      </p>
      <pre>
        <code>{checkLines(`${url}/policy/v/${file}`, file, digitsOf(row.hash))}</code>
      </pre>
      <p>It answers “{file}: OK”.</p>
    </section>
  );
}

const checkLines = (address: string, file: string, digits: string): string =>
  `curl -fsSo ${file} '${address}'\necho '${digits}  ${file}' | sha256sum -c`;
