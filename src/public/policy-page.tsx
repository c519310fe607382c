/**
 * Policy page: the policy that runs, as everybody may read it.
 *
 * Rendered from the same bytes that the engine counts by; their hash stands on the
 * page. Prose first, in the document's order, then everything that it counts by.
 */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import { raw } from "hono/html";
import type { Policy } from "../core/policy/policy.ts";
import { formatInstant } from "../core/time/format.ts";
import { toIsoSeconds } from "../core/time/instant.ts";
import type { PolicyViewRow } from "../store/views/policy.ts";
import { sectionHtml } from "./markdown.ts";
import { dateWords, reviewedAgainBy, zoneOf } from "./policy-facts.ts";
import { partsOf } from "./policy-parts.tsx";

type Given = {
  readonly policy: Policy;
  readonly row: PolicyViewRow;
  /** All versions, newest first. */
  readonly versions: readonly PolicyViewRow[];
  readonly base: string;
};

/** `sha256:` or not, as it was kept: the digits alone. */
export const digitsOf = (hash: string): string => hash.replace(/^sha256:/, "");

export function PolicyPage({ policy, row, versions, base }: Given) {
  const parts = partsOf(policy, `${base}/policy/v/${row.version}`);
  return (
    <article>
      <h1>{policy.title}</h1>
      <p class="lead">
        This page is the programme: the times on it are those that the clocks at{" "}
        {policy.organisation} count, and whoever relies on them can read them beforehand.
      </p>
      <Standing {...{ row, versions, base }} />
      <Facts {...{ policy, row, base }} />
      <div class="with-contents">
        <nav class="contents" aria-label="Contents">
          <p>Contents</p>
          <ol>
            {policy.sections.map(({ id, title }) => (
              <li>
                <a href={`#section_${id}`}>{title}</a>
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
          </ol>
        </nav>
        <div class="text">
          {policy.sections.map((section) => (
            <section id={`section_${section.id}`} class="prose">
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
        </div>
      </div>
    </article>
  );
}

/** Said only where this is not what runs. */
function Standing({ row, versions, base }: Omit<Given, "policy">) {
  const [current] = versions;
  if (!current || current.version === row.version) return null;
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

function Facts({ policy, row, base }: Omit<Given, "versions">) {
  const zone = zoneOf(policy);
  const { owner } = policy;
  const again = reviewedAgainBy(policy, row.publishedAt);
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
      <div>
        <dt>To keep</dt>
        <dd>
          <a href={`${base}/policy/v/${row.version}.yaml`}>The file that runs (YAML)</a>
        </dd>
      </div>
      <div class="whole">
        <dt>SHA-256 of that file, as the record names it</dt>
        <dd>
          <code>{digitsOf(row.hash)}</code>
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
          ? "Open to customers under a non-disclosure agreement. Ask us for it."
          : "Internal."}{" "}
        Its fingerprint shows later that nothing was exchanged:
      </p>
      <p>
        <code>{digest}</code>
      </p>
    </>
  );
}

function Versions({ policy, versions, row, base }: Given) {
  return (
    <section id="part_versions">
      <h2>Versions</h2>
      <p>{policy.cadence.announce}</p>
      <p>
        Every version stays readable. New ones are also told in a{" "}
        <a href={`${base}/policy/feed.atom`}>feed (Atom)</a>.
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
